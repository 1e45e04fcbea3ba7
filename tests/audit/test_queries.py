"""The activity: what happened, only to those who may know what it is about."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pkgutil import walk_packages

import pytest
from flask import Flask

import intranet
from intranet.audit import queries
from intranet.audit.queries import ActivityPage
from intranet.core.events import Event
from intranet.web import messages
from tests.cast import Cast, Client, acting, as_reader
from tests.proposals import stage as stages
from tests.proposals.stage import Stage, set_up
from tests.wiki.writing import revise, write


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Procedures and a rule."""
    return set_up(cast)


def kinds(event: type[Event] = Event) -> Iterator[type[Event]]:
    for kind in event.__subclasses__():
        if kind.__module__.startswith("intranet."):
            yield kind
        yield from kinds(kind)


def titles(page: ActivityPage) -> list[str]:
    return [one.subject.title for one in page.happenings if one.subject]


def told(person_id: int) -> list[str]:
    return [one.name for one in queries.activity(as_reader(person_id)).happenings]


def test_every_event_has_its_words() -> None:
    for found in walk_packages(intranet.__path__, "intranet."):
        if found.name.endswith(".events"):
            importlib.import_module(found.name)
    assert {kind.__name__ for kind in kinds()} == set(messages.EVENTS)


def test_events_hidden_or_private_exist() -> None:
    named = queries.DOUBLED | queries.OWN | queries.OF_EVERYBODY
    assert named <= set(messages.EVENTS)


def test_the_newest_comes_first_with_who_did_it(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Le four")
    revise(cast.bruno, slug, "Un autre texte.")
    page = queries.activity(as_reader(cast.chloe))
    assert [(one.name, one.actor) for one in page.happenings] == [
        ("PageRevised", "Bruno Costa"),
        ("PageCreated", "Amel Benali"),
    ]
    assert titles(page) == ["Le four", "Le four"]


def test_what_one_may_not_read_is_not_told(app: Flask, cast: Cast) -> None:
    write(cast.amel, "Entre associé·es", audience="members")
    write(cast.amel, "Entre nous", audience="workers")
    assert titles(queries.activity(as_reader(cast.esther))) == ["Entre nous", "Entre associé·es"]
    assert titles(queries.activity(as_reader(cast.chloe))) == ["Entre nous"]
    assert titles(queries.activity(as_reader(cast.farid))) == []


def test_a_draft_is_told_to_its_author_only(app: Flask, stage: Stage) -> None:
    with acting(stage.cast.amel) as tx:
        wording = stages.Wording("Mon idée", "", "Un texte.")
        stages.service.draft(tx, stages.NewProposal("resolution", wording, stage.absolute))
    assert "Mon idée" in titles(queries.activity(as_reader(stage.cast.amel)))
    assert "Mon idée" not in titles(queries.activity(as_reader(stage.cast.bruno)))


def test_a_secret_vote_leaves_no_ballot_in_the_activity(app: Flask, stage: Stage) -> None:
    stages.few_vote_in_secret()
    amel, bruno, _ = stage.cast.members
    open_poll = stages.open_it(stage, stages.a_resolution(stage))
    secret_poll = stages.open_it(stage, stages.a_resolution(stage, stage.secret))
    stages.cast_one(open_poll, amel, "for")
    stages.cast_one(secret_poll, amel, "for")
    assert told(bruno).count("VotingOpened") == 2
    assert told(bruno).count("BallotCast") == 1


def test_ones_own_sessions_are_nobody_elses_business(app: Flask, cast: Cast) -> None:
    app.test_client_class = Client
    app.test_client().sign_in("amel")
    assert "SignedInHere" in told(cast.amel)
    assert "SignedInHere" not in told(cast.bruno)


def test_the_list_goes_on_where_it_stopped(app: Flask, cast: Cast) -> None:
    for number in range(7):
        write(cast.amel, f"Page {number}")
    reader = as_reader(cast.bruno)
    first = queries.activity(reader, limit=3)
    second = queries.activity(reader, first.before, limit=3)
    third = queries.activity(reader, second.before, limit=3)
    assert [titles(page) for page in (first, second, third)] == [
        ["Page 6", "Page 5", "Page 4"],
        ["Page 3", "Page 2", "Page 1"],
        ["Page 0"],
    ]
    assert third.before is None
