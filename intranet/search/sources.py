"""The one list of what is searchable, and how it becomes a document."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, literal, or_, select, true, union_all
from sqlalchemy.orm import joinedload

from intranet.core.html_text import text_of_html
from intranet.core.transaction import Reader
from intranet.decisions import queries as decisions
from intranet.decisions.models import Decision, DecisionShelf
from intranet.discussions.models import Comment, Thread
from intranet.members import queries as members
from intranet.members.models import Person
from intranet.proposals.models import Proposal, ProposalVersion
from intranet.proposals.visibility import shown
from intranet.search.port import Document
from intranet.wiki.addresses import decision_address, page_address, proposal_address
from intranet.wiki.models import Page, PageKind, PageTag, Rendering
from intranet.wiki.repeals import repealed_by

IN_FORCE = frozenset({"in_force", "to_review", "coming"})
RULE_BOOST, ENDED_BOOST, COMMENT_BOOST = 1.2, 0.6, 0.7
CHUNK = 200


@dataclass(frozen=True)
class Keys:
    """Which things of each kind are meant; None means all of them."""

    pages: Sequence[int] | None = ()
    decisions: Sequence[str] | None = ()
    proposals: Sequence[int] | None = ()
    comments: Sequence[int] | None = ()


ALL = Keys(None, None, None, None)


def _among(column: Any, values: Sequence[object] | None) -> ColumnElement[bool]:
    return true() if values is None else column.in_(values)


def _pages(reader: Reader, ids: Sequence[int] | None) -> Iterator[Document]:
    rows = reader.session.execute(
        select(Page, Rendering.plain, Rendering.contents)
        .join(Rendering, Rendering.revision_id == Page.current_revision_id)
        .where(_among(Page.id, ids), Page.archived_at.is_(None), Page.trashed_at.is_(None))
        .execution_options(yield_per=CHUNK)
    )
    tags: dict[int, list[str]] = {}
    query = select(PageTag.page_id, PageTag.tag).where(_among(PageTag.page_id, ids))
    for page_id, tag in reader.session.execute(query):
        tags.setdefault(page_id, []).append(tag)
    for page, plain, contents in rows:
        headings = tuple(title for _, title, _ in json.loads(contents)["toc"])
        is_rule = page.kind == PageKind.RULE
        yield Document(
            key=f"page:{page.id}",
            kind="page",
            title=page.title,
            body=plain,
            url=page_address(page.slug),
            audience=page.audience,
            language=page.language,
            headings=headings,
            tags=tuple(tags.get(page.id, ())),
            source=page.source_path or "",
            state="rule" if is_rule else "",
            rank_boost=RULE_BOOST if is_rule else 1.0,
        )


def repealed(reader: Reader, keys: Collection[str]) -> set[str]:
    """Those of these documents that are rules which no longer apply today."""
    ids = [int(key.partition(":")[2]) for key in keys if key.startswith("page:")]
    return (
        {f"page:{key}" for key in repealed_by(reader, ids, members.today(reader))} if ids else set()
    )


def _decisions(reader: Reader, numbers: Sequence[str] | None) -> Iterator[Document]:
    rows = reader.session.execute(
        select(Decision, DecisionShelf.plain, DecisionShelf.audience)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .where(_among(Decision.number, numbers))
    ).all()
    marks = decisions.statuses(reader, [row[0].number for row in rows])
    tags = decisions.tags_of(reader, [row[0].id for row in rows])
    language = members.cooperative(reader.session).locale
    for decision, plain, audience in rows:
        state = str(marks[decision.number].state)
        yield Document(
            key=f"decision:{decision.number}",
            kind="decision",
            title=f"{decision.number} {decision.title}",
            body=plain,
            url=decision_address(decision.number),
            audience=audience,
            language=language,
            tags=tags.get(decision.id, ()),
            source=decision.source or "",
            state=state,
            dated_on=decision.decided_on,
            rank_boost=1.0 if state in IN_FORCE else ENDED_BOOST,
        )


def _proposals(reader: Reader, ids: Sequence[int] | None) -> Iterator[Document]:
    newest = (
        select(ProposalVersion.proposal_id, func.max(ProposalVersion.number).label("number"))
        .group_by(ProposalVersion.proposal_id)
        .subquery()
    )
    rows = reader.session.execute(
        select(Proposal, ProposalVersion)
        .join(newest, newest.c.proposal_id == Proposal.id)
        .join(
            ProposalVersion,
            (ProposalVersion.proposal_id == Proposal.id)
            & (ProposalVersion.number == newest.c.number),
        )
        .where(_among(Proposal.id, ids), Proposal.submitted_at.is_not(None))
        .options(joinedload(Proposal.page))
    )
    language = members.cooperative(reader.session).locale
    for proposal, version in rows:
        changed = "\n".join(change["new_text"] for change in json.loads(version.changes))
        said = text_of_html(f"{version.text_html}\n{version.motivation_html}")
        yield Document(
            key=f"proposal:{proposal.id}",
            kind="proposal",
            title=proposal.title,
            body=f"{said}\n{changed}".strip(),
            url=proposal_address(proposal.id),
            audience=proposal.readers,
            language=language,
            state=proposal.state,
            dated_on=(proposal.submitted_at or proposal.created_at).date(),
        )


def _comments(reader: Reader, ids: Sequence[int] | None) -> Iterator[Document]:
    rows = reader.session.execute(
        select(Comment, Person.name, Proposal)
        .join(Thread, Thread.id == Comment.thread_id)
        .join(Proposal, (Thread.subject_kind == "proposal") & (Thread.subject_id == Proposal.id))
        .join(Person, Person.id == Comment.author_id)
        .where(_among(Comment.id, ids), Comment.hidden_at.is_(None))
        .options(joinedload(Proposal.page))
    )
    language = members.cooperative(reader.session).locale
    for comment, author, proposal in rows:
        yield Document(
            key=f"comment:{comment.id}",
            kind="comment",
            title=f"{author} · {proposal.title}",
            body=text_of_html(comment.html),
            url=f"{proposal_address(proposal.id)}#comment-{comment.id}",
            audience=proposal.readers,
            language=language,
            dated_on=comment.at.date(),
            rank_boost=COMMENT_BOOST,
        )


def documents(reader: Reader, keys: Keys = ALL) -> Iterator[Document]:
    """The documents of these things, as they are now; what is gone or put away yields none.

    The reader must be the system: the audience goes into each document.
    """
    return chain(
        _pages(reader, keys.pages),
        _decisions(reader, keys.decisions),
        _proposals(reader, keys.proposals),
        _comments(reader, keys.comments),
    )


def depending_on(reader: Reader, keys: Keys) -> set[str]:
    """The keys of what takes its readers or its title from these pages and proposals: the
    proposals about the pages, and what was said on all these proposals."""
    said_on = (Thread.subject_kind == "proposal") & (Thread.subject_id == Proposal.id)
    rows = reader.session.execute(
        select(Proposal.id, Comment.id)
        .outerjoin(Thread, said_on)
        .outerjoin(Comment, Comment.thread_id == Thread.id)
        .where(or_(Proposal.page_id.in_(keys.pages or ()), Proposal.id.in_(keys.proposals or ())))
    ).all()
    proposals = {f"proposal:{proposal_id}" for proposal_id, _ in rows}
    return proposals | {f"comment:{comment_id}" for _, comment_id in rows if comment_id}


def still_visible(reader: Reader, keys: Sequence[str]) -> set[str]:
    """Of these keys, those the reader may see by the rights of this moment; one statement."""
    wanted: dict[str, list[str]] = {"page": [], "decision": [], "proposal": [], "comment": []}
    for key in keys:
        kind, _, value = key.partition(":")
        wanted[kind].append(value)
    audiences = [str(audience) for audience in reader.actor.audiences]
    pages = select(literal("page"), cast(Page.id, String)).where(
        Page.id.in_(map(int, wanted["page"])),
        Page.archived_at.is_(None),
        Page.trashed_at.is_(None),
        Page.audience.in_(audiences),
    )
    register = (
        select(literal("decision"), Decision.number)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .where(Decision.number.in_(wanted["decision"]), DecisionShelf.audience.in_(audiences))
    )
    proposed = select(literal("proposal"), cast(Proposal.id, String)).where(
        Proposal.id.in_(map(int, wanted["proposal"])), shown(reader)
    )
    said = (
        select(literal("comment"), cast(Comment.id, String))
        .join(Thread, Thread.id == Comment.thread_id)
        .join(Proposal, (Thread.subject_kind == "proposal") & (Thread.subject_id == Proposal.id))
        .where(
            Comment.id.in_(map(int, wanted["comment"])), Comment.hidden_at.is_(None), shown(reader)
        )
    )
    rows = reader.session.execute(union_all(pages, register, proposed, said))
    return {f"{kind}:{value}" for kind, value in rows}
