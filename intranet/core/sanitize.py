"""The last gate before HTML reaches a reader: only listed tags, attributes, classes and addresses.

Everything that comes here was already built from parsed elements; this list holds whatever the
parser may do. Ids are all ours and prefixed, so that no text can name an element that a script
of ours looks up."""

import re
from collections.abc import Callable

import nh3

from intranet.core.markdown_links import SCHEMES

_INLINE_TAGS = frozenset(
    (
        *(
            "a",
            "abbr",
            "br",
            "cite",
            "code",
            "del",
            "em",
            "img",
            "ins",
            "kbd",
            "mark",
            "q",
            "small",
        ),
        *("span", "strong", "sub", "sup", "u"),
    )
)
_BLOCK_TAGS = frozenset(
    (
        *(
            "blockquote",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
        ),
        *("li", "ol", "p", "pre", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    )
)
TAGS = _INLINE_TAGS | _BLOCK_TAGS
ATTRIBUTES: dict[str, set[str]] = {
    "*": {"id", "class", "title"},
    "a": {"href", "rel", "aria-label"},
    "img": {"src", "alt", "loading"},
    "ol": {"start"},
    "div": {"data-kind", "tabindex"},
    "pre": {"tabindex"},
    "th": {"scope"},
}
CLASSES = frozenset(
    (
        *("block", "callout", "callout-title", "note", "tip", "important", "warning", "caution"),
        *("external", "external-image", "red-link", "refused-link", "missing-image"),
        *("footnote", "footnote-ref", "footnote-backref", "task", "task-list", "task-mark", "done"),
        *("align-left", "align-center", "align-right", "table-frame"),
    )
)
_LANGUAGE = re.compile(r"language-[a-z0-9+#.-]{1,30}")
_OWN_ID = re.compile(r"(?:h|b)-[\w.-]{1,120}|fn(?:ref[0-9]{0,4})?:[^\s<>\"']{1,120}")


def cleaner(scope: str) -> Callable[[str], str]:
    """A function from any HTML to harmless HTML. `scope` is put in front of every id and of
    every link to one, so that several texts can stand on one page."""

    def keep(tag: str, name: str, value: str) -> str | None:  # noqa: ARG001
        if name == "class":
            return " ".join(filter(_is_class, value.split())) or None
        if name == "id":
            return scope + value if _OWN_ID.fullmatch(value) else None
        if name == "href" and value.startswith("#"):
            return f"#{scope}{value[1:]}" if _OWN_ID.fullmatch(value[1:]) else None
        return value

    return nh3.Cleaner(
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        attribute_filter=keep,
        url_schemes=set(SCHEMES),
        link_rel=None,
        strip_comments=True,
    ).clean


def _is_class(name: str) -> bool:
    return name in CLASSES or _LANGUAGE.fullmatch(name) is not None
