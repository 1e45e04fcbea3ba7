"""A page or a section of it inside another: `![[Page#section]]` on a line of its own.

It is drawn as the text that includes it is drawn, so that reading costs nothing more. A page that
some readers of the including text may not see is not included, for anybody; a page inside itself,
too deep or too often is told so in a sentence. What a rule includes is frozen.
"""

from __future__ import annotations

import gettext
import html
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from intranet.core.blocks import split_blocks
from intranet.core.frontmatter import header_end
from intranet.core.markdown import Rendered, RenderedBlock, TooLong, render
from intranet.core.markdown_links import Destination, LinkTarget, Named, anchor, named
from intranet.core.markdown_words import CATALOGUES
from intranet.core.texts import text_digest, text_of
from intranet.members.statuses import is_open_to
from intranet.wiki.addresses import page_address
from intranet.wiki.directory import directory_for
from intranet.wiki.inclusion.models import FrozenInclusion
from intranet.wiki.links import PageLinks, bound_links
from intranet.wiki.models import Page, PageKind, Revision, RevisionBlock

DEEPEST = 3
MOST = 40
LONGEST = 300_000

_LINE = re.compile(r" {0,3}!\[\[([^\[\]|\n]{1,255})\]\]\s*")
_HEADING = re.compile(r"<h([1-6])[^<>]* id=\"(?:i[0-9]+-)?([^\"]+)\"")


@dataclass(frozen=True)
class Included:
    """What stands at the place of the line, safe, and what it depends on."""

    html: str
    links: tuple[LinkTarget, ...] = ()


@dataclass(frozen=True)
class _Place:
    """Where an inclusion stands: in the text of a rule, which freezes it, or of another page."""

    rule_id: int | None
    name: str

    def inside(self, number: int) -> _Place:
        """The place of a paragraph of the text that is included here."""
        return _Place(self.rule_id, f"{self.name}.{number}")


def _place(rule_id: int | None, block_id: str, source: str) -> _Place:
    return _Place(rule_id, f"{block_id}:{text_digest(source)[:12]}")


