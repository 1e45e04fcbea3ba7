"""Pages somebody keeps at hand: theirs alone."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from intranet.core.events import EventRow
from intranet.wiki import service
from intranet.wiki.favourites.queries import favourites
from tests.cast import Cast, Client, acting, as_reader
from tests.wiki.writing import page_id, write


def test_a_page_is_kept_at_hand_and_let_go(client: FlaskClient, cast: Cast) -> None:
    write(cast.amel, "Congés")
    assert isinstance(client, Client)
    client.sign_in("chloe")
    assert "/wiki/conges/favourite" in client.get("/wiki/conges").get_data(as_text=True)
    for _twice in range(2):
        client.submit("/wiki/conges/favourite")
    assert "Congés" in client.get("/wiki/favourites").get_data(as_text=True)
    assert "/wiki/favourites" in client.get("/").get_data(as_text=True)
    assert len(favourites(as_reader(cast.chloe))) == 1
    client.submit("/wiki/conges/favourite/removal")
    assert favourites(as_reader(cast.chloe)) == []


def test_nobody_else_learns_of_a_favourite(app: Flask, client: FlaskClient, cast: Cast) -> None:
    write(cast.amel, "Congés")
    with acting(None) as tx:
        before = tx.session.query(EventRow).count()
    assert isinstance(client, Client)
    client.sign_in("chloe").submit("/wiki/conges/favourite")
    assert favourites(as_reader(cast.amel)) == []
    with acting(None) as tx:
        told = [row.name for row in tx.session.query(EventRow)][before:]
    assert [name for name in told if name.startswith("Page")] == []


def test_s7_a_favourite_that_is_closed_since_is_not_listed(client: FlaskClient, cast: Cast) -> None:
    write(cast.amel, "Congés")
    assert isinstance(client, Client)
    client.sign_in("chloe").submit("/wiki/conges/favourite")
    number = page_id("conges")
    with acting(cast.amel) as tx:
        service.set_audience(tx, number, "members")
    assert favourites(as_reader(cast.chloe)) == []
    assert client.submit("/wiki/conges/favourite").status_code == 404
