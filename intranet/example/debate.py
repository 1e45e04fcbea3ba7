"""The proposals of the example: written, discussed, voted on and concluded by their people."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import partial

from sqlalchemy import select

from intranet.auth.queries import load_actor
from intranet.core.transaction import Transaction
from intranet.decisions import service as register_service
from intranet.example.data import Record
from intranet.example.register import enter_counted, options_of, outcome_of
from intranet.example.story import Step, World
from intranet.example.writing import block_change, block_id
from intranet.polls.models import Poll, Voter
from intranet.polls.service import cast_ballot
from intranet.proposals import service
from intranet.proposals.models import Proposal
from intranet.proposals.versions import Wording
from intranet.wiki import rules

DRAFTING = time(9)
REWORDING = time(11)
OPENING = time(10)
BALLOTS_EVERY = 45
"""Minutes between two ballots: all of them fall on the day on which the vote opens."""
TALKING = time(14)
COMMENTS_EVERY = 37
"""Minutes by which each comment of a proposal comes later in its day than the one before."""
WITHDRAWING = time(17)
CLOSING = time(18)


def steps(world: World) -> Iterator[Step]:
    """The life of every proposal."""
    for proposal in world.example.proposals:
        yield from _written(world, proposal)
        yield from _discussed(world, proposal)
        if "opened_on" in proposal or "opened_days_ago" in proposal:
            yield from _voted(world, proposal)
        if proposal["state"] == "withdrawn":
            moment = world.moment(proposal["withdrawn_on"], WITHDRAWING)
            yield Step(moment, partial(_withdraw, world, proposal), proposal["author"])


def _day(world: World, entry: Record, name: str) -> date:
    """A date of the files: a day, or a number of days before the loading."""
    ago = entry.get(f"{name}_days_ago")
    day: date = entry[f"{name}_on"] if ago is None else world.days_ago(ago)
    return day


def _written(world: World, proposal: Record) -> Iterator[Step]:
    """The draft, its submission, and the versions that followed."""
    author, versions = proposal["author"], [*proposal.get("earlier_versions", []), proposal]
    is_live = "created_days_ago" in proposal
    created = _day(world, proposal, "created" if is_live else "submitted")
    yield Step(world.moment(created, DRAFTING), partial(_draft, world, proposal), author)
    if proposal["state"] != "draft":
        submitted = world.moment(_day(world, proposal, "submitted"), DRAFTING, 30)
        yield Step(submitted, partial(_submit, world, proposal), author)
    for number, version in enumerate(versions[1:], start=1):
        ago = version.get("days_ago", proposal.get("revised_days_ago"))
        moment = world.moment(world.days_ago(ago), REWORDING)
        yield Step(moment, partial(_reword, world, proposal, version, number), author)


def _wording(world: World, proposal: Record, version: Record, tx: Transaction) -> Wording:
    """What a version says, on the rule and the register as they stand at that moment."""
    entry = world.example.decisions.get(proposal.get("decision", ""), {})
    changes, base = [], None
    if "page_change" in proposal:
        change = proposal["page_change"]
        page_id = world.pages[change["page"]]
        base = rules.rule_text(tx, page_id).revision_id
        changes = [block_change(tx, page_id, change, version.get("by", ""))]
    return Wording(
        title=proposal["title"],
        motivation=proposal["motivation"],
        text=version["text"],
        changes=changes,
        base_revision_id=base,
        links=[(link["kind"], world.decisions[link["to"]]) for link in entry.get("links", [])],
        effective_on=entry.get("effective_on"),
        review_on=entry.get("review_on"),
    )


def _draft(world: World, proposal: Record, tx: Transaction) -> None:
    change = proposal.get("page_change")
    first = [*proposal.get("earlier_versions", []), proposal][0]
    new = service.NewProposal(
        kind=proposal["kind"],
        wording=_wording(world, proposal, first, tx),
        procedure_key=proposal["procedure"],
        page_id=world.pages[change["page"]] if change else None,
    )
    world.proposals[proposal["key"]] = service.draft(tx, new)


def _submit(world: World, proposal: Record, tx: Transaction) -> None:
    service.submit(tx, world.proposals[proposal["key"]])


def _reword(
    world: World, proposal: Record, version: Record, base_number: int, tx: Transaction
) -> None:
    wording = _wording(world, proposal, version, tx)
    service.reword(tx, world.proposals[proposal["key"]], wording, base_number)


def _discussed(world: World, proposal: Record) -> Iterator[Step]:
    for place, comment in enumerate(proposal["comments"]):
        day = comment["date"] if "date" in comment else world.days_ago(comment["days_ago"])
        moment = world.moment(day, TALKING, COMMENTS_EVERY * place)
        yield Step(moment, partial(_comment, world, proposal, comment), comment["author"])


def _comment(world: World, proposal: Record, comment: Record, tx: Transaction) -> None:
    about = None
    if "paragraph" in comment:
        page_id = world.pages[proposal["page_change"]["page"]]
        about = block_id(tx, page_id, comment["paragraph"])
    world.comments[comment["key"]] = service.comment_proposal(
        tx,
        world.proposals[proposal["key"]],
        comment["text"],
        world.comments[comment["reply_to"]] if "reply_to" in comment else None,
        about,
    )


def _closes_at(world: World, proposal: Record) -> datetime:
    """A live vote closes in the evening; one of the past, when its decision was taken."""
    if "closes_in_days" in proposal:
        return world.moment(world.days_ago(-proposal["closes_in_days"]), CLOSING)
    if "decision" in proposal:
        return world.sitting(proposal["decision"])
    return world.moment(proposal["closed_on"], CLOSING)


def _voted(world: World, proposal: Record) -> Iterator[Step]:
    """The opening, the ballots, and for a vote of the past its conclusion."""
    opened, closes_at = _day(world, proposal, "opened"), _closes_at(world, proposal)
    opening = partial(_open, world, proposal, closes_at)
    yield Step(world.moment(opened, OPENING), opening, proposal["author"])
    for place, ballot in enumerate(proposal["ballots"], start=1):
        moment = world.moment(opened, OPENING, BALLOTS_EVERY * place)
        yield Step(moment, partial(_cast, world, proposal, ballot), ballot["person"])
    if closes_at > world.now:
        return
    if not proposal["ballots"]:
        moment = world.moment(opened, OPENING, BALLOTS_EVERY)
        yield Step(moment, partial(_cast_secretly, world, proposal))
    yield Step(closes_at, partial(_conclude, world, proposal))
    if proposal["state"] == "adopted":
        recorder = world.example.cooperative["recorder"]
        yield Step(closes_at, partial(_tag, world, proposal), recorder)


def _open(world: World, proposal: Record, closes_at: datetime, tx: Transaction) -> None:
    service.open_voting(tx, world.proposals[proposal["key"]], closes_at)


def _poll_id(world: World, proposal: Record, tx: Transaction) -> int:
    found = tx.session.get_one(Proposal, world.proposals[proposal["key"]]).poll_id
    assert found is not None  # noqa: S101
    return found


def _cast(world: World, proposal: Record, ballot: Record, tx: Transaction) -> None:
    raw = {"option": ballot["choice"], "reason": ballot.get("reason", "")}
    cast_ballot(tx, _poll_id(world, proposal, tx), raw)


def _cast_secretly(world: World, proposal: Record, tx: Transaction) -> None:
    """Cast the ballots of a secret vote; chance decides whose is which, so that nobody knows."""
    poll = tx.session.get_one(Poll, _poll_id(world, proposal, tx))
    voters = list(tx.session.scalars(select(Voter.person_id).where(Voter.poll_id == poll.id)))
    random.SystemRandom().shuffle(voters)
    for person_id, option in zip(voters, options_of(poll.procedure.method, proposal), strict=False):
        tx.actor = load_actor(tx.session, person_id, tx.now)
        cast_ballot(tx, poll.id, {"option": option})


def _conclude(world: World, proposal: Record, tx: Transaction) -> None:
    """Count, which enters what is adopted; what was refused by a meeting is kept as well."""
    proposal_id = world.proposals[proposal["key"]]
    service.conclude(tx, proposal_id)
    if proposal["state"] == "adopted":
        number = tx.session.get_one(Proposal, proposal_id).decision_number
        assert number is not None  # noqa: S101
        world.decisions[proposal["decision"]] = number
    elif proposal["state"] == "rejected":
        entry = world.example.decisions[proposal["decision"]]
        enter_counted(world, entry, outcome_of(world, entry, tx), tx, proposal_id)


def _tag(world: World, proposal: Record, tx: Transaction) -> None:
    entry = world.example.decisions[proposal["decision"]]
    register_service.tag(tx, world.decisions[entry["key"]], entry["tags"])


def _withdraw(world: World, proposal: Record, tx: Transaction) -> None:
    because = proposal["withdrawal_reason"]
    service.withdraw(tx, world.proposals[proposal["key"]], because)
