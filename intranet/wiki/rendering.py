"""What a revision looks like: made when it is written, so that reading renders nothing."""

from __future__ import annotations

import gettext
import html
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from babel.dates import format_date

from intranet.core import frontmatter
from intranet.core.html_text import text_of_html
from intranet.core.markdown import Heading, Rendered, RenderedBlock, render
from intranet.core.markdown_links import LinkTarget
from intranet.core.markdown_words import CATALOGUES
from intranet.core.transaction import Reader
from intranet.members.queries import cooperative
from intranet.members.statuses import Audience
from intranet.wiki.addresses import amendment_address, decision_address, paragraph_address
from intranet.wiki.directory import directory_for, title_key
from intranet.wiki.inclusion.drawing import Included, Inclusions
from intranet.wiki.links import PageLinks
from intranet.wiki.numbering.drawing import with_numbers

_BLOCK = re.compile(r'<div class="block"[^<>]*>')

SHOWN_ELSEWHERE = frozenset({"title", "tags"})


@dataclass(frozen=True)
class Origin:
    """A block's id and the decision that put its words there, if any; `note` says how it fell."""

    block_id: str
    decision_number: str | None = None
    in_force_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Drawn:
    """A text ready to be kept: HTML, contents and facts as JSON, words for search, and links."""

    html: str
    contents: str
    plain: str
    links: tuple[LinkTarget, ...]


def draw(
    text: str,
    origins: Sequence[Origin],
    links: PageLinks,
    *,
    title: str,
    language: str,
    amendable_at: str | None = None,
    inside: Mapping[str, Included] | None = None,
    has_numbers: bool = False,
) -> Drawn:
    """The text as readers see it, with the decision beside each paragraph that one put there.

    A first heading that only repeats the title is not shown twice. `amendable_at` is the slug of
    a rule: each paragraph then leads to proposing a change of it. `inside` is what paragraphs
    include, by their ids. `has_numbers` puts a number before each heading.
    Raises core.markdown.TooLong.
    """
    ids = [origin.block_id for origin in origins]
    rendered = render(text, links, language=language, block_ids=ids if text.strip() else None)
    rendered = _with_inclusions(rendered, inside or {})
    blocks, headings = _without_title(rendered, title)
    if has_numbers:
        blocks, headings = with_numbers(blocks, headings)
    by_id = _without_repetition(blocks, {origin.block_id: origin for origin in origins})
    shown = "\n".join(
        _with_margin(block, by_id.get(block.id), language, amendable_at) for block in blocks
    )
    facts = _facts_in(text[: frontmatter.header_end(text)])
    toc = [[heading.level, heading.title, heading.id] for heading in headings]
    contents = json.dumps({"toc": toc, "facts": facts}, ensure_ascii=False)
    return Drawn(shown, contents, _plain(rendered, facts), rendered.links)


@lru_cache(maxsize=128)
def _facts_in(header: str) -> tuple[tuple[str, str], ...]:
    """What a header says. It is kept, because a text is saved many times under the same header."""
    return tuple(facts_of(frontmatter.split(header).values))


def _with_inclusions(rendered: Rendered, inside: Mapping[str, Included]) -> Rendered:
    """The text with what its paragraphs include in the place of the line that says so."""
    blocks = []
    for block in rendered.blocks:
        opening = _BLOCK.match(block.html)
        if opening and block.id in inside:
            block = replace(block, html=f"{opening[0]}{inside[block.id].html}</div>")
        blocks.append(block)
    links = (link for included in inside.values() for link in included.links)
    return replace(rendered, blocks=tuple(blocks), links=(*rendered.links, *links))


def _without_title(rendered: Rendered, title: str) -> tuple[list[RenderedBlock], Sequence[Heading]]:
    """The blocks and headings, without a first heading whose words are the title's; its anchor
    stays, because links may lead to it."""
    blocks = [block for block in rendered.blocks if block.html]
    if not (blocks and rendered.toc and blocks[0].kind == "heading"):
        return blocks, rendered.toc
    first = blocks[0]
    if title_key(text_of_html(first.html)) != title_key(title):
        return blocks, rendered.toc
    opening = _BLOCK.match(first.html)
    anchor = f'<span id="{html.escape(rendered.toc[0].id)}"></span>'
    emptied = f"{opening[0]}{anchor}</div>" if opening else anchor
    return [replace(first, html=emptied), *blocks[1:]], rendered.toc[1:]


