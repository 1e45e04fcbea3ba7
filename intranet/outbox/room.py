"""Posting to the chat room that the settings name, and to nowhere else.

The address comes from the settings of the machine, never from a form. Even so it is asked for over
https only, its name is resolved once, every address it stands for must be a public one, and the
connection goes to the one that was looked at. Redirects are not followed, and the answer is not
read beyond its first line. On the machine itself (127.0.0.1) plain http is allowed: a relay there
can speak to Matrix or Telegram.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import ssl
from urllib.parse import urlsplit

from intranet.outbox.post import ChatRoom

SECONDS = 5
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class NotAllowed(Exception):
    """The address may not be asked for; the message says why, without the address."""


class NotTaken(Exception):
    """The room answered with something else than yes."""


def checked(host: str, port: int, scheme: str) -> str:
    """The one address to connect to. Raises NotAllowed, or OSError when the name means nothing."""
    if host in LOOPBACK and scheme in ("http", "https"):
        return "127.0.0.1" if host == "localhost" else host
    if scheme != "https":
        raise NotAllowed("the chat room is not asked for over https")
    found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if not found or not all(ipaddress.ip_address(each).is_global for each in found):
        raise NotAllowed("the chat room has an address inside a network")
    return sorted(found)[0]


def _connected(scheme: str, host: str, port: int) -> http.client.HTTPConnection:
    """A connection to the address that was looked at, whatever the name means a moment later."""
    line = socket.create_connection((checked(host, port, scheme), port), timeout=SECONDS)
    if scheme == "https":
        line = ssl.create_default_context().wrap_socket(line, server_hostname=host)
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    connection.sock = line
    return connection


def say(room: ChatRoom, words: str) -> None:
    """Post one line. Raises NotAllowed, NotTaken, or OSError."""
    parts = urlsplit(room.address)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    body: dict[str, str] = {"text": words}
    if room.chat:
        body["chat_id"] = room.chat
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    connection = _connected(parts.scheme, host, port)
    try:
        headers = {"Content-Type": "application/json; charset=utf-8", "Connection": "close"}
        connection.request("POST", path, json.dumps(body, ensure_ascii=False).encode(), headers)
        status = connection.getresponse().status
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise NotTaken(f"the chat room answered {status}")
