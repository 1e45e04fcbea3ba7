"""A letter: who it is for and what it says, drawn as plain text and as HTML (pure).

Nothing is loaded from anywhere when it is read: no image, no style sheet, no counted link.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from hashlib import sha256

from markupsafe import Markup, escape


@dataclass(frozen=True)
class Part:
    """A paragraph of a letter; `address` is where it leads, under the words `label`."""

    words: str
    address: str = ""
    label: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter to one address. `sender` is the name it comes under, `stop` the address that ends
    such mails, `language` a code, `until` the instant (ISO 8601) from which it is of no use."""

    to: str
    subject: str
    language: str
    parts: tuple[Part, ...]
    foot: tuple[Part, ...] = ()
    stop: str = ""
    sender: str = ""
    until: str = ""


def one_line(words: str) -> str:
    """Words on one line, so that a title can never become another header."""
    return " ".join(words.split())


def as_text(letter: Letter) -> str:
    """The letter as plain text; an address stands on a line of its own."""
    body = "\n\n".join(_plain(part) for part in letter.parts)
    foot = "\n\n".join(_plain(part) for part in letter.foot)
    return f"{body}\n\n-- \n{foot}\n" if foot else f"{body}\n"


def _plain(part: Part) -> str:
    led = f"{part.label}\n{part.address}" if part.label else part.address
    return f"{part.words}\n{led}".strip() if part.address else part.words


WIRE = SMTP.clone(max_line_length=900)
"""As the protocol wants it, and with addresses in headers left whole: a folded one is coded, and
then no program that reads mail knows it any more. A line may have 998 signs (RFC 5322)."""

FRAME = Markup(
    '<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
    "<title>{subject}</title></head>\n<body>\n{body}\n{foot}\n</body></html>\n"
)


def as_html(letter: Letter) -> str:
    """The letter as HTML, with every word escaped."""
    foot = Markup("\n").join(Markup("<small>{}</small>").format(_drawn(p)) for p in letter.foot)
    return str(
        FRAME.format(
            language=letter.language,
            subject=letter.subject,
            body=Markup("\n").join(_drawn(part) for part in letter.parts),
            foot=Markup("<hr>\n{}").format(foot) if foot else "",
        )
    )


def _drawn(part: Part) -> Markup:
    words = Markup("<br>").join(escape(line) for line in part.words.split("\n"))
    if not part.address:
        return Markup("<p>{}</p>").format(words)
    link = Markup('<a href="{}">{}</a>').format(part.address, part.label or part.address)
    return Markup("<p>{}{}{}</p>").format(words, Markup("<br>") if words else "", link)


def message_id(key: str, sender: str) -> str:
    """The one name of a message, the same at every attempt, so that a second copy is known."""
    domain = sender.rpartition("@")[2] or "localhost"
    return f"<{sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def drawn(letter: Letter, key: str, sender: str, at: datetime) -> EmailMessage:
    """The letter as it goes over the wire, from the address `sender`.

    Raises ValueError for an address that holds a line break.
    """
    mail = EmailMessage(policy=WIRE)
    mail["From"] = formataddr((one_line(letter.sender), sender))
    mail["To"] = letter.to
    mail["Subject"] = one_line(letter.subject)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message_id(key, sender)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    if letter.stop:
        mail["List-Unsubscribe"] = f"<{letter.stop}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(as_text(letter))
    mail.add_alternative(as_html(letter), subtype="html")
    return mail
