"""The life of a proposal in the documents is the table in the code."""

from __future__ import annotations

from intranet.proposals.workflow import STEPS, State
from tests.house.source import ROOT

DOCUMENT = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- steps -->", "<!-- /steps -->"


def steps() -> str:
    """Every step as a line "from -> step -> to", in the order of the table."""
    order = list(State)
    triples = [
        (source.value, step.name, step.target.value)
        for step in STEPS
        for source in sorted(step.sources, key=order.index)
    ]
    widths = [max(len(triple[column]) for triple in triples) for column in (0, 1)]
    return "\n".join(
        f"{source:<{widths[0]}} -> {name:<{widths[1]}} -> {target}"
        for source, name, target in triples
    )


def block() -> str:
    """What the document must hold between its two marks."""
    return f"{BEGIN}\n```\n{steps()}\n```\n{END}"


def test_the_document_holds_the_steps_of_the_code() -> None:
    assert block() in DOCUMENT.read_text(encoding="utf-8"), f"write this instead:\n{block()}"
