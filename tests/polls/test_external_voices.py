"""A vote in which external members are more than 35 % of the roll counts their voices for less."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from intranet.audit import poll_checks
from intranet.commands.count import command
from intranet.core.policy import Conflict
from intranet.decisions.models import Decision
from intranet.polls import queries as polls
from intranet.polls import result_files, rounds
from intranet.proposals import queries, service
from intranet.voting.settings import Settings
from intranet.voting.types import Result
from tests.cast import Cast, acting, as_reader
from tests.polls.balloting import (
    circle,
    close,
    crowd,
    define,
    open_poll,
    put_to_the_vote,
    stored,
    submitted,
    vote,
)


def test_their_voices_weigh_35_percent_together_in_every_count(cast: Cast) -> None:
    outside = crowd(4, "member_external")
    poll = open_poll(define(cast.assembly), [*cast.members, *outside])
    assert stored(poll).external_voices == 4
    for person in outside:
        vote(person, poll, "for")
    for person in cast.members:
        vote(person, poll, "against")
    outcome = close(poll)
    assert outcome.result is Result.REJECTED
    assert Fraction(outcome.counts["for"], outcome.registered) == Fraction(35, 100)
    assert outcome.lines[-1].code == "voices_in_parts"
    reader = as_reader(cast.amel)
    assert result_files.recount(reader, poll).is_same
    assert [*poll_checks.openings(reader), *poll_checks.recounts(reader)] == []
    assert (polls.poll(reader, poll).registered, polls.poll(reader, poll).voted) == (7, 7)


def test_the_exported_file_counts_to_the_same_outcome(cast: Cast, tmp_path: Path) -> None:
    outside = crowd(3, "member_external")
    poll = open_poll(define(cast.assembly), [*cast.members, *outside])
    vote(outside[0], poll, "for")
    close(poll)
    file = tmp_path / "result.json"
    file.write_text(json.dumps(result_files.result_file(as_reader(cast.amel), poll)))
    answer = CliRunner().invoke(command, [str(file)])
    assert answer.exit_code == 0
    assert "the same" in answer.output


def test_up_to_35_percent_nothing_changes(cast: Cast) -> None:
    outside = crowd(1, "member_external")
    poll = open_poll(define(cast.assembly), [*cast.members, *outside])
    vote(outside[0], poll, "for")
    assert stored(poll).external_voices == 0
    outcome = close(poll)
    assert (outcome.counts["for"], outcome.registered) == (1, 4)


def test_the_quorum_is_told_in_the_same_parts(cast: Cast) -> None:
    outside = crowd(3, "member_external")
    half = Settings(quorum=Fraction(1, 2))
    poll = open_poll(define(cast.assembly, settings=half), [*cast.members, *outside])
    for person in outside:
        vote(person, poll, "for")
    with acting(None) as tx:
        assert rounds.quorum_is_missed(tx.session, stored(poll))
    assert close(poll).result is Result.NO_QUORUM


def test_a_secret_vote_cannot_count_them_for_less_and_says_so(cast: Cast) -> None:
    people = [*crowd(3), *crowd(3, "member_external")]
    define(circle([*cast.members[:1], *people]), key="secret", secret=True)
    proposal = submitted(cast.amel, "secret")
    issues = queries.proposal(as_reader(cast.amel), proposal).issues
    assert [issue.code for issue in issues] == ["external_voices_in_secret"]
    with pytest.raises(Conflict):
        put_to_the_vote(cast.amel, proposal)


def test_external_members_alone_decide_nothing(cast: Cast) -> None:
    define(circle(crowd(3, "member_external")), key="outside")
    proposal = submitted(cast.amel, "outside")
    issues = queries.proposal(as_reader(cast.amel), proposal).issues
    assert [issue.code for issue in issues] == ["only_external_voices"]


def test_the_register_keeps_the_number_of_people(cast: Cast) -> None:
    outside = crowd(4, "member_external")
    define(cast.assembly, key="simple")
    proposal = submitted(cast.amel, "simple")
    poll = put_to_the_vote(cast.amel, proposal)
    for person in [*cast.members, *outside]:
        vote(person, poll, "for")
    with acting(cast.bruno) as tx:
        service.conclude(tx, proposal)
    number = queries.proposal(as_reader(cast.amel), proposal).decision_number
    assert number is not None
    assert decided_size(number) == 7


def decided_size(number: str) -> int | None:
    """The size of the electorate that the register holds."""
    with acting(None) as tx:
        return tx.session.scalars(
            select(Decision.electorate_size).where(Decision.number == number)
        ).one()
