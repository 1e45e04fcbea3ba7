"""Tellers: two of three open the box of a secret vote, and nobody else does."""

from __future__ import annotations

import html
import re
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox
from sqlalchemy import select

from intranet import duties, worker
from intranet.core.db import db
from intranet.core.events import EventRow
from intranet.core.policy import Conflict, Invalid, Refused
from intranet.notices.models import Notice
from intranet.notices.telling import lines
from intranet.polls import queries as polls
from intranet.polls import sealing
from intranet.polls.procedure_models import Course, Custody
from intranet.polls.tellers import custody, sharing, words
from intranet.polls.tellers.models import LockedPart
from intranet.proposals import queries, service
from intranet.proposals import waiting_queries as waiting
from intranet.proposals.tellers import service as tellers
from intranet.voting.settings import Settings
from tests.cast import Cast, Client, acting, as_reader
from tests.polls.balloting import (
    circle,
    crowd,
    define,
    happened,
    put_to_the_vote,
    rows,
    stored,
    submitted,
    vote,
)

Words = tuple[str, ...]


@dataclass(frozen=True)
class Kept:
    """A secret vote whose box three members keep, with the words of each."""

    proposal: int
    poll: int
    words: dict[int, Words]
    people: list[int]


@pytest.fixture
def proposal(cast: Cast) -> int:
    """A proposal under a procedure that asks for tellers, among six."""
    define(
        circle([*cast.members, *crowd(3)]),
        key="secret",
        secret=True,
        course=Course(custody=Custody.TELLERS),
    )
    return submitted(cast.amel, "secret")


def become(person: int, proposal: int) -> Words:
    with acting(person) as tx:
        return tellers.become_teller(tx, proposal)


def give(person: int, proposal: int, said: Words | str) -> bool:
    with acting(person) as tx:
        return tellers.give_words(tx, proposal, said if isinstance(said, str) else " ".join(said))


@pytest.fixture
def kept(cast: Cast, proposal: int) -> Kept:
    """The vote is open; nobody has voted yet."""
    said = {person: become(person, proposal) for person in cast.members}
    poll = put_to_the_vote(cast.amel, proposal, hours=2)
    people = [line.person_id for line in polls.poll(as_reader(cast.amel), poll).roll]
    return Kept(proposal, poll, said, people)


def after(poll: int) -> time_machine.travel:
    return time_machine.travel(stored(poll).closes_at + timedelta(minutes=1), tick=False)


def reason(caught: pytest.ExceptionInfo[Refused]) -> str:
    return caught.value.verdict.reason


def test_a_vote_that_asks_for_tellers_opens_with_three_of_them(cast: Cast, proposal: int) -> None:
    become(cast.amel, proposal)
    become(cast.bruno, proposal)
    card = queries.proposal(as_reader(cast.amel), proposal)
    assert [issue.code for issue in card.issues] == ["tellers_missing"]
    with pytest.raises(Conflict):
        put_to_the_vote(cast.amel, proposal, hours=2)
    become(cast.esther, proposal)
    assert put_to_the_vote(cast.amel, proposal, hours=2)


def test_a_fourth_teller_somebody_without_a_vote_and_a_late_one_are_refused(
    cast: Cast, proposal: int
) -> None:
    with pytest.raises(Refused) as caught:
        become(cast.chloe, proposal)
    assert reason(caught) == "tellers.only_members"
    for person in cast.members:
        become(person, proposal)
    fourth = crowd(1)[0]
    with pytest.raises(Refused) as caught:
        become(fourth, proposal)
    assert reason(caught) == "tellers.all_found"
    with acting(cast.esther) as tx:
        tellers.stop_being_teller(tx, proposal)
    assert len(become(fourth, proposal)) == words.LENGTH
    put_to_the_vote(cast.amel, proposal, hours=2)
    with pytest.raises(Refused) as caught:
        become(cast.amel, proposal)
    assert reason(caught) == "tellers.too_late"


