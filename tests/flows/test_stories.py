"""Whole stories through the pages and forms, without a browser, on both kinds of database."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import force_locale

from intranet import worker
from intranet.members import effects as members
from intranet.members.statuses import Status
from intranet.proposals import queries
from intranet.web import messages
from intranet.wiki.rules import RuleText
from tests.cast import Cast, Client, acting, as_reader
from tests.flows.crowd import more_members
from tests.proposals.stage import (
    CHANGED,
    Stage,
    a_change,
    a_resolution,
    an_amendment,
    conclude,
    end,
    open_it,
    rule,
    set_up,
)
from tests.wiki.writing import write

Enter = Callable[[str], Client]


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """The cast, the ways to decide and a rule."""
    return set_up(cast)


@pytest.fixture
def enter(app: Flask) -> Enter:
    """A function that signs one of the cast in, in a browser of their own."""
    app.test_client_class = Client
    return lambda name: app.test_client().sign_in(name)


def read(client: Client, path: str) -> str:
    """The words of a page that opens."""
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code == 200, path
    return html.unescape(answer.get_data(as_text=True))


def said(app: Flask, code: str) -> str:
    """The sentence of a reason or of a mistake, in French."""
    table = messages.REASONS if code in messages.REASONS else messages.FIELD_ERRORS
    with app.test_request_context(), force_locale("fr"):
        return str(table[code])


def cast_ballot(client: Client, poll_id: int, option: str, reason: str = "") -> int:
    """Send the ballot form; gives the status of the answer."""
    answer = client.submit(f"/polls/{poll_id}/ballot", option=option, reason=reason)
    return int(answer.status_code)


def state(stage: Stage, proposal_id: int) -> str:
    """How a proposal stands."""
    return queries.proposal(as_reader(stage.cast.amel), proposal_id).state


def test_a_vote_without_quorum_lapses_and_moves_nothing(
    app: Flask, stage: Stage, enter: Enter
) -> None:
    proposal_id = a_resolution(stage, "consent")
    poll_id = open_it(stage, proposal_id)
    amel = enter("amel")
    assert cast_ballot(amel, poll_id, "consent") == 303
    end(poll_id)
    worker.work_once(app)
    assert state(stage, proposal_id) == "lapsed"
    assert "result__verdict" in read(amel, f"/proposals/{proposal_id}")
    assert "Acheter un vélo-cargo" not in read(amel, "/decisions")


def test_two_amendments_of_one_rule_are_both_written_into_it(
    app: Flask, stage: Stage, enter: Enter
) -> None:
    other_words = "Le mardi, tout le monde est à l’atelier."
    first = an_amendment(stage)
    second = an_amendment(stage, stage.cast.bruno, a_change(stage, other_words, 1))
    polls = [open_it(stage, first), open_it(stage, second, stage.cast.bruno)]
    for name in ("amel", "bruno", "esther"):
        assert [cast_ballot(enter(name), poll_id, "for") for poll_id in polls] == [303, 303]
    for poll_id in polls:
        end(poll_id)
    worker.work_once(app)
    text: RuleText = rule(stage)
    assert [block.text for block in text.blocks] == [CHANGED, other_words]
    assert len({text.decisions[block.id] for block in text.blocks}) == 2
    page = read(enter("chloe"), "/wiki/teletravail")
    assert CHANGED in page
    assert other_words in page


def test_an_objection_is_answered_lifted_and_the_proposal_adopted(
    app: Flask, stage: Stage, enter: Enter
) -> None:
    proposal_id = a_resolution(stage, "consent")
    poll_id = open_it(stage, proposal_id)
    amel, chloe = enter("amel"), enter("chloe")
    assert cast_ballot(chloe, poll_id, "objection") == 422
    assert cast_ballot(chloe, poll_id, "objection", "Où le garer ?") == 303
    assert "Où le garer ?" in read(amel, "/")
    said_back = amel.submit(f"/proposals/{proposal_id}/comments", text="Sous l’auvent.")
    assert said_back.status_code == 303
    for name in ("amel", "bruno", "chloe"):
        assert cast_ballot(enter(name), poll_id, "consent") == 303
    end(poll_id)
    worker.work_once(app)
    assert state(stage, proposal_id) == "adopted"
    number = queries.proposal(as_reader(stage.cast.amel), proposal_id).decision_number
    assert "Nous achetons un vélo-cargo." in read(chloe, f"/decisions/{number}")


def test_a_secret_vote_tells_numbers_and_never_who_chose_what(
    app: Flask, stage: Stage, enter: Enter
) -> None:
    more_members()
    proposal_id = a_resolution(stage, "secret")
    poll_id = open_it(stage, proposal_id)
    names = ("amel", "bruno", "esther", "hugo", "ines", "jade")
    voters = {name: enter(name) for name in names}
    for name, client in voters.items():
        assert cast_ballot(client, poll_id, "against" if name == "jade" else "for") == 200
        assert cast_ballot(client, poll_id, "against") == 403
    end(poll_id)
    worker.work_once(app)
    assert state(stage, proposal_id) == "adopted"
    page = read(voters["amel"], f"/proposals/{proposal_id}")
    result = page[page.index("result__table") :]
    assert "<td>5</td>" in result
    assert "<td>1</td>" in result
    assert '<table class="table' not in result.split('id="discussion"')[0]


def test_a_member_who_leaves_during_a_vote_stays_counted_and_no_longer_votes(
    app: Flask, stage: Stage, enter: Enter
) -> None:
    proposal_id = a_resolution(stage)
    poll_id = open_it(stage, proposal_id)
    esther = enter("esther")
    with acting(None) as tx:
        members.change_status(tx, stage.cast.esther, Status.FORMER, tx.now.date(), stage.origin)
    assert cast_ballot(esther, poll_id, "against") == 403
    for name in ("amel", "bruno"):
        assert cast_ballot(enter(name), poll_id, "for") == 303
    end(poll_id)
    conclude(proposal_id)
    assert state(stage, proposal_id) == "adopted"
    assert "<td>3</td>" in read(enter("amel"), f"/proposals/{proposal_id}")


def test_a_form_that_expired_gives_back_what_was_typed(stage: Stage, enter: Enter) -> None:
    proposal_id = a_resolution(stage)
    words = "Une longue réponse, écrite pendant que la session se fermait ailleurs."
    where = f"/proposals/{proposal_id}/comments"
    answer = enter("bruno").post(where, data={"text": words, "csrf_token": "old"})
    assert answer.status_code == 400
    page = html.unescape(answer.get_data(as_text=True))
    assert words in page
    assert f'action="{where}' in page


@pytest.mark.parametrize(
    ("name", "step", "code"),
    [
        ("bruno", "withdrawal", "proposals.only_the_author"),
        ("bruno", "vote", "proposals.only_the_author"),
        ("farid", "comments", "proposals.unknown"),
        ("amel", "count", "proposals.not_voting"),
    ],
)
def test_a_refusal_says_why(
    app: Flask, stage: Stage, enter: Enter, name: str, step: str, code: str
) -> None:
    proposal_id = a_resolution(stage)
    fields = {"because": "Non", "closes_at": "2099-01-01T12:00", "text": "Bonjour"}
    answer = enter(name).submit(f"/proposals/{proposal_id}/{step}", **fields)
    page = html.unescape(answer.get_data(as_text=True))
    if code == "proposals.unknown":
        assert answer.status_code == 404
    else:
        assert answer.status_code == 403
        assert said(app, code) in page


def test_a_ballot_after_the_time_says_why(app: Flask, stage: Stage, enter: Enter) -> None:
    poll_id = open_it(stage, a_resolution(stage))
    end(poll_id)
    answer = enter("amel").submit(f"/polls/{poll_id}/ballot", option="for")
    assert answer.status_code == 403
    assert said(app, "polls.closed") in html.unescape(answer.get_data(as_text=True))


def test_a_vote_that_would_be_too_short_says_so_and_keeps_what_was_typed(
    app: Flask, stage: Stage, enter: Enter
) -> None:
    proposal_id = a_resolution(stage)
    with acting(None) as tx:
        soon = f"{tx.now + timedelta(hours=2):%Y-%m-%dT%H:%M}"
    answer = enter("amel").submit(f"/proposals/{proposal_id}/vote", closes_at=soon)
    page = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert said(app, "vote_too_short") in page
    assert soon in page


def test_a_sympathiser_sees_what_is_open_and_nothing_else(stage: Stage, enter: Enter) -> None:
    write(stage.cast.amel, "Pour tout le monde", "Bienvenue.", "open")
    proposal_id = a_resolution(stage)
    farid = enter("farid")
    assert "Bienvenue." in read(farid, "/wiki/pour-tout-le-monde")
    for path in ("/wiki/teletravail", f"/proposals/{proposal_id}", f"/decisions/{stage.origin}"):
        assert farid.get(path).status_code == 404, path
    for path in ("/", "/wiki/", "/proposals/", "/decisions"):
        page = read(farid, path)
        assert "Télétravail" not in page
        assert "vélo-cargo" not in page
    assert farid.get("/wiki/new").status_code == 403


def test_the_technical_administrator_has_no_vote_and_reads_nothing_closed(
    stage: Stage, enter: Enter
) -> None:
    proposal_id = a_resolution(stage)
    poll_id = open_it(stage, proposal_id)
    gwen = enter("gwen")
    assert gwen.get("/administration").status_code == 200
    assert gwen.get("/wiki/teletravail").status_code in (403, 404)
    assert cast_ballot(gwen, poll_id, "for") in (403, 404)


def test_the_footer_changes_the_language(stage: Stage, enter: Enter) -> None:
    amel = enter("amel")
    assert 'lang="fr"' in read(amel, "/")
    amel.submit("/language", language="en", next="/wiki/")
    assert "<h1>Hello, Amel</h1>" in read(amel, "/")