def _without_repetition(
    blocks: Sequence[RenderedBlock], origins: Mapping[str, Origin]
) -> dict[str, Origin]:
    """The origins, without the decision of a heading that the paragraph after it names too."""
    shown = dict(origins)
    for block, after in pairwise(blocks):
        own, next_one = shown.get(block.id), shown.get(after.id)
        if block.kind == "heading" and own and next_one:
            if own.decision_number == next_one.decision_number:
                shown[block.id] = replace(own, decision_number=None)
    return shown


def _plain(rendered: Rendered, facts: Sequence[tuple[str, str]]) -> str:
    said = "\n".join(words for _, words in facts)
    return f"{rendered.text}\n{said}".strip()


def _with_margin(
    block: RenderedBlock, origin: Origin | None, language: str, amendable_at: str | None
) -> str:
    opening = _BLOCK.match(block.html)
    if origin is None or not opening:
        return block.html
    inside = block.html[opening.end() :].removesuffix("</div>")
    if not text_of_html(inside):
        return block.html
    margin = _mark(origin, language, amendable_at) + _action(origin, language, amendable_at)
    box = f'<div class="block__margin">{margin}</div>' if margin else ""
    return f'{opening[0]}<div class="block__text">{inside}</div>{box}</div>'


def _mark(origin: Origin, language: str, slug: str | None) -> str:
    """The decision behind a paragraph and its day, which leads to all that became of it."""
    if origin.decision_number is None:
        return ""
    number = html.escape(origin.decision_number)
    note = f' title="{html.escape(origin.note)}"' if origin.note else ""
    day = origin.in_force_on
    since = format_date(day, "d MMM y", locale=language) if day else ""
    if slug and since:
        _ = _words(language)
        words = html.escape(_("history of this paragraph"))
        where = html.escape(paragraph_address(slug, origin.block_id))
        hidden = f'<span class="visually-hidden">, {words}</span>'
        since = f'<a href="{where}" rel="nofollow">{since}{hidden}</a>'
    return (
        f'<span class="provenance"><a href="{decision_address(origin.decision_number)}"{note}>'
        f'{number}</a> <span class="provenance__facts">{since}</span></span>'
    )


def _words(language: str) -> Callable[[str], str]:
    """The words of the interface in the language of a page."""
    return gettext.translation("messages", CATALOGUES, [language], fallback=True).gettext


def _action(origin: Origin, language: str, amendable_at: str | None) -> str:
    if amendable_at is None:
        return ""
    _ = _words(language)
    words = html.escape(_("Propose a change"))
    where = html.escape(amendment_address(amendable_at, origin.block_id))
    link = f'<a class="block__action" href="{where}" rel="nofollow"><span>{words}</span></a>'
    return f'<span class="block__actions">{link}</span>'


_ACTIONS = re.compile(
    r'<span class="block__actions"><a class="block__action"[^<>]*><span>[^<>]*</span></a></span>'
)


def without_actions(stored: str) -> str:
    """The stored HTML of a rule without the marks that lead to proposing a change."""
    return _ACTIONS.sub("", stored)


def facts_of(values: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    """What a header says, flat and in order: names of the kind `period · fr`, and words."""
    for name, value in values.items():
        label = f"{above} · {name}" if above else name
        if not above and name.casefold() in SHOWN_ELSEWHERE:
            continue
        if isinstance(value, Mapping):
            yield from facts_of(value, label)
        elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
            for item in value:
                yield from facts_of(item if isinstance(item, Mapping) else {label: item}, label)
        elif words := _words_of(value):
            yield label, words


def _words_of(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(item).strip() for item in value if str(item).strip())
    return str(value).strip() if value is not None else ""


def render_text(
    reader: Reader, text: str, audience: str = Audience.WORKERS, *, includes: bool = False
) -> str:
    """A text that stands outside the wiki (a proposal, a comment) as safe HTML, its links to
    pages resolved. Pages that it includes are links too, unless `includes` asks for them: what
    is kept must not hold words whose readers may change. `audience` are those who will read it:
    pages that some of them may not see look as if they were missing. Raises core.markdown.TooLong.
    """
    links = PageLinks(directory_for(reader.session, text, None), audience)
    language = cooperative(reader.session).locale
    rendered = render(text, links, language=language)
    if not includes:
        return rendered.html
    return Inclusions(reader.session, audience, language).within(text, rendered, links)
