"""The tracked files of a checkout, as the generators of mutations see them."""

import subprocess

from edits import Text


class Repository:
    def __init__(self, root, settings):
        self.root = root
        self.name = settings["name"]
        self.package = settings["package"]
        self.tests = settings["tests"]
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True, text=True).stdout
        self.files = sorted(path for path in listed.split("\0") if path and (root / path).is_file())
        self._texts = {}

    def content(self, path):
        """The text of a file; None where it is missing or no text."""
        try:
            return (self.root / path).read_bytes().decode()
        except (OSError, UnicodeDecodeError):
            return None

    def text(self, path):
        if path not in self._texts:
            self._texts[path] = Text(path, self.content(path))
        return self._texts[path]

    def below(self, folder):
        return [path for path in self.files if path.startswith(f"{folder}/")]

    def modules(self):
        """The package's modules."""
        return [self.text(path) for path in self.below(self.package) if path.endswith(".py") and self.content(path)]

    def test_modules(self):
        return [self.text(path) for path in self.test_files() if self.content(path)]

    def test_files(self):
        return [path for path in self.below(self.tests) if is_test(path)]

    def module_name(self):
        """What the package is called when it is imported."""
        return self.package.rsplit("/", 1)[-1]


def is_test(path):
    name = path.rsplit("/", 1)[-1]
    return name.endswith(".py") and (name.startswith("test_") or name.endswith("_test.py"))
