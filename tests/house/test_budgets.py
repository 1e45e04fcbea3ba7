"""Files and functions that need no scrolling, and docstrings that promise something."""

from __future__ import annotations

import ast

from tests.house.source import functions, modules

FILE_LINES = 300
FUNCTION_LINES = 40


def test_files_are_short() -> None:
    wrong = [
        f"{module.name}: {lines}"
        for module in modules()
        if (lines := module.text.count("\n")) > FILE_LINES
    ]
    assert wrong == []


def test_functions_are_short() -> None:
    wrong = []
    for module in modules():
        for function in functions(module):
            length = (function.end_lineno or 0) - function.lineno + 1
            if length > FUNCTION_LINES:
                wrong.append(f"{module.name}.{function.name}: {length}")
    assert wrong == []


def test_public_functions_promise_something() -> None:
    wrong = []
    for module in modules():
        if not ast.get_docstring(module.tree) and module.tree.body:
            wrong.append(module.name)
        for node in module.tree.body:
            inner = node.body if isinstance(node, ast.ClassDef) else []
            for item in (node, *inner):
                is_item = isinstance(item, ast.FunctionDef | ast.ClassDef)
                if is_item and not item.name.startswith("_") and not ast.get_docstring(item):
                    wrong.append(f"{module.name}.{item.name}")
    assert wrong == []


def test_no_drawer_for_odds_and_ends() -> None:
    assert [m.name for m in modules() if m.file in {"utils", "helpers", "common", "misc"}] == []
