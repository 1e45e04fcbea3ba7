"""What the end of a vote causes: a numbered decision and the effects of the kind; or, when nothing
was decided, a second convocation or the way to a wider body."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import delete

from intranet.core import clock
from intranet.core.actor import SYSTEM
from intranet.core.events import canonical
from intranet.core.texts import text_of
from intranet.core.transaction import Reader, Transaction
from intranet.decisions import effects as register
from intranet.decisions.actions import effects as actions
from intranet.members import queries as members
from intranet.members.status_queries import people_here
from intranet.members.statuses import readers_of_a_record
from intranet.polls import effects as polls
from intranet.polls import electorates, rounds
from intranet.polls import procedure_queries as procedures
from intranet.polls.counting import (
    candidates_of,
    external_voters,
    options_of,
    people_on_the_roll,
)
from intranet.polls.draws import queries as draws
from intranet.polls.effects import frozen_procedure
from intranet.polls.models import Poll, Procedure
from intranet.polls.procedure_models import election_of
from intranet.polls.procedure_queries import ProcedureCard
from intranet.proposals import days, planned, registry
from intranet.proposals.advised import queries as advised
from intranet.proposals.days import MAY_BE_PAST
from intranet.proposals.events import (
    ProposalAdopted,
    ProposalEscalated,
    ProposalRefused,
    SecondVoteConvened,
    VotingEnded,
)
from intranet.proposals.kinds.choice import KIND as CHOICE_KIND
from intranet.proposals.kinds.kind import Enactment
from intranet.proposals.models import HeldBlock, Proposal, ProposalVersion
from intranet.proposals.readiness import external_issue
from intranet.proposals.steps import take
from intranet.proposals.versions import latest
from intranet.voting.counted import Counted, result_of
from intranet.voting.default_option import with_default
from intranet.voting.election import Ranking
from intranet.voting.outcome import Outcome
from intranet.voting.types import Result

CHOICE = CHOICE_KIND.key


def _entry(
    tx: Transaction, proposal: Proposal, version: ProposalVersion, outcome: Counted
) -> register.Entry:
    poll = tx.session.get_one(Poll, proposal.poll_id)
    body = members.body(tx, poll.procedure.body_id)
    today, voted = members.today(tx), text_of(tx.session, poll.text_digest)
    applies_from = _applies_from(tx, proposal, version)
    review_on = version.review_on
    return register.Entry(
        body_id=body.id,
        body_code=body.code,
        title=version.title,
        text=registry.kind(proposal.kind).decided_text(version, outcome, voted),
        result="adopted",
        decided_on=today,
        effective_on=applies_from,
        # A vote that lasted beyond the review or the end of the trial leaves it one day rather than
        # no count.
        review_on=max(review_on, applies_from + timedelta(days=1)) if review_on else None,
        ends_on=max(version.ends_on, applies_from) if version.ends_on else None,
        retroactive_because=version.past_because if applies_from < today else None,
        origin_kind="proposal",
        origin_id=proposal.id,
        kind=proposal.kind,
        outcome=canonical(outcome.to_json()),
        procedure=canonical(frozen_procedure(poll.procedure)),
        electorate_size=people_on_the_roll(tx.session, poll.id),
        text_voted_digest=poll.text_digest,
        audience=readers_of_a_record(proposal.readers),
    )


def _as_system(tx: Transaction) -> Reader:
    """Whoever asks for the count, its consequences are read from the records as they are."""
    return Reader(tx.session, SYSTEM, tx.now)


def _applies_from(tx: Transaction, proposal: Proposal, version: ProposalVersion) -> date:
    """The day from which it applies: a past one only where the proposal says why; and never before
    the newest text of its rules. Two votes on one page may end in any order, and the later text
    builds on the earlier."""
    today = members.today(tx)
    wished = version.effective_on or today
    if not (version.past_because and proposal.kind in MAY_BE_PAST):
        wished = max(wished, today)
    return max(wished, days.newest_text(_as_system(tx), proposal) or wished)


def adopt(tx: Transaction, proposal: Proposal, outcome: Counted) -> str:
    """Enter the decision, link it to those it changes, let the kind act, and give the number."""
    version = latest(tx, proposal)
    kind = registry.kind(proposal.kind)
    entry = _entry(tx, proposal, version, outcome)
    links = kind.links(_as_system(tx), proposal, version)
    entered = register.enter(tx, entry)
    for link_kind, number in links:
        register.link(tx, entered.number, number, link_kind)
    _plan_actions(tx, proposal, version, entered)
    assert entry.effective_on is not None  # noqa: S101
    chosen = outcome.elected if isinstance(outcome, Ranking) else ()
    kind.enact(tx, proposal, version, Enactment(entered.number, entry.effective_on, tuple(chosen)))
    return entered.number


def _plan_actions(
    tx: Transaction, proposal: Proposal, version: ProposalVersion, entered: register.Entered
) -> None:
    """What the proposal planned to be done enters the register with it, in its author's name; who
    has left meanwhile hands it to the author."""
    wished = planned.read(version.actions)
    asked = {one.owner_id for one in wished}
    here = {one.id for one in people_here(tx, members.today(tx), asked)} if asked else set()
    author = proposal.author_id
    for one in wished:
        owner = one.owner_id if one.owner_id in here else author
        actions.plan(tx, entered, one.what, owner, one.due_on, author)


def release(tx: Transaction, proposal: Proposal) -> None:
    """Let go of the paragraphs that the vote held still."""
    tx.session.execute(delete(HeldBlock).where(HeldBlock.proposal_id == proposal.id))


def convene(tx: Transaction, proposal: Proposal, second: Procedure, put_aside: bool) -> bool:
    """Open the second convocation on the same text, at the delay that the first procedure names.

    `put_aside` keeps the roll and the ballots of the first vote, which is then not counted. Tells
    False, and does nothing, when nobody, or too few for a secret, could vote.
    """
    earlier = tx.session.get_one(Poll, proposal.poll_id)
    asked = electorates.people(tx, second.electorate, second.body_id, members.today(tx))
    voters = [person.id for person in asked]
    fewest = rounds.course(second).smallest_secret if second.secret else 1
    if not put_aside and (len(voters) < fewest or external_issue(asked, second.secret)):
        return False
    if put_aside:
        voters = rounds.put_aside(tx, earlier)
    zone = members.cooperative(tx.session).zone
    delay = rounds.course(earlier.procedure).second_after_hours
    opens_at = clock.same_wall_time_after(tx.now, delay, zone)
    opening = polls.Opening(
        origin_kind=earlier.origin_kind,
        origin_id=earlier.origin_id,
        title=earlier.title,
        text=text_of(tx.session, earlier.text_digest),
        procedure_id=second.id,
        voters=voters,
        closes_at=clock.same_wall_time_after(opens_at, second.min_voting_hours, zone),
        opens_at=opens_at,
        sealing_key=earlier.sealing_key if put_aside else None,
        candidates=with_default(options_of(earlier), election_of(second.method, second.settings)),
        seats=earlier.seats,
        external=external_voters(tx.session, earlier.id) if put_aside else None,
    )
    proposal.poll_id = polls.open_poll(tx, opening)
    rounds.follow(tx, earlier.id, proposal.poll_id, put_aside)
    tx.record(SecondVoteConvened(proposal.id, earlier.id, proposal.poll_id))
    return True


def keep_for_a_second_vote(tx: Transaction, proposal: Proposal) -> bool:
    """Whether the quorum was missed and the ballots went, uncounted, into a second convocation."""
    poll = tx.session.get_one(Poll, proposal.poll_id)
    second = rounds.second_procedure(tx, poll.id, Result.NO_QUORUM)
    if second is None or not rounds.ballots_are_kept(poll, second):
        return False
    if not rounds.quorum_is_missed(tx.session, poll):
        return False
    take(proposal, "reconvene")
    return convene(tx, proposal, second, put_aside=True)


def enact(tx: Transaction, proposal: Proposal, outcome: Counted) -> None:
    """Adopt a proposal for this outcome: the register gets its decision, and the state follows."""
    release(tx, proposal)
    number = adopt(tx, proposal, outcome)
    take(proposal, "adopt")
    proposal.concluded_at, proposal.decision_number = tx.now, number
    tx.record(ProposalAdopted(proposal.id, number))


def follow_count(tx: Transaction, proposal: Proposal, outcome: Counted) -> None:
    """What a count causes: a decision, a return to discussion, the wait for a draw or for whoever
    decides after advice, or what the procedure says of a text that was not adopted."""
    assert proposal.poll_id is not None  # noqa: S101
    result = result_of(outcome)
    if advised.awaits_answer(tx, proposal.poll_id):
        return
    if result is Result.ADOPTED:
        enact(tx, proposal, outcome)
    elif result is Result.ADVISED or _is_about_a_person(proposal, outcome):
        release(tx, proposal)
        take(proposal, "revise")
        tx.record(VotingEnded(proposal.id, proposal.poll_id, "revise"))
    elif result is Result.TIED and rounds.votes_again(tx, proposal.poll_id):
        take(proposal, "reconvene")
        _vote_again(tx, proposal, outcome)
    elif not draws.awaits_seed(tx, proposal.poll_id):
        follow_refusal(tx, proposal, result)


def _vote_again(tx: Transaction, proposal: Proposal, outcome: Counted) -> None:
    """Open another round at once, for the people of the first roll: on the same text, or among the
    tied options alone. Another tie brings another round; without any ballot there is none."""
    earlier = tx.session.get_one(Poll, proposal.poll_id)
    tied = outcome.tied if isinstance(outcome, Ranking) else ()
    settings = election_of(earlier.procedure.method, earlier.procedure.settings)
    left = tuple(one for one in candidates_of(earlier) if one in tied)
    zone, hours = members.cooperative(tx.session).zone, earlier.procedure.min_voting_hours
    opening = polls.Opening(
        origin_kind=earlier.origin_kind,
        origin_id=earlier.origin_id,
        title=earlier.title,
        text=text_of(tx.session, earlier.text_digest),
        procedure_id=earlier.procedure_id,
        voters=rounds.roll_numbers(tx, earlier.id),
        closes_at=clock.same_wall_time_after(tx.now, hours, zone),
        candidates=with_default(left, settings) if left else (),
        external=external_voters(tx.session, earlier.id),
    )
    proposal.poll_id = polls.open_poll(tx, opening)
    rounds.follow(tx, earlier.id, proposal.poll_id, kept=False)
    tx.record(SecondVoteConvened(proposal.id, earlier.id, proposal.poll_id))


def _is_about_a_person(proposal: Proposal, outcome: Counted) -> bool:
    """Whether somebody who was named did not get the consent: another person may be proposed."""
    return proposal.kind == CHOICE and isinstance(outcome, Outcome)


def follow_refusal(tx: Transaction, proposal: Proposal, result: Result) -> None:
    """After a count that adopted nothing: a second convocation, the wider body, or the end."""
    assert proposal.poll_id is not None  # noqa: S101
    second = rounds.second_procedure(tx, proposal.poll_id, result)
    if second is not None and convene(tx, proposal, second, put_aside=False):
        take(proposal, "reconvene")
        return
    release(tx, proposal)
    wider = _wider_procedure(tx, proposal)
    if wider is not None:
        take(proposal, "escalate")
        proposal.procedure_key = wider.key
        tx.record(ProposalEscalated(proposal.id, wider.key))
        return
    # Nothing was refused by a tie among options: it is left open, as without a quorum.
    step = "lapse" if result in (Result.NO_QUORUM, Result.TIED) else "reject"
    take(proposal, step)
    proposal.concluded_at = tx.now
    tx.record(ProposalRefused(proposal.id, step))


def _wider_procedure(tx: Transaction, proposal: Proposal) -> ProcedureCard | None:
    """The procedure of the wider body to which a text not adopted goes, while it is in use."""
    poll = tx.session.get_one(Poll, proposal.poll_id)
    key = rounds.course(poll.procedure).escalation
    cards = procedures.procedures(tx) if key else []
    return next((card for card in cards if card.key == key), None)
