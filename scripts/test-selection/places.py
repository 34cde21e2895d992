"""Operators that change a place in the syntax tree. Each gives functions that make one mutation when they are called."""

import ast

from edits import docstring_of, literals, other_value, own_body


def one(text, node, by, what):
    """A mutation that puts other text in the place of a node."""
    return span(text, text.span(node), by, f"{text.path}:{node.lineno}: {what}")


def span(text, place, by, what):
    return {"what": what, "edits": {text.path: text.replaced(place, by)}}


def body(repository, chance):
    found = []
    for text in repository.modules():
        for node in text.functions():
            own = own_body(node)
            if own and own[0].lineno > node.lineno and not is_stub(own):
                place = (text.span(own[0])[0], text.span(own[-1])[1])
                what = f"{text.path}:{node.lineno}: the body of {node.name} is `return None`"
                found.append(lambda text=text, place=place, what=what: span(text, place, "return None", what))
    return found


def is_stub(statements):
    return len(statements) == 1 and isinstance(statements[0], (ast.Pass, ast.Raise, ast.Expr))


def line(repository, chance):
    found = []
    for text in repository.modules():
        for function in text.functions():
            for statement in own_body(function):
                for node in ast.walk(statement):
                    found += [lambda text=text, node=node, by=by: one(text, node, *by) for by in line_edits(text, node)]
    return found


def line_edits(text, node):
    """Other texts for a node, with what they are."""
    if isinstance(node, (ast.If, ast.While, ast.IfExp)):
        return []
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in OPPOSITE:
        copy = ast.Compare(node.left, [OPPOSITE[type(node.ops[0])]()], node.comparators)
        return [(f"({ast.unparse(copy)})", "the opposite is compared")]
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)) and not isinstance(node.left, ast.Constant):
        copy = ast.BinOp(node.left, ast.Sub() if isinstance(node.op, ast.Add) else ast.Add(), node.right)
        return [(f"({ast.unparse(copy)})", "the opposite is computed")]
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return [("pass", "the call is deleted")]
    if isinstance(node, ast.Return) and node.value is not None:
        return [("return None", "None is returned")]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return [(f"({ast.unparse(node.operand)})", "the negation is gone")]
    if isinstance(node, ast.BoolOp):
        copy = ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        return [(f"({ast.unparse(copy)})", "`and` and `or` are exchanged")]
    if isinstance(node, ast.AugAssign):
        return [("pass", "the assignment is deleted")]
    return []


OPPOSITE = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


def constant(repository, chance):
    found = []
    for text in repository.modules():
        for function in text.functions():
            for node in literals(own_body(function)):
                found.append(lambda text=text, node=node: one(text, node, other_value(node.value), "another literal"))
    return found


def module_level(repository, chance):
    found = []
    for text in repository.modules():
        for statement in text.tree.body:
            if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None:
                own = literals([statement.value])
                if own:
                    node = chance.choice(own)
                    found.append(lambda text=text, node=node: one(text, node, other_value(node.value), "another literal"))
                else:
                    found.append(lambda text=text, node=statement: one(text, node, "pass", "the assignment is deleted"))
            elif isinstance(statement, (ast.If, ast.Try, ast.For)) or is_call(statement):
                found.append(lambda text=text, node=statement: one(text, node, "pass", "the statement is deleted"))
    return found


def is_call(statement):
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)


def decorator(repository, chance):
    found = []
    for text in repository.modules():
        for node in text.functions() + text.classes():
            for each in node.decorator_list:
                if "overload" in ast.unparse(each):
                    continue
                start, end = text.span(each)
                what = f"{text.path}:{each.lineno}: {node.name} is decorated with {ast.unparse(each)} no more"
                place = (start - 1, end)
                found.append(lambda text=text, place=place, what=what: span(text, place, "", what))
    return found


def class_body(repository, chance):
    found = []
    for text in repository.modules():
        for owner in text.classes():
            for node in own_body(owner):
                if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
                    for literal in literals([node.value])[:1]:
                        by = other_value(literal.value)
                        found.append(lambda text=text, node=literal, by=by: one(text, node, by, "another attribute"))
                elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not node.decorator_list:
                    found.append(lambda text=text, node=node: one(text, node, "pass", f"{node.name} is deleted"))
    return found


def default(repository, chance):
    found = []
    for text in repository.modules():
        for function in text.functions():
            arguments = function.args
            for node in [*arguments.defaults, *filter(None, arguments.kw_defaults)]:
                by = other_value(node.value) if isinstance(node, ast.Constant) else None
                by = by or ("1" if isinstance(node, ast.Constant) and node.value is None else "None")
                found.append(lambda text=text, node=node, by=by: one(text, node, by, "another default"))
    return found


def docstring(repository, chance):
    found = []
    for text in repository.modules():
        for node in text.functions() + text.classes():
            words = docstring_of(node)
            if words:
                what = f"the docstring of {node.name} has other words"
                found.append(lambda text=text, node=words, what=what: one(text, node, '"""Other words."""', what))
    return found


def re_export(repository, chance):
    every = repository.modules()
    packages = [text for text in every if text.path.endswith("/__init__.py") and imports_of(text)]
    found = []
    for text in packages or every:
        for node in imports_of(text):
            for name in node.names:
                found.append(lambda text=text, node=node, name=name: without_name(text, node, name))
    return found


def imports_of(text):
    return [node for node in text.tree.body if isinstance(node, ast.ImportFrom) and node.module != "__future__"]


def without_name(text, node, name):
    others = [other for other in node.names if other is not name]
    by = ast.unparse(ast.ImportFrom(node.module, others, node.level)) if others else "pass"
    return one(text, node, by, f"{name.name} is imported no more")


def fixture(repository, chance):
    found = []
    for path in repository.below(repository.tests):
        if not path.endswith(".py") or repository.content(path) is None:
            continue
        text = repository.text(path)
        for node in text.functions():
            if any("fixture" in ast.unparse(each) for each in node.decorator_list):
                own = own_body(node)
                is_generator = any(isinstance(inner, ast.Yield) for inner in ast.walk(node))
                place = (text.span(own[0])[0], text.span(own[-1])[1])
                by = "yield None" if is_generator else "return None"
                what = f"{path}:{node.lineno}: the fixture {node.name} gives None"
                found.append(lambda text=text, place=place, by=by, what=what: span(text, place, by, what))
    return found


def renamed_test(repository, chance):
    found = []
    for text in repository.test_modules():
        for node in text.functions():
            if node.name.startswith("test"):
                start = text.at(node.lineno, node.col_offset) + (10 if isinstance(node, ast.AsyncFunctionDef) else 4)
                place = (start, start + len(node.name))
                what = f"{text.path}:{node.lineno}: {node.name} has another name"
                by = f"{node.name}_renamed"
                found.append(lambda text=text, place=place, by=by, what=what: span(text, place, by, what))
    return found


OPERATORS = {
    "body": body,
    "line": line,
    "constant": constant,
    "module-level": module_level,
    "decorator": decorator,
    "class-body": class_body,
    "default": default,
    "docstring": docstring,
    "re-export": re_export,
    "fixture": fixture,
    "renamed-test": renamed_test,
}
