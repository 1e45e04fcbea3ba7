"""Routes are closed unless marked public, and redirects stay on this site."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

View = TypeVar("View", bound=Callable[..., object])


def public(view: View) -> View:
    """Mark a view as open to people who are not signed in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def for_any_account(view: View) -> View:
    """Mark a view as open to people who sign in but have no status that reads: their own data."""
    view.is_for_any_account = True  # type: ignore[attr-defined]
    return view


def own_path(target: str | None) -> str:
    """The target when it is a path of this site, else the home page."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return "/"
    if any(ord(character) < 32 or character == "\\" for character in target):
        return "/"
    return target
