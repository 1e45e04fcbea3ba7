"""A page with what is said beside each of its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from sqlalchemy import select

from intranet.core.html_text import text_of_html
from intranet.core.transaction import Reader
from intranet.discussions import queries as discussions
from intranet.discussions.queries import CommentCard
from intranet.wiki.comments.models import KIND, SettledComment
from intranet.wiki.comments.policy import may_settle
from intranet.wiki.models import Rendering
from intranet.wiki.reading import PageView

_BLOCK = re.compile(r'<div class="block"[^<>]*? id="b-([\w-]+)">')
LONGEST_QUOTE = 240


@dataclass(frozen=True)
class Conversation:
    """A first comment with its answers; `quote` are the words it was about, when the present text
    has that paragraph no more."""

    first: CommentCard
    is_settled: bool
    may_settle: bool
    quote: str = ""


@dataclass(frozen=True)
class Passage:
    """A paragraph as it is shown, and what is said about it."""

    block_id: str
    html: str
    talks: tuple[Conversation, ...]


@dataclass(frozen=True)
class CommentedPage:
    """The paragraphs of a page, what is said of the whole, and of paragraphs that are gone."""

    passages: tuple[Passage, ...]
    of_page: tuple[Conversation, ...]
    of_earlier: tuple[Conversation, ...]
    settled: int


def commented(reader: Reader, page: PageView, *, with_settled: bool) -> CommentedPage:
    """The conversations about a page that the reader has been shown, settled ones on demand."""
    roots = discussions.comments(reader, KIND, page.id)
    numbers = [root.id for root in roots]
    query = select(SettledComment.comment_id).where(SettledComment.comment_id.in_(numbers))
    settled = set(reader.session.scalars(query))
    talks = [
        Conversation(root, root.id in settled, bool(may_settle(reader, page, root)))
        for root in roots
        if with_settled or root.id not in settled
    ]
    pieces = cut(page.html)
    return CommentedPage(
        passages=tuple(
            Passage(block, html, tuple(one for one in talks if one.first.block_id == block))
            for block, html in pieces.items()
        ),
        of_page=tuple(one for one in talks if not one.first.block_id),
        of_earlier=_earlier(reader, [t for t in talks if t.first.block_id not in {None, *pieces}]),
        settled=len(settled),
    )


def cut(html: str) -> dict[str, str]:
    """The HTML of a text cut into its paragraphs, by their ids, in their order."""
    starts = list(_BLOCK.finditer(html))
    return {
        start[1]: html[start.start() : following.start() if following else len(html)]
        for start, following in zip_longest(starts, starts[1:])
    }


def _earlier(reader: Reader, talks: Iterable[Conversation]) -> tuple[Conversation, ...]:
    """Conversations about paragraphs that are gone, each with the words of the text it was on."""
    return tuple(
        Conversation(one.first, one.is_settled, one.may_settle, _quoted(reader, one.first))
        for one in talks
    )


def _quoted(reader: Reader, comment: CommentCard) -> str:
    drawn = reader.session.get(Rendering, comment.about_version) if comment.about_version else None
    words = text_of_html(cut(drawn.html).get(comment.block_id or "", "")) if drawn else ""
    return words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE].rstrip()}…"
