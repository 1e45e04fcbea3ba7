"""Voting, and writing down how to decide."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from intranet.core.events import canonical
from intranet.core.policy import Conflict, Invalid, NotFound
from intranet.core.text import slugify
from intranet.core.transaction import Transaction
from intranet.members.models import Body, Person
from intranet.members.statuses import ADVISORY_STATUSES
from intranet.polls import casting
from intranet.polls.casting import LONGEST_REASON as LONGEST_REASON
from intranet.polls.electorates import THE_BODY, Electorate, InvalidElectorate
from intranet.polls.events import ProcedureDefined
from intranet.polls.models import Poll, Procedure, Voter
from intranet.polls.policy import may_cast, may_define_procedure
from intranet.polls.proxies import own_voice
from intranet.voting import registry
from intranet.voting.settings import InvalidSettings, Settings
from intranet.voting.types import TieRule

MOST_HOURS = 365 * 24
OUR_ADDRESSES = ("new",)


def cast_ballot(tx: Transaction, poll_id: int, raw: Mapping[str, str]) -> None:
    """Vote, or change one's vote while an open poll lasts. A ballot that a holder cast in one's
    name in an open poll is replaced.

    Raises NotFound, Refused (not on the roll, closed, secret and already cast), or Invalid when
    the form does not say what the voter wants.
    """
    poll = tx.session.get(Poll, poll_id, with_for_update=True)
    if poll is None:
        raise NotFound
    voter = tx.session.scalars(
        select(Voter).where(Voter.poll_id == poll_id, Voter.person_id == tx.actor.person_id)
    ).one_or_none()
    tx.require(may_cast, poll, voter)
    assert voter is not None  # noqa: S101
    choice = casting.choice_in(poll.procedure.method, raw)
    if poll.secret:
        casting.cast_secretly(tx, poll, voter, choice)
        return
    own_voice.take_back(tx, poll, voter)
    casting.cast_openly(tx, poll, voter, choice)


@dataclass(frozen=True)
class NewProcedure:
    """A way to decide, as a person describes it; `key` is empty for a new one.

    `after_version` is the version the person changed, when they saw one.
    """

    name: str
    description: str
    body_id: int
    method: str
    settings: Settings
    secret: bool = False
    min_discussion_hours: int = 0
    min_voting_hours: int = 24
    layers: tuple[str, ...] = ()
    electorate: Electorate = THE_BODY
    proxy_cap: int | None = None
    advisory: tuple[str, ...] = ()
    key: str = ""
    after_version: int | None = None


def define_procedure(tx: Transaction, new: NewProcedure) -> int:
    """Write the next version of a procedure and give its number.

    Raises Invalid when the name is missing or taken, the body or the method unknown, the hours
    make no sense, a setting promises what the method does not count, or a tie is left to someone;
    Conflict when somebody wrote another version since the one that was changed.
    """
    tx.require(may_define_procedure)
    _check(tx, new)
    key = new.key or slugify(new.name, fallback="procedure", reserved=OUR_ADDRESSES)
    last = tx.session.scalar(select(func.max(Procedure.version)).where(Procedure.key == key))
    if last and not new.key:
        raise Invalid(name="name_taken")
    if new.after_version is not None and new.after_version != last:
        raise Conflict("polls.procedure_changed")
    procedure = Procedure(
        key=key,
        version=(last or 0) + 1,
        name=new.name.strip(),
        description=new.description.strip(),
        body_id=new.body_id,
        method=new.method,
        settings=canonical(new.settings.to_json()),
        secret=new.secret,
        min_discussion_hours=new.min_discussion_hours,
        min_voting_hours=new.min_voting_hours,
        layers=" ".join(new.layers),
        electorate=new.electorate.to_text(),
        proxy_cap=new.proxy_cap,
        advisory=" ".join(new.advisory),
        created_at=tx.now,
    )
    tx.session.add(procedure)
    tx.session.flush()
    tx.record(ProcedureDefined(procedure.id))
    return procedure.id


def _check(tx: Transaction, new: NewProcedure) -> None:
    """Raise Invalid with everything that is wrong, so that it can be corrected at once."""
    errors: dict[str, str] = {}
    if not new.name.strip():
        errors["name"] = "name_missing"
    if tx.session.get(Body, new.body_id) is None:
        errors["body_id"] = "body_unknown"
    if new.min_discussion_hours < 0:
        errors["min_discussion_hours"] = "hours_unclear"
    if new.min_voting_hours < 1:
        errors["min_voting_hours"] = "hours_out_of_range"
    for name in ("min_discussion_hours", "min_voting_hours"):
        if getattr(new, name) > MOST_HOURS:
            errors[name] = "hours_too_many"
    errors |= _check_count(new) | _check_people(tx, new)
    if errors:
        raise Invalid(**errors)


def _check_count(new: NewProcedure) -> dict[str, str]:
    """What is wrong with the method and its settings, as codes by field."""
    if new.method not in {method.key for method in registry.all_methods()}:
        return {"method": "method_unknown"}
    errors = dict.fromkeys(registry.unused_settings(new.method, new.settings), "setting_unused")
    # A result left to a chair, a draw or a new round would need somebody to say how it ended.
    if not errors and new.settings.tie is not TieRule.REJECTED:
        errors["tie"] = "tie_not_offered"
    return errors


def _check_people(tx: Transaction, new: NewProcedure) -> dict[str, str]:
    """What is wrong with who votes, who may carry their voices, and who is heard beside them."""
    errors: dict[str, str] = {}
    try:
        Electorate.from_text(new.electorate.to_text())
    except InvalidElectorate as problem:
        errors["electorate"] = problem.code
    known = tx.session.scalar(select(func.count()).where(Person.id.in_(new.electorate.people)))
    if known != len(new.electorate.people):
        errors["electorate"] = "electorate_names_unknown"
    if new.proxy_cap is not None and new.proxy_cap < 0:
        errors["proxy_cap"] = "proxy_cap_unclear"
    if not set(new.advisory) <= set(ADVISORY_STATUSES):
        errors["advisory"] = "advisory_statuses_unclear"
    elif new.advisory and new.secret:
        # Advice is given by name: beside a secret vote it would tell how a small group thinks.
        errors["advisory"] = "advisory_needs_an_open_vote"
    return errors


def settings_from_form(values: Mapping[str, object]) -> Settings:
    """Settings from JSON values. Raises Invalid naming the field."""
    try:
        return Settings.from_json(json.loads(canonical(values)))
    except InvalidSettings as problem:
        raise Invalid(**{problem.setting: f"setting_{problem.code.value}"}) from problem
