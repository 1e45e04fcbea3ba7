"""Which parts of a procedure's form lie open."""

from __future__ import annotations

from intranet.web.procedure_form import ProcedureForm


def form(**values: str) -> ProcedureForm:
    """A new procedure in which only this was typed."""
    blank = ProcedureForm.blank()
    return ProcedureForm(blank.values | values)


def test_a_new_procedure_has_everything_folded() -> None:
    assert form().unfolded == frozenset()
    assert form(method="simple_majority").unfolded == frozenset()


def test_a_method_opens_what_it_needs() -> None:
    assert form(method="qualified_majority").unfolded == {"part"}
    assert form(method="consent").unfolded == {"objections"}
    assert form(method="majority_judgment").unfolded == {"methods", "election"}


def test_a_value_that_is_not_the_usual_one_is_never_hidden() -> None:
    assert form(proxy_cap="0").unfolded == {"voters"}
    assert form(base="registered").unfolded == {"part"}
    assert form(objection_override="3/4").unfolded == {"objections"}
    assert form(grades="Bien").unfolded == {"election"}
    assert form(revotable="no").unfolded == {"course"}
    ticked = form()
    ticked.kinds.append("resolution")
    assert ticked.unfolded == {"course"}


def test_an_error_is_never_hidden() -> None:
    wrong = form()
    wrong.errors = {"threshold": "…", "name": "…", "advisory": "…"}
    assert wrong.unfolded == {"part", "voters"}
