"""A number that somebody typed is read in one way, which is ready for whatever they typed."""

from __future__ import annotations

import ast

from tests.house.source import modules, nodes

GUESSES = {"isdigit", "isdecimal", "isnumeric"}


def test_u2_pages_and_forms_read_typed_numbers_by_whole_number() -> None:
    guessed = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        if module.file.endswith(("views", "forms"))
        for node in nodes(module)
        if isinstance(node, ast.Attribute) and node.attr in GUESSES
    ]
    assert guessed == [], "Python refuses to read thousands of digits: use core.text.whole_number"
