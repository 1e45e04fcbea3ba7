"""Who may write down what a decision changed among people, bodies and mandates."""

from __future__ import annotations

from sqlalchemy import select

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.members.statuses import Right
from intranet.polls.models import Poll


def may_change_status(reader: Reader) -> Verdict:
    """Employed members write down the changes of status that a decision of the register made."""
    return YES if reader.actor.has(Right.RECORD) else no("membership.only_members_change_status")


def may_change_bodies(reader: Reader) -> Verdict:
    """Employed members write down which bodies decide; from the first vote on, as a decision of
    the register says."""
    return YES if reader.actor.has(Right.RECORD) else no("membership.only_members_change_bodies")


def may_change_mandates(reader: Reader) -> Verdict:
    """Employed members write down the mandates that a decision of the register gave or ended."""
    return YES if reader.actor.has(Right.RECORD) else no("membership.only_members_change_mandates")


def needs_a_decision(reader: Reader) -> bool:
    """Whether the founding is over: the first vote of the cooperative has opened."""
    return reader.session.scalar(select(Poll.id).limit(1)) is not None


def may_change_rights(reader: Reader) -> Verdict:
    """Employed members write down what each status may do; from the first vote on, as a decision
    of the register says."""
    return YES if reader.actor.has(Right.RECORD) else no("membership.only_members_change_rights")
