"""The wordings of a proposal: written once, never changed, compared by what they say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from sqlalchemy import select

from intranet.core.block_changes import BlockChange
from intranet.core.citations import keep_citations
from intranet.core.db import insert_once
from intranet.core.events import canonical
from intranet.core.markdown import TooLong
from intranet.core.policy import Invalid
from intranet.core.transaction import Reader, Transaction
from intranet.decisions.queries import decision_by_number
from intranet.members.queries import today
from intranet.members.status_queries import people_here
from intranet.proposals import planned
from intranet.proposals.models import OF_SEVERAL, Proposal, ProposalPage, ProposalVersion
from intranet.proposals.options import MOST, problem_of
from intranet.proposals.outlines.sections import Section, as_markdown, read, written
from intranet.proposals.planned import PlannedAction
from intranet.wiki.rendering import render_text

LONGEST_TITLE = 255
LONGEST_TEXT = 200_000
LONGEST_REASON = 500


@dataclass(frozen=True)
class Wording:
    """What a version of a proposal says, as a person wrote it; `procedure` as its model says.

    A proposal with `ends_on` is a trial: that day is the last on which it applies.

    `options` and `seats` belong to a choice: what to choose among, and how many to keep;
    `deciders` to a proposal on who may change a rule: keys of procedures. With `reasons`, the
    motivation is what its sections say; `particulars` belong to the kind.
    `past_because` says why it would apply from a day that is past; `actions` are what would be to
    do.
    """

    title: str
    motivation: str = ""
    text: str = ""
    changes: Sequence[BlockChange] = ()
    base_revision_id: int | None = None
    links: Sequence[tuple[str, str]] = ()
    effective_on: date | None = None
    review_on: date | None = None
    ends_on: date | None = None
    procedure: str = ""
    options: Sequence[str] = ()
    seats: int = 1
    reasons: Sequence[Section] = ()
    particulars: str = "{}"
    deciders: Sequence[str] = ()
    past_because: str = ""
    actions: Sequence[PlannedAction] = ()

    @property
    def why(self) -> str:
        """The motivation in Markdown: its sections one after the other where it has some."""
        return as_markdown(self.reasons) if self.reasons else self.motivation


def latest(reader: Reader, proposal: Proposal) -> ProposalVersion:
    """The wording that counts now: the last one."""
    return reader.session.scalars(
        select(ProposalVersion)
        .where(ProposalVersion.proposal_id == proposal.id)
        .order_by(ProposalVersion.number.desc())
        .limit(1)
    ).one()


def wording_of(version: ProposalVersion) -> Wording:
    """What a stored version says, to write the next one from it."""
    lists = {
        "changes": tuple(BlockChange.from_json(change) for change in json.loads(version.changes)),
        "links": tuple((kind, number) for kind, number in json.loads(version.links)),
        "options": tuple(json.loads(version.options)),
        "reasons": read(version.reasons),
        "deciders": tuple(json.loads(version.deciders)),
        "actions": planned.read(version.actions),
    }
    plain = {one.name: getattr(version, one.name) for one in fields(Wording)}
    return Wording(**(plain | lists))


LINKS_OFFERED = ("supersedes", "repeals", "amends", "suspends", "annuls", "implements")


def checked(reader: Reader, wording: Wording) -> Wording:
    """The wording with its links as the register writes them.

    Raises Invalid for what no proposal may say: a link to a decision that is not there would make
    its vote impossible to conclude.
    """
    _check(wording)
    _check_owners(reader, wording.actions)
    links = tuple((kind, number.strip().upper()) for kind, number in wording.links)
    for kind, number in links:
        if kind not in LINKS_OFFERED:
            raise Invalid(link_kind="link_unknown")
        if decision_by_number(reader, number) is None:
            raise Invalid(link_number="number_unknown")
    return replace(wording, links=links)


def _check_owners(reader: Reader, actions: Sequence[PlannedAction]) -> None:
    asked = {one.owner_id for one in actions}
    here = {one.id for one in people_here(reader, today(reader), asked)} if asked else set()
    for index, one in enumerate(actions):
        if one.owner_id not in here:
            raise Invalid(**{f"action_owner-{index}": "action_owner_unknown"})


def _check(wording: Wording) -> None:
    title = wording.title.strip()
    if not title or len(title) > LONGEST_TITLE:
        raise Invalid(title="title_missing" if not title else "title_too_long")
    for name, said in (("motivation", wording.why), ("text", wording.text)):
        if len(said) > LONGEST_TEXT:
            raise Invalid(**{name: "text_too_long"})
    if len(wording.past_because) > LONGEST_REASON:
        raise Invalid(past_because="past_reason_too_long")
    if problem := problem_of(wording.options):
        raise Invalid(options=problem)
    if not 1 <= wording.seats < MOST:
        raise Invalid(seats="seats_unclear")
    if wording.review_on and wording.effective_on and wording.review_on <= wording.effective_on:
        raise Invalid(review_on="review_before_effect")
    if wording.ends_on and wording.effective_on and wording.ends_on <= wording.effective_on:
        raise Invalid(ends_on="trial_ends_before_effect")
    if wording.ends_on and wording.review_on and wording.review_on > wording.ends_on:
        raise Invalid(review_on="review_day_after_the_end")


def add_version(
    tx: Transaction,
    proposal: Proposal,
    number: int,
    wording: Wording,
    author_id: int | None = None,
) -> None:
    """Write a wording down, its title the proposal's; `author_id` is for what a count causes."""
    author_id = author_id or tx.actor.person_id
    assert author_id is not None  # noqa: S101
    motivation, text = _drawn(tx, wording, proposal.audience)
    row = _row(wording)
    row.proposal_id, row.number, row.procedure_key = proposal.id, number, proposal.procedure_key
    row.motivation_html, row.text_html = motivation, text
    row.author_id, row.at = author_id, tx.now
    tx.session.add(row)
    proposal.title = wording.title.strip()
    keep_citations(tx.session, "proposal", proposal.id, [text, motivation])
    _note_pages(tx, proposal, wording)
    tx.session.flush()


