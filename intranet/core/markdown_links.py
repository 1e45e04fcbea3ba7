"""Where the links of a text lead: what the author typed becomes an address of ours, an outside
address, a mark for a page that is still missing, or plain text. Pure."""

import html
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Protocol
from xml.etree.ElementTree import Element

from intranet.core.text import slugify

SCHEMES = frozenset({"http", "https", "mailto"})

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
# Browsers drop these inside an address, so "java\tscript:" would become a scheme again.
_IGNORED_IN_URL = re.compile("[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
_DECISION = re.compile(
    r"(?:d[ée]cision *[: ] *)?((?:[A-Z][A-Z0-9]{0,9}-){0,2}(?:19|20)[0-9]{2}-[0-9]{1,5})",
    re.IGNORECASE,
)
_DECISION_NAMED = re.compile(r"d[ée]cision *: *([^\s:][^:]{0,40})", re.IGNORECASE)
_PROPOSAL = re.compile(r"propos(?:al|ition) *[: ] *(?:n° *)?([0-9]{1,9})", re.IGNORECASE)


@dataclass(frozen=True)
class Destination:
    """Where a link leads. When nothing `exists` there, `url` is where to create it ("" if that
    makes no sense). `key` is whatever the resolver wants to find in LinkTarget again."""

    url: str
    exists: bool = True
    title: str = ""
    key: str = ""


class LinkResolver(Protocol):
    """Knows the addresses, seen from the page being rendered. None means: there can be no such
    thing, print the label as text. Addresses must be own paths or http(s)."""

    def page(self, title: str) -> Destination | None:
        """The page with this title or slug, or where to create it."""

    def decision(self, number: str) -> Destination | None:
        """The decision with this register number, such as AG-2026-014."""

    def proposal(self, number: int) -> Destination | None:
        """The proposal with this number."""

    def path(self, href: str) -> Destination | None:
        """What a relative or absolute path typed in the text means: a file of the import, a page
        of ours. The part after # is already cut off."""

    def image(self, href: str) -> Destination | None:
        """The picture at this path of ours; missing ones answer exists=False or None."""


@dataclass(frozen=True)
class LinkTarget:
    """One link found in a text. `kind` is page, decision, proposal, path, anchor, image,
    external, mail or refused; `target` is what the author typed, `name` the name of the page
    in it, without the section."""

    kind: str
    target: str
    label: str
    exists: bool = True
    key: str = ""
    name: str = ""


@dataclass(frozen=True)
class Named:
    """What [[…]] means when it names a page: the name, the section of it, and where that is."""

    name: str
    section: str
    to: Destination | None


class NoLinks:
    """A resolver for texts that stand alone: nothing of ours can be reached from them."""

    def page(self, title: str) -> Destination | None:  # noqa: ARG002
        """No page."""
        return None

    def decision(self, number: str) -> Destination | None:  # noqa: ARG002
        """No decision."""
        return None

    def proposal(self, number: int) -> Destination | None:  # noqa: ARG002
        """No proposal."""
        return None

    def path(self, href: str) -> Destination | None:  # noqa: ARG002
        """No path."""
        return None

    def image(self, href: str) -> Destination | None:  # noqa: ARG002
        """No picture."""
        return None


def named(links: LinkResolver, target: str) -> Named:
    """The page that a target names, then the section: a title may itself contain a #, and
    one that has a space beside it or nothing after it belongs to the title."""
    whole = links.page(target)
    title, hash_sign, section = target.rpartition("#")
    parts = hash_sign and title == title.rstrip() != "" and section == section.lstrip() != ""
    if not parts or (whole and whole.exists):
        return Named(target, "", whole)
    return Named(title, section, links.page(title))


def anchor(fragment: str) -> str:
    """The id of the heading or anchor that a typed fragment means."""
    return f"h-{slugify(fragment, fallback='section')}"


def clean_url(typed: str) -> str:
    """The address as a browser would read it: entities decoded, ignored characters gone."""
    return _IGNORED_IN_URL.sub("", html.unescape(typed))


@dataclass
class LinkFinisher:
    """Turns the links and pictures of one parsed text into what a reader gets, in place, and
    lists them in `found`. `words` are the sentences shown for missing things."""

    links: LinkResolver
    missing_page: str
    missing_image: str
    found: list[LinkTarget] = field(default_factory=list)

    def finish(self, element: Element, inside: Collection[str] = ()) -> None:
        """Finish every link below `element`."""
        for child in element:
            if child.tag == "a" and "a" in inside:
                _neutralise(child)
            elif child.tag == "a" and child.get("href") is not None:
                self._link(child)
            elif child.tag == "wiki":
                self._wiki(child)
            elif child.tag == "img":
                self._image(child, "a" in inside)
            self.finish(child, {*inside, child.tag})

    def _note(
        self, kind: str, target: str, label: str, to: Destination | None, name: str = ""
    ) -> None:
        exists = to is not None and to.exists
        self.found.append(LinkTarget(kind, target, label, exists, to.key if to else "", name))

    def _link(self, element: Element) -> None:
        if element.get("class") in ("footnote-ref", "footnote-backref"):
            return
        href = clean_url(element.get("href", ""))
        label = _label(element)
        scheme = _SCHEME.match(href)
        if scheme or href.replace("\\", "/").startswith("//"):
            self._outside(element, href, scheme[1].lower() if scheme else "", label)
        elif href.startswith("#"):
            element.set("href", "#" + anchor(href[1:]))
            self._note("anchor", href, label, Destination(href))
        else:
            path, _, fragment = href.partition("#")
            to = self.links.path(path) if path else None
            self._note("path", href, label, to)
            self._lead(element, to, fragment, label)

    def _outside(self, element: Element, href: str, scheme: str, label: str) -> None:
        """An address elsewhere: kept if its scheme is allowed, otherwise only its label is."""
        if scheme not in SCHEMES:
            self._note("refused", href, label, None)
            _neutralise(element)
            return
        self._note("mail" if scheme == "mailto" else "external", href, label, Destination(href))
        _become(element, "a", href=href, title=element.get("title", ""))
        if scheme != "mailto":
            element.set("class", "external")
            element.set("rel", "noopener noreferrer")

    def _wiki(self, element: Element) -> None:
        """[[target]]: a decision if it looks like a number of the register, a proposal, a page."""
        target = element.get("target", "")
        label, name = _label(element), ""
        if number := _DECISION.fullmatch(target) or _DECISION_NAMED.fullmatch(target):
            kind, fragment, to = "decision", "", self.links.decision(number[1].upper())
        elif number := _PROPOSAL.fullmatch(target):
            kind, fragment, to = "proposal", "", self.links.proposal(int(number[1]))
        elif target.startswith("#"):
            kind, fragment, to = "anchor", target[1:], Destination("")
        else:
            page = named(self.links, target)
            kind, fragment, to, name = "page", page.section, page.to, page.name
        self._note(kind, target, label or target, to, name)
        self._lead(element, to, fragment, label or (to.title if to and to.title else target))

    def _lead(self, element: Element, to: Destination | None, fragment: str, label: str) -> None:
        """Make the element a link to the destination, red when there is nothing yet."""
        if element.text is None and not len(element):
            element.text = label
        if to is None or not (to.url or (to.exists and fragment)):
            _become(element, "span", **{"class": "red-link"})
        elif not to.exists:
            title = self.missing_page.format(title=to.title or label)
            _become(element, "a", **{"class": "red-link", "href": to.url, "title": title})
        else:
            tail = "#" + anchor(fragment) if fragment else ""
            _become(element, "a", href=to.url + tail, title=element.get("title", ""))

    def _image(self, element: Element, in_link: bool) -> None:
        """A picture of ours is shown; one elsewhere becomes a link to it, because pages load
        nothing from other hosts; a missing one says so."""
        src, alt = clean_url(element.get("src", "")), element.get("alt", "")
        scheme = _SCHEME.match(src)
        if scheme and scheme[1].lower() in ("http", "https") and not in_link:
            self._note("external", src, alt, Destination(src))
            element.text = alt or src
            _become(element, "a", **{"class": "external external-image", "href": src})
            element.set("rel", "noopener noreferrer")
            return
        outside = scheme or src.replace("\\", "/").startswith("//")
        to = None if outside else self.links.image(src)
        self._note("refused" if outside else "image", src, alt, to)
        if to is not None and to.exists:
            _become(element, "img", src=to.url, alt=alt, loading="lazy")
            return
        element.text = alt or src
        title = self.missing_image.format(name=src)
        _become(element, "span", **{"class": "missing-image", "title": title})


def _label(element: Element) -> str:
    return "".join(element.itertext()).strip()


def _neutralise(element: Element) -> None:
    _become(element, "span", **{"class": "refused-link"})


def _become(element: Element, tag: str, **attributes: str) -> None:
    """Change tag and attributes, keep content and place; empty attributes are left out."""
    element.tag = tag
    element.attrib.clear()
    element.attrib.update({name: value for name, value in attributes.items() if value})
