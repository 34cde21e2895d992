"""What a Python file is made of: its module level, and the functions whose bodies count only for who executed them."""

import ast
import hashlib

from . import frames, hints
from .nodes import nodes_of

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
    statements = [node for node in nodes_of(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    names, imports = hints.names_of(tree, statements), hints.imports_of(statements)
    plain, takes_frames = hints.is_plain(tree, names), frames.is_named(source)
    table = {}
    for name, node in functions_of(tree):
        first = first_statement(node)
        if first is None:
            continue
        body = node.body[first:]
        table[name] = {
            "body": digest("\n".join(ast.dump(statement) for statement in body)),
            **places([node]),
            # A function or class begins with its decorators.
            "from": min(walked(body[0])),
            "to": node.end_lineno,
            "hints": sorted(hints.hints_of(body, names, takes_frames)),
        }
        node.body = node.body[:first] or [ast.Pass(lineno=node.lineno, col_offset=0)]
    # Coverage calls the beginning of a module by the first line, whatever stands there, and what is in an empty one by none.
    table[""] = {"body": "", **places([ast.Pass(lineno=0), ast.Pass(lineno=1), *tree.body]), "from": 0, "to": 0, "hints": sorted(hints.hints_of([tree], names, takes_frames))}
    return {"module": digest(ast.dump(tree)), "imports": imports, "plain": plain, "units": table}


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


def first_statement(node):
    """Where in the body of a function that begins which only runs when it is called; None where a line cannot tell that it ran."""
    docs = [isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant) for one in node.body]
    first = docs.index(False) if False in docs else None
    if first is None or (first > 0 and not isinstance(node.body[0].value.value, str)):
        return None
    header = [node.lineno]
    for part in [*node.decorator_list, node.args, node.returns, *getattr(node, "type_params", [])]:
        if part is not None:
            header.extend(getattr(one, "end_lineno", 0) or 0 for one in nodes_of(part))
    return first if min(walked(node.body[0])) > max(header) else None


def places(nodes):
    """The lines on which something begins, and how the parts share them: equal shapes map line by line."""
    order = [at for node in nodes for at in walked(node)]
    lines = sorted(set(order))
    place = {line: at for at, line in enumerate(lines)}
    return {"shape": digest(",".join(str(place[line]) for line in order)), "lines": lines}


def walked(node):
    """The lines of a part and of all in it, in the order of the text. A method that is called stands where its name does."""
    found = []
    for one in nodes_of(node):
        line = getattr(one, "lineno", None)
        if line is not None:
            found.append(line)
            if isinstance(one, ast.Attribute):
                found.append(one.end_lineno)
    return found
