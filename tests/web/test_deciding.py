"""Procedures in words: what they mean for a body of nobody, of one person, of several."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from flask import Flask
from flask_babel import force_locale

from intranet.polls.procedure_queries import ProcedureCard
from intranet.voting.settings import Settings
from intranet.voting.types import Base
from intranet.web.deciding import procedure_sentence


def card(method: str, **settings: object) -> ProcedureCard:
    """A procedure without a quorum."""
    return ProcedureCard(
        id=1,
        key="p",
        version=1,
        name="Procédure",
        description="",
        body_id=1,
        body_name="Assemblée",
        body_code="AG",
        method=method,
        settings=Settings(**settings),  # type: ignore[arg-type]
        secret=False,
        min_discussion_hours=0,
        min_voting_hours=1,
        layers=(),
        written_at=datetime(2026, 1, 5, tzinfo=UTC),
    )


HALF = {"threshold": Fraction(1, 2), "base": Base.REGISTERED, "strict": True}


@pytest.mark.parametrize(
    ("method", "settings", "one", "several"),
    [
        (
            "simple_majority",
            {},
            "More votes for than against; 1 person is asked.",
            "More votes for than against; 9 people are asked.",
        ),
        (
            "qualified_majority",
            HALF,
            "More than half of 1 person on the roll: that is 1 in favour.",
            "More than half of the 9 people on the roll: that is 5 in favour.",
        ),
        (
            "consent",
            {},
            "Adopted when nobody objects; 1 person is asked. Saying nothing is not counted.",
            "Adopted when nobody objects; 9 people are asked. Saying nothing is not counted.",
        ),
    ],
)
def test_one_person_is_spoken_of_as_one(
    app: Flask, method: str, settings: dict[str, object], one: str, several: str
) -> None:
    with app.test_request_context(), force_locale("en"):
        assert procedure_sentence(card(method, **settings), 1) == one
        assert procedure_sentence(card(method, **settings), 9) == several
