"""Edits of Python text at places of its syntax tree; columns there count bytes of UTF-8."""

import ast


class Text:
    """One file: its text, its tree, and edits of it."""

    def __init__(self, path, text):
        self.path = path
        self.text = text
        self.tree = ast.parse(text)
        self.lines = text.encode().splitlines(keepends=True)
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))

    def at(self, line, column):
        return self.starts[line - 1] + column

    def span(self, first, last=None):
        last = last or first
        return self.at(first.lineno, first.col_offset), self.at(last.end_lineno, last.end_col_offset)

    def source(self, node):
        start, end = self.span(node)
        return self.text.encode()[start:end].decode()

    def replaced(self, span, by):
        whole = self.text.encode()
        return (whole[: span[0]] + by.encode() + whole[span[1] :]).decode()

    def functions(self):
        return [node for node in ast.walk(self.tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]

    def classes(self):
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef)]


def docstring_of(node):
    """The statement that is the docstring of a function, class or module."""
    first = node.body[0] if node.body else None
    is_text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    return first if is_text else None


def own_body(node):
    """The statements after the docstring."""
    return node.body[1:] if docstring_of(node) else node.body


def literals(nodes):
    """Literals that can get another value: neither docstrings nor pieces of f-strings."""
    found = []
    for node in nodes:
        hidden = set()
        for inner in ast.walk(node):
            if isinstance(inner, (ast.JoinedStr, ast.MatchValue)):
                hidden.update(map(id, ast.walk(inner)))
            if isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Constant):
                hidden.add(id(inner.value))
        for inner in ast.walk(node):
            if isinstance(inner, ast.Constant) and id(inner) not in hidden and other_value(inner.value) is not None:
                found.append(inner)
    return found


def other_value(value):
    """Python text of another value of the same type, or None."""
    if isinstance(value, bool):
        return repr(not value)
    if isinstance(value, (int, float)):
        return repr(value + 1)
    if isinstance(value, str):
        return repr(value + "x") if value else repr("x")
    return None


def with_line(text, at, line):
    """A line put before the line with this number, counted from 1."""
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return "".join(lines[: at - 1] + [line + "\n"] + lines[at - 1 :])
