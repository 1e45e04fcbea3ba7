"""A poll is known to those who may read its proposal; to all others there is none."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import force_locale
from werkzeug.test import TestResponse

from intranet.core import clock
from intranet.core.policy import NotFound
from intranet.proposals import queries, service
from intranet.proposals.service import NewProposal
from intranet.proposals.versions import Wording
from intranet.web import messages
from tests.cast import Cast, Client, acting, as_reader
from tests.polls.balloting import circle, define, put_to_the_vote, submitted

MISSING = 999


@pytest.fixture
def closed_poll(cast: Cast) -> int:
    """The poll of a proposal for members only, on whose roll stand Amel and Bruno."""
    define(circle([cast.amel, cast.bruno]), key="circle")
    with acting(cast.amel) as tx:
        wording = Wording("Les salaires", text="Nous les augmentons.")
        new = NewProposal("resolution", wording, "circle", audience="members")
        proposal_id = service.draft(tx, new)
        service.submit(tx, proposal_id)
    return put_to_the_vote(cast.amel, proposal_id, hours=2)


def enter(app: Flask, name: str) -> Client:
    app.test_client_class = Client
    client = app.test_client()
    assert isinstance(client, Client)
    return client.sign_in(name)


def said(answer: TestResponse) -> str:
    """What stands on the page, without the menus around it."""
    return html.unescape(
        answer.get_data(as_text=True).partition("<main")[2].partition("</main>")[0]
    )


@pytest.mark.parametrize("option", ["for", "nonsense"])
def test_a_poll_one_may_not_know_of_answers_like_none(
    app: Flask, closed_poll: int, option: str
) -> None:
    chloe = enter(app, "chloe")
    ballots = [
        chloe.submit(f"/polls/{poll}/ballot", option=option) for poll in (closed_poll, MISSING)
    ]
    pages = [chloe.get(f"/polls/{poll}") for poll in (closed_poll, MISSING)]
    for hidden, missing in (ballots, pages):
        assert hidden.status_code == missing.status_code == 404
        assert said(hidden) == said(missing)


def test_who_may_read_but_is_not_on_the_roll_reads_why(app: Flask, closed_poll: int) -> None:
    answer = enter(app, "esther").submit(f"/polls/{closed_poll}/ballot", option="for")
    assert answer.status_code == 403
    with app.test_request_context(), force_locale("fr"):
        assert str(messages.REASONS["polls.not_on_the_roll"]) in said(answer)


def test_who_stands_on_the_roll_votes_and_is_led_to_the_proposal(
    app: Flask, closed_poll: int
) -> None:
    bruno = enter(app, "bruno")
    unclear = bruno.submit(f"/polls/{closed_poll}/ballot", option="nonsense")
    assert unclear.status_code == 422
    answer = bruno.submit(f"/polls/{closed_poll}/ballot", option="for")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("/proposals/1#vote")
    assert bruno.get(f"/polls/{closed_poll}").headers["Location"].endswith("/proposals/1#vote")


def test_the_poll_of_an_earlier_round_leads_to_the_same_proposal(cast: Cast) -> None:
    define(cast.assembly, key="simple")
    proposal_id = submitted(cast.amel, "simple")
    first = put_to_the_vote(cast.amel, proposal_id, hours=2)
    with acting(cast.amel) as tx:
        service.take_back_to_discussion(tx, proposal_id, "Le texte change.")
    with acting(cast.amel) as tx:
        second = service.open_voting(tx, proposal_id, clock.now() + timedelta(hours=2))
    for poll in (first, second):
        assert queries.of_poll(as_reader(cast.bruno), poll) == proposal_id
        with pytest.raises(NotFound):
            queries.of_poll(as_reader(cast.farid), poll)
