"""Nothing is lost of texts that other cooperatives wrote, whatever is odd about them.

The sets lie beside the repository; what is odd is what their README files list. Each text is kept
to the byte, header included: only the mark of UTF-8 at the very beginning would be left out.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape

import pytest
from sqlalchemy import select

from intranet.core.db import db
from intranet.search.index import backend_of
from intranet.search.parsing import parse_query
from intranet.wiki.models import Page, Rendering
from intranet.wiki.reading import PageView
from intranet.wiki.revisions import newest, state_of
from intranet.worker import work_once
from tests.cast import arrive
from tests.conftest import build
from tests.core.corpus import DATA
from tests.wiki.imports.test_service import bring
from tests.wiki.writing import read

SETS = ("seeds", "wiki-fr-multi", "wiki-fr-etalab", "wiki-en-loomio")
MULTI = "wiki-fr-multi/files/texts"
ETALAB = "wiki-fr-etalab/files"
LOOMIO = "wiki-en-loomio/files"
SEED = "seeds/000_d213c6d007f08b15.txt"
PASTED = "seeds/003_95747be7e689dbf1.txt"


class Shelf:
    """Everything that was imported, by the path it came from."""

    def __init__(self, person_id: int) -> None:
        self.person_id = person_id

    def slug(self, path: str) -> str:
        """The address of a page."""
        return db.session.scalars(select(Page.slug).where(Page.source_path == path)).one()

    def page(self, path: str) -> PageView:
        """The page as a member reads it."""
        return read(self.person_id, self.slug(path))

    def words(self, path: str) -> str:
        """What a member reads, without elements."""
        return unescape(re.sub(r"<[^>]+>", "", self.page(path).html))

    def plain(self, path: str) -> str:
        """What search reads."""
        return db.session.get_one(Rendering, self.page(path).revision_id).plain

    def source(self, path: str) -> bytes:
        """The text that is kept, as bytes."""
        page = db.session.scalars(select(Page).where(Page.source_path == path)).one()
        return state_of(db.session(), newest(db.session(), page.id)).text.encode()

    def found(self, words: str) -> list[str]:
        """The addresses of the pages that a search gives, the best first."""
        hits = backend_of(db.session()).find(parse_query(words), frozenset({"workers"}))
        return [hit.url.removeprefix("/wiki/").partition("#")[0] for hit in hits.hits]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, empty_database: object) -> Iterator[Shelf]:
    """One wiki with all sets in it, read by every test and changed by none."""
    if not all((DATA / name).is_dir() for name in SETS):
        pytest.skip("the real texts of ../shared/data are not on this machine")
    instance = tmp_path_factory.mktemp("sets")
    shutil.copy(str(empty_database), instance / "intranet.db")
    app = build(instance)
    with app.app_context():
        cast = arrive()
        for name in SETS:
            bring(DATA / name)
        work_once(app)
        yield Shelf(cast.amel)
        db.session.remove()
        db.engine.dispose()


def test_each_text_is_kept_to_the_byte(shelf: Shelf) -> None:
    kept = 0
    for path in db.session.scalars(select(Page.source_path).where(Page.source_path.is_not(None))):
        file = DATA / str(path)
        if file.is_file():
            assert shelf.source(str(path)) == file.read_bytes(), path
            kept += 1
    assert kept == 244


def test_the_header_of_the_seed_gives_title_tag_day_and_author(shelf: Shelf) -> None:
    page = shelf.page(SEED)
    assert page.title == "Intégrer la coopérative multi"
    assert page.around.tags == ("multi",)
    assert page.created_at.date().isoformat() == "2021-01-22"
    assert ("author", "multi") in page.facts
    longer = shelf.page(f"{MULTI}/our-cooperative/participation-fr.md")
    assert set(longer.around.tags) == {"coopérative", "participation", "dividendes"}


def test_the_fourth_status_stays_hidden_in_the_page_and_kept_in_the_source(shelf: Shelf) -> None:
    page = shelf.page(SEED)
    assert "sympathisant·e" in page.html
    assert "extérieur" not in page.html
    assert "extérieur" not in shelf.plain(SEED)
    assert "<!-- 1. comme **associé·e non salarié·e".encode() in shelf.source(SEED)
    assert page.slug not in shelf.found("associé extérieur")


def test_the_seed_is_read_by_the_rules_of_markdown(shelf: Shelf) -> None:
    html = shelf.page(SEED).html
    [steps] = re.findall(r"<ol[^>]*>.*?</ol>", html, re.DOTALL)
    assert steps.count("<li>") == 3
    assert "start=" not in steps
    # A closing mark after a space closes nothing: it is shown as it was typed.
    assert "réalisations concrètes **(lier" in html
    assert [level for level, _, _ in shelf.page(SEED).toc] == [2, 2, 2]


def test_a_text_pasted_from_a_web_page_keeps_its_signs(shelf: Shelf) -> None:
    words = shelf.words(PASTED)
    for kept in ("• Constitution", "•  Défense du salariat", "sujet -- facteur", "L’isolement"):
        assert kept in words.replace("\xa0", " "), kept
    assert words.startswith("top of page")
    assert words.rstrip().endswith("bottom of page")


def test_inclusive_writing_is_shown_as_typed_and_found(shelf: Shelf) -> None:
    path = f"{MULTI}/our-cooperative/participation-fr.md"
    words = shelf.words(path)
    for form in ("salarié•e•s", "associé•e", "l´accord", "A. Sociétariat"):
        assert form in words, form
    assert shelf.slug(SEED) in shelf.found("salariées associées collectif expertes")


def test_a_ligature_is_kept_and_found_by_its_letters(shelf: Shelf) -> None:
    path = f"{MULTI}/references/projects/validata.md"
    assert "qualiﬁer" in shelf.plain(path)
    assert shelf.slug(path) in shelf.found("qualifier intégrité données")


def test_a_text_inside_its_header_is_shown_and_found(shelf: Shelf) -> None:
    path = f"{MULTI}/references/projects/validata.md"
    page = shelf.page(path)
    assert page.title == "Validata"
    assert ("period · fr", "depuis 2018") in page.facts
    assert any("collectivités françaises" in words for _, words in page.facts)
    assert shelf.slug(path) in shelf.found("validation gisements données ouvertes")


def test_footnotes_are_linked_both_ways_and_keep_their_addresses(shelf: Shelf) -> None:
    html = shelf.page(f"{MULTI}/our-cooperative/to_review/why-multi-fr.md").html
    for name in ("ref_N_Julien", "ref_NSP", "ref_N_Julien_2", "ref_actors"):
        assert f'href="#fn:{name}"' in html
        assert f'href="#fnref:{name}"' in html
    for address in ("hal.archives-ouvertes.fr/hal-00737173", "economie.gouv.fr/cedef"):
        assert f'href="https://{address}' in html or f'href="https://www.{address}' in html
    assert "[ref_nicolas" not in html
    notes = shelf.page(f"{MULTI}/our-cooperative/participation-fr.md").html
    assert notes.count('<li id="fn:') == 3


def test_abbreviations_tasks_quoted_values_and_breaks_are_understood(shelf: Shelf) -> None:
    html = shelf.page(f"{MULTI}/our-cooperative/participation-fr.md").html
    assert '<abbr title="Assemblée Générale">AG</abbr>' in html
    assert "*[SCOP]" not in html
    assert html.count('class="task done"') == 2
    assert "<strong><code>Une clé fixe par défaut</code></strong>" in html
    assert "<code>25 €</code>" in html
    assert "<br>" in html


def test_tables_keep_every_amount(shelf: Shelf) -> None:
    html = shelf.page(f"{MULTI}/our-cooperative/to_review/participation-example-fr.md").html
    assert html.count("<table>") == 5
    for cell in ("16 667 €", "1 819 €", "<code>40%</code>", "coopérateur·rice·s"):
        assert cell in html, cell


def test_empty_files_are_left_out_and_named(shelf: Shelf) -> None:
    paths = set(db.session.scalars(select(Page.source_path)))
    for name in ("podcasts/podcasts-head-fr", "we-like/we-like-head-fr", "who-are-we/who-head-fr"):
        assert f"{MULTI}/{name}.md" not in paths


def test_a_file_name_with_an_accent_is_a_page_that_links_reach(shelf: Shelf) -> None:
    page = shelf.page(f"{ETALAB}/reutilisation/3-animer-communauté.md")
    assert page.title == "Animer la communauté"
    assert page.slug.startswith("animer-la-communaute")


def test_permalinks_and_relative_links_lead_to_the_pages(shelf: Shelf) -> None:
    html = shelf.page(f"{ETALAB}/apis-geo/README.md").html
    target = shelf.slug(f"{ETALAB}/apis-geo/1-api-adresse.md")
    assert f'<a href="/wiki/{target}">API Adresse' in html
    book = shelf.page(f"{LOOMIO}/our_cooperative.md").html
    assert f'href="/wiki/{shelf.slug(f"{LOOMIO}/history.md")}"' in book
    assert f'href="/wiki/{shelf.slug(f"{LOOMIO}/purpose_and_vision.md")}"' in book


def test_no_break_spaces_markup_and_missing_pictures_survive(shelf: Shelf) -> None:
    path = f"{ETALAB}/qualite/3-documenter-les-donnees.md"
    html = shelf.page(path).html
    assert 'class="missing-image"' in html
    assert "Descriptif des colonnes du jeu de données SECMAR" in html
    assert re.search(r"<td>[^<]*<br>", html)
    with_spaces = shelf.page(f"{ETALAB}/logiciels/0-hors-scope.md").html
    assert "\xa0" in unescape(with_spaces)


def test_frames_of_other_sites_are_refused_and_their_address_stays(shelf: Shelf) -> None:
    for name, video in (("README", "4ABqCgKi4X0"), ("history", "AJnjTd9u4zg")):
        html = shelf.page(f"{LOOMIO}/{name}.md").html
        assert "<iframe" not in html
        assert f'href="https://www.youtube.com/embed/{video}"' in html


def test_pages_that_only_hold_a_place_are_pages(shelf: Shelf) -> None:
    for name, title in (
        ("retreats", "Retreats"),
        ("chapter_1", "Chapter 1"),
        ("to_write", "To write"),
        ("guides", "Guides"),
    ):
        assert shelf.page(f"{LOOMIO}/{name}.md").title == title
    assert "guides.md" in shelf.words(f"{LOOMIO}/guides.md")


def test_the_table_of_contents_of_the_book_is_the_tree(shelf: Shelf) -> None:
    page = shelf.page(f"{LOOMIO}/our_cooperative.md")
    children = {child.slug for child in page.around.children}
    assert shelf.slug(f"{LOOMIO}/history.md") in children
