"""What the example holds behind the parts of an address: the values a route can be asked with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from intranet.auth.models import Account, Invitation, SignIn
from intranet.auth.passkeys.models import Passkey
from intranet.decisions.actions.models import Action
from intranet.decisions.models import Decision
from intranet.discussions.models import Comment, Thread
from intranet.files.models import Attachment
from intranet.members.models import Body, Mandate
from intranet.members.statuses import Audience
from intranet.membership.integration.models import Dossier, DossierStep
from intranet.notices.feeds.models import FeedKind
from intranet.notices.watching.models import Watched
from intranet.polls.models import Poll, Procedure, Voter
from intranet.polls.objections.models import Objection
from intranet.polls.proxies.models import Proxy
from intranet.proposals.models import Proposal
from intranet.proposals.suggestions.models import Suggestion
from intranet.proposals.workflow import State
from intranet.search.saved.models import SavedSearch
from intranet.web.outlines import GENERAL
from intranet.wiki.attachments.models import PageFile
from intranet.wiki.corrections.models import Correction
from intranet.wiki.guests.models import PageGuestLink
from intranet.wiki.imports.models import ImportJob
from intranet.wiki.models import Page, PageKind, PageTag, Revision, RevisionBlock
from intranet.wiki.offers.models import PageOffer

Values = Mapping[str, object]
Question = Select[*tuple[Any, ...]]

MOST = 2
"""With how many things of anybody a route is asked at most; about a person, with oneself too."""


_COMMENT = select(Comment.id).join(Thread)

OBJECTS: Mapping[tuple[str, ...], Question] = {
    ("account_id",): select(Account.id),
    ("action_id",): select(Action.id),
    ("attachment_id", "number"): select(Attachment.id, Decision.number)
    .join(Decision, Decision.id == Attachment.subject_id)
    .where(Attachment.subject_kind == "decision"),
    ("block_id", "slug"): select(RevisionBlock.block_id, Page.slug).join(
        Page, (Page.current_revision_id == RevisionBlock.revision_id) & (Page.kind == PageKind.RULE)
    ),
    ("body_id",): select(Body.id),
    ("comment_id", "proposal_id"): _COMMENT.add_columns(Thread.subject_id)
    .where(Thread.subject_kind == "proposal")
    .order_by(Comment.id.desc()),
    ("comment_id", "slug"): _COMMENT.join(Page, Page.id == Thread.subject_id)
    .add_columns(Page.slug)
    .where(Thread.subject_kind == "page"),
    ("correction_id",): select(Correction.id),
    ("dossier_id",): select(Dossier.id),
    ("dossier_id", "step_id"): select(DossierStep.dossier_id, DossierStep.id),
    ("giver_id", "poll_id"): select(Voter.person_id, Voter.poll_id).order_by(Voter.id.desc()),
    ("invitation_id",): select(Invitation.id),
    ("job_id",): select(ImportJob.id),
    ("key",): select(Procedure.key).distinct(),
    ("link_id", "slug"): select(PageGuestLink.id, Page.slug).join(
        Page, Page.id == PageGuestLink.page_id
    ),
    ("mandate_id",): select(Mandate.id).order_by(Mandate.id.desc()),
    ("name", "number"): select(PageFile.name, PageFile.id),
    ("number",): select(Decision.number).order_by(Decision.id.desc()),
    ("number", "proposal_id"): select(Suggestion.number, Suggestion.proposal_id),
    ("number", "slug"): select(Revision.number, Page.slug)
    .join(Page, Page.id == Revision.page_id)
    .order_by(Revision.id.desc()),
    ("objection_id",): select(Objection.id),
    ("offer_id",): select(PageOffer.id),
    ("person_id",): select(Account.person_id),
    ("poll_id",): select(Poll.id).order_by(Poll.id.desc()),
    ("proposal_id",): select(Proposal.id)
    .where(Proposal.state.in_((State.DISCUSSION, State.DRAFT, State.VOTING)))
    .order_by(Proposal.state, Proposal.id.desc()),
    ("proxy_id",): select(Proxy.id),
    ("slug",): select(func.min(Page.slug))
    .where(Page.audience == Audience.OPEN)
    .group_by(Page.kind)
    .order_by(Page.kind),
    ("tag",): select(PageTag.tag),
}
"""By the parts of an address, in the order of the alphabet."""

OF_ROOM: Mapping[tuple[str, tuple[str, ...]], Question] = {
    ("page_files", ("number",)): select(PageFile.id),
}
"""Where one word means something else in a room."""

OWN: Mapping[tuple[str, tuple[str, ...]], Question] = {
    ("passkeys", ("passkey_id",)): select(Passkey.id).join(
        Account, Account.id == Passkey.account_id
    ),
    ("auth", ("sign_in_id",)): select(SignIn.id).join(Account, Account.id == SignIn.account_id),
    ("saved_searches", ("number",)): select(SavedSearch.id).join(
        Account, Account.person_id == SavedSearch.person_id
    ),
}
"""What everybody has for themselves, by room: of the account of whoever asks."""

NAMED: Mapping[tuple[str, tuple[str, ...]], Sequence[tuple[object, ...]]] = {
    ("acts", ("kind",)): (("mandate",), ("status",)),
    ("administration", ("account_id", "act")): ((2, "disable"),),
    ("feeds", ("kind",)): tuple((str(kind),) for kind in FeedKind),
    ("outlines", ("key",)): ((GENERAL,),),
    ("watching", ("kind", "number")): tuple((str(kind), 1) for kind in Watched),
}
"""What is no row: words that the code knows."""

MANY: Mapping[tuple[str, ...], int] = {("poll_id",): 3, ("proposal_id",): 4}
"""What is in several states, so that one or two would not tell enough."""


def choices(
    session: Session, room: str, parts: tuple[str, ...], person_id: int | None
) -> list[dict[str, object]]:
    """The values that somebody can ask a route of a room with; none when nothing says what its
    parts mean."""
    if not parts:
        return [{}]
    rows: list[Sequence[object]]
    named, own = NAMED.get((room, parts)), OWN.get((room, parts))
    if named is not None:
        rows = list(named)
    elif own is not None:
        # Strangers have nothing of their own: they ask for what is somebody's.
        rows = _rows(session, own.where(Account.person_id == person_id) if person_id else own, 1)
    else:
        question = OF_ROOM.get((room, parts), OBJECTS.get(parts))
        rows = _rows(session, question, MANY.get(parts, MOST))
        if parts == ("person_id",) and person_id:
            rows.append((person_id,))
    return [dict(zip(parts, row, strict=True)) for row in rows]


def _rows(session: Session, question: Question | None, most: int) -> list[Sequence[object]]:
    if question is None:
        return []
    return [tuple(row) for row in session.execute(question.limit(most))]