def _row(wording: Wording) -> ProposalVersion:
    """What a wording says, as a version stores it."""
    return ProposalVersion(
        title=wording.title.strip(),
        motivation=wording.why,
        text=wording.text,
        changes=canonical([change.to_json() for change in wording.changes]),
        base_revision_id=wording.base_revision_id,
        links=canonical([list(link) for link in wording.links]),
        procedure=wording.procedure,
        options=canonical(list(wording.options)),
        seats=wording.seats,
        reasons=written(wording.reasons),
        particulars=wording.particulars,
        deciders=canonical(list(wording.deciders)),
        past_because=wording.past_because.strip(),
        actions=planned.written(wording.actions),
        effective_on=wording.effective_on,
        review_on=wording.review_on,
        ends_on=wording.ends_on,
    )


def _note_pages(tx: Transaction, proposal: Proposal, wording: Wording) -> None:
    """Keep the rules that a wording on several is about, for lists; those of earlier wordings
    stay."""
    if proposal.kind != OF_SEVERAL:
        return
    for rule in json.loads(wording.particulars).get("rules", []):
        insert_once(tx.session, ProposalPage, proposal_id=proposal.id, page_id=int(rule["page_id"]))
    tx.session.expire(proposal, ["further_pages"])


def _drawn(reader: Reader, wording: Wording, audience: str) -> tuple[str, str]:
    try:
        return (
            render_text(reader, wording.why, audience),
            render_text(reader, wording.text, audience),
        )
    except TooLong as error:
        raise Invalid(text="text_too_long") from error


SAID = (
    "title", "motivation", "text", "changes", "links", "procedure", "options", "seats", "reasons",
    "particulars", "deciders", "past_because", "actions", "effective_on", "review_on", "ends_on",
)  # fmt: skip


def says_the_same(version: ProposalVersion, wording: Wording) -> bool:
    """Whether a stored version and a wording are word for word the same."""
    row = _row(wording)
    return all(getattr(version, name) == getattr(row, name) for name in SAID)
