"""Pages made once and handed out many times: the same text for everybody with the same rights.

A page is kept without what belongs to one person alone: the menu with their name, and the token of
their forms. It is found again in two ways: by where it was read, as long as nothing at all was
written since; and by its content, whenever something was written somewhere else.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app, render_template, request, session
from flask_wtf.csrf import generate_csrf

from intranet.web import signed_in
from intranet.web.language import locale

MOST_PAGES = 512
MOST_PLACES = 4096
TOKEN = "{the token of the form}"  # noqa: S105
BEGIN, END = "<!--person-->", "<!--/person-->"


@dataclass(frozen=True)
class Kept:
    """A page without its person: what stands before and after their menu."""

    key: str
    before: str
    after: str


_pages: OrderedDict[str, Kept] = OrderedDict()
_places: OrderedDict[tuple[object, ...], tuple[int, date, str]] = OrderedDict()
_lock = threading.Lock()


def _place() -> tuple[object, ...]:
    """Where a page is read, and by whom as far as rights go."""
    actor = signed_in.actor()
    return (
        request.full_path,
        actor.status,
        actor.rights,
        locale(),
        signed_in.cooperative(),
        current_app.secret_key,
    )


def key_of(*parts: object) -> str:
    """A word that is another one as soon as anything on the page, but the person, would be."""
    path, status, rights, *around = _place()
    style = current_app.jinja_env.globals["asset"]("css/main.css")  # type: ignore[operator]
    said = "\n".join(map(repr, (path, status, sorted(rights), style, *around, *parts)))  # type: ignore[call-overload]
    return hashlib.blake2b(said.encode(errors="replace"), digest_size=16).hexdigest()


def found_here(day: date) -> Kept | None:
    """The page kept for this address and these rights, if nothing was written since."""
    if current_app.debug:
        return None
    generation, on, key = _places.get(_place(), (-1, day, ""))
    return _pages.get(key) if (generation, on) == (signed_in.generation(), day) else None


def page(key: str, day: date, make: Callable[[], str]) -> str:
    """The page of this key for this person: from what is kept, or made now and kept.

    A page that carries a message for one person, or that has no place for the person's menu, is
    made and not kept.
    """
    if "_flashes" in session or current_app.debug:
        return make()
    kept = _pages.get(key)
    if kept is None:
        body = make()
        token = generate_csrf()
        before, begin, rest = body.partition(BEGIN)
        _mine, end, after = rest.partition(END)
        if not (begin and end):
            return body
        kept = Kept(key, before.replace(token, TOKEN), after.replace(token, TOKEN))
        _keep(_pages, key, kept, MOST_PAGES)
    _keep(_places, _place(), (signed_in.generation(), day, key), MOST_PLACES)
    return for_person(kept)


def for_person(kept: Kept) -> str:
    """A kept page with this person's menu and the token of their forms."""
    return f"{kept.before}{_menu()}{kept.after}".replace(TOKEN, generate_csrf())


def _keep(shelf: OrderedDict[Any, Any], key: object, value: object, most: int) -> None:
    with _lock:
        shelf[key] = value
        while len(shelf) > most:
            shelf.popitem(last=False)


def _menu() -> str:
    """The menu of this person, kept as well: it changes with their name and language only."""
    actor = signed_in.actor()
    key = f"menu {actor.person_id} {actor.name} {sorted(actor.rights)} {locale()}"
    kept = _pages.get(key)
    if kept is None:
        made = render_template("_person_menu.html").replace(generate_csrf(), TOKEN)
        kept = Kept(key, made, "")
        _keep(_pages, key, kept, MOST_PAGES)
    return kept.before
