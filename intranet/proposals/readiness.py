"""Everything still missing before members can vote, in the order to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from intranet.core import clock
from intranet.core.markdown import TooLong
from intranet.core.policy import Invalid
from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members.queries import PersonCard
from intranet.members.statuses import Status, status_opens
from intranet.polls import procedure_queries as procedures
from intranet.polls.models import Poll, PollState
from intranet.polls.procedure_models import Custody, asks_advice
from intranet.polls.procedure_queries import ProcedureCard
from intranet.polls.tellers import queries as tellers
from intranet.proposals import days, registry
from intranet.proposals.kinds.choice import KIND as CHOICE_KIND
from intranet.proposals.kinds.kind import Issue
from intranet.proposals.models import Proposal, ProposalVersion
from intranet.proposals.options import CHOOSING
from intranet.proposals.outlines.sections import read, still_empty
from intranet.proposals.suggestions import opening as suggestions
from intranet.proposals.support.queries import seconders_missing
from intranet.voting.external_voices import reduced
from intranet.voting.types import InvalidCount
from intranet.wiki.rendering import render_text

CHOICE = CHOICE_KIND.key
LONGEST_VOTE = timedelta(days=366)


def earliest_opening(
    reader: Reader, proposal: Proposal, procedure: ProcedureCard
) -> datetime | None:
    """The instant from which the discussion has lasted long enough; None for a draft.

    A text that comes from another body is discussed anew, from the count that sent it. Whole days
    end at the hour at which they began, by the cooperative's clock.
    """
    if proposal.submitted_at is None:
        return None
    zone, began = members.cooperative(reader.session).zone, proposal.submitted_at
    poll = reader.session.get(Poll, proposal.poll_id) if proposal.poll_id else None
    if poll is not None and poll.state == PollState.CLOSED and poll.closed_at:
        began = poll.closed_at
    return clock.same_wall_time_after(began, procedure.min_discussion_hours, zone)


def earliest_closing(reader: Reader, opens_at: datetime, procedure: ProcedureCard) -> datetime:
    """The earliest end of a vote, a minute of patience included: seven days are the same hour a
    week later, also when the clocks change meanwhile."""
    zone = members.cooperative(reader.session).zone
    lasts = clock.same_wall_time_after(opens_at, procedure.min_voting_hours, zone)
    return lasts - timedelta(minutes=1)


def _earliest_end(reader: Reader, opens_at: datetime | None, procedure: ProcedureCard) -> date:
    """The first day on which a vote that opens now, or then, could be counted."""
    closes = earliest_closing(reader, opens_at or reader.now, procedure)
    return clock.local_day(closes, members.cooperative(reader.session).zone)


def check_length(reader: Reader, procedure: ProcedureCard, closes_at: datetime) -> None:
    """Raise Invalid when a vote that opens now would be too short or too long."""
    if closes_at < earliest_closing(reader, reader.now, procedure):
        raise Invalid(closes_at="vote_too_short")
    if closes_at > reader.now + LONGEST_VOTE:
        raise Invalid(closes_at="vote_too_long")


def _unfit(procedure: ProcedureCard, proposal: Proposal) -> list[Issue]:
    """Whether the procedure is in use, and meant for this kind of proposal.

    A choice among options is counted by an election, everything else by a method for texts.
    """
    if procedure.retired:
        return [Issue("procedure_out_of_use", {"procedure": procedure.name})]
    chooses = proposal.kind in CHOOSING
    if chooses is not (procedure.election is not None):
        code = "procedure_for_texts" if chooses else "procedure_for_options"
        return [Issue(code, {"procedure": procedure.name})]
    kinds = procedure.course.kinds
    if kinds and proposal.kind not in kinds:
        alone = asks_advice(procedure.method)
        code = "advice_not_for_this" if alone else "procedure_not_for_this"
        return [Issue(code, {"procedure": procedure.name})]
    return []


def issues_before_opening(
    reader: Reader,
    proposal: Proposal,
    version: ProposalVersion,
    opens_at: datetime | None = None,
) -> list[Issue]:
    """What is missing: text, base, procedure, discussion time, voters. Empty means ready.

    `opens_at` is the instant of the opening, for one that is planned; else now.
    """
    procedure = procedures.procedure(reader, proposal.procedure_key)
    issues = _unfit(procedure, proposal)
    issues += [Issue("section_missing", {"section": one}) for one in _unanswered(version)]
    issues += registry.kind(proposal.kind).issues_before_opening(reader, proposal, version)
    issues += suggestions.issues(reader, proposal)
    try:
        render_text(reader, registry.kind(proposal.kind).voted_text(version), proposal.readers)
    except TooLong:
        issues.append(Issue("too_long_to_enter"))
    issues += days.issues(reader, proposal, version, _earliest_end(reader, opens_at, procedure))
    earliest = earliest_opening(reader, proposal, procedure)
    if earliest and (opens_at or reader.now) < earliest:
        issues.append(Issue("discussion_too_short", {"moment": earliest}))
    needed = procedure.course.seconders
    if lacking := seconders_missing(reader, proposal.id, version.number, needed):
        issues.append(Issue("seconders_missing", {"missing": lacking}))
    return issues + _issues_of_roll(reader, proposal, procedure)


def _unanswered(version: ProposalVersion) -> list[str]:
    return still_empty(read(version.reasons))


def _issues_of_roll(reader: Reader, proposal: Proposal, procedure: ProcedureCard) -> list[Issue]:
    """Whoever is on the roll can read the proposal, there are enough of them, and tellers."""
    issues = []
    roll = procedures.voters_of(reader, procedure)
    if any(not status_opens(person.status, proposal.readers) for person in roll):
        issues.append(Issue("voters_cannot_read", {"body": procedure.body_name}))
    voters = len(roll)
    if voters == 0:
        issues.append(Issue("nobody_votes", {"body": procedure.body_name}))
    elif procedure.secret and voters < procedure.course.smallest_secret:
        issues.append(Issue("too_few_for_secrecy", {"fewest": procedure.course.smallest_secret}))
    if code := external_issue(roll, procedure.secret):
        issues.append(Issue(code))
    missing = tellers.missing(reader, ("proposal", proposal.id))
    if procedure.course.custody is Custody.TELLERS and missing:
        issues.append(Issue("tellers_missing", {"missing": missing}))
    return issues


def external_issue(roll: Sequence[PersonCard], secret: bool) -> str:
    """What keeps a vote from opening when external members are more than 35 % of its roll: there
    is nobody beside them, or it is secret and no ballot may say whose it is. "" when nothing."""
    external = [person for person in roll if person.status == Status.MEMBER_EXTERNAL]
    try:
        voices = reduced(len(roll) - len(external), len(external))
    except InvalidCount as problem:
        return problem.code
    return "external_voices_in_secret" if voices and secret else ""
