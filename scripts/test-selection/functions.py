"""Every function of a package with one more statement that does nothing, as JSON: `python functions.py <root> <settings.json>`."""

import json
import sys
from pathlib import Path

from edits import own_body
from places import is_stub
from repository import Repository


def changes(repository):
    found = []
    for text in repository.modules():
        for node in text.functions():
            own = own_body(node)
            if own and not is_stub(own) and own[0].lineno > node.lineno:
                start = text.span(own[0])[0]
                whole = text.replaced((start, start), "_changed = None\n" + " " * own[0].col_offset)
                found.append({"what": f"{text.path}:{node.lineno} {node.name}", "edits": {text.path: whole}})
    return [each for each in found if parses(next(iter(each["edits"].values())))]


def parses(text):
    try:
        compile(text, "text", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


if __name__ == "__main__":
    json.dump(changes(Repository(Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text()))), sys.stdout)
