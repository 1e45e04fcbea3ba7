"""Secrets handed to a person once; only their digest is kept."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """An unguessable token for a link or a session."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """What is stored of a token: SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
