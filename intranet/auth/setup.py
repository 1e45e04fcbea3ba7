"""The one-time link that opens the set-up page of an installation that nobody owns yet."""

from __future__ import annotations

import hmac
import os
from pathlib import Path
from typing import Protocol

from intranet.auth.tokens import new_token
from intranet.core.db import db
from intranet.members import queries as members_queries

FILE = "setup-token"


class Installed(Protocol):
    """What is needed of the application: where its instance folder is."""

    instance_path: str


def setup_link(app: Installed) -> str | None:
    """The path of the set-up page with its secret, or None when the instance is set up.

    The secret lies in a file of the instance folder that only its owner can read; the file is
    removed once the instance is set up. Called within the application's context.
    """
    instance = Path(app.instance_path)
    if members_queries.cooperative(db.session()).is_set_up:
        forget_link(instance)
        return None
    return f"/setup/{_kept(instance) or _made(instance)}"


def opens(instance: Path, token: str) -> bool:
    """Whether this is the secret of the link, compared in constant time."""
    kept = _kept(instance)
    return bool(kept) and hmac.compare_digest(kept.encode(), token.encode())


def forget_link(instance: Path) -> None:
    """Remove the secret: the link leads nowhere from now on."""
    (instance / FILE).unlink(missing_ok=True)


def _kept(instance: Path) -> str:
    try:
        return (instance / FILE).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""


def _made(instance: Path) -> str:
    token = new_token()
    descriptor = os.open(instance / FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(token)
    return token
