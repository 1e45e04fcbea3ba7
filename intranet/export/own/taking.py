"""Everything kept about one person, in one file for that person."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from intranet.auth.models import Account
from intranet.core.blocks import split_blocks
from intranet.core.policy import Refused
from intranet.core.texts import TextBody
from intranet.core.transaction import Reader
from intranet.export.folder import Folder
from intranet.export.own.rows import rows_of
from intranet.export.policy import may_take_own_data
from intranet.members.models import Person, Portrait
from intranet.polls.models import OpenBallot, Poll, Voter
from intranet.proposals.models import ProposalVersion
from intranet.wiki.models import Page, Revision

PROFILE = ("name", "about", "skills", "languages", "presence", "visible_to", "created_at")


def write_own_data(reader: Reader, folder: Folder) -> None:
    """Write what is kept about whoever asks, and about nobody else. Raises Refused.

    Of a page, only the paragraphs that they put in themselves: nothing leaves with their words
    that they may no longer read.
    """
    verdict = may_take_own_data(reader)
    if not verdict:
        raise Refused(verdict)
    person = reader.session.get_one(Person, reader.actor.person_id)
    _json(folder, "profile.json", {name: getattr(person, name) for name in PROFILE})
    account = select(Account.id).where(Account.person_id == person.id)
    for name, rows in rows_of(reader, person.id, reader.session.scalar(account)):
        _json(folder, f"kept/{name}.json", rows)
    _json(folder, "ballots.json", list(_ballots(reader, person.id)))
    for path, text in (*_pages(reader, person.id), *_proposals(reader, person.id)):
        folder.write(path, text)


def portrait_of(reader: Reader) -> bytes | None:
    """The picture of whoever asks."""
    return reader.session.scalar(
        select(Portrait.image).where(Portrait.person_id == reader.actor.person_id)
    )


def _json(folder: Folder, path: str, value: object) -> None:
    folder.write(path, json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n")


def _ballots(reader: Reader, person_id: int) -> Iterator[dict[str, Any]]:
    """The ballots of open votes, all of them; of a secret one only the roll knows that it was."""
    cast = (
        select(OpenBallot, Poll.origin_kind, Poll.origin_id)
        .join(Voter, Voter.id == OpenBallot.voter_id)
        .join(Poll, Poll.id == OpenBallot.poll_id)
        .where(Voter.person_id == person_id)
        .order_by(OpenBallot.id)
    )
    for ballot, kind, number in reader.session.execute(cast):
        yield {
            "vote": ballot.poll_id,
            "about": f"{kind} {number}",
            "choice": ballot.option,
            "reason": ballot.reason,
            "cast_at": ballot.cast_at.isoformat(),
            "by_proxy": ballot.proxy_id,
        }


def _pages(reader: Reader, person_id: int) -> Iterator[tuple[str, str]]:
    """The paragraphs that each revision of theirs put into a page."""
    base, before = aliased(Revision), aliased(TextBody)
    written = (
        select(Page.id, Revision.title, Revision.number, TextBody.body, before.body)
        .join(Page, Page.id == Revision.page_id)
        .join(TextBody, TextBody.digest == Revision.text_digest)
        .outerjoin(base, base.id == Revision.base_id)
        .outerjoin(before, before.digest == base.text_digest)
        .where(Revision.author_id == person_id)
        .order_by(Revision.id)
    )
    for page_id, title, number, text, earlier in reader.session.execute(written):
        known = {block.text for block in split_blocks(earlier or "")}
        own = [block.text for block in split_blocks(text) if block.text not in known]
        if own:
            said = "\n\n".join(own)
            yield f"pages/{page_id}-{number}.md", f"# {title}\n\n{said}\n"


def _proposals(reader: Reader, person_id: int) -> Iterator[tuple[str, str]]:
    """The wordings of proposals that they wrote."""
    written = select(ProposalVersion).where(ProposalVersion.author_id == person_id)
    for one in reader.session.scalars(written.order_by(ProposalVersion.id)):
        parts = [f"# {one.title}", one.motivation, one.text]
        words = "\n\n".join(part for part in parts if part)
        yield f"proposals/{one.proposal_id}-{one.number}.md", f"{words}\n"
