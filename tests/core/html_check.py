"""Reads HTML as a browser would and names everything in it that could do harm."""

import re
from html.parser import HTMLParser

FORBIDDEN = frozenset(
    (
        *("script", "style", "iframe", "form", "input", "button", "textarea", "select", "object"),
        *("embed", "svg", "math", "link", "meta", "base", "template", "noscript", "video", "audio"),
        *("frameset", "frame", "portal", "slot", "source", "title", "html", "body", "head"),
    )
)
ADDRESSES = ("href", "src", "action", "data", "poster", "background", "xlink:href", "srcset")
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
IGNORED = re.compile("[\x00-\x20\x7f-\xa0]")


def leads_away(address: str) -> bool:
    """Whether a browser would follow the address anywhere but to http(s), mail or our own site."""
    address = IGNORED.sub("", address).replace("\\", "/")
    scheme = SCHEME.match(address)
    if scheme:
        return scheme[0].lower() not in ("http:", "https:", "mailto:")
    return address.startswith("//")


class _Judge(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in FORBIDDEN:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            self._judge(tag, name, value or "")

    def _judge(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on") or name in ("style", "srcdoc", "formaction", "target", "name"):
            self.faults.append(f"{tag} {name}={value}")
        if name in ADDRESSES and leads_away(value):
            self.faults.append(f"{tag} {name}={value}")
        if name == "src" and not value.startswith("/"):
            self.faults.append(f"{tag} loads {value}")
        if name == "id":
            self.ids.append(value)

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"instruction {data}")


def faults_of(html: str) -> list[str]:
    """Every tag, attribute, address or comment that must not be there; [] when all is well."""
    judge = _Judge()
    judge.feed(html)
    judge.close()
    return judge.faults


def ids_of(html: str) -> list[str]:
    """Every id, in order."""
    judge = _Judge()
    judge.feed(html)
    judge.close()
    return judge.ids
