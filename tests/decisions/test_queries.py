"""Reading the register: who sees what, in which state, in how many statements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.policy import NotFound
from intranet.core.transaction import Reader, reader
from intranet.decisions import page_queries, queries
from intranet.decisions.actions import queries as actions
from intranet.decisions.actions.queries import ActionFilters
from intranet.decisions.effects import add_link, link
from intranet.decisions.kinship import queries as kinship
from intranet.decisions.models import LinkKind
from intranet.decisions.queries import Filters
from intranet.decisions.reviews import queries as reviews
from intranet.decisions.statuses import State
from intranet.papers import service as papers
from tests.cast import Cast, acting, as_reader
from tests.decisions.register import DECIDED, entered

NEXT_YEAR = date(2100, 1, 1)


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def numbers(look: Reader, **filters: object) -> list[str]:
    page = queries.register(look, Filters(**filters))  # type: ignore[arg-type]
    return [row.number for row in page.rows]


def state(look: Reader, number: str) -> State:
    return page_queries.decision(look, number).state


def test_d3_after_a_replacement_page_list_and_badges_agree(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        old, new = entered(tx, cast).number, entered(tx, cast, "Acheter deux fours").number
        link(tx, new, old, "supersedes")
    look = as_reader(cast.amel)
    old_page, new_page = (page_queries.decision(look, number) for number in (old, new))
    assert (old_page.state, new_page.state) == (State.SUPERSEDED, State.IN_FORCE)
    assert [(card.reading, card.number) for card in old_page.links] == [("supersedes.by", new)]
    assert [(card.reading, card.number) for card in new_page.links] == [("supersedes", old)]
    assert [heir.number for heir in old_page.heirs] == [new]
    listed = {row.number: row.state for row in queries.register(look, Filters()).rows}
    marks = {number: mark.state for number, mark in queries.statuses(look, [old, new]).items()}
    assert listed == marks == {old: State.SUPERSEDED, new: State.IN_FORCE}
    assert numbers(look, state="applies") == [new]
    assert numbers(look, state="ended") == [old]


def test_a_replacement_to_come_is_announced_and_changes_nothing_yet(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        old, new = entered(tx, cast).number, entered(tx, cast, effective_on=NEXT_YEAR).number
        link(tx, new, old, "supersedes")
    page = page_queries.decision(as_reader(cast.amel), old)
    assert page.state is State.IN_FORCE
    assert [card.reading for card in page.links] == ["supersedes.by.coming"]
    assert page.heirs == ()


def test_a_refused_decision_only_would_have_replaced(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        old, refused = entered(tx, cast).number, entered(tx, cast, result="rejected").number
        link(tx, refused, old, "supersedes")
    look = as_reader(cast.amel)
    assert state(look, old) is State.IN_FORCE
    readings = [page_queries.decision(look, number).links[0].reading for number in (old, refused)]
    assert readings == ["supersedes.by.void", "supersedes.void"]


@pytest.mark.parametrize(
    ("audience", "seen_by"),
    [
        ("members", {"amel", "bruno", "esther"}),
        ("workers", {"amel", "bruno", "esther", "chloe"}),
        ("open", {"amel", "bruno", "esther", "chloe", "farid"}),
    ],
)
def test_a_decision_does_not_exist_for_those_it_is_not_for(
    app: Flask, cast: Cast, audience: str, seen_by: set[str]
) -> None:
    with acting(cast.amel) as tx:
        number = entered(tx, cast, "Four confidentiel", audience=audience, tags=("secret",)).number
    for name in ("amel", "bruno", "chloe", "david", "esther", "farid", "gwen"):
        look = as_reader(getattr(cast, name))
        seen = name in seen_by
        assert (numbers(look) == [number]) is seen, name
        assert (queries.decision_by_number(look, number) is not None) is seen, name
        assert bool(queries.recent(look)) is seen, name
        assert bool(queries.everything(look, Filters())) is seen, name
        facets = queries.register(look, Filters()).facets
        assert (facets.values("tag") == [("secret", 1)]) is seen, name
        assert (facets.values("year") == [(2026, 1)]) is seen, name
        if not seen:
            with pytest.raises(NotFound):
                page_queries.decision(look, number)
            with pytest.raises(NotFound):
                page_queries.wording(look, number)


def test_what_replaced_a_decision_stays_unnamed_for_those_it_is_not_for(
    app: Flask, cast: Cast
) -> None:
    with acting(cast.amel) as tx:
        old = entered(tx, cast, audience="open").number
        new = entered(tx, cast, "Secret", audience="members").number
        link(tx, new, old, "supersedes")
        link(tx, new, old, "requires")
    page = page_queries.decision(as_reader(cast.farid), old)
    assert page.state is State.SUPERSEDED
    assert [(card.is_hidden, card.number, card.mark) for card in page.links] == [(True, "", None)]
    assert page.heirs == ()
    assert new not in repr(page)


def test_a_decision_that_is_not_here_yet_is_found_once_it_is(app: Flask, cast: Cast) -> None:
    with acting(None) as tx:
        old = entered(tx, cast).number
        add_link(tx, "AG-2026-002", old, LinkKind.SUPERSEDES)
    look = as_reader(cast.amel)
    page = page_queries.decision(look, old)
    assert (page.state, page.links[0].mark) == (State.SUPERSEDED, None)
    assert page.links[0].number == "AG-2026-002"
    with acting(cast.amel) as tx:
        assert entered(tx, cast, "Le successeur").number == "AG-2026-002"
    page = page_queries.decision(as_reader(cast.amel), old)
    assert [heir.title for heir in page.heirs] == ["Le successeur"]


def test_the_list_is_filtered_by_body_year_subject_and_words(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        oven = entered(tx, cast, "Acheter un four à pain", tags=("cuisine",)).number
        school = entered(tx, cast, "L’école d’à côté", body_id=cast.meeting, body_code="RC").number
        old = entered(tx, cast, "Un vieux four", decided_on=date(1968, 5, 24)).number
    look = as_reader(cast.amel)
    assert set(numbers(look)) == {oven, school, old}
    assert numbers(look)[-1] == old
    assert numbers(look, body="RC") == [school]
    assert numbers(look, year=1968) == [old]
    assert numbers(look, tag="cuisine") == [oven]
    assert numbers(look, words="FOUR pain") == [oven]
    assert numbers(look, words="l'ecole") == [school]
    assert numbers(look, words="1968-001") == [old]
    assert numbers(look, words="rien de tel") == []
    years = queries.register(look, Filters(words="four")).facets.values("year")
    assert years == [(1968, 1), (2026, 1)]


@pytest.mark.parametrize("filters", [{}, {"words": "four"}, {"state": "applies"}])
def test_pages_of_the_list_lose_nothing(app: Flask, cast: Cast, filters: dict[str, object]) -> None:
    with acting(cast.amel) as tx:
        every = {entered(tx, cast, f"Acheter {turn} fours").number for turn in range(7)}
    look = as_reader(cast.amel)
    pages = [
        queries.register(look, Filters(**filters), page, per_page=3)  # type: ignore[arg-type]
        for page in (1, 2, 3)
    ]
    assert [len(page.rows) for page in pages] == [3, 3, 1]
    assert {row.number for page in pages for row in page.rows} == every
    assert {(page.pages, page.total) for page in pages} == {(3, 7)}
    beyond = queries.register(look, Filters(), 99, per_page=3)
    assert (beyond.page, len(beyond.rows)) == (3, 1)


def test_reading_takes_the_same_statements_however_long_the_chain(app: Flask, cast: Cast) -> None:
    def sent(number: str) -> tuple[int, ...]:
        look = as_reader(cast.amel)
        found = []
        for ask in (
            lambda: page_queries.decision(look, number),
            lambda: queries.register(look, Filters()),
            lambda: queries.register(look, Filters(state="applies")),
            lambda: queries.statuses(look, [number]),
            lambda: reviews.due(look),
            lambda: actions.actions(look, ActionFilters()),
            lambda: kinship.family(look, number),
        ):
            db.session.rollback()
            with counted() as statements:
                ask()
            found.append(len([one for one in statements if not one.startswith("BEGIN")]))
        return tuple(found)

    with acting(cast.amel) as tx:
        first = entered(tx, cast, decided_on=DECIDED - timedelta(60)).number
    short = sent(first)
    with acting(cast.amel) as tx:
        before = first
        for turn in range(40):
            day = DECIDED - timedelta(50 - turn)
            number = entered(tx, cast, f"Four {turn}", decided_on=day, tags=("a", "b")).number
            link(tx, number, before, "supersedes")
            link(tx, number, first, "amends")
            before = number
    assert sent(first) == short
    assert short[0] <= 5
    heirs = page_queries.decision(as_reader(cast.amel), first).heirs
    assert [heir.number for heir in heirs] == [before]


def test_many_decisions_are_read_at_once(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        every = [entered(tx, cast, f"Décision {turn}").number for turn in range(510)]
        link(tx, every[1], every[0], "repeals")
    look = reader(SYSTEM)
    rows = queries.everything(look, Filters())
    assert len(rows) == 510
    assert {row.number: row.state for row in rows}[every[0]] is State.REPEALED


def test_the_page_shows_the_numbers_of_a_paper_as_they_are(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        number = papers.enter_by_hand(
            tx,
            papers.OldDecision(
                cast.assembly,
                "Louer un local",
                "Rue des Tanneurs.",
                date(1968, 5, 24),
                counts={"for": 7, "abstain": 2, "against": 1, "blank": 0},
                electorate_size=12,
            ),
        ).number
    page = page_queries.decision(as_reader(cast.amel), number)
    assert page.outcome is None
    assert page.paper is not None
    assert page.paper.counts == (("for", 7), ("against", 1), ("abstain", 2), ("blank", 0))
    assert page.paper.registered == 12
    assert page.decided_on == date(1968, 5, 24)
    assert page.recorded_at.year >= 2024
    assert page.recorded_by == "Amel Benali"
