"""Proposals with the wordings the others saw, and what was said about them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from intranet.core.block_changes import BlockChange
from intranet.core.text import slugify
from intranet.core.transaction import Reader
from intranet.discussions.queries import CommentCard, comments
from intranet.export.folder import Folder
from intranet.proposals.advised.queries import AnswerCard, answers
from intranet.proposals.models import Proposal
from intranet.proposals.policy import may_read_proposal
from intranet.proposals.queries import ProposalCard, VersionCard, proposal
from intranet.proposals.suggestions.queries import Suggested, suggested
from intranet.proposals.talks.queries import Talk, talk

FACTS = (
    "id",
    "title",
    "kind",
    "state",
    "author",
    "audience",
    "procedure_key",
    "page_slug",
    "created_at",
    "submitted_at",
    "concluded_at",
    "ended_because",
    "decision_number",
)


def readable(reader: Reader) -> list[int]:
    """The numbers of the proposals the reader may see: drafts stay with their authors."""
    rows = reader.session.scalars(select(Proposal).order_by(Proposal.id))
    return [found.id for found in rows if may_read_proposal(reader, found)]


def write_proposals(reader: Reader, folder: Folder) -> None:
    """One text for each proposal, and proposals.csv."""
    rows = []
    for number in readable(reader):
        card = proposal(reader, number)
        path = f"proposals/{number:04d}-{slugify(card.title, fallback='proposal')}.md"
        facts = {name: getattr(card, name) for name in FACTS}
        folder.write_markdown(path, {**facts, "polls": list(card.rounds)}, _body(reader, card))
        rows.append((path, *facts.values()))
    folder.write_table("proposals.csv", ("path", *FACTS), rows)


def _body(reader: Reader, card: ProposalCard) -> str:
    parts = [part for version in card.versions for part in _version(version)]
    parts += _amendments(suggested(reader, card.id))
    parts += _discussed(talk(reader, card.id, card.version.number))
    parts += [_answer(one) for one in answers(reader, card.id)]
    said = comments(reader, "proposal", card.id)
    if said:
        parts.append("# Comments")
    for comment in said:
        parts += _comment(comment, 2)
    return "\n\n".join(parts) + "\n"


def _answer(one: AnswerCard) -> str:
    """What the author decided alone after advice on a poll, and how they answered it."""
    head = f"# Decision after advice (poll {one.poll_id}): {one.choice}"
    return f"{head}\n\n{one.name}, {one.at.isoformat()}\n\n{one.answer}".rstrip()


def _version(version: VersionCard) -> Iterator[str]:
    yield f"# Version {version.number}: {version.title}"
    yield f"{version.at.isoformat()}"
    days = (("In force from", version.effective_on), ("To review on", version.review_on))
    yield from (f"{words}: {day.isoformat()}" for words, day in days if day)
    yield from (f"Link: {kind} {number}" for kind, number in version.links)
    if version.motivation.strip():
        yield "## Motivation"
        yield version.motivation.strip()
    if version.text.strip():
        yield "## Text"
        yield version.text.strip()
    for change in version.changes:
        yield from _change(change)


def _amendments(told: Suggested) -> Iterator[str]:
    """What was suggested about the text, by number, with all that happened to it."""
    if told.cards:
        yield "# Amendments"
    for card in sorted(told.cards, key=lambda one: one.number):
        yield f"## Amendment {card.number} of {card.author}, {card.state}"
        rule = f", in the rule “{card.rule}”" if card.rule else ""
        yield f"{card.at.isoformat()}, on version {card.base_number}{rule}"
        yield card.reason
        for change in card.changes:
            yield from _change(change, 3)
        yield "\n".join(
            f"- {step.at.isoformat()} {step.step} {step.person or ''} {step.because}".rstrip()
            for step in card.steps
        )


def _discussed(told: Talk) -> Iterator[str]:
    """The rounds, summaries and positions of a discussion."""
    if told.rounds:
        yield "# Rounds"
        yield "\n".join(
            f"- {one.kind}: {one.opened_at.isoformat()} to "
            f"{one.closed_at.isoformat() if one.closed_at else 'now'}"
            for one in told.rounds
        )
    for summary in reversed(told.summaries):
        yield f"# Summary {summary.number}"
        yield summary.at.isoformat()
        yield summary.text.strip()
    if told.stances:
        yield "# Positions"
        yield "\n".join(
            f"- {one.person}: {one.kind}, on version {one.about_version}" for one in told.stances
        )


def _change(change: BlockChange, level: int = 2) -> Iterator[str]:
    """One change of a paragraph, its old words quoted and its new ones as they would stand."""
    where = change.block_id or "at the beginning"
    yield f"{'#' * level} Change: {change.kind.replace('_', ' ')} {where}"
    if change.old_text.strip():
        yield "Before:"
        yield _quoted(change.old_text)
    if change.new_text.strip():
        yield "After:"
        yield change.new_text.strip()


def _comment(comment: CommentCard, level: int) -> Iterator[str]:
    about = f", about version {comment.about_version}" if comment.about_version else ""
    where = f", paragraph {comment.block_id}" if comment.block_id else ""
    where += f", round of {comment.round}" if comment.round else ""
    yield f"{'#' * level} {comment.author}, {comment.at.isoformat()}{about}{where}"
    if comment.hidden_because is not None:
        yield f"[taken out of sight: {comment.hidden_because}]"
    else:
        yield comment.text.strip()
    for answer in comment.replies:
        yield from _comment(answer, level + 1)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())
