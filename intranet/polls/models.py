"""The ballot box: procedures, polls on frozen texts, the roll of voters, and ballots."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intranet.core.db import Base, Identified, append_only


class PollState(StrEnum):
    """A poll is open until it is counted; whether one may still vote is decided by the clock."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Procedure(Identified):
    """One version of a way to decide. A changed procedure is a new version, never an edit.

    Thresholds and quorums are fractions written "2/3". `layers` lists, separated by spaces, the
    layers of rules that the procedure may change. Hours are whole numbers. `electorate` says who
    votes as `polls.electorates` reads it; empty means the people of the body. `proxy_cap` is the
    most voices of others one person may carry, None for what the law allows, 0 for none.
    `advisory` lists the statuses, without a vote, whose advice is asked. `course` is the JSON of
    how its votes run, as `procedure_models.Course` writes it: what differs from the defaults.
    """

    __tablename__ = "procedure"
    key: Mapped[str]
    version: Mapped[int]
    name: Mapped[str]
    description: Mapped[str] = mapped_column(Text, default="")
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    method: Mapped[str]
    settings: Mapped[str] = mapped_column(Text)
    secret: Mapped[bool] = mapped_column(default=False)
    min_discussion_hours: Mapped[int] = mapped_column(default=0)
    min_voting_hours: Mapped[int] = mapped_column(default=24)
    layers: Mapped[str] = mapped_column(default="")
    course: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")
    created_at: Mapped[datetime]
    retired: Mapped[bool] = mapped_column(default=False)
    electorate: Mapped[str] = mapped_column(Text, default="", server_default="")
    proxy_cap: Mapped[int | None]
    advisory: Mapped[str] = mapped_column(default="", server_default="")
    __table_args__ = (
        UniqueConstraint("key", "version"),
        CheckConstraint("min_discussion_hours >= 0 AND min_voting_hours >= 1", name="hours"),
    )


class Poll(Identified):
    """One round of voting on one frozen text, under one version of a procedure.

    `candidates` is the JSON list of the options of a vote among several, in the order of the
    ballot, and `seats` how many of them are to be chosen; the list of a vote on a text is empty.
    `freeze_digest` covers all that with the electorate, as it was at the opening; a second
    convocation is announced before it opens. `seed` is the text drawn in public that separated
    those who were tied, once two people said it. `extended_from` is the first closing time of a
    poll that its procedure made longer. `by_proxy` is, once counted, how many of the voices were
    given by the holder of a proxy. `ended_because` is why a round was ended without a count.
    `external_voices` is how many of the voters are external members whose voices are counted for
    less, because they are more than 35 % together; 0 when every voice counts in full.
    """

    __tablename__ = "poll"
    origin_kind: Mapped[str]
    origin_id: Mapped[int]
    title: Mapped[str]
    text_digest: Mapped[str] = mapped_column(ForeignKey("text_body.digest"))
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedure.id"))
    secret: Mapped[bool]
    state: Mapped[str]
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    extended_from: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    tellers_asked_at: Mapped[datetime | None]
    electorate_digest: Mapped[str]
    freeze_digest: Mapped[str]
    candidates: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    seats: Mapped[int] = mapped_column(default=1, server_default="1")
    sealing_key: Mapped[str | None]
    result: Mapped[str | None]
    outcome: Mapped[str | None] = mapped_column(Text)
    ballots_digest: Mapped[str | None]
    by_proxy: Mapped[int | None]
    ended_because: Mapped[str | None] = mapped_column(Text)
    external_voices: Mapped[int] = mapped_column(default=0, server_default="0")
    seed: Mapped[str | None]
    version: Mapped[int] = mapped_column()
    procedure: Mapped[Procedure] = relationship()
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("state IN ('open', 'closed', 'cancelled')", name="known_state"),
        CheckConstraint("closes_at > opened_at", name="dates_in_order"),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed_has_a_date"),
        CheckConstraint("(state = 'closed') = (outcome IS NOT NULL)", name="closed_is_counted"),
        CheckConstraint("secret = (sealing_key IS NOT NULL)", name="secret_is_sealed"),
        Index("ix_poll_due", "state", "closes_at"),
        Index("ix_poll_origin", "origin_kind", "origin_id"),
    )


class SecondRound(Base):
    """That a poll is the second convocation of an earlier one, on the same text.

    `kept` says that the ballots of the earlier one, which was not counted, count in it.
    """

    __tablename__ = "second_round"
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    after_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), unique=True)
    kept: Mapped[bool]


class Voter(Identified):
    """One line of the roll: one person, one voice. In a secret poll it tells no moment.

    `proxy_id` is the proxy with which its holder gave this voice; None when the person did.
    `is_external` marks an external member in a vote that counts their voices for less.
    """

    __tablename__ = "voter"
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    has_voted: Mapped[bool] = mapped_column(default=False)
    proxy_id: Mapped[int | None] = mapped_column(ForeignKey("proxy.id"))
    is_external: Mapped[bool] = mapped_column(default=False, server_default=false())
    __table_args__ = (
        UniqueConstraint("poll_id", "person_id"),
        CheckConstraint("proxy_id IS NULL OR has_voted", name="a_proxy_has_voted"),
        Index("ix_voter_person", "person_id", "has_voted"),
    )


class OpenBallot(Identified):
    """A ballot with its voter, in an open poll. The last one of each voter counts; all are kept.

    `proxy_id` is the proxy of whoever cast it in the voter's name, None for the voter.
    """

    __tablename__ = "open_ballot"
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    voter_id: Mapped[int] = mapped_column(ForeignKey("voter.id"))
    option: Mapped[str]
    reason: Mapped[str] = mapped_column(Text, default="")
    cast_at: Mapped[datetime]
    proxy_id: Mapped[int | None] = mapped_column(ForeignKey("proxy.id"))
    __table_args__ = (Index("ix_open_ballot_poll", "poll_id", "voter_id", "id"),)


class SealedBallot(Base):
    """A secret ballot as it lies in the box: sealed, under a random key, without voter or time."""

    __tablename__ = "sealed_ballot"
    key: Mapped[str] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    box: Mapped[bytes] = mapped_column(LargeBinary)
    __table_args__ = (
        Index("ix_sealed_ballot_poll", "poll_id"),
        {"sqlite_with_rowid": False},
    )


class CountedBallot(Base):
    """A secret ballot after the count: opened, shuffled, under a new random key."""

    __tablename__ = "counted_ballot"
    key: Mapped[str] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    option: Mapped[str]
    reason: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        Index("ix_counted_ballot_poll", "poll_id"),
        {"sqlite_with_rowid": False},
    )


class CountedReceipt(Base):
    """The receipt of a ballot that lay in the box, apart from the ballots and in no order of
    theirs: it proves that a ballot was there, and not what it said."""

    __tablename__ = "counted_receipt"
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    __table_args__ = ({"sqlite_with_rowid": False},)


append_only(Procedure)
append_only(SecondRound)
append_only(OpenBallot)
append_only(CountedBallot)
append_only(CountedReceipt)
# Sealed ballots are erased once, after the count of their closed poll.
append_only(
    SealedBallot,
    keep_when="(SELECT state FROM poll WHERE poll.id = OLD.poll_id) = 'open'",
)
