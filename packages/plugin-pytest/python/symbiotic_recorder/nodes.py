"""The parts of a syntax tree, several times as fast as `ast` gives them: every file of a repository goes through here."""

from ast import AST, Constant

#: What these hold is never a part of its own, or only says how a name is used.
LEAVES = {"ctx", "id", "attr", "asname", "module", "level", "kind", "type_comment"}
#: By type of a part: what may hold others, the last first.
INNER = {Constant: ()}


def nodes_of(top):
    """A part and all in it, in the order of the text, without what only says how a name is used."""
    found = []
    left = [top]
    while left:
        node = left.pop()
        found.append(node)
        inner = INNER.get(type(node))
        if inner is None:
            inner = INNER[type(node)] = tuple(field for field in reversed(node._fields) if field not in LEAVES)
        for field in inner:
            value = getattr(node, field, None)
            if type(value) is list:
                left.extend([one for one in reversed(value) if isinstance(one, AST)])
            elif isinstance(value, AST):
                left.append(value)
    return found


def text_of(nodes):
    """A text that is the same for equal parts, wherever they stand, and for no others."""
    words = []
    for node in nodes:
        add(node, words)
    return "".join(words)


def add(value, words):
    if isinstance(value, AST):
        words.append(type(value).__name__ + "(")
        for field in value._fields:
            # How a name is used, its place says.
            if field != "ctx":
                add(getattr(value, field, None), words)
        words.append(")")
    elif type(value) is list:
        words.append("[")
        for one in value:
            add(one, words)
        words.append("]")
    else:
        words.append(repr(value) + ",")