@pytest.mark.parametrize("pair", [(0, 1), (2, 0), (1, 2)])
def test_any_two_tellers_open_the_box_after_the_end(
    cast: Cast, kept: Kept, pair: tuple[int, int]
) -> None:
    for person, option in zip(kept.people, ("for", "for", "against", "for"), strict=False):
        vote(person, kept.poll, option)
    first, second = (cast.members[place] for place in pair)
    with after(kept.poll):
        assert duties.conclude_due() == 0
        assert not give(first, kept.proposal, kept.words[first])
        assert stored(kept.poll).state == "open"
        assert give(second, kept.proposal, kept.words[second])
    outcome = polls.poll(as_reader(cast.amel), kept.poll).outcome
    assert outcome is not None
    assert (outcome.counts["for"], outcome.counts["against"]) == (3, 1)
    assert happened()[-3:].count("ProposalAdopted") == 1


def test_nobody_else_and_nothing_else_opens_it(cast: Cast, kept: Kept) -> None:
    vote(cast.amel, kept.poll, "for")
    with after(kept.poll):
        for person in (None, cast.bruno):
            with pytest.raises(Refused) as caught, acting(person) as tx:
                service.conclude(tx, kept.proposal)
            assert reason(caught) == "proposals.tellers_count"
        outsider = kept.people[-1]
        with pytest.raises(Refused) as caught:
            give(outsider, kept.proposal, kept.words[cast.amel])
        assert reason(caught) == "tellers.not_a_teller"


def test_words_wait_for_the_end_and_are_given_once(cast: Cast, kept: Kept) -> None:
    with pytest.raises(Refused) as caught:
        give(cast.amel, kept.proposal, kept.words[cast.amel])
    assert reason(caught) == "tellers.vote_still_open"
    with after(kept.poll):
        give(cast.amel, kept.proposal, kept.words[cast.amel])
        with pytest.raises(Refused) as caught:
            give(cast.amel, kept.proposal, kept.words[cast.amel])
    assert reason(caught) == "tellers.words_already_given"


def test_wrong_words_are_told_apart_and_change_nothing(cast: Cast, kept: Kept) -> None:
    others = kept.words[cast.bruno]
    typed = {
        "words_wrong": " ".join(others),
        "words_not_sixteen": " ".join(kept.words[cast.amel][:-1]),
        "words_unknown": " ".join([*kept.words[cast.amel][:-1], "tictac"]),
    }
    with after(kept.poll):
        for code, said in typed.items():
            with pytest.raises(Invalid) as caught:
                give(cast.amel, kept.proposal, said)
            assert caught.value.errors == {"words": code}
        assert sealing.kept_shares(stored(kept.poll).sealing_key or "") == {}


def test_new_words_replace_the_old_ones(cast: Cast, proposal: int) -> None:
    old = become(cast.amel, proposal)
    new = become(cast.amel, proposal)
    become(cast.bruno, proposal)
    become(cast.esther, proposal)
    poll = put_to_the_vote(cast.amel, proposal, hours=2)
    with after(poll):
        with pytest.raises(Invalid):
            give(cast.amel, proposal, old)
        assert not give(cast.amel, proposal, new)


def test_many_tries_are_slowed_down(cast: Cast, kept: Kept) -> None:
    with after(kept.poll):
        for _ in range(10):
            with acting(cast.amel) as tx:
                tellers.try_words(tx, kept.proposal)
        with pytest.raises(Refused) as caught, acting(cast.amel) as tx:
            tellers.try_words(tx, kept.proposal)
    assert reason(caught) == "auth.too_many_attempts"


def test_tellers_have_two_weeks_before_the_vote_can_be_ended_uncounted(
    cast: Cast, kept: Kept
) -> None:
    ends = stored(kept.poll).closes_at
    with (
        time_machine.travel(ends + timedelta(days=13), tick=False),
        pytest.raises(Refused) as caught,
        acting(cast.amel) as tx,
    ):
        service.annul(tx, kept.proposal, "Mots perdus.")
    assert reason(caught) == "proposals.time_is_over"
    with time_machine.travel(ends + timedelta(days=14), tick=False), acting(cast.amel) as tx:
        service.annul(tx, kept.proposal, "Mots perdus.")
    assert stored(kept.poll).state == "cancelled"


