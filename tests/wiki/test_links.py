"""A link tells nobody whether the page behind it exists when they may not see that page."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from intranet.core.markdown import render
from intranet.wiki import service
from intranet.wiki.directory import Directory, Known
from intranet.wiki.links import PageLinks
from intranet.wiki.rendering import render_text
from tests.cast import Cast, Client, acting, as_reader
from tests.wiki.writing import page_id, read, write

FORMS = (
    "[[{title}]]",
    "[[{title}|voir ici]]",
    "[[{title}#Une section]]",
    "[[{title}#Une section|voir ici]]",
    "[voir](/wiki/{slug})",
    "[voir](/wiki/{slug}/)",
    "[voir](/wiki/{slug}?on=2026-01-01#section)",
    "[voir][a]\n\n[a]: /wiki/{slug}",
)
FILES = ("[voir]({slug}.md)", "[voir]({slug}.md#section)", "[voir](../notes/{slug}.md 'titre')")


def neutral(html: str, title: str, slug: str) -> str:
    """The HTML with the name that was typed put out of the comparison."""
    return html.replace(title, "TITLE").replace(slug, "SLUG")


@pytest.mark.parametrize("form", FORMS)
def test_a_link_to_a_closed_page_is_a_link_to_a_missing_one(
    app: Flask, cast: Cast, form: str
) -> None:
    write(cast.amel, "Salaires", "Une grille.", "members")
    closed, missing = (
        neutral(render_text(as_reader(cast.amel), form.format(title=t, slug=s)), t, s)
        for t, s in (("Salaires", "salaires"), ("Chimeres", "chimeres"))
    )
    assert closed == missing
    assert "red-link" in closed


@pytest.mark.parametrize("form", FILES)
def test_a_link_to_a_closed_file_of_an_import_is_a_link_to_a_missing_one(form: str) -> None:
    known = Known(7, "salaires", "Salaires", "members")
    directory = Directory(by_source={"notes/salaires.md": known})
    links = PageLinks(directory, "workers", "notes/accueil.md")
    closed, missing = (
        neutral(render(form.format(slug=slug), links, language="fr").html, slug, slug)
        for slug in ("salaires", "chimeres")
    )
    assert closed == missing
    opened = PageLinks(directory, "members", "notes/accueil.md")
    assert (
        'href="/wiki/salaires' in render(form.format(slug="salaires"), opened, language="fr").html
    )


def test_a_page_that_closes_or_opens_is_drawn_so_in_what_links_to_its_address(
    app: Flask, cast: Cast
) -> None:
    write(cast.amel, "Accueil", "Voir [là](/wiki/grille-des-salaires/).")
    write(cast.amel, "Grille des salaires")
    assert 'href="/wiki/grille-des-salaires"' in read(cast.chloe, "accueil").html
    for audience in ("members", "workers"):
        number = page_id("grille-des-salaires")
        with acting(cast.amel) as tx:
            service.set_audience(tx, number, audience)
        closed = audience == "members"
        assert ("red-link" in read(cast.chloe, "accueil").html) == closed


def test_the_red_link_to_an_address_leads_whoever_may_see_the_page_to_it(
    client: FlaskClient, cast: Cast
) -> None:
    write(cast.amel, "Grille des salaires", "Une grille.", "members")
    assert isinstance(client, Client)
    answer = client.sign_in("amel").get("/wiki/new?title=grille-des-salaires")
    assert answer.headers["Location"] == "/wiki/grille-des-salaires"
    assert client.sign_in("chloe").get("/wiki/new?title=grille-des-salaires").status_code == 200


def test_the_addresses_of_the_wiki_itself_are_links(app: Flask, cast: Cast) -> None:
    html = render_text(as_reader(cast.amel), "[x](/wiki/changes) [y](/members/3)")
    assert 'href="/wiki/changes"' in html
    assert 'href="/members/3"' in html
