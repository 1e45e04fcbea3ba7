"""Names of pages and the links that hold on to them, whatever becomes of the names."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from intranet.core.frontmatter import split
from intranet.core.policy import Invalid
from intranet.wiki import lists, reading, service
from intranet.wiki.directory import title_key
from intranet.wiki.models import Page
from intranet.wiki.redrawing import redraw
from tests.cast import Cast, Client, acting, as_reader
from tests.wiki.imports.test_service import bring, folder, slug_of
from tests.wiki.test_service import rename
from tests.wiki.writing import page_id, read, revise, source, write

ADDRESS = re.compile(r'<a[^>]*href="([^"]+)"')
NAMES = (
    *(
        "Été",
        "œuvre commune",
        "Ça va",
        "l’équipe",
        "« Entre nous »",
        "Fête ☕",
        "🎉",
        "会議",
        "회의",
    ),
    *(
        "C# et F#",
        "C#",
        "100 % : a/b\\c",
        "A + B & C ?",
        "/wiki/../x",
        "1. Début",
        "n° #3",
        "a_b *c*",
    ),
)


def leads_to(slug: str) -> list[str]:
    """Where the links of a page lead."""
    return [unescape(found) for found in ADDRESS.findall(read(1, slug).html)]


def draw_everything() -> None:
    """Draw every page again, as after a change of the renderer."""
    with acting(None) as tx:
        redraw(tx.session, [row.id for row in tx.session.query(Page.id)])


def test_n1_links_hold_after_a_move_and_when_everything_is_drawn_again(
    app: Flask, cast: Cast
) -> None:
    above, target = write(cast.amel, "Manuel"), write(cast.amel, "Congés", "## Durée\n\nTrente.")
    write(cast.amel, "Accueil", "Voir [[Congés#Durée|la durée]] et [[Absente]].")
    number, parent = page_id(target), page_id(above)
    with acting(cast.amel) as tx:
        service.move_page(tx, number, parent)
    rename(cast.amel, target, "Vacances")
    before = read(cast.amel, "accueil").html
    assert leads_to("accueil")[0] == "/wiki/vacances#h-duree"
    draw_everything()
    assert read(cast.amel, "accueil").html == before
    assert before.count("red-link") == 1


def test_n1_a_link_means_the_page_that_it_meant_when_it_was_written(app: Flask, cast: Cast) -> None:
    first = write(cast.amel, "Un", "Premier.")
    second = write(cast.amel, "Deux", "Second.")
    write(cast.amel, "Accueil", "[[Un]], [[Deux#Fin|fin]], [un](/wiki/un).")
    rename(cast.amel, first, "Provisoire")
    second = rename(cast.amel, second, "Un")
    first = rename(cast.amel, "provisoire", "Deux")
    kept = [f"/wiki/{first}", f"/wiki/{second}#h-fin", f"/wiki/{first}"]
    assert leads_to("accueil") == kept
    draw_everything()
    revise(cast.amel, "accueil", source("accueil") + " Relu.")
    assert leads_to("accueil") == kept
    write(cast.amel, "Plus tard", "[[Un]]")
    assert leads_to("plus-tard") == [f"/wiki/{second}"]


@pytest.mark.parametrize("title", NAMES)
def test_n2_a_red_link_is_clicked_written_and_blue(
    client: FlaskClient, cast: Cast, title: str
) -> None:
    assert isinstance(client, Client)
    write(cast.amel, "Accueil", f"Voir [[{title}]].")
    client.sign_in("amel")
    where = leads_to("accueil")[0]
    form = client.get(where).get_data(as_text=True)
    field = re.search(r'name="title"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="title"', form)
    assert field is not None
    typed = unescape(field[1] or field[2])
    assert typed == title
    answer = client.submit("/wiki/", title=typed, text="Un texte.", audience="workers")
    html = read(cast.amel, "accueil").html
    assert "red-link" not in html
    assert leads_to("accueil") == [answer.headers["Location"]]
    assert client.get(where).headers["Location"] == answer.headers["Location"]


def test_n2_a_red_link_to_a_section_turns_blue_too(app: Flask, cast: Cast) -> None:
    write(cast.amel, "Accueil", "Voir [[München#Öffnung|les horaires]].")
    write(cast.amel, "München", "## Öffnung\n\nTout le jour.")
    assert leads_to("accueil") == ["/wiki/munchen#h-offnung"]


def test_n2_names_without_letters_are_not_one_page(app: Flask, cast: Cast) -> None:
    write(cast.amel, "Accueil", "[[会議]]")
    write(cast.amel, "🎉")
    assert "red-link" in read(cast.amel, "accueil").html


@pytest.mark.parametrize(
    "title", ["a: b", "'cité'", '"cité"', "# un", "- tiret", "yes", "2024", "null", "~", "[x] {y}"]
)
def test_n3_a_title_of_signs_survives_its_header(
    app: Flask, cast: Cast, tmp_path: Path, title: str
) -> None:
    quoted = "'" + title.replace("'", "''") + "'"
    text = f"---\ntitle: {quoted}\n---\n\nTexte.\n"
    assert split(text).values["title"] == title
    bring(folder(tmp_path, {"page.md": text}))
    assert read(cast.amel, slug_of("manuel/page.md")).title == title
    assert source(slug_of("manuel/page.md")) == text


def test_n4_composed_and_decomposed_names_are_one_page(app: Flask, cast: Cast) -> None:
    name = "Réunions d’été"
    slug = write(cast.amel, name)
    apart = unicodedata.normalize("NFD", name)
    with pytest.raises(Invalid):
        write(cast.amel, apart)
    write(cast.amel, "Accueil", f"[[{apart}]]")
    assert leads_to("accueil") == [f"/wiki/{slug}"]
    found = lists.page_named(as_reader(cast.amel), title_key(apart))
    assert found is not None
    assert found.title == unicodedata.normalize("NFC", name)


def test_n5_a_name_in_any_case_is_found(client: FlaskClient, cast: Cast) -> None:
    write(cast.amel, "Règlement")
    write(cast.amel, "Accueil", "[[RÈGLEMENT]] [[reglement]] [[İstanbul]] [[Straße]]")
    assert leads_to("accueil")[:2] == ["/wiki/reglement"] * 2
    assert isinstance(client, Client)
    answer = client.sign_in("amel").get("/wiki/new?title=REGLEMENT")
    assert answer.headers["Location"] == "/wiki/reglement"


def test_n7_after_three_renames_every_former_address_leads_straight_to_the_page(
    client: FlaskClient, cast: Cast
) -> None:
    slug = write(cast.amel, "Un")
    for title in ("Deux", "Trois", "Quatre"):
        slug = rename(cast.amel, slug, title)
    slug = rename(cast.amel, slug, "Un")
    assert slug == "un"
    assert isinstance(client, Client)
    client.sign_in("amel")
    for former in ("deux", "trois", "quatre"):
        answer = client.get(f"/wiki/{former}")
        assert (answer.status_code, answer.headers["Location"]) == (301, "/wiki/un")
    assert client.get("/wiki/un").status_code == 200


@pytest.mark.parametrize("title", ["...", "///", "#", ".md", "..", "login", "static", "../x"])
def test_n9_a_name_that_leaves_no_address_has_one_all_the_same(
    client: FlaskClient, cast: Cast, title: str
) -> None:
    slug = write(cast.amel, title)
    assert re.fullmatch("[a-z0-9-]+", slug)
    assert isinstance(client, Client)
    assert title in unescape(client.sign_in("amel").get(f"/wiki/{slug}").get_data(as_text=True))


def test_n11_a_page_of_any_name_has_its_history_and_its_differences(
    client: FlaskClient, cast: Cast
) -> None:
    title = 'L’été « d\'ici » & "là"'
    slug = write(cast.amel, title, "Avant.")
    revise(cast.amel, slug, "Après.")
    assert isinstance(client, Client)
    client.sign_in("amel")
    for path in ("history", "compare", "revisions/1"):
        assert title in unescape(client.get(f"/wiki/{slug}/{path}").get_data(as_text=True)), path


def test_n11_signs_that_nobody_sees_are_taken_out_of_a_name(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Salle\x00 du\x1b con\u202eseil\r\n d’août")
    assert read(cast.amel, slug).title == "Salle du conseil d’août"
    assert reading.address_of_former(as_reader(cast.amel), slug) is None
