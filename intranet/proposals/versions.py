"""The wordings of a proposal: written once, never changed, compared by what they say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from sqlalchemy import select

from intranet.core.block_changes import BlockChange
from intranet.core.citations import keep_citations
from intranet.core.events import canonical
from intranet.core.markdown import TooLong
from intranet.core.policy import Invalid
from intranet.core.transaction import Reader, Transaction
from intranet.decisions.queries import decision_by_number
from intranet.proposals.models import Proposal, ProposalVersion
from intranet.proposals.options import MOST, problem_of
from intranet.wiki.rendering import render_text

LONGEST_TITLE = 255
LONGEST_TEXT = 200_000


@dataclass(frozen=True)
class Wording:
    """What a version of a proposal says, as a person wrote it; `procedure` as its model says.

    A proposal with `ends_on` is a trial: that day is the last on which it applies.

    `options` and `seats` belong to a choice: what to choose among, and how many to keep;
    `deciders` to a proposal on who may change a rule: keys of procedures.
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
    deciders: Sequence[str] = ()


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
    links = tuple((kind, number.strip().upper()) for kind, number in wording.links)
    for kind, number in links:
        if kind not in LINKS_OFFERED:
            raise Invalid(link_kind="link_unknown")
        if decision_by_number(reader, number) is None:
            raise Invalid(link_number="number_unknown")
    return replace(wording, links=links)


def _check(wording: Wording) -> None:
    title = wording.title.strip()
    if not title or len(title) > LONGEST_TITLE:
        raise Invalid(title="title_missing" if not title else "title_too_long")
    for name in ("motivation", "text"):
        if len(getattr(wording, name)) > LONGEST_TEXT:
            raise Invalid(**{name: "text_too_long"})
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
    """Write a wording down; the proposal takes its title. `author_id` is for what a count causes,
    when nobody acts."""
    author_id = author_id or tx.actor.person_id
    assert author_id is not None  # noqa: S101
    motivation, text = _drawn(tx, wording, proposal.audience)
    tx.session.add(
        ProposalVersion(
            proposal_id=proposal.id,
            number=number,
            title=wording.title.strip(),
            motivation=wording.motivation,
            motivation_html=motivation,
            text=wording.text,
            text_html=text,
            changes=canonical([change.to_json() for change in wording.changes]),
            base_revision_id=wording.base_revision_id,
            links=canonical([list(link) for link in wording.links]),
            procedure=wording.procedure,
            options=canonical(list(wording.options)),
            seats=wording.seats,
            deciders=canonical(list(wording.deciders)),
            effective_on=wording.effective_on,
            review_on=wording.review_on,
            ends_on=wording.ends_on,
            author_id=author_id,
            at=tx.now,
        )
    )
    proposal.title = wording.title.strip()
    keep_citations(tx.session, "proposal", proposal.id, [text, motivation])
    tx.session.flush()


def _drawn(reader: Reader, wording: Wording, audience: str) -> tuple[str, str]:
    try:
        return (
            render_text(reader, wording.motivation, audience),
            render_text(reader, wording.text, audience),
        )
    except TooLong as error:
        raise Invalid(text="text_too_long") from error


def says_the_same(version: ProposalVersion, wording: Wording) -> bool:
    """Whether a stored version and a wording are word for word the same."""
    stored = (
        version.title,
        version.motivation,
        version.text,
        version.changes,
        version.links,
        version.procedure,
        version.options,
        version.seats,
        version.deciders,
        version.effective_on,
        version.review_on,
        version.ends_on,
    )
    given = (
        wording.title.strip(),
        wording.motivation,
        wording.text,
        canonical([change.to_json() for change in wording.changes]),
        canonical([list(link) for link in wording.links]),
        wording.procedure,
        canonical(list(wording.options)),
        wording.seats,
        canonical(list(wording.deciders)),
        wording.effective_on,
        wording.review_on,
        wording.ends_on,
    )
    return stored == given
