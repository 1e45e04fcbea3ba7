"""What a reader gets to know of pages, and at what cost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from intranet.core.db import db
from intranet.core.policy import NotFound
from intranet.wiki import history, lists, queries, tree, upkeep
from intranet.wiki.favourites import queries as favourites
from intranet.wiki.reading import page_by_slug
from intranet.wiki.tags import queries as completion
from tests.cast import Cast, as_reader
from tests.wiki.writing import TODAY, read, revise, write

SECRET = "Salaires"


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent to the database meanwhile, without BEGIN and settings."""
    sent: list[str] = []

    def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
        if statement.split()[0].upper() in {"SELECT", "WITH", "INSERT", "UPDATE", "DELETE"}:
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def closed(app: Flask, cast: Cast) -> Cast:
    """A page for members only, tagged, linked from everywhere, linking everywhere, twice saved."""
    write(cast.amel, "Accueil", "Voir [[Salaires]] et [[Absente]].")
    secret = write(cast.amel, SECRET, "Voir [[Accueil]] et [[Grille]].", "members", tags=("paie",))
    revise(cast.amel, secret, "Voir [[Accueil]], [[Grille]] et [[Primes]].")
    above = as_reader(cast.amel)
    number = queries.page_card(above, secret).id
    write(cast.amel, "Détail", "Un détail.", "workers", parent_id=number)
    return cast


def everything(person_id: int) -> str:
    """All that lists and pages tell a person, as one text."""
    reader = as_reader(person_id)
    parts = [
        tree.tree(reader, TODAY),
        tree.choices(reader),
        upkeep.wanted(reader),
        upkeep.orphans(reader),
        upkeep.broken(reader),
        completion.beginning_with(reader, ""),
        favourites.favourites(reader),
        lists.tags(reader),
        lists.tagged(reader, "paie"),
        lists.archived(reader),
        lists.page_named(reader, "salaires"),
        queries.recent_changes(reader),
        queries.rules(reader),
        page_by_slug(reader, "accueil", reader.now.date()).around,
        page_by_slug(reader, "detail", reader.now.date()).around,
    ]
    return repr(parts)


def test_a_closed_page_leaves_no_trace_for_an_employee(closed: Cast) -> None:
    told = everything(closed.chloe)
    wanted_by_accueil = "Wanted(target='Salaires', times=1, wanted_by=(PageRef(slug='accueil'"
    assert wanted_by_accueil in told
    left = told.replace(wanted_by_accueil, "")
    for trace in (SECRET, "salaires", "paie", "Grille", "Primes"):
        assert trace not in left


def test_members_see_what_employees_do_not(closed: Cast) -> None:
    told = everything(closed.amel)
    for trace in ("salaires", "paie", "Grille", "Primes"):
        assert trace in told


def test_a_link_to_a_closed_page_looks_like_a_link_to_a_missing_one(closed: Cast) -> None:
    html = read(closed.chloe, "accueil").html
    assert "/wiki/new?title=Salaires" in html
    assert 'href="/wiki/salaires"' not in html


def test_the_history_of_a_closed_page_is_not_found(closed: Cast) -> None:
    reader = as_reader(closed.chloe)
    for ask in (
        lambda: history.history(reader, "salaires"),
        lambda: history.old_text(reader, "salaires", 1),
        lambda: history.comparison(reader, "salaires", 1, 2),
        lambda: history.edit_base(reader, "salaires"),
        lambda: queries.page_card(reader, "salaires"),
    ):
        with pytest.raises(NotFound):
            ask()


def test_a_page_below_a_closed_one_stands_at_the_top(closed: Cast) -> None:
    roots = [node.title for node in tree.tree(as_reader(closed.chloe), TODAY).roots]
    assert "Détail" in roots
    assert "Détail" not in [node.title for node in tree.tree(as_reader(closed.amel), TODAY).roots]


def test_a_former_member_sees_nothing(closed: Cast) -> None:
    reader = as_reader(closed.david)
    assert tree.tree(reader, TODAY).roots == ()
    assert queries.recent_changes(reader) == []


def _fill(cast: Cast, first: int, last: int) -> None:
    for number in range(first, last):
        text = f"Voir [[Page {number - 1}]] et [[Page 0]].\n\nTexte {number}."
        write(cast.amel, f"Page {number}", text, tags=(f"tag {number % 5}",))


def test_reading_asks_the_database_at_most_three_things_at_any_size(
    app: Flask, cast: Cast, client: FlaskClient
) -> None:
    client.sign_in("amel")
    counts = []
    for first, last in ((0, 10), (10, 200)):
        _fill(cast, first, last)
        client.get("/wiki/page-1")
        with counted() as sent:
            assert client.get("/wiki/page-2").status_code == 200
        with counted() as again:
            assert client.get("/wiki/page-2").status_code == 200
        counts.append((len(sent), len(again)))
    # Both also ask the driver for the number of the database; a page read again, nothing else.
    assert counts == [(2, 0), (2, 0)], counts


def test_lists_ask_the_same_number_of_things_at_any_size(
    app: Flask, cast: Cast, client: FlaskClient
) -> None:
    client.sign_in("amel")
    paths = ["/wiki/", "/wiki/changes", "/wiki/wanted", "/wiki/page-1/history", "/wiki/tags/tag 1"]
    found = []
    for first, last in ((0, 10), (10, 100)):
        _fill(cast, first, last)
        for path in paths:
            with counted() as sent:
                assert client.get(path).status_code == 200, path
            found.append(len(sent))
    half = len(found) // 2
    assert found[:half] == found[half:]
    assert max(found) <= 6


def test_a_save_asks_the_same_number_of_things_at_any_size(app: Flask, cast: Cast) -> None:
    counts = []
    for first, last in ((0, 10), (10, 60)):
        _fill(cast, first, last)
        with counted() as sent:
            revise(cast.amel, "page-1", f"Voir [[Page 0]].\n\nTexte 1, relu {last}.")
        counts.append(len(sent))
    assert counts[0] == counts[1]
