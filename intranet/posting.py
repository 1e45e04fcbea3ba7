"""How this installation sends what is to be sent: its settings and its writers, put together."""

from __future__ import annotations

from pathlib import Path

from intranet.config import Settings
from intranet.notices.digests.worker import DIGEST
from intranet.notices.worker import NOTICE, ROOM
from intranet.notices.writing import write_digest, write_for_room, write_notice
from intranet.outbox.post import ChatRoom, MailServer, Post

WRITERS = {NOTICE: write_notice, DIGEST: write_digest, ROOM: write_for_room}


def post_of(settings: Settings) -> Post:
    """The post of an installation; without mail server or chat room where none is set."""
    return Post(
        base_url=settings.base_url,
        mail=_mail(settings) if settings.mail_server else None,
        room=_room(settings) if settings.chat_room_file else None,
        digest_hour=settings.digest_hour,
        writers=WRITERS,
    )


def _mail(settings: Settings) -> MailServer:
    return MailServer(
        settings.mail_server,
        settings.mail_port,
        settings.mail_sender,
        settings.mail_starttls,
        settings.mail_user,
        _secret(settings.mail_password_file) if settings.mail_password_file else "",
    )


def _room(settings: Settings) -> ChatRoom:
    return ChatRoom(_secret(settings.chat_room_file), settings.chat_room_chat)


def _secret(path: str) -> str:
    return Path(path).read_text(encoding="utf-8").strip()
