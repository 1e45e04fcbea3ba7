"""Proposals, the changes suggested to them, and what is said about them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Select, String, cast, func, literal, or_, select, tuple_
from sqlalchemy.orm import joinedload

from intranet.core.html_text import text_of_html
from intranet.core.transaction import Reader
from intranet.discussions.models import Comment, Thread
from intranet.members import queries as members
from intranet.members.models import Person
from intranet.polls.models import Poll, Procedure
from intranet.polls.procedure_models import asks_advice
from intranet.proposals.models import Proposal, ProposalPage, ProposalVersion
from intranet.proposals.suggestions.models import Suggestion
from intranet.proposals.visibility import shown
from intranet.proposals.workflow import State
from intranet.search.port import Document
from intranet.search.sources.source import CHUNK, Ids, Source, among, each, numbers, recent_boost
from intranet.wiki.addresses import proposal_address

ADVISING = "advising"
COMMENT_BOOST, SUGGESTION_BOOST = 0.7, 0.8
_WORDS = frozenset({"new_text", "text", "title", "name", "description", "words"})
_SAID_ON = (Thread.subject_kind == "proposal") & (Thread.subject_id == Proposal.id)


def words_of(stored: str) -> str:
    """What members would read of the JSON in which a proposal keeps changes, options and the
    particulars of its kind; whatever is not JSON has no words."""
    try:
        return "\n".join(dict.fromkeys(_words(json.loads(stored))))
    except ValueError:
        return ""


def _words(value: object, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from _words(inside, key)
    elif isinstance(value, list):
        for inside in value:
            yield from _words(inside, name)
    elif isinstance(value, str) and value.strip() and name in _WORDS:
        yield value.strip()


def _proposals(reader: Reader, ids: Ids | None) -> Iterator[Document]:
    newest = (
        select(ProposalVersion.proposal_id, func.max(ProposalVersion.number).label("number"))
        .group_by(ProposalVersion.proposal_id)
        .subquery()
    )
    version = (ProposalVersion.proposal_id == Proposal.id) & (
        ProposalVersion.number == newest.c.number
    )
    rows = reader.session.execute(
        select(Proposal, ProposalVersion, Person.name, Procedure.method)
        .join(newest, newest.c.proposal_id == Proposal.id)
        .join(ProposalVersion, version)
        .join(Person, Person.id == Proposal.author_id)
        .outerjoin(Poll, Poll.id == Proposal.poll_id)
        .outerjoin(Procedure, Procedure.id == Poll.procedure_id)
        .where(among(Proposal.id, numbers(ids)), Proposal.submitted_at.is_not(None))
        .options(joinedload(Proposal.page))
        .execution_options(yield_per=CHUNK)
    )
    language, day = members.cooperative(reader.session).locale, members.today(reader)
    return each(
        rows, lambda row: _proposal(row, language, day), lambda row: f"proposal {row[0].id}"
    )


def _proposal(row: Any, language: str, today: date) -> Document:
    proposal, wording, author, method = row
    stored = (wording.changes, wording.options, wording.particulars)
    parts = (
        text_of_html(f"{wording.text_html}\n{wording.motivation_html}"),
        *(words_of(text) for text in stored),
    )
    day = (proposal.submitted_at or proposal.created_at).date()
    return Document(
        key=f"proposal:{proposal.id}",
        kind="proposal",
        title=proposal.title,
        body="\n".join(part for part in parts if part),
        url=proposal_address(proposal.id),
        audience=proposal.readers,
        language=language,
        labels=(("author", author),),
        state=_state(proposal, method),
        dated_on=day,
        boosts=recent_boost((today - day).days),
    )


def _state(proposal: Proposal, method: str | None) -> str:
    """The state that results show: advice is no vote, and its author has not decided yet."""
    under_way = proposal.state == State.VOTING and method is not None
    return ADVISING if under_way and asks_advice(method or "") else proposal.state


def _proposals_seen(reader: Reader, ids: Ids) -> Select[str, str]:
    return select(literal("proposal"), cast(Proposal.id, String)).where(
        Proposal.id.in_(numbers(ids) or []), shown(reader)
    )


def _suggestions(reader: Reader, ids: Ids | None) -> Iterator[Document]:
    """Known by the number of the proposal and their own among its suggestions: "12.3"."""
    pair = tuple_(Suggestion.proposal_id, Suggestion.number)
    rows = reader.session.execute(
        select(Suggestion, Proposal, Person.name)
        .join(Proposal, Proposal.id == Suggestion.proposal_id)
        .join(Person, Person.id == Suggestion.author_id)
        .where(among(pair, _pairs(ids)), Proposal.submitted_at.is_not(None))
        .options(joinedload(Proposal.page))
    )
    language = members.cooperative(reader.session).locale

    def make(row: Any) -> Document:
        suggestion, proposal, author = row
        parts = (suggestion.reason, words_of(suggestion.changes), suggestion.declined_because or "")
        return Document(
            key=f"suggestion:{proposal.id}.{suggestion.number}",
            kind="suggestion",
            title=f"{author} · {proposal.title}",
            body="\n".join(part for part in parts if part),
            url=f"{proposal_address(proposal.id)}#amendment-{suggestion.number}",
            audience=proposal.readers,
            language=language,
            labels=(("author", author),),
            dated_on=suggestion.at.date(),
            rank_boost=SUGGESTION_BOOST,
        )

    return each(rows, make, lambda row: f"suggestion {row[0].id}")


def _pairs(ids: Ids | None) -> list[tuple[int, int]] | None:
    if ids is None:
        return None
    parts = (one.partition(".") for one in ids)
    return [(int(a), int(b)) for a, _, b in parts if a.isdigit() and b.isdigit()]


def _suggestions_seen(reader: Reader, ids: Ids) -> Select[str, str]:
    key = cast(Suggestion.proposal_id, String) + "." + cast(Suggestion.number, String)
    return (
        select(literal("suggestion"), key)
        .join(Proposal, Proposal.id == Suggestion.proposal_id)
        .where(
            tuple_(Suggestion.proposal_id, Suggestion.number).in_(_pairs(ids) or []), shown(reader)
        )
    )


def _comments(reader: Reader, ids: Ids | None) -> Iterator[Document]:
    rows = reader.session.execute(
        select(Comment, Person.name, Proposal)
        .join(Thread, Thread.id == Comment.thread_id)
        .join(Proposal, _SAID_ON)
        .join(Person, Person.id == Comment.author_id)
        .where(among(Comment.id, numbers(ids)), Comment.hidden_at.is_(None))
        .options(joinedload(Proposal.page))
        .execution_options(yield_per=CHUNK)
    )
    language = members.cooperative(reader.session).locale

    def make(row: Any) -> Document:
        comment, author, proposal = row
        return Document(
            key=f"comment:{comment.id}",
            kind="comment",
            title=f"{author} · {proposal.title}",
            body=text_of_html(comment.html),
            url=f"{proposal_address(proposal.id)}#comment-{comment.id}",
            audience=proposal.readers,
            language=language,
            labels=(("author", author),),
            dated_on=comment.at.date(),
            rank_boost=COMMENT_BOOST,
        )

    return each(rows, make, lambda row: f"comment {row[0].id}")


def _comments_seen(reader: Reader, ids: Ids) -> Select[str, str]:
    return (
        select(literal("comment"), cast(Comment.id, String))
        .join(Thread, Thread.id == Comment.thread_id)
        .join(Proposal, _SAID_ON)
        .where(Comment.id.in_(numbers(ids) or []), Comment.hidden_at.is_(None), shown(reader))
    )


def on_proposals(reader: Reader, page_ids: list[int], proposal_ids: list[int]) -> set[str]:
    """The keys of these proposals and of those about the pages, with all that was said on them
    and suggested to them: they take their readers and titles from there."""
    several = select(ProposalPage.proposal_id).where(ProposalPage.page_id.in_(page_ids))
    about = or_(
        Proposal.page_id.in_(page_ids), Proposal.id.in_(proposal_ids), Proposal.id.in_(several)
    )
    found = {f"proposal:{one}" for one in reader.session.scalars(select(Proposal.id).where(about))}
    said = select(Comment.id).join(Thread, Thread.id == Comment.thread_id)
    said = said.join(Proposal, _SAID_ON).where(about)
    found |= {f"comment:{one}" for one in reader.session.scalars(said)}
    suggested = (
        select(Suggestion.proposal_id, Suggestion.number)
        .join(Proposal, Proposal.id == Suggestion.proposal_id)
        .where(about)
    )
    rows = reader.session.execute(suggested)
    return found | {f"suggestion:{row.proposal_id}.{row.number}" for row in rows}


PROPOSALS = Source("proposal", _proposals, _proposals_seen)
SUGGESTIONS = Source("suggestion", _suggestions, _suggestions_seen)
COMMENTS = Source("comment", _comments, _comments_seen)
