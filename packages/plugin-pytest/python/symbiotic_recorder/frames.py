"""Frames that code takes of who called it: to read names by them is one thing, to know lines another."""

import ast

from .dotted import resolved

TAKEN = {"_getframe", "currentframe"}
#: Attributes of a frame that lead to names and their values.
NAMES = {"f_globals", "f_locals", "f_builtins"}


def is_named(source):
    """Whether a text can take a frame at all: whatever a name stands for, that is in the text too."""
    return any(one.encode() in source for one in TAKEN)


def looked_at(nodes, names):
    """The lines on which a frame is taken, where more can be done with it than to read names."""
    every = [node for top in nodes for node in ast.walk(top)]
    taking = [node for node in every if is_taking(node, names)]
    if not taking:
        return []
    taken = [node for node in every if isinstance(node, ast.Call) and any(node.func is one for one in taking)]
    # One that is not called here goes nobody knows where.
    is_known = len(taken) == len(taking) and are_read_by_name(every, taken)
    return [] if is_known else [node.lineno for node in taking]


def is_taking(node, names):
    name = node.attr if isinstance(node, ast.Attribute) else resolved(node, names) if isinstance(node, ast.Name) else ""
    return name.rpartition(".")[2] in TAKEN


def are_read_by_name(every, taken):
    """Whether every use of these frames, and of those they lead back to, is to read names by it."""
    variables = set()
    values = {id(node) for node in taken}
    while True:
        before = len(variables), len(values)
        for node in every:
            if is_frame(node, variables):
                values.add(id(node))
            if is_value(node, values):
                values.add(id(node))
            if isinstance(node, ast.Assign) and id(node.value) in values:
                variables.update(one.id for one in node.targets if isinstance(one, ast.Name))
        if before == (len(variables), len(values)):
            break
    allowed = {id(one) for node in every for one in harmless(node, values)}
    return values <= allowed


def is_frame(node, variables):
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in variables


def is_value(node, values):
    """What is a frame because a part of it is."""
    if isinstance(node, ast.Attribute):
        return node.attr == "f_back" and id(node.value) in values
    return isinstance(node, ast.IfExp) and (id(node.body) in values or id(node.orelse) in values)


def harmless(node, values):
    """The parts of a node that may be frames without anybody knowing more than names."""
    if isinstance(node, ast.Attribute) and (node.attr in NAMES or node.attr == "f_back"):
        return [node.value]
    if isinstance(node, ast.Assign):
        return [node.value] if all(isinstance(one, ast.Name) for one in node.targets) else []
    if isinstance(node, ast.Compare) and all(isinstance(one, ast.Constant) and one.value is None for one in node.comparators):
        return [node.left]
    if isinstance(node, ast.IfExp):
        return [node.test, *([node.body, node.orelse] if id(node) in values else [])]
    return [node.test] if isinstance(node, (ast.If, ast.While)) else []
