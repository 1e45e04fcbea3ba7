"""What every kind of proposal keeps to, and so whoever adds one."""

from __future__ import annotations

import ast
import inspect

import pytest
from flask import Flask

from intranet.proposals import registry
from intranet.proposals.kinds.kind import ACTS, Kind
from intranet.proposals.options import CHOOSING
from intranet.web import messages

KINDS = registry.all_kinds()


def test_kinds_are_found_in_their_folder() -> None:
    keys = {kind.key for kind in KINDS}
    assert len(keys) == len(KINDS)
    assert (
        ACTS | CHOOSING | {"resolution", "amendment", "adoption", "procedure", "deciders"} == keys
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_a_kind_has_its_words(kind: Kind, app: Flask) -> None:
    with app.test_request_context():
        assert messages.label(f"kind.{kind.key}")
        if kind.key in ACTS:
            assert messages.label(f"act.{kind.key}")
            assert messages.label(f"act_lead.{kind.key}")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_each_issue_that_a_kind_raises_has_words(kind: Kind) -> None:
    tree = ast.parse(inspect.getsource(inspect.getmodule(type(kind)) or kind))  # type: ignore[arg-type]
    codes = {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Issue"
        if node.args and isinstance(node.args[0], ast.Constant)
    }
    assert codes <= messages.ISSUES.keys()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_a_kind_answers_every_question_of_the_protocol(kind: Kind) -> None:
    asked = [name for name in vars(Kind) if not name.startswith("_") and callable(vars(Kind)[name])]
    assert len(asked) >= 6
    for name in asked:
        given = inspect.signature(getattr(type(kind), name)).parameters
        assert len(given) == len(inspect.signature(getattr(Kind, name)).parameters), name
        assert getattr(type(kind), name).__doc__, name
