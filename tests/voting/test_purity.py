"""Counting is exact and depends on nothing but the standard library."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import intranet.voting

FILES = sorted(Path(intranet.voting.__path__[0]).rglob("*.py"))
INEXACT_CALLS = {"float", "round", "complex", "Decimal"}


def inexact(tree: ast.AST) -> Iterator[str]:
    """Where a number could stop being whole or a fraction."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            yield f"line {node.lineno}: {node.value}"
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
            yield f"line {node.lineno}: a division"
        if isinstance(node, ast.Name) and node.id in INEXACT_CALLS:
            yield f"line {node.lineno}: {node.id}"


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield node.module or "."


@pytest.mark.parametrize("source", ["a = 0.5", "a = b / c", "a /= 2", "round(3)", "float('1')"])
def test_the_search_for_inexact_numbers_finds_them(source: str) -> None:
    assert list(inexact(ast.parse(source)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_float_in_counting(path: Path) -> None:
    assert list(inexact(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_counting_imports_only_the_standard_library_and_itself(path: Path) -> None:
    for name in imported(ast.parse(path.read_text(encoding="utf-8"))):
        is_own = name == "intranet.voting" or name.startswith("intranet.voting.")
        assert is_own or name.split(".")[0] in sys.stdlib_module_names, name
