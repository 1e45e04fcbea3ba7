"""Pages made once and handed out many times, found again by their content.

Whenever something is written anywhere, every page must be looked at again; one whose content is
the same as before need not be made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from flask import current_app, g, render_template, session
from flask_wtf.csrf import generate_csrf

from intranet.web import signed_in
from intranet.web.language import locale
from intranet.web.parts import TOKEN, Mine, Parts, Pressed, without_person
from intranet.web.shelf import Shelf

_pages: Shelf[str, Pressed] = Shelf(32 * 1024 * 1024, lambda page: page.size)
_menus: Shelf[tuple[object, ...], bytes] = Shelf(512)


def rights() -> tuple[object, ...]:
    """All that a page may depend on beside its content and its one person."""
    actor = signed_in.actor()
    around = signed_in.cooperative(), locale(), current_app.secret_key
    return (actor.status, actor.rights, actor.audiences, *around)


def page(content: tuple[object, ...], make: Callable[[], str]) -> Parts | str:
    """The page with this content for people with these rights: kept, or made now and kept.

    A page that carries a message for one person is made for them alone.
    """
    if "_flashes" in session or current_app.debug:
        return make()
    actor = signed_in.actor()
    shown_to = actor.status, sorted(actor.rights), sorted(actor.audiences), *rights()[3:]
    said = "\n".join(map(repr, (*shown_to, *content)))
    key = hashlib.blake2b(said.encode(errors="replace"), digest_size=16).hexdigest()
    kept = _pages.get(key)
    if kept:
        return kept.parts()
    g.without_person = True
    body = make()
    parts = without_person(body, generate_csrf())
    if parts is None:
        return body
    _pages.put(key, parts.pressed())
    return parts


def mine() -> Mine:
    """The menu and the token of the person who is asking."""
    actor = signed_in.actor()
    key = actor.person_id, actor.name, actor.rights, locale(), current_app.secret_key
    menu = _menus.get(key)
    token = generate_csrf().encode()
    if menu is None:
        menu = render_template("_person_menu.html").encode().replace(token, TOKEN)
        _menus.put(key, menu)
    seal = hashlib.blake2b(menu + session["csrf_token"].encode(), digest_size=16).digest()
    return Mine(menu, token, seal)
