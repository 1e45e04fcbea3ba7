"""Every command asks "may this person do this, now?" before it writes."""

from __future__ import annotations

import ast

from tests.house.source import functions, modules

WRITES = ("session.add", "session.add_all", "session.delete", "session.execute", "record")


def commands() -> list[tuple[str, ast.FunctionDef]]:
    """The public functions of service.py files whose first argument is a Transaction."""
    found = []
    for module in modules():
        if module.file != "service":
            continue
        for function in functions(module):
            first = function.args.args[:1]
            takes_tx = bool(first) and first[0].annotation is not None
            if takes_tx and ast.unparse(first[0].annotation) == "Transaction":  # type: ignore[arg-type]
                if not function.name.startswith("_"):
                    found.append((f"{module.name}.{function.name}", function))
    return found


def calls(function: ast.FunctionDef) -> list[tuple[int, str]]:
    """The calls of a function in the order of their lines."""
    return sorted(
        (node.lineno, ast.unparse(node.func))
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
    )


def test_there_are_commands() -> None:
    assert len(commands()) >= 2


def test_commands_ask_permission_before_they_write() -> None:
    wrong = []
    for name, function in commands():
        lines = calls(function)
        asked = [line for line, call in lines if call == "tx.require"]
        wrote = [line for line, call in lines if call.removeprefix("tx.") in WRITES]
        if not asked:
            wrong.append(f"{name} never asks")
        elif wrote and min(wrote) < min(asked):
            wrong.append(f"{name} writes before it asks")
    assert wrong == []
