"""What a vote must not tell, and must not lose, case by case: the numbers are those of the list of
errors seen in other voting systems."""

from __future__ import annotations

import errno
import html
import json
import logging
import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect

from intranet.audit import poll_checks
from intranet.core import transaction as ground
from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.policy import NotFound, Refused
from intranet.core.transaction import reader
from intranet.export.folder import Folder
from intranet.export.whole import reader_like, write_all
from intranet.members.statuses import Audience
from intranet.polls import counting, queries, sealing, service
from intranet.polls.freezing import digest, frozen_procedure
from intranet.polls.models import CountedReceipt, OpenBallot, Procedure, SealedBallot
from intranet.polls.receipt_queries import receipts
from intranet.proposals import service as proposals
from intranet.voting.types import CastBallot, Choice
from tests.cast import Cast, Client, acting, as_reader
from tests.polls.balloting import (
    circle,
    close,
    crowd,
    define,
    happened,
    open_poll,
    put_to_the_vote,
    rows,
    stored,
    submitted,
    vote,
)

HIDDEN = "motif-caché"


@pytest.fixture
def browse(app: Flask) -> Flask:
    app.test_client_class = Client
    return app


def guest(app: Flask, name: str) -> Client:
    client: Client = app.test_client().sign_in(name)  # type: ignore[attr-defined]
    return client


def text(client: Client, path: str) -> str:
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code == 200, path
    return html.unescape(answer.get_data(as_text=True))


def under_vote(cast: Cast, *, secret: bool) -> tuple[int, int]:
    """A proposal of Amel under vote among six, and its poll."""
    define(circle([*cast.members, *crowd(3)]), key="way", secret=secret)
    proposal = submitted(cast.amel, "way")
    return proposal, put_to_the_vote(cast.amel, proposal, hours=2)


def test_t58_the_ballot_of_another_empties_no_form(browse: Flask, cast: Cast) -> None:
    proposal, poll = under_vote(cast, secret=False)
    amel, bruno = guest(browse, "amel"), guest(browse, "bruno")
    page = text(amel, f"/proposals/{proposal}")
    assert 'http-equiv="refresh"' not in page
    bruno.submit(f"/polls/{poll}/ballot", option="against")
    sent = amel.submit(f"/polls/{poll}/ballot", option="for", reason="écrit avant")
    assert sent.status_code == 303
    mine = queries.poll(as_reader(cast.amel), poll).my_choice
    assert mine == Choice("for", "écrit avant")


def test_t59_nobody_is_told_that_a_vote_is_kept_before_it_is(
    browse: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, poll = under_vote(cast, secret=False)
    amel = guest(browse, "amel")

    def fails(*_: object) -> None:
        raise OSError(errno.ENOSPC, "the disk is full")

    before = happened()
    monkeypatch.setattr(ground, "_commit", fails)
    answer = amel.submit(f"/polls/{poll}/ballot", option="for")
    monkeypatch.undo()
    assert answer.status_code == 507
    assert "receipt" not in answer.get_data(as_text=True)
    assert rows(OpenBallot) == 0
    assert happened() == before


def test_t61_whose_number_begins_or_ends_like_another_has_not_voted_for_it(cast: Cast) -> None:
    people = crowd(120)
    poll = open_poll(define(circle(people)), people)
    voted = [number for number in people if str(number)[0] == "1"]
    for number in voted:
        vote(number, poll)
    told = {line.person_id: line.has_voted for line in queries.poll(reader(SYSTEM), poll).roll}
    assert told == {number: number in voted for number in people}
    assert {len(str(number)) for number in voted} >= {2, 3}
    for number in people[:20]:
        assert queries.poll(as_reader(number), poll).i_have_voted is (number in voted)


@pytest.mark.parametrize("secret", [False, True])
def test_t66_who_may_be_asked_to_carry_a_voice_tells_nothing_of_who_voted(
    browse: Flask, cast: Cast, secret: bool
) -> None:
    proposal, poll = under_vote(cast, secret=secret)
    esther = guest(browse, "esther")

    def offered() -> list[str]:
        form = text(esther, f"/proxies/new?proposal={proposal}")
        return re.findall(r'<option value="\d*"[^>]*>[^<]*', form)

    before = offered()
    assert any("Bruno Costa" in one for one in before)
    vote(cast.bruno, poll, "against")
    assert offered() == before


def test_t62_what_came_later_changes_no_digest_of_an_earlier_vote(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly), cast.members)
    vote(cast.amel, poll, "for", "il est usé")
    procedure = db.session.get_one(Procedure, stored(poll).procedure_id)
    named = {"key", "version", "name", "method", "settings", "secret"}
    assert set(frozen_procedure(procedure)) == named
    ballots = [CastBallot(Choice("for", "il est usé"))]
    assert counting.ballots_digest(ballots) == digest([["for", "il est usé"]])
    close(poll)
    assert stored(poll).ballots_digest == digest([["for", "il est usé"]])


