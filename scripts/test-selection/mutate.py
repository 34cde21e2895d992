"""Writes the mutations of a repository as JSON: `python mutate.py <root> <settings.json>`; the seed alone decides which."""

import json
import random
import sys
from pathlib import Path

import files
import places
from repository import Repository

OPERATORS = {**places.OPERATORS, **files.OPERATORS}


def mutations(repository, operators, seed):
    made = []
    taken = set()
    wanted = [dict(each) for each in operators if each["tree"] == "real"]
    rest = 0
    for each in wanted:
        own = chosen(repository, each["name"], each["count"], seed, taken)
        rest += each["count"] - len(own)
        made += own
    extra = chosen(repository, "line", rest, f"{seed}:more", taken)
    return made + extra


def chosen(repository, name, count, seed, taken):
    chance = random.Random(f"{seed}:{repository.name}:{name}")
    candidates = OPERATORS[name](repository, chance)
    chance.shuffle(candidates)
    found = []
    for make in candidates:
        if len(found) == count:
            break
        one = make()
        if one is None:
            continue
        key = json.dumps([one["edits"], one.get("env", {})], sort_keys=True)
        if key in taken or not (is_change(repository, one["edits"]) or one.get("env")):
            continue
        taken.add(key)
        number = sum(1 for other in taken if other.startswith(f"#{name}"))
        taken.add(f"#{name}{number}")
        found.append({"id": f"{name}-{number + 1}", "operator": name, "tree": "real", "env": {}, **one})
    return found


def is_change(repository, edits):
    """Whether something changes, and all Python text is still Python."""
    for path, text in edits.items():
        if path.endswith(".py") and text is not None and not parses(text):
            return False
    return any(text != repository.content(path) for path, text in edits.items())


def parses(text):
    try:
        compile(text, "text", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


if __name__ == "__main__":
    settings = json.loads(Path(sys.argv[2]).read_text())
    repository = Repository(Path(sys.argv[1]), settings)
    json.dump(mutations(repository, settings["operators"], settings["seed"]), sys.stdout)
