"""The chat room hears of what is open to all, and the machine asks for no other address."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from flask import Flask
from sqlalchemy import update

from intranet import worker
from intranet.core.db import db
from intranet.outbox import room
from intranet.outbox import worker as outbox
from intranet.outbox.post import ChatRoom
from intranet.proposals.models import Proposal
from tests.browser import LOOKS
from tests.cast import Cast, acting
from tests.outbox.postbox import postbox
from tests.polls.balloting import define, submitted


class Listener(BaseHTTPRequestHandler):
    """Keeps what it is told, and sends whoever asks for /moved elsewhere."""

    heard: list[dict[str, str]] = []

    def do_POST(self) -> None:
        """Take what is posted."""
        length = int(self.headers["Content-Length"])
        self.heard.append(json.loads(self.rfile.read(length)))
        self.send_response(302 if self.path == "/moved" else 200)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@contextmanager
def listener() -> Iterator[str]:
    """A chat room on loopback; gives its address."""
    Listener.heard = []
    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, args=[LOOKS], daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_the_room_hears_once_of_what_is_open_to_all_and_of_nothing_else(
    app: Flask, cast: Cast
) -> None:
    define(cast.assembly, key="simple")
    with listener() as address, postbox(room=ChatRoom(f"{address}/hook", "42")):
        audience_of(submitted(cast.amel, "simple", "Pour nous"), "members")
        audience_of(submitted(cast.amel, "simple", "Fête ouverte"), "open")
        for _ in range(2):
            worker.work_once(app)
            db.session.rollback()
            outbox.send_due()
    (said,) = Listener.heard
    assert "Fête ouverte" in said["text"]
    assert "https://intranet.example.org/proposals/2" in said["text"]
    assert said["chat_id"] == "42"


def audience_of(proposal_id: int, audience: str) -> None:
    with acting(None) as tx:
        tx.session.execute(
            update(Proposal).where(Proposal.id == proposal_id).values(audience=audience)
        )


def test_n1_a_redirect_is_not_followed() -> None:
    with listener() as address, pytest.raises(room.NotTaken):
        room.say(ChatRoom(f"{address}/moved"), "Bonjour")
    assert len(Listener.heard) == 1


@pytest.mark.parametrize(
    "address", ["10.0.0.7", "192.168.1.4", "169.254.169.254", "::ffff:10.0.0.7", "127.0.0.2"]
)
def test_n1_no_address_inside_a_network_is_asked_for(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [(0, 0, 0, "", ("93.184.216.34", 443)), (0, 0, 0, "", (address, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: found)
    with pytest.raises(room.NotAllowed):
        room.checked("chat.example.org", 443, "https")


def test_n1_nothing_but_https_is_asked_for_away_from_this_machine() -> None:
    for scheme in ("http", "file", "ftp", ""):
        with pytest.raises(room.NotAllowed):
            room.checked("chat.example.org", 80, scheme)