@pytest.mark.parametrize("secret", [False, True])
def test_t65_no_page_no_search_and_no_export_tells_a_choice_before_the_end(
    browse: Flask, cast: Cast, tmp_path: Path, secret: bool
) -> None:
    proposal, poll = under_vote(cast, secret=secret)
    vote(cast.bruno, poll, "against", HIDDEN)
    for name in ("amel", "esther", "gwen"):
        client = guest(browse, name)
        for path in (f"/proposals/{proposal}", "/", "/audit", "/proposals/"):
            page = client.get(path, follow_redirects=True).get_data(as_text=True)
            assert HIDDEN not in html.unescape(page), path
        found = client.get(f"/search?q={HIDDEN}").get_data(as_text=True)
        assert f'href="/proposals/{proposal}' not in found
    write_all(reader_like(Audience.MEMBERS), Folder(tmp_path / "export"))
    for path in (tmp_path / "export").rglob("*"):
        assert path.is_dir() or HIDDEN.encode() not in path.read_bytes()


def test_t67_before_the_end_nothing_is_told_but_how_many_voted(cast: Cast) -> None:
    _, poll = under_vote(cast, secret=True)
    seen = []
    for person, option in ((cast.bruno, "against"), (cast.esther, "for")):
        vote(person, poll, option, HIDDEN)
        card = queries.poll(as_reader(cast.amel), poll)
        seen.append((card.voted, card.outcome, card.positions, card.ballots_digest))
        assert not any(line.has_voted for line in card.roll)
        assert queries.counted_ballots(as_reader(cast.amel), poll) == []
        assert receipts(as_reader(cast.amel), poll) == []
    assert seen == [(1, None, (), None), (2, None, (), None)]


def test_t69_no_ballot_weighs_more_than_another(app: Flask) -> None:
    tables = ("voter", "open_ballot", "sealed_ballot", "counted_ballot", "counted_receipt")
    columns = {
        column["name"] for table in tables for column in inspect(db.engine).get_columns(table)
    }
    assert not {name for name in columns if "weight" in name or "share" in name}


def test_t71_no_log_no_cookie_no_draft_and_no_page_in_the_browser_keeps_a_secret_choice(
    browse: Flask, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    proposal, poll = under_vote(cast, secret=True)
    amel = guest(browse, "amel")
    form = text(amel, f"/proposals/{proposal}").split('class="ballot"')[1].split("</form>")[0]
    assert 'autocomplete="off"' in form.split(">")[0]
    assert "data-draft" not in form
    answer = amel.submit(f"/polls/{poll}/ballot", option="against", reason=HIDDEN)
    assert answer.headers["Cache-Control"] == "no-store"
    assert HIDDEN not in answer.get_data(as_text=True)
    assert HIDDEN not in str(answer.headers)
    assert HIDDEN not in caplog.text
    later = text(amel, f"/proposals/{proposal}")
    assert HIDDEN not in later
    assert 'class="ballot"' not in later


def test_t71_a_receipt_is_in_its_answer_in_its_box_and_nowhere_else(
    browse: Flask, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    _, poll = under_vote(cast, secret=True)
    with acting(cast.bruno) as tx:
        code = service.cast_ballot(tx, poll, {"option": "against"}).receipt
    assert code
    db.session.rollback()
    for path in Path(browse.instance_path).rglob("*"):
        assert path.is_dir() or code.encode() not in path.read_bytes(), path
    assert code not in caplog.text
    assert rows(SealedBallot) == 1
    close(poll)
    assert receipts(as_reader(cast.amel), poll) == [code]


def test_t73_the_technical_administrator_gets_no_total_before_the_end(
    browse: Flask, cast: Cast
) -> None:
    proposal, poll = under_vote(cast, secret=True)
    vote(cast.bruno, poll, "against")
    for person in (cast.gwen, cast.bruno, None):
        with pytest.raises((Refused, NotFound)), acting(person) as tx:
            proposals.conclude(tx, proposal)
    card = queries.poll(reader(SYSTEM), poll)
    assert (card.outcome, card.positions) == (None, ())
    assert guest(browse, "gwen").post(f"/proposals/{proposal}/count").status_code in {400, 403, 404}
    assert stored(poll).closes_at - stored(poll).opened_at <= timedelta(hours=2)
    assert json.loads(stored(poll).outcome or "null") is None
    assert len(sealing.kept_keys()) == 1


def test_t60_a_receipt_or_a_ballot_too_many_is_found(cast: Cast) -> None:
    _, poll = under_vote(cast, secret=True)
    vote(cast.bruno, poll, "against")
    close(poll)
    assert list(poll_checks.recounts(reader(SYSTEM))) == []
    db.session.rollback()
    with acting(None) as tx:
        tx.session.add(CountedReceipt(poll_id=poll, code="2222-2222-2222"))
    problems = list(poll_checks.recounts(reader(SYSTEM)))
    assert [problem.split(": ")[1] for problem in problems] == [
        "the receipts are not those that were listed",
        "there are not as many receipts as ballots",
    ]


def test_whoever_may_not_read_what_is_voted_on_does_not_learn_that_there_is_a_vote(
    browse: Flask, cast: Cast
) -> None:
    _, poll = under_vote(cast, secret=False)
    farid = guest(browse, "farid")
    for number in (poll, poll + 1000):
        assert farid.submit(f"/polls/{number}/ballot", option="for").status_code == 404, number
    chloe = guest(browse, "chloe")
    assert chloe.submit(f"/polls/{poll}/ballot", option="for").status_code == 403
    assert rows(OpenBallot) == 0
