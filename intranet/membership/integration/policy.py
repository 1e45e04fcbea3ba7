"""Who sees, writes and discusses the dossier of somebody who comes to the cooperative."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, first_refusal, no
from intranet.core.transaction import Reader
from intranet.members.statuses import Audience, Right
from intranet.membership.integration.models import Dossier


def may_see_dossiers(reader: Reader) -> Verdict:
    """Whoever works here or is a member sees who is on the way in; administrators as such do
    not."""
    if Audience.WORKERS in reader.actor.audiences:
        return YES
    return no("integration.only_workers")


def may_see_dossier(reader: Reader, dossier: Dossier) -> Verdict:
    """Whoever works here or is a member, and the person whose dossier it is."""
    return YES if dossier.person_id == reader.actor.person_id else may_see_dossiers(reader)


def may_discuss_dossier(reader: Reader, dossier: Dossier) -> Verdict:
    """Whoever works here or is a member reads and leads the conversation about a dossier; never
    the person whose dossier it is."""
    if dossier.person_id == reader.actor.person_id:
        return no("integration.not_about_oneself")
    return may_see_dossiers(reader)


def may_open_dossier(reader: Reader, person_id: int) -> Verdict:
    """Members with a vote open one for anybody, and everybody who comes in for themselves."""
    actor = reader.actor
    if actor.has(Right.VOTE):
        return YES
    if actor.person_id == person_id and actor.has(Right.READ):
        return YES
    return no("integration.members_or_oneself")


def may_write_dossier(reader: Reader, dossier: Dossier) -> Verdict:
    """The person themselves, the sponsor and the members with a vote, while it is open."""
    if dossier.outcome:
        return no("integration.is_over")
    if reader.actor.person_id in (dossier.person_id, dossier.sponsor_id):
        return YES if reader.actor.has(Right.READ) else no("integration.members_or_oneself")
    return YES if reader.actor.has(Right.VOTE) else no("integration.members_or_oneself")


def may_lead_dossier(reader: Reader, dossier: Dossier) -> Verdict:
    """Members with a vote change the steps and name the sponsor, while it is open, and not of
    their own dossier."""
    if dossier.outcome:
        return no("integration.is_over")
    if dossier.person_id == reader.actor.person_id:
        return no("integration.not_about_oneself")
    return YES if reader.actor.has(Right.VOTE) else no("integration.only_members_lead")


def may_end_dossier(reader: Reader, dossier: Dossier, outcome: str) -> Verdict:
    """The person withdraws their request at any time; employed members write down a refusal."""
    if dossier.outcome:
        return no("integration.is_over")
    if outcome == "withdrawn":
        is_own = dossier.person_id == reader.actor.person_id
        return YES if is_own else no("integration.only_oneself_withdraws")
    recorder = YES if reader.actor.has(Right.RECORD) else no("integration.only_members_refuse")
    return first_refusal(may_lead_dossier(reader, dossier), recorder)


def may_change_steps(reader: Reader) -> Verdict:
    """Members with a vote write the steps with which a new dossier begins."""
    return YES if reader.actor.has(Right.VOTE) else no("integration.only_members_lead")
