"""Rules that are tried out for a time: said on the page, and beside each paragraph that ran out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from markupsafe import Markup, escape

from intranet.core.transaction import Reader
from intranet.decisions.reviews import queries as reviews
from intranet.decisions.reviews.queries import Due
from intranet.decisions.statuses import State
from intranet.web import formats
from intranet.wiki import queries as wiki

_MARGIN = '<div class="block__margin">'


@dataclass(frozen=True)
class Trial:
    """A decision taken for a time, with the paragraphs of this page that rest on it."""

    due: Due
    block_ids: tuple[str, ...]

    @property
    def has_ended(self) -> bool:
        """Whether its last day is over."""
        return self.due.state == State.EXPIRED


def on_page(reader: Reader, revision_id: int, day: date) -> tuple[Trial, ...]:
    """The trials on which paragraphs of this text rest: ended by that day, or about to end."""
    blocks = wiki.decided_blocks(reader, revision_id)
    near = reviews.trials(reader, tuple(blocks), day) if blocks else {}
    return tuple(Trial(one, blocks[number]) for number, one in near.items())


def words(due: Due) -> str:
    """That a trial has ended, or that it ends soon, with its day."""
    told = {"day": formats.day(due.ends_on)}
    has_ended = due.state == State.EXPIRED
    return _("Trial ended on %(day)s", **told) if has_ended else _("Trial until %(day)s", **told)


def marked(html: str, trials: tuple[Trial, ...]) -> str:
    """The stored text of a page with a mark beside each paragraph whose trial has ended."""
    for trial in trials:
        if trial.has_ended:
            mark = Markup('<span class="badge badge--warn">{}</span> ').format(words(trial.due))
            for block_id in trial.block_ids:
                html = _with_mark(html, block_id, mark)
    return html


def _with_mark(html: str, block_id: str, mark: Markup) -> str:
    """A block with a mark at the head of its margin; a block without margin has nobody to ask."""
    opening = re.search(
        rf'<div class="block"[^<>]* id="b-{re.escape(str(escape(block_id)))}">', html
    )
    if opening is None:
        return html
    end = html.find('<div class="block" ', opening.end())
    margin = html.find(_MARGIN, opening.end(), end if end > 0 else len(html))
    if margin < 0:
        return html
    place = margin + len(_MARGIN)
    return html[:place] + str(mark) + html[place:]