def test_after_the_count_nothing_of_the_key_is_left(app: Flask, cast: Cast, kept: Kept) -> None:
    vote(cast.amel, kept.poll, "for")
    folder = sealing.KeyFolder.path
    assert folder is not None
    with after(kept.poll):
        give(cast.amel, kept.proposal, kept.words[cast.amel])
        assert {path.suffix for path in folder.iterdir()} == {".tellers", ".share"}
        give(cast.bruno, kept.proposal, kept.words[cast.bruno])
    assert duties.forget_keys() == 1
    assert list(folder.iterdir()) == []


def _boxes(copy: Path) -> list[bytes]:
    with sqlite3.connect(copy / "intranet.db") as database:
        return [row[0] for row in database.execute("SELECT box FROM sealed_ballot")]


def test_t68_a_thief_with_a_copy_of_all_after_every_single_vote_links_none(
    app: Flask, cast: Cast, kept: Kept, tmp_path: Path
) -> None:
    """The copies tell which box came with which mark on the roll; without the words of two
    tellers no box opens, and the box that is counted tells no code and no choice of its own."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("only the SQLite file lies in the instance folder")
    copies = []
    for number, person in enumerate(kept.people):
        vote(person, kept.poll, ("for", "against")[number % 2], f"motif-{number}")
        db.session.rollback()
        copies.append(tmp_path / str(number))
        shutil.copytree(app.instance_path, copies[-1])
    with after(kept.poll):
        give(cast.amel, kept.proposal, kept.words[cast.amel])
    shutil.copytree(app.instance_path, tmp_path / "one-teller")
    boxes = _boxes(copies[-1])
    assert [len(_boxes(copy)) for copy in copies] == list(range(1, len(copies) + 1))

    stolen = {
        path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".db"
    }
    keys = [content[:32] for content in stolen if len(content) >= 32]
    (share,) = sealing.kept_shares(stored(kept.poll).sealing_key or "").items()
    keys += [sharing.join({share[0]: share[1]}), share[1]]
    for box in boxes:
        for key in keys:
            with pytest.raises(CryptoError):
                SealedBox(PrivateKey(key)).decrypt(box)
    for copy in [*copies, tmp_path / "one-teller"]:
        everything = b"".join(path.read_bytes() for path in copy.rglob("*") if path.is_file())
        assert b"motif-" not in everything

    with after(kept.poll):
        give(cast.bruno, kept.proposal, kept.words[cast.bruno])
    duties.forget_keys()
    shutil.copytree(app.instance_path, tmp_path / "counted")
    database = (tmp_path / "counted" / "intranet.db").read_bytes()
    assert all(box[start : start + 64] not in database for box in boxes for start in (0, 4096))


def test_the_locked_parts_alone_are_worth_nothing(cast: Cast, kept: Kept) -> None:
    """Each opens with one teller's words only; two of the three give the key, one does not."""
    sealing_key = stored(kept.poll).sealing_key or ""
    assert rows(LockedPart) == 3
    locked = list(db.session.query(LockedPart))
    shares = {}
    for one in locked:
        for person, said in kept.words.items():
            seed = words.heard(" ".join(said))
            if person == one.person_id:
                shares[one.number] = custody.unlock(one, seed)
            else:
                with pytest.raises(custody.WrongWords):
                    custody.unlock(one, seed)
    assert all(custody.opening_key(sealing_key, {n: share}) is None for n, share in shares.items())
    for pair in combinations(shares, 2):
        assert custody.opening_key(sealing_key, {n: shares[n] for n in pair})


