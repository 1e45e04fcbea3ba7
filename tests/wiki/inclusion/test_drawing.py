"""A page inside another: up to date, never more than its readers may see, frozen in rules."""

from __future__ import annotations

import re
from datetime import date

from flask import Flask
from flask.testing import FlaskClient

from intranet.core.block_changes import BlockChange
from intranet.core.html_text import text_of_html
from intranet.wiki import effects, history, service, upkeep
from intranet.wiki.becoming import Decided, make_rule
from intranet.wiki.effects import NewRule
from intranet.wiki.inclusion.models import FrozenInclusion
from intranet.wiki.models import Layer, Page
from intranet.wiki.redrawing import redraw
from intranet.wiki.rendering import render_text
from intranet.wiki.revisions import newest, state_of
from intranet.wiki.trash.service import take_from_trash, trash_page
from tests.cast import Cast, Client, acting, as_reader
from tests.wiki.test_service import rename
from tests.wiki.writing import page_id, read, revise, write

HOURS = "# Horaires\n\nAvant.\n\n## Été\n\nDe 8 h à 15 h.[^1]\n\n## Hiver\n\nTôt.\n\n[^1]: Midi.\n"


def words(slug: str, person_id: int = 1) -> str:
    """What somebody reads on a page."""
    return text_of_html(read(person_id, slug).html)


def test_a_page_and_a_section_are_read_where_they_are_included(app: Flask, cast: Cast) -> None:
    write(cast.amel, "Horaires", HOURS)
    write(cast.amel, "Accueil", "Un.\n\n![[Horaires#Été]]\n\nDeux.\n")
    shown = words("accueil")
    assert "De 8 h à 15 h." in shown
    assert "Midi." in shown
    assert "Avant." not in shown
    assert "Tôt." not in shown
    write(cast.amel, "Tout", "![[horaires]]")
    assert "Tôt." in words("tout")
    page = read(cast.amel, "accueil")
    assert page.html.count('<div class="block"') == 3
    assert "/wiki/horaires#h-ete" in page.html
    assert {ref.slug for ref in read(cast.amel, "horaires").around.backlinks} == {"accueil", "tout"}


def test_a_page_in_the_trash_is_said_to_be_there_to_those_who_may_know_of_it(
    client: Client, cast: Cast
) -> None:
    write(cast.amel, "Salles", "La verte.")
    write(cast.amel, "Secrets", "Zirconium.", audience="members")
    write(cast.amel, "Accueil", "![[Salles]]\n\n![[Secrets]]\n\nEt plus bas.\n")
    missing = words("accueil").partition("La verte.")[2]
    for slug in ("salles", "secrets"):
        number = page_id(slug)
        with acting(cast.amel) as tx:
            trash_page(tx, number, "Écrite deux fois")
    page = read(cast.amel, "accueil")
    assert "La verte." not in page.html
    assert '<a href="/wiki/salles">' in page.html
    assert words("accueil").endswith(missing.partition("Salles")[2])
    number = page_id("salles")
    with acting(cast.bruno) as tx:
        take_from_trash(tx, number)
    assert "La verte." in words("accueil")


def test_what_is_included_follows_its_page_through_every_level(app: Flask, cast: Cast) -> None:
    write(cast.amel, "Salles", "La verte.")
    write(cast.amel, "Horaires", "Neuf heures.\n\n![[Salles]]\n\n[[Cave]]")
    write(cast.amel, "Accueil", "![[Horaires]]")
    assert "La verte." in words("accueil")
    revise(cast.amel, "salles", "La bleue.")
    assert "La bleue." in words("accueil")
    write(cast.amel, "Cave")
    assert "red-link" not in read(cast.amel, "accueil").html
    rename(cast.amel, "salles", "Lieux")
    revise(cast.amel, "lieux", "La jaune.")
    assert "La jaune." in words("accueil")
    assert upkeep.wanted(as_reader(cast.amel)).entries == []


def test_a_page_that_is_written_later_takes_its_place(app: Flask, cast: Cast) -> None:
    write(cast.amel, "Accueil", "![[Horaires#Été]]")
    assert "red-link" in read(cast.amel, "accueil").html
    write(cast.amel, "Horaires", HOURS)
    assert "De 8 h à 15 h." in words("accueil")


