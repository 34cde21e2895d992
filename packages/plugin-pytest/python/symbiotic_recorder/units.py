"""What a Python file is made of: its module level, and the functions whose bodies count only for who executed them."""

import ast
import hashlib

from . import frames, hints
from .nodes import nodes_of, text_of

#: Digits of a digest. Long enough that no two texts of one repository share one.
DIGITS = 24

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def digest(data):
    """A short digest of a text or of bytes."""
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:DIGITS]


def units_of(source):
    """The table of a file, JSON only; None where Python cannot parse it, or it is nested so deep that its parts cannot be told apart.

    `module`: the digest of all but the bodies. `imports`: what its import statements name, wherever they stand.
    `units`: by name, the module itself under the empty one: `body` its digest, `shape` and `lines` for coverage,
    `from` and `to` the lines of its body, `hints` what it does that a record cannot hold.
    """
    try:
        return table_of(ast.parse(source), source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def table_of(tree, source):
    functions = [part for name, node in functions_of(tree) for part in [Function(name, node)] if part.body]
    for one in functions:
        one.node.body = one.docs or [ast.Pass(lineno=one.node.lineno, col_offset=0)]
    rest = nodes_of(tree)
    every = [node for nodes in [rest, *(one.inner for one in functions)] for node in nodes]
    statements = sorted((node for node in every if type(node) in (ast.Import, ast.ImportFrom)), key=lambda one: (one.lineno, one.col_offset))
    names, imports = hints.names_of(tree, statements), hints.imports_of(statements)
    plain, takes_frames = hints.is_plain(tree, names), frames.is_named(source)
    table = {}
    for one in functions:
        table[one.name] = {
            "body": digest(text_of(one.body)),
            **places(lines_of(one.nodes)),
            # A function or class begins with its decorators.
            "from": min(lines_of(one.first)),
            "to": one.node.end_lineno,
            "hints": sorted(hints.hints_of(one.body, one.inner, names, takes_frames)),
        }
    # Coverage calls the beginning of a module by the first line, whatever stands there, and what is in an empty one by none.
    order = [0, 1, *lines_of(rest)]
    table[""] = {"body": "", **places(order), "from": 0, "to": 0, "hints": sorted(hints.hints_of([tree], rest, names, takes_frames))}
    return {"module": digest(text_of([tree])), "imports": imports, "plain": plain, "units": table}


class Function:
    """A function cut in two: what only runs when it is called, and all else."""

    def __init__(self, name, node):
        self.name = name
        self.node = node
        #: All parts of it.
        self.nodes = nodes_of(node)
        #: Empty where a line cannot tell that the body ran.
        self.body = []
        self.docs = []
        at = self.nodes.index(node.body[0])
        after = [*node.decorator_list, *([node.returns] if node.returns else []), *getattr(node, "type_params", [])]
        end = self.nodes.index(after[0]) if after else len(self.nodes)
        header = [node.lineno, *(getattr(one, "end_lineno", 0) or 0 for one in [*self.nodes[1:at], *self.nodes[end:]])]
        docs = [isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant) for one in node.body]
        first = docs.index(False) if False in docs else None
        if first is None or (first > 0 and not isinstance(node.body[0].value.value, str)):
            return
        starts = [self.nodes.index(one, at) for one in node.body[: first + 2]] + [end]
        if min(lines_of(self.nodes[at : starts[1]])) <= max(header):
            return
        self.docs, self.body = node.body[:first], node.body[first:]
        #: The parts of the body, and of its first statement.
        self.inner = self.nodes[starts[first] : end]
        self.first = self.nodes[starts[first] : starts[first + 1]]


def functions_of(tree):
    """Functions that are in no other function, each with a name that no other has."""
    seen = {}
    found = []

    def visit(node, prefix):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, FUNCTIONS):
                name = prefix + child.name
                seen[name] = seen.get(name, 0) + 1
                found.append((name if seen[name] == 1 else "%s#%d" % (name, seen[name]), child))
            elif isinstance(child, ast.ClassDef):
                visit(child, "%s%s." % (prefix, child.name))
            elif not isinstance(child, (ast.expr, ast.Lambda)):
                visit(child, prefix)

    visit(tree, "")
    return found


def places(order):
    """The lines on which something begins, and how the parts share them: equal shapes map line by line."""
    lines = sorted(set(order))
    place = {line: str(at) for at, line in enumerate(lines)}
    return {"shape": digest(",".join([place[line] for line in order])), "lines": lines}


def lines_of(nodes):
    """The lines of these parts, in the order of the text. A method that is called stands where its name does."""
    found = []
    for one in nodes:
        line = getattr(one, "lineno", None)
        if line is not None:
            found.append(line)
            if type(one) is ast.Attribute:
                found.append(one.end_lineno)
    return found
