"""The link that ends mails of one kind: known to its reader, kept as a digest."""

from __future__ import annotations

import hashlib
import secrets


def new_stop() -> str:
    """An unguessable token for such a link. It can do nothing else than end mails."""
    return secrets.token_urlsafe(24)


def stop_digest(token: str) -> str:
    """What is stored of a token: SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