def test_circles_depth_and_number_end_in_a_sentence(app: Flask, cast: Cast) -> None:
    write(cast.amel, "Un", "Ici un. ![[Deux]]\n\n![[Deux]]\n\n![[Un]]")
    write(cast.amel, "Deux", "Ici deux.\n\n![[Un]]")
    assert read(cast.amel, "un").html.count('<p class="quiet">') == 3
    for number in range(9):
        write(cast.amel, f"Étage {number}", f"Étage {number}.\n\n![[Étage {number + 1}]]")
    shown = words("etage-0")
    assert "Étage 3." in shown
    assert "Étage 4." not in shown
    write(cast.amel, "Bref", "Mot unique.")
    write(cast.amel, "Beaucoup", "\n\n".join(["![[Bref]]"] * 60))
    assert words("beaucoup").count("Mot unique.") == 40


def test_s7_a_closed_page_that_is_included_leaves_no_trace(app: Flask, cast: Cast) -> None:
    write(cast.amel, "Grille", "Trois mille euros.")
    write(cast.amel, "Accueil", "Un.\n\n![[Grille]]\n\n![[Chimere]]\n")
    assert "Trois mille" in words("accueil")
    number = page_id("grille")
    with acting(cast.amel) as tx:
        service.set_audience(tx, number, "members")
    for person in (cast.amel, cast.chloe):
        found = re.findall(r'<p class="quiet">.*</p>', read(person, "accueil").html)
        closed, missing = found
        assert closed.replace("Grille", "X") == missing.replace("Chimere", "X")
    reader = as_reader(cast.amel)
    assert "Trois mille" not in render_text(reader, "![[Grille]]", "workers", includes=True)
    assert "Trois mille" in render_text(reader, "![[Grille]]", "members", includes=True)
    assert "Trois mille" not in render_text(reader, "![[Grille]]", "members")


def test_s7_an_earlier_text_keeps_no_words_of_a_page_that_closes_later(
    app: Flask, cast: Cast
) -> None:
    write(cast.amel, "Grille", "Trois mille euros.")
    write(cast.amel, "Accueil", "Un.\n\n![[Grille]]")
    revise(cast.amel, "accueil", "Deux.\n\n![[Grille]]")
    revise(cast.amel, "accueil", "Trois.")
    for number in (1, 2):
        old = history.old_text(as_reader(cast.chloe), "accueil", number)
        assert "Trois mille" not in old.html
        assert "/wiki/grille" in old.html


def _rule(text: str) -> int:
    new = NewRule(Layer.OPERATING_RULES, "Congés", text, "workers", "fr")
    with acting(None) as tx:
        return effects.create_rule(tx, new, "AG-2026-001", date(2026, 1, 1))


def test_d11_an_adopted_rule_keeps_the_words_that_it_included_at_its_adoption(
    client: FlaskClient, cast: Cast
) -> None:
    write(cast.amel, "Salles", "La verte.")
    write(cast.amel, "Horaires", "Neuf heures.\n\n![[Salles]]")
    rule = _rule("Un.\n\n![[Horaires]]\n\n![[Absente]]\n\nFin.")
    write(cast.amel, "Accueil", "![[Congés]]")
    revise(cast.amel, "horaires", "Dix heures.")
    revise(cast.amel, "salles", "La bleue.")
    write(cast.amel, "Absente", "Des mots que personne n’a votés.")
    with acting(None) as tx:
        redraw(tx.session, [row.id for row in tx.session.query(Page.id)])
    assert isinstance(client, Client)
    book = client.sign_in("amel").get("/rulebook").get_data(as_text=True)
    for shown in (words("conges"), words("accueil"), text_of_html(book)):
        assert "Neuf heures." in shown
        assert "La verte." in shown
        assert "votés" not in shown
    with acting(None) as tx:
        blocks = state_of(tx.session, newest(tx.session, rule)).blocks
        changes = [BlockChange("replace", blocks[3].id, "Fin.", "La fin.")]
        effects.enact_revision(tx, rule, changes, "AG-2026-002", date(2026, 2, 1), None)
    assert "Neuf heures." in words("conges")
    with acting(None) as tx:
        assert tx.session.query(FrozenInclusion).filter_by(page_id=rule).count() == 3


def test_d11_a_page_that_becomes_a_rule_freezes_what_it_includes(app: Flask, cast: Cast) -> None:
    write(cast.amel, "Horaires", "Neuf heures.")
    write(cast.amel, "Accueil", "![[Horaires]]")
    number = page_id("accueil")
    with acting(None) as tx:
        decided = Decided("AG-2026-003", date(2026, 1, 1))
        make_rule(tx, number, "work_rules", "![[Horaires]]", decided)
    revise(cast.amel, "horaires", "Dix heures.")
    assert "Neuf heures." in words("accueil")
