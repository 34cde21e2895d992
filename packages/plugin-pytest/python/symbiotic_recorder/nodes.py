"""The parts of a syntax tree, several times as fast as `ast.walk` gives them: every file of a repository goes through here."""

from ast import AST


def nodes_of(top):
    """A part and all in it, in the order of the text, without what only says how a name is used."""
    found = []
    left = [top]
    while left:
        node = left.pop()
        found.append(node)
        inner = []
        for field in node._fields:
            value = getattr(node, field, None)
            if type(value) is list:
                inner.extend([one for one in value if isinstance(one, AST)])
            elif field != "ctx" and isinstance(value, AST):
                inner.append(value)
        inner.reverse()
        left.extend(inner)
    return found
