"""Links for people outside: one page until a day, no way further, ended at will."""

from __future__ import annotations

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from intranet.core import clock
from intranet.core.policy import Invalid, Refused
from intranet.wiki.guests import service
from intranet.wiki.guests.models import PageGuestLink
from intranet.wiki.guests.shown import for_guest
from intranet.wiki.rights.service import Rights, set_rights
from intranet.wiki.trash.service import take_from_trash, trash_page
from tests.cast import Cast, Client, acting
from tests.wiki.attachments.test_views import another, fetched, picture, send
from tests.wiki.writing import page_id, revise, write


def local_today() -> date:
    """The day it is for the cooperative, which begins before that of UTC."""
    return clock.local_day(clock.now(), ZoneInfo("Europe/Paris"))


def stranger(client: Client) -> Client:
    """A browser in which nobody is signed in."""
    other = client.application.test_client()
    assert isinstance(other, Client)
    return other


def test_a_guest_reads_one_page_with_its_pictures_and_nothing_else(
    client: Client, cast: Cast
) -> None:
    closed = write(cast.amel, "Salaires", audience="members")
    other = write(cast.amel, "Autre page")
    slug = write(cast.amel, "Projet")
    browser = client.sign_in("amel")
    url = send(browser, slug, "plan.jpg", picture((8, 8))).json["url"]
    foreign = send(browser, other, "secret.jpg", picture((9, 9))).json["url"]
    links = f"[[{closed}]], [[Autre page|l’autre]], [elle](/wiki/{other})"
    revise(
        cast.amel,
        slug,
        f"Lire {links}, [dehors](https://example.org).\n\n![a]({url})![b]({foreign})",
    )
    day = (clock.now() + timedelta(days=30)).date().isoformat()
    made = browser.submit(f"/wiki/{slug}/guests", guest="Le comptable", ends_on=day)
    assert made.status_code == 201
    found = re.search(r"http://localhost(/shared/[\w-]+)", made.get_data(as_text=True))
    assert found
    address = found[1]
    assert address not in browser.get(f"/wiki/{slug}/guests").get_data(as_text=True)
    guest = stranger(client)
    answer = guest.get(address)
    shown = answer.get_data(as_text=True)
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "/wiki/" not in shown
    assert 'href="https://example.org"' in shown
    assert f'src="{address}/files/1"' in shown
    assert fetched(guest, f"{address}/files/1").status_code == 200
    assert fetched(guest, f"{address}/files/2").status_code == 404
    assert guest.get(f"/wiki/{slug}").status_code == 302
    assert fetched(guest, url).status_code == 302
    token = address.rpartition("/")[2]
    with acting(None) as tx:
        assert token not in tx.session.query(PageGuestLink).one().token_digest
    assert browser.submit(f"/wiki/{slug}/guests/1/end").status_code == 303
    assert guest.get(address).status_code == 404
    assert fetched(guest, f"{address}/files/1").status_code == 404


def test_a_link_ends_with_its_day_and_when_the_page_closes(client: Client, cast: Cast) -> None:
    slug = write(cast.amel, "Projet")
    number = page_id(slug)
    today = local_today()
    tokens = []
    for _ in range(2):
        with acting(cast.amel) as tx:
            tokens.append(service.invite_guest(tx, number, "Nour", today).token)
    guest = stranger(client)
    assert [guest.get(f"/shared/{one}").status_code for one in tokens] == [200, 200]
    with acting(None) as tx:
        first = tx.session.query(PageGuestLink).order_by(PageGuestLink.id).first()
        assert first is not None
        first.ends_on = today - timedelta(days=2)
    assert [guest.get(f"/shared/{one}").status_code for one in tokens] == [404, 200]
    with acting(cast.amel) as tx:
        set_rights(tx, number, Rights("members"))
    assert [guest.get(f"/shared/{one}").status_code for one in tokens] == [404, 404]
    assert guest.get("/shared/inventé").status_code == 404


def test_a_link_leads_nowhere_while_the_page_is_put_away_and_can_still_be_ended(
    client: Client, cast: Cast
) -> None:
    slug = write(cast.amel, "Projet")
    number, today = page_id(slug), local_today()
    with acting(cast.amel) as tx:
        made = service.invite_guest(tx, number, "Nour", today)
    guest = stranger(client)
    assert guest.get(f"/shared/{made.token}").status_code == 200
    with acting(cast.amel) as tx:
        trash_page(tx, number, "Fini")
    assert guest.get(f"/shared/{made.token}").status_code == 404
    with pytest.raises(Refused), acting(cast.amel) as tx:
        service.invite_guest(tx, number, "Nour", today)
    with acting(cast.bruno) as tx:
        service.send_guest_away(tx, number, made.link_id)
    with acting(cast.amel) as tx:
        take_from_trash(tx, number)
    assert guest.get(f"/shared/{made.token}").status_code == 404


def test_only_members_invite_for_a_time_and_a_name(client: Client, cast: Cast) -> None:
    slug = write(cast.amel, "Projet", audience="open")
    number = page_id(slug)
    today = local_today()
    for name, day in (("", today), ("Nour", None), ("Nour", today - timedelta(days=2))):
        with pytest.raises(Invalid), acting(cast.amel) as tx:
            service.invite_guest(tx, number, name, day)
    for person in (cast.chloe, cast.farid):
        with pytest.raises(Refused), acting(person) as tx:
            service.invite_guest(tx, number, "Nour", today)
    farid = another(client, "farid")
    assert farid.submit(f"/wiki/{slug}/guests", guest="x", ends_on="2030-01-01").status_code == 403


def test_a_text_for_a_guest_has_no_margin_and_no_title() -> None:
    html = (
        '<div class="block" id="b-1"><div class="block__text"><p><a class="red-link" '
        'href="/wiki/new?title=Salaires" title="Salaires">là</a> <a href="#h-un">ici</a></p></div>'
        '<div class="block__margin"><span><a href="/decisions/1">AG-1</a></span></div></div>'
    )
    assert for_guest(html, lambda _number: None) == (
        '<div class="block" id="b-1"><div class="block__text"><p><span>là</span> '
        '<a href="#h-un">ici</a></p></div></div>'
    )
