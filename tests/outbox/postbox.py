"""A real mail server on loopback, and the post that leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from intranet.outbox import post
from intranet.outbox.post import MailServer, Post
from intranet.posting import WRITERS
from tests.served import free_port

BASE = "https://intranet.example.org"


@dataclass
class Box:
    """Every mail that arrived, and the answer to give instead of taking one."""

    mails: list[EmailMessage] = field(default_factory=list)
    refusal: str = ""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a mail as a server does."""
        if self.refusal:
            return self.refusal
        parsed = BytesParser(policy=default).parsebytes(envelope.content)
        assert isinstance(parsed, EmailMessage)
        self.mails.append(parsed)
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """What one person received."""
        return [mail for mail in self.mails if mail["To"] == address]


@contextmanager
def postbox(**changes: Any) -> Iterator[Box]:
    """A server that runs while the block does, with the post that uses it."""
    box = Box()
    port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port, ready_timeout=60)
    controller.start()
    before = post.current()
    server = MailServer("127.0.0.1", port, "intranet@example.org", starttls=False)
    post.use(replace(Post(BASE, server, writers=WRITERS), **changes))
    try:
        yield box
    finally:
        post.use(before)
        controller.stop()


def plain(mail: EmailMessage) -> str:
    """The words of the plain part."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html(mail: EmailMessage) -> str:
    """The words of the HTML part."""
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content())
