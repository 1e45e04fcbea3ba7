"""Pages made once and handed out many times: the same text for everybody with the same rights.

A page is kept without what belongs to one person alone: the menu with their name, and the token
of their forms. Its key is everything else that could change it, so nothing is ever out of date.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable

from flask import current_app, render_template, request, session
from flask_wtf.csrf import generate_csrf

from intranet.web import signed_in
from intranet.web.language import locale

MOST_PAGES = 512
TOKEN = "{the token of the form}"  # noqa: S105
BEGIN, END = "<!--person-->", "<!--/person-->"

_pages: OrderedDict[str, tuple[str, str]] = OrderedDict()
_lock = threading.Lock()


def key_of(*parts: object) -> str:
    """A word that is another one as soon as anything on the page, but the person, would be."""
    actor = signed_in.actor()
    around = (
        actor.status,
        sorted(actor.rights),
        signed_in.cooperative(),
        locale(),
        request.full_path,
        current_app.jinja_env.globals["asset"]("css/main.css"),  # type: ignore[operator]
        *parts,
    )
    said = "\n".join(map(repr, around))
    return hashlib.blake2b(said.encode(errors="replace"), digest_size=16).hexdigest()


def page(key: str, make: Callable[[], str]) -> str:
    """The page of this key for this person: from what is kept, or made now and kept.

    A page that carries a message for one person, or that has no place for the person's menu, is
    made and not kept.
    """
    if "_flashes" in session or current_app.debug:
        return make()
    token = generate_csrf()
    kept = _pages.get(key)
    if kept is None:
        body = make()
        before, begin, rest = body.partition(BEGIN)
        _mine, end, after = rest.partition(END)
        if not (begin and end):
            return body
        kept = before.replace(token, TOKEN), after.replace(token, TOKEN)
        _keep(key, kept)
    return f"{kept[0]}{_menu()}{kept[1]}".replace(TOKEN, token)


def _keep(key: str, halves: tuple[str, str]) -> None:
    with _lock:
        _pages[key] = halves
        while len(_pages) > MOST_PAGES:
            _pages.popitem(last=False)


def _menu() -> str:
    """The menu of this person, kept as well: it changes with their name and language only."""
    actor = signed_in.actor()
    key = f"menu {actor.person_id} {actor.name} {sorted(actor.rights)} {locale()}"
    kept = _pages.get(key)
    if kept is None:
        made = render_template("_person_menu.html").replace(generate_csrf(), TOKEN)
        kept = (made, "")
        _keep(key, kept)
    return kept[0]