def test_the_whole_way_through_pages_without_a_script(
    app: Flask, cast: Cast, proposal: int
) -> None:
    app.test_client_class = Client
    names = {cast.amel: "amel", cast.bruno: "bruno", cast.esther: "esther"}
    browsers = {person: app.test_client().sign_in(name) for person, name in names.items()}
    said: dict[int, str] = {}
    for person, browser in browsers.items():
        answer = browser.submit(f"/proposals/{proposal}/tellers")
        assert answer.headers["Cache-Control"] == "no-store"
        shown = html.unescape(answer.get_data(as_text=True)).split('class="key-words"')[1]
        said[person] = " ".join(re.findall(r"<li>(\w+)</li>", shown.split("</ol>")[0]))
        assert len(said[person].split()) == words.LENGTH
        page = browser.get(f"/proposals/{proposal}").get_data(as_text=True)
        assert said[person] not in page
        assert "</ol>" not in page.split('id="tellers"')[1].split("</section>")[0]
    poll = put_to_the_vote(cast.amel, proposal, hours=2)
    receipt = browsers[cast.amel].submit(f"/polls/{poll}/ballot", option="for")
    (code,) = re.findall(r"<code>([\w-]+)</code>", receipt.get_data(as_text=True))
    amel, bruno = browsers[cast.amel], browsers[cast.bruno]
    closes_at = stored(poll).closes_at
    with acting(None) as tx:
        found = tx.session.get_one(type(stored(poll)), poll)
        found.opened_at = tx.now - timedelta(hours=3)
        found.closes_at = tx.now - timedelta(hours=1)
    assert stored(poll).closes_at < closes_at
    address = f"/proposals/{proposal}/tellers/words"
    assert "field-words" in amel.get(address).get_data(as_text=True)
    wrong = amel.submit(address, words=said[cast.bruno])
    assert wrong.status_code == 422
    assert said[cast.bruno] in html.unescape(wrong.get_data(as_text=True))
    assert amel.submit(address, words=said[cast.amel]).status_code == 303
    assert "field-words" not in amel.get(address).get_data(as_text=True)
    assert bruno.submit(address, words=said[cast.bruno].upper()).status_code == 303
    counted = bruno.get(f"/proposals/{proposal}").get_data(as_text=True)
    assert code in counted


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"course": Course(custody=Custody.TELLERS)}, {"custody": "tellers_without_secrecy"}),
        (
            {"secret": True, "course": Course(reason_required=True)},
            {"reason_required": "reason_in_a_secret_vote"},
        ),
        (
            {
                "secret": True,
                "settings": Settings(quorum=Fraction(1, 2)),
                "course": Course(custody=Custody.TELLERS, extension_hours=24),
            },
            {"custody": "tellers_without_more_time"},
        ),
    ],
)
def test_a_procedure_that_contradicts_itself_is_refused(
    cast: Cast, changes: dict[str, object], errors: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as caught:
        define(cast.assembly, **changes)
    assert caught.value.errors == errors


def test_whoever_could_be_a_teller_reads_it_at_home(cast: Cast, proposal: int) -> None:
    wanted = waiting.tellers_wanted(as_reader(cast.amel))
    assert [(one.proposal_id, one.missing) for one in wanted] == [(proposal, 3)]
    assert waiting.tellers_wanted(as_reader(cast.chloe)) == []
    become(cast.amel, proposal)
    assert waiting.tellers_wanted(as_reader(cast.amel)) == []
    assert waiting.tellers_wanted(as_reader(cast.bruno))[0].missing == 2


def test_those_who_could_be_a_teller_are_told_until_there_are_three(
    app: Flask, cast: Cast, proposal: int
) -> None:
    def told(person: int) -> list[bool]:
        """The lines about tellers that somebody was told, each with whether it is over."""
        worker.work_once(app)
        db.session.rollback()
        kinds = ("TellersSought", "TellerLeft")
        rows = db.session.scalars(
            select(EventRow)
            .join(Notice, Notice.event_id == EventRow.id)
            .where(Notice.person_id == person, EventRow.name.in_(kinds))
            .order_by(EventRow.id)
        ).all()
        return [line.is_over for line in lines(as_reader(person), rows) if line]

    assert told(cast.bruno) == [False]
    assert told(cast.chloe) == [], "she has no vote"
    for person in cast.members:
        become(person, proposal)
    assert told(cast.bruno) == [True]
    with acting(cast.amel) as tx:
        tellers.stop_being_teller(tx, proposal)
    assert told(cast.esther)[1:] == [True], "she is one already"


def test_a_teller_whose_words_are_awaited_reads_it_at_home(cast: Cast, kept: Kept) -> None:
    amel, bruno, _ = cast.members
    assert waiting.words_to_give(as_reader(amel)) == []
    with after(kept.poll):
        assert [one.origin_id for one in waiting.words_to_give(as_reader(amel))] == [kept.proposal]
        give(amel, kept.proposal, kept.words[amel])
        assert waiting.words_to_give(as_reader(amel)) == []
        assert waiting.words_to_give(as_reader(bruno)) != []
        give(bruno, kept.proposal, kept.words[bruno])
        assert waiting.words_to_give(as_reader(bruno)) == []
