"""Adds the probes to a checkout and tells how each is mutated: `python probes.py <root> <settings.json>` prints both as JSON."""

import json
import random
import sys
from pathlib import Path

from probe_texts import PROBES
from repository import Repository

SITES = 3


def probed(repository, seed):
    """The edits that add every probe, and the mutations of the tree that has them."""
    names = list(PROBES)
    base = {}
    mutations = []
    sites = {}
    for name in names:
        modules, change = PROBES[name](repository.module_name())
        base |= {f"{repository.package}/{path}": text for path, text in modules.items()}
        edits = {f"{repository.package}/{path}": text for path, text in change.get("edits", {}).items()}
        one = {"edits": edits, "env": change.get("env", {}), "what": change["what"]}
        mutations.append({"id": f"{name}-1", "operator": name, "tree": "probes", **one})
        for path in sites_of(repository, name, seed):
            sites.setdefault(path, []).append(name)
    for path, own in sites.items():
        base[path] = repository.content(path) + "".join(test_of(repository, name) for name in own)
    base |= session_fixture(repository)
    return {"base": base, "mutations": mutations}


def sites_of(repository, name, seed):
    """The test files that call a probe; those that a run of all comes to first and last are as likely as any."""
    chance = random.Random(f"{seed}:{repository.name}:{name}")
    files = [text.path for text in repository.test_modules()]
    return sorted(chance.sample(files, min(SITES, len(files))))


def test_of(repository, name):
    plain = name.replace("-", "_")
    module = f"{repository.module_name()}._probe_{plain}"
    if name == "session-fixture":
        return f"\n\ndef test_probe_{plain}(probe_of_session):\n    assert probe_of_session == 1\n"
    return (
        f"\n\nfrom {module} import probe as probe_{plain}  # noqa: E402\n\n\n"
        f"def test_probe_{plain}():\n    probe_{plain}()\n"
    )


def session_fixture(repository):
    path = f"{repository.tests}/conftest.py"
    module = f"{repository.module_name()}._probe_session_fixture"
    text = (
        f"\n\nimport pytest\nfrom {module} import compute as compute_for_session  # noqa: E402\n\n\n"
        '@pytest.fixture(scope="session")\ndef probe_of_session():\n    return compute_for_session()\n'
    )
    return {path: (repository.content(path) or "") + text}


if __name__ == "__main__":
    settings = json.loads(Path(sys.argv[2]).read_text())
    json.dump(probed(Repository(Path(sys.argv[1]), settings), settings["seed"]), sys.stdout)
