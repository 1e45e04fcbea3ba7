"""How messages leave this installation: its own address, its mail server and its chat room."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage

from intranet.core.transaction import Reader
from intranet.outbox.letters import Letter

SECONDS = 10


@dataclass(frozen=True)
class MailServer:
    """The server that takes our mail, and who it is from. `password` is never shown."""

    host: str
    port: int
    sender: str
    starttls: bool = True
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class ChatRoom:
    """Where news are posted as JSON: `{"text": …}`, with the number of a chat where one is asked.
    The address is a secret: whoever knows it may post there."""

    address: str = field(repr=False)
    chat: str = ""


@dataclass(frozen=True)
class Claimed:
    """A message that somebody is about to send; `stop` is the token that ends such mails."""

    id: int
    key: str
    channel: str
    person_id: int | None
    reference: int | None
    words: str
    stop: str


Writer = Callable[[Reader, Claimed], "Letter | str | None"]
"""Writes a message at the moment of sending: a letter, a line for the chat room, or None when
there is nothing to say any more."""


@dataclass(frozen=True)
class Post:
    """All that sending needs. Without `mail` no mail is written, and the pages say so."""

    base_url: str = ""
    mail: MailServer | None = None
    room: ChatRoom | None = None
    digest_hour: int = 7
    writers: Mapping[str, Writer] = field(default_factory=dict)

    def address(self, path: str) -> str:
        """The whole address of a path of this site: never from a request, always from settings."""
        return f"{self.base_url.rstrip('/')}{path}"


_current = {"post": Post()}


def use(post: Post) -> None:
    """Send through this from now on."""
    _current["post"] = post


def current() -> Post:
    """How messages leave this installation now."""
    return _current["post"]


def hand_over(server: MailServer, mail: EmailMessage) -> None:
    """Give one mail to the server. Raises OSError or SMTPException when it was not taken."""
    with smtplib.SMTP(server.host, server.port, timeout=SECONDS) as line:
        if server.starttls:
            line.starttls(context=ssl.create_default_context())
        if server.user:
            line.login(server.user, server.password)
        line.send_message(mail)
