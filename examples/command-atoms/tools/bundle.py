"""Writes the sources of a project, after the bundles of what it depends on, into one file."""

import os
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def bundles_before(project: Path) -> list[Path]:
    names = tomllib.loads((project / "pyproject.toml").read_text())["project"].get("dependencies", [])
    return [next(ROOT.glob(f"*/{name}/dist/bundle.txt")) for name in names]


def main(target: Path) -> None:
    project = Path.cwd().resolve()
    parts = [file.read_text() for file in bundles_before(project)]
    for file in sorted(project.glob("src/**/*.py")):
        parts.append(f"# {file.relative_to(ROOT).as_posix()}\n{file.read_text()}")
    title = os.environ.get("BUNDLE_TITLE", project.name)
    target.parent.mkdir(exist_ok=True)
    target.write_text(f"# {title}\n" + "\n".join(parts), newline="\n")


main(Path(sys.argv[1]))
