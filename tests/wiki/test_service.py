"""Writing, restoring, naming, placing and putting away pages."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

import pytest
from flask import Flask

from intranet.core.db import db
from intranet.core.events import first_broken_link
from intranet.core.policy import Conflict, Invalid, NotFound, Refused
from intranet.wiki import history, reading, service
from intranet.wiki.endings import with_endings_of
from intranet.wiki.models import Page, Revision
from intranet.wiki.typed import TextChange
from tests.cast import Cast, acting, as_reader
from tests.wiki.writing import head_id, page_id, read, revise, rule, source, write

TWO = "Premier.\n\nDeuxième.\n"


def rename(person_id: int, slug: str, title: str) -> str:
    number, seen = page_id(slug), head_id(slug)
    with acting(person_id) as tx:
        return service.rename_page(tx, number, title, seen).slug


def restore(person_id: int, slug: str, revision_id: int) -> int:
    number, seen = page_id(slug), head_id(slug)
    with acting(person_id) as tx:
        return service.restore_revision(tx, number, revision_id, seen)


def numbers(slug: str) -> list[int]:
    with acting(None) as tx:
        query = tx.session.query(Revision.number).filter_by(page_id=page_id_of(tx, slug))
        return [row.number for row in query.order_by(Revision.number)]


def page_id_of(tx, slug: str) -> int:  # type: ignore[no-untyped-def]
    return tx.session.query(Page).filter_by(slug=slug).one().id


def test_two_people_who_change_different_paragraphs_both_keep_their_change(
    app: Flask, cast: Cast
) -> None:
    slug = write(cast.amel, "Vie", TWO)
    base = head_id(slug)
    revise(cast.amel, slug, "Premier par Amel.\n\nDeuxième.\n", base)
    done = revise(cast.bruno, slug, "Premier.\n\nDeuxième par Bruno.\n", base)
    assert done.merged
    assert source(slug) == "Premier par Amel.\n\nDeuxième par Bruno.\n"


def test_the_same_paragraph_changed_twice_is_a_conflict_and_nothing_is_stored(
    app: Flask, cast: Cast
) -> None:
    slug = write(cast.amel, "Vie", TWO)
    base = head_id(slug)
    revise(cast.amel, slug, "Premier par Amel.\n\nDeuxième.\n", base)
    with pytest.raises(Conflict):
        revise(cast.bruno, slug, "Premier par Bruno.\n\nDeuxième.\n", base)
    assert source(slug) == "Premier par Amel.\n\nDeuxième.\n"
    assert numbers(slug) == [1, 2]


def test_what_one_side_deleted_stays_deleted(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", "Un.\n\nDeux.\n\nTrois.\n\nQuatre.\n")
    base = head_id(slug)
    revise(cast.amel, slug, "Un.\n\nTrois.\n\nQuatre.\n", base)
    revise(cast.bruno, slug, "Un.\n\nDeux.\n\nTrois.\n\nQuatre et cinq.\n", base)
    assert source(slug) == "Un.\n\nTrois.\n\nQuatre et cinq.\n"


def test_no_stored_text_ever_holds_a_marker(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", TWO)
    base = head_id(slug)
    for number, person in enumerate([cast.amel, cast.bruno, cast.chloe, cast.esther] * 3):
        with suppress(Conflict):
            revise(person, slug, f"Premier.\n\nDeuxième {number}.\n\nAjout {number}.\n", base)
        assert not {"<<<<<<<", "=======", ">>>>>>>", "|||||||"} & set(source(slug).split())


def test_saving_the_same_text_twice_makes_one_revision(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", TWO)
    base = head_id(slug)
    revise(cast.amel, slug, "Autre.\n\nDeuxième.\n", base)
    again = revise(cast.amel, slug, "Autre.\n\nDeuxième.\n", base)
    assert not again.changed
    assert numbers(slug) == [1, 2]


def race(app: Flask, tasks: list[Callable[[], object]]) -> list[object]:
    """What each task gave or raised, all begun at the same moment on connections of their own."""
    gate = threading.Barrier(len(tasks))
    results: list[object] = [None] * len(tasks)

    def run(index: int, task: Callable[[], object]) -> None:
        with app.app_context():
            gate.wait()
            try:
                results[index] = task()
            except Exception as error:
                results[index] = error
            db.session.remove()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_simultaneous_saves_of_one_paragraph_exactly_one_wins(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", TWO)
    base, number = head_id(slug), page_id(slug)
    people = [cast.amel, cast.bruno, cast.chloe, cast.esther] * 2

    def save(person: int, index: int) -> object:
        with acting(person) as tx:
            change = TextChange(base, f"Premier, version {index}.\n\nDeuxième.\n")
            return service.revise_page(tx, number, change)

    tasks = [lambda p=p, i=i: save(p, i) for i, p in enumerate(people)]  # type: ignore[misc]
    results = race(app, tasks)
    assert sum(isinstance(result, Conflict) for result in results) == len(people) - 1
    assert numbers(slug) == [1, 2]


def test_simultaneous_saves_of_different_paragraphs_all_stay(app: Flask, cast: Cast) -> None:
    lines = [f"Paragraphe {number} sur un sujet {number * 7919}." for number in range(8)]
    slug = write(cast.amel, "Vie", "\n\n".join(lines))
    base, number = head_id(slug), page_id(slug)

    def save(index: int) -> object:
        mine = [line + " Changé." if n == index else line for n, line in enumerate(lines)]
        with acting(cast.bruno) as tx:
            return service.revise_page(tx, number, TextChange(base, "\n\n".join(mine)))

    results = race(app, [lambda i=i: save(i) for i in range(8)])  # type: ignore[misc]
    assert not [result for result in results if isinstance(result, Exception)]
    assert source(slug) == "\n\n".join(line + " Changé." for line in lines)
    assert numbers(slug) == list(range(1, 10))
    with acting(None) as tx:
        assert first_broken_link(tx.session) is None


def test_c8_taking_almost_everything_away_asks_for_confirmation(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", "Un long texte. " * 20)
    with pytest.raises(Invalid) as refusal:
        revise(cast.amel, slug, "Court.")
    assert refusal.value.errors == {"confirmed": "wiki.text_shrinks"}
    revise(cast.amel, slug, "Court.", confirmed=True)
    assert source(slug) == "Court."


@pytest.mark.parametrize("text", ["", "  \n"])
def test_c8_an_empty_text_never_takes_the_place_of_words(app: Flask, cast: Cast, text: str) -> None:
    slug = write(cast.amel, "Vie", TWO)
    with pytest.raises(Invalid) as refusal:
        revise(cast.amel, slug, text, confirmed=True)
    assert refusal.value.errors == {"text": "wiki.text_emptied"}
    assert source(slug) == TWO


def test_a_save_that_changes_more_than_its_editor_said_asks_first(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", TWO)
    both = "Premier, relu.\n\nDeuxième, relu.\n"
    with pytest.raises(Invalid) as refusal:
        revise(cast.amel, slug, both, touched=1)
    assert refusal.value.errors == {"confirmed": "wiki.more_than_said"}
    revise(cast.amel, slug, both, touched=1, confirmed=True)
    revise(cast.amel, slug, "Premier.\n\nDeuxième, relu.\n", touched=1)
    assert source(slug) == "Premier.\n\nDeuxième, relu.\n"


def test_an_imported_text_keeps_its_line_endings_where_nobody_wrote(app: Flask, cast: Cast) -> None:
    base = "Un\r\ndeux\n\r\ntrois\r\n"
    assert with_endings_of(base, "Un\ndeux\n\ntrois\n") == base
    changed = with_endings_of(base, "Un\ndeux et demi\n\ntrois\nquatre\n")
    assert changed == "Un\r\ndeux et demi\r\n\r\ntrois\r\nquatre\r\n"
    assert with_endings_of("Un\n", "Un\r\n") == "Un\r\n"


def test_tags_and_readers_do_not_disturb_an_open_edit(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", TWO)
    base, number = head_id(slug), page_id(slug)
    with acting(cast.bruno) as tx:
        service.set_tags(tx, number, [], ["accueil"])
    with acting(cast.bruno) as tx:
        service.set_audience(tx, number, "open")
    assert not revise(cast.amel, slug, "Premier, relu.\n\nDeuxième.\n", base).merged


def test_two_hundred_saves_make_two_hundred_revisions(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", "État 1.")
    for number in range(2, 201):
        revise(cast.amel, slug, f"État {number}.")
    assert numbers(slug) == list(range(1, 201))
    found = history.history(as_reader(cast.amel), slug, 4)
    assert [card.number for card in found.revisions] == list(range(50, 0, -1))
    assert found.pages == 4


def test_restoring_brings_the_text_back_but_not_the_name(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", TWO)
    first = head_id(slug)
    before = read(cast.amel, slug).html
    revise(cast.amel, slug, "Tout autre chose ici.\n\nDeuxième.\n")
    slug = rename(cast.amel, slug, "Vie commune")
    restore(cast.bruno, slug, first)
    page = read(cast.amel, slug)
    assert source(slug) == TWO
    assert page.title == "Vie commune"
    assert page.html == before
    assert numbers(slug) == [1, 2, 3, 4]


def test_restoring_a_page_that_changed_meanwhile_is_refused(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", TWO)
    first, number = head_id(slug), page_id(slug)
    revise(cast.amel, slug, "Autre.\n\nDeuxième.\n")
    with pytest.raises(Conflict), acting(cast.bruno) as tx:
        service.restore_revision(tx, number, first, first)


def test_n7_a_page_renamed_three_times_keeps_its_old_addresses(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", TWO)
    for title in ("Vie commune", "Vie en commun", "La vie ensemble"):
        slug = rename(cast.amel, slug, title)
    reader = as_reader(cast.amel)
    for former in ("vie", "vie-commune", "vie-en-commun"):
        assert reading.address_of_former(reader, former) == "la-vie-ensemble"
    found = history.history(reader, slug)
    assert [card.renamed_from for card in found.revisions] == [
        "Vie en commun",
        "Vie commune",
        "Vie",
        "",
    ]


def test_n10_a_page_can_be_renamed_back(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Un", TWO)
    assert rename(cast.amel, rename(cast.amel, slug, "Deux"), "Un") == "un"
    assert reading.address_of_former(as_reader(cast.amel), "deux") == "un"
    assert reading.address_of_former(as_reader(cast.amel), "un") is None


def test_n7_two_pages_can_exchange_names_and_no_address_is_hijacked(app: Flask, cast: Cast) -> None:
    first, second = write(cast.amel, "Un", "Premier."), write(cast.amel, "Deux", "Second.")
    first = rename(cast.amel, first, "Provisoire")
    second = rename(cast.amel, second, "Un")
    first = rename(cast.amel, first, "Deux")
    reader = as_reader(cast.amel)
    assert (read(cast.amel, first).title, read(cast.amel, second).title) == ("Deux", "Un")
    assert reading.address_of_former(reader, "un") == first
    assert reading.address_of_former(reader, "deux") == second


def test_n7_a_new_page_never_takes_the_former_address_of_another(app: Flask, cast: Cast) -> None:
    moved = rename(cast.amel, write(cast.amel, "Accueil", TWO), "Bienvenue")
    assert write(cast.amel, "Accueil", "Une autre.") == "accueil-2"
    assert reading.address_of_former(as_reader(cast.amel), "accueil") == moved


def test_links_hold_when_a_page_is_renamed(app: Flask, cast: Cast) -> None:
    target = write(cast.amel, "Règlement", TWO)
    write(cast.amel, "Accueil", "Voir [[Règlement]] et [le même](/wiki/reglement).")
    rename(cast.amel, target, "Règles de vie")
    html = read(cast.amel, "accueil").html
    assert html.count('href="/wiki/regles-de-vie"') == 2
    assert "red-link" not in html
    assert source("accueil") == "Voir [[Règlement]] et [le même](/wiki/reglement)."
    revise(cast.amel, "accueil", "Voir [[Règlement]] et [le même](/wiki/reglement). Relu.")
    assert read(cast.amel, "accueil").html.count('href="/wiki/regles-de-vie"') == 2


@pytest.mark.parametrize(
    "title",
    ["Été à l’œuvre", "Ça «va» ?", "Café ☕", "会議", "C++ & C#", "100 % : a/b\\c", "l'équipe"],
)
def test_a_red_link_turns_blue_when_its_page_is_written(app: Flask, cast: Cast, title: str) -> None:
    write(cast.amel, "Accueil", f"Voir [[{title}]].")
    assert "red-link" in read(cast.amel, "accueil").html
    slug = write(cast.amel, title, TWO)
    html = read(cast.amel, "accueil").html
    assert "red-link" not in html
    assert f'href="/wiki/{slug}"' in html
    assert read(cast.amel, slug).title == title


@pytest.mark.parametrize("other", ["règlement", "RÈGLEMENT", "Reglement", "Re\u0300glement"])
def test_n5_names_equal_but_for_accents_and_case_are_one_name(
    app: Flask, cast: Cast, other: str
) -> None:
    write(cast.amel, "Règlement", TWO)
    with pytest.raises(Invalid) as refusal:
        write(cast.amel, other, TWO)
    assert refusal.value.errors == {"title": "wiki.title_taken"}


def test_n5_names_keep_the_case_they_were_given(app: Flask, cast: Cast) -> None:
    for title in ("l'équipe", "Straße", "İstanbul", "HQE"):
        assert read(cast.amel, write(cast.amel, title, TWO)).title == title


def test_n6_names_without_latin_letters_get_deterministic_addresses(app: Flask, cast: Cast) -> None:
    slugs = [write(cast.amel, title, TWO) for title in ("🎉", "مرحبا", "...", "///")]
    assert slugs == ["page", "page-2", "page-3", "page-4"]


@pytest.mark.parametrize("title", ["", " ", "\u200b", "\x00", "\u3164"])
def test_n9_a_name_nobody_can_read_is_refused(app: Flask, cast: Cast, title: str) -> None:
    with pytest.raises(Invalid):
        write(cast.amel, title, TWO)


@pytest.mark.parametrize("title", ["New", "Tags", "changes", "Wanted", "Archive", "preview"])
def test_n9_a_page_may_be_named_as_an_address_of_ours(app: Flask, cast: Cast, title: str) -> None:
    slug = write(cast.amel, title, TWO)
    assert slug == f"page-{title.lower()}"


def test_n8_very_long_french_names_are_kept_whole(app: Flask, cast: Cast) -> None:
    title = "É" * 255
    assert read(cast.amel, write(cast.amel, title, TWO)).title == title
    with pytest.raises(Invalid):
        write(cast.amel, title + "é", TWO)


def test_a_rule_cannot_be_edited_renamed_restored_or_archived_by_hand(
    app: Flask, cast: Cast
) -> None:
    number = rule("Congés", TWO)
    head = head_id("conges")
    attempts = [
        lambda tx: service.revise_page(tx, number, TextChange(head, "Autre.")),
        lambda tx: service.rename_page(tx, number, "Vacances", head),
        lambda tx: service.restore_revision(tx, number, head, head),
        lambda tx: service.archive_page(tx, number, "périmée"),
    ]
    for attempt in attempts:
        with pytest.raises(Refused) as refusal, acting(cast.amel) as tx:
            attempt(tx)
        assert refusal.value.verdict.reason == "wiki.rules_change_by_amendment"


def test_sympathisers_read_open_pages_and_change_nothing(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", TWO, "open")
    assert read(cast.farid, slug).title == "Vie"
    with pytest.raises(Refused):
        revise(cast.farid, slug, "Autre.\n\nDeuxième.")
    with pytest.raises(Refused):
        write(cast.farid, "Autre", TWO, "open")


def test_nobody_writes_for_an_audience_they_do_not_belong_to(app: Flask, cast: Cast) -> None:
    with pytest.raises(Refused):
        write(cast.chloe, "Secrets", TWO, "members")


def test_a_closed_page_is_as_if_it_did_not_exist(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Salaires", TWO, "members")
    number, base = page_id(slug), head_id(slug)
    with pytest.raises(NotFound):
        read(cast.chloe, slug)
    with pytest.raises(NotFound), acting(cast.chloe) as tx:
        service.revise_page(tx, number, TextChange(base, "Autre."))


def test_a_page_cannot_stand_below_itself(app: Flask, cast: Cast) -> None:
    above = page_id(write(cast.amel, "Haut", TWO))
    below = page_id(write(cast.amel, "Bas", TWO, parent_id=above))
    for parent in (above, below):
        with pytest.raises(Invalid), acting(cast.amel) as tx:
            service.move_page(tx, above, parent)


def test_pages_are_put_in_the_order_somebody_wants(app: Flask, cast: Cast) -> None:
    above = page_id(write(cast.amel, "Haut", TWO))
    ids = [page_id(write(cast.amel, name, TWO, parent_id=above)) for name in ("A", "B", "C")]
    with acting(cast.amel) as tx:
        service.move_page(tx, ids[2], above, 1)
    around = read(cast.amel, "haut").around
    assert [ref.title for ref in around.children] == ["C", "A", "B"]
    assert [ref.title for ref in read(cast.amel, "b").around.ancestors] == ["Haut"]


def test_an_archived_page_stays_readable_and_can_come_back(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", TWO)
    number = page_id(slug)
    with pytest.raises(Invalid), acting(cast.amel) as tx:
        service.archive_page(tx, number, " ")
    with acting(cast.amel) as tx:
        service.archive_page(tx, number, "remplacée")
    assert read(cast.amel, slug).archived_because == "remplacée"
    with pytest.raises(Refused):
        revise(cast.amel, slug, "Autre.\n\nDeuxième.")
    with acting(cast.amel) as tx:
        service.unarchive_page(tx, number)
    assert read(cast.amel, slug).archived_at is None


def test_tags_of_two_people_add_up(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", TWO, tags=("accueil", "équipe"))
    number = page_id(slug)
    with acting(cast.amel) as tx:
        service.set_tags(tx, number, ["accueil", "équipe"], ["accueil"])
    with acting(cast.bruno) as tx:
        service.set_tags(tx, number, ["accueil", "équipe"], ["accueil", "équipe", "Accueil", "RH"])
    assert read(cast.amel, slug).around.tags == ("RH", "accueil")