@dataclass
class Inclusions:
    """Draws all that one text includes. `audience` are the readers of that text, `rule_id` the
    rule for which what is included is frozen, if the text is one, and `removed` the digests of
    texts that are shown no more."""

    session: Session
    audience: str
    language: str
    rule_id: int | None = None
    removed: Collection[str] = ()
    left: int = MOST
    room: int = LONGEST
    found: list[LinkTarget] = field(default_factory=list)

    def of(
        self, text: str, ids: Sequence[str], links: PageLinks, own_id: int | None = None
    ) -> dict[str, Included]:
        """What the text includes, by the id of the paragraph that says so."""
        if "![[" not in text:
            return {}
        trail = (own_id,) if own_id else ()
        drawn = {}
        for block_id, block in zip(ids, split_blocks(text), strict=False):
            if (line := _LINE.fullmatch(block.text)) and block.kind == "paragraph":
                self.found = []
                place = _place(self.rule_id, block_id, block.text)
                shown = self._at(line[1].strip(), links, trail, place)
                drawn[block_id] = Included(shown, tuple(self.found))
        return drawn

    def within(self, text: str, rendered: Rendered, links: PageLinks) -> str:
        """A text that has no ids as HTML, with what it includes."""
        if "![[" not in text:
            return rendered.html
        sources = split_blocks(text[header_end(text) :])
        places = [(block.text, _Place(None, "")) for block in sources]
        blocks = self._inside(places, rendered, links, ())
        return "\n".join(block.html for block in blocks if block.html)

    def _at(self, target: str, links: PageLinks, trail: tuple[int, ...], place: _Place) -> str:
        meant = named(links, target)
        self.left -= 1
        key = meant.to.key if meant.to else ""
        self.found.append(LinkTarget("inclusion", target, "", bool(key), key, meant.name))
        if self.left < 0 or len(trail) > DEEPEST:
            return self._sentence(meant, "too_much")
        revision = self._revision(meant, place)
        if revision is None:
            return self._in_trash(meant) or self._sentence(meant, "missing")
        if revision.page_id in trail:
            return self._sentence(meant, "circle")
        return self._text(meant, revision, (*trail, revision.page_id), place)

    def _revision(self, meant: Named, place: _Place) -> Revision | None:
        """The text to show: that of today, or the one that was frozen; none without a page."""
        if place.rule_id is None:
            return self._present(meant)
        frozen = self.session.get(FrozenInclusion, (place.rule_id, place.name))
        if frozen is None:
            present = self._present(meant)
            frozen = FrozenInclusion(
                page_id=place.rule_id,
                place=place.name,
                revision_id=present.id if present else None,
            )
            self.session.add(frozen)
            self.session.flush()
        return self.session.get(Revision, frozen.revision_id) if frozen.revision_id else None

    def _present(self, meant: Named) -> Revision | None:
        if meant.to is None or not meant.to.exists:
            return None
        page = self.session.get_one(Page, int(meant.to.key))
        number = page.current_revision_id
        return self.session.get(Revision, number) if number else None

    def _in_trash(self, meant: Named) -> str:
        """That the page lies in the trash, when all readers of this text may know of it."""
        if meant.to is None or not meant.to.key:
            return ""
        page = self.session.get_one(Page, int(meant.to.key))
        if page.trashed_at is None or not is_open_to(page.audience, self.audience):
            return ""
        there = Destination(page_address(page.slug), True, page.title, meant.to.key)
        return self._sentence(replace(meant, to=there), "in_trash")

    def _text(self, meant: Named, revision: Revision, trail: tuple[int, ...], place: _Place) -> str:
        page, digest = revision.page, revision.text_digest
        text = "" if digest in self.removed else text_of(self.session, digest)
        if not text:
            return self._sentence(meant, "missing")
        self.room -= len(text)
        if self.room < 0:
            return self._sentence(meant, "too_much")
        directory = directory_for(self.session, text, page.source_path)
        bound = bound_links(self.session, page.id)
        links = PageLinks(directory, self.audience, page.source_path, bound)
        scope = f"i{MOST - self.left}-"
        try:
            rendered = render(text, links, language=page.language, scope=scope, first_level=3)
        except TooLong:
            return self._sentence(meant, "too_much")
        places = self._places(revision, text, place)
        found = list(self._inside(places, rendered, links, trail))
        blocks = _part(found, meant.section)
        if not blocks:
            return self._sentence(meant, "no_section")
        inside = "\n".join(block.html for block in blocks if block.html)
        return f'<div class="callout inclusion">{inside}<p class="quiet">{_link(meant)}</p></div>'

    def _places(self, revision: Revision, text: str, place: _Place) -> list[tuple[str, _Place]]:
        """Each paragraph of an included text with its place. A rule keeps what it froze."""
        begins = 1 if header_end(text) else 0
        sources = [block.text for block in split_blocks(text)][begins:]
        if place.rule_id is not None or revision.page.kind != PageKind.RULE:
            return [(source, place.inside(number)) for number, source in enumerate(sources)]
        query = select(RevisionBlock.block_id).where(RevisionBlock.revision_id == revision.id)
        ids = self.session.scalars(query.order_by(RevisionBlock.position)).all()[begins:]
        pairs = zip(sources, ids, strict=False)
        return [(source, _place(revision.page_id, block_id, source)) for source, block_id in pairs]

    def _inside(
        self,
        places: Sequence[tuple[str, _Place]],
        rendered: Rendered,
        links: PageLinks,
        trail: tuple[int, ...],
    ) -> Iterator[RenderedBlock]:
        """The blocks of a text that is included, with what they include themselves."""
        for (source, place), block in zip(places, rendered.blocks, strict=False):
            line = _LINE.fullmatch(source) if block.kind == "paragraph" else None
            shown = self._at(line[1].strip(), links, trail, place) if line else block.html
            yield replace(block, html=shown)
        yield from rendered.blocks[len(places) :]

    def _sentence(self, meant: Named, why: str) -> str:
        _ = gettext.translation("messages", CATALOGUES, [self.language], fallback=True).gettext
        said = {
            "missing": _(
                "A text was to stand here that is not there for everybody who reads this:"
            ),
            "in_trash": _("The text that was to stand here is in the trash:"),
            "circle": _("This text contains itself, so it is not repeated here:"),
            "too_much": _("Too many texts are included one in the other; this one is read there:"),
            "no_section": _("This section was to stand here, but the page has none of this name:"),
        }[why]
        return f'<p class="quiet">{html.escape(said)} {_link(meant)}</p>'


def _link(meant: Named) -> str:
    """The page and section that were named, as a link where there is one."""
    shown = meant.to.title if meant.to and meant.to.exists else meant.name
    words = html.escape(f"{shown} › {meant.section}" if meant.section else shown)
    if meant.to is None or not meant.to.url:
        return f'<span class="red-link">{words}</span>'
    tail = f"#{anchor(meant.section)}" if meant.section and meant.to.exists else ""
    red = "" if meant.to.exists else ' class="red-link"'
    return f'<a{red} href="{html.escape(meant.to.url + tail)}">{words}</a>'


def _part(blocks: list[RenderedBlock], section: str) -> list[RenderedBlock]:
    """The blocks of one section, its heading first; all of them when none is named."""
    if not section:
        return blocks
    wanted, level, found = anchor(section), 0, []
    for block in blocks:
        heading = _HEADING.search(block.html) if block.kind == "heading" else None
        if level and heading and int(heading[1]) <= level:
            break
        if heading and not level and heading[2] == wanted:
            level = int(heading[1])
        if level and block.kind != "footnotes":
            found.append(block)
    notes = [block for block in blocks if block.kind == "footnotes"]
    cites = any("footnote-ref" in block.html for block in found)
    return [*found, *notes] if cites else found
