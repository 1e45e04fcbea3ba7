"""Voting, and writing down how to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from intranet.core.policy import Conflict, Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.polls import casting, writing
from intranet.polls.casting import LONGEST_REASON as LONGEST_REASON
from intranet.polls.facts import poll_and_line
from intranet.polls.policy import may_cast, may_define_procedure
from intranet.polls.procedure_models import NewProcedure as NewProcedure
from intranet.polls.procedure_models import asks_advice
from intranet.polls.procedure_models import settings_from_form as settings_from_form
from intranet.polls.proxies import own_voice


@dataclass(frozen=True)
class Cast:
    """A ballot that was taken, the kind and number of what it is about, and whether it is advice.

    `receipt` is that of a secret ballot, which is shown once and kept in its box only.
    """

    origin_kind: str
    origin_id: int
    is_advice: bool
    receipt: str | None = None


def cast_ballot(tx: Transaction, poll_id: int, raw: Mapping[str, str]) -> Cast:
    """Vote, or change one's vote while an open poll lasts. A ballot that a holder cast in one's
    name in an open poll is replaced.

    Raises NotFound, Refused (not on the roll, closed, secret and already cast), or Invalid when
    the form does not say what the voter wants.
    """
    found = poll_and_line(tx.session, poll_id, tx.actor.person_id)
    if found is None:
        raise NotFound
    poll, voter = found
    tx.require(may_cast, poll, voter)
    assert voter is not None  # noqa: S101
    tx.keep_pages()
    choice = casting.choice_in(poll, raw)
    taken = Cast(poll.origin_kind, poll.origin_id, asks_advice(poll.procedure.method))
    if poll.secret:
        return replace(taken, receipt=casting.cast_secretly(tx, poll, voter, choice))
    own_voice.take_back(tx, poll, voter)
    casting.cast_openly(tx, poll, voter, choice)
    return taken


def define_procedure(tx: Transaction, new: NewProcedure) -> int:
    """Write the next version of a procedure and give its number.

    Raises Invalid when the name is missing or taken, the body or the method unknown, the hours
    make no sense, a setting promises what the method does not count, a tie is left to someone, or
    the course names what cannot follow; Conflict when somebody wrote another version since the
    one that was changed.
    """
    tx.require(may_define_procedure)
    errors = writing.problems(tx, new)
    if errors:
        raise Invalid(**errors)
    key = writing.key_of(new)
    last = writing.last_version(tx, key)
    if last and not new.key:
        raise Invalid(name="name_taken")
    if new.after_version is not None and new.after_version != last:
        raise Conflict("polls.procedure_changed")
    return writing.write(tx, key, new)
