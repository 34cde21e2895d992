"""Names with dots, as they stand in a text."""

import ast


def dotted(node):
    """`a.b.c` of a name or of attributes of one; empty for anything else."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([node.id, *reversed(parts)])


def resolved(node, names):
    """The dotted name with its first part as it was imported."""
    first, _, rest = dotted(node).partition(".")
    whole = names.get(first, first)
    return "%s.%s" % (whole, rest) if rest else whole
