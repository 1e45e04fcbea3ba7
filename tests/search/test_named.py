"""A part of a name is enough for a filter, and opens nothing that is closed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from intranet import worker
from intranet.search import questions
from intranet.search.named import whole_names
from intranet.search.parsing import parse_query
from intranet.wiki import service as wiki
from tests.cast import Cast, acting, as_reader
from tests.wiki.writing import page_id, write


def found(person: int, words: str) -> list[str]:
    """The titles that somebody finds."""
    looking = as_reader(person)
    hits = questions.answer(looking, questions.asked(looking, words), facets=False)
    return sorted("".join(piece for piece, _ in hit.title) for hit in hits.hits)


@pytest.fixture
def shelf(app: Flask, cast: Cast) -> Cast:
    """A page by Amel, in a place, under a tag; another by Bruno; a closed one by Amel."""
    above = page_id(write(cast.bruno, "Règlement de l’atelier", "Un rabot."))
    inside = page_id(write(cast.amel, "Outils", "Un rabot.", parent_id=above))
    write(cast.amel, "Fermé", "Un rabot.", "members")
    with acting(cast.amel) as tx:
        wiki.set_tags(tx, inside, (), ("vélos",))
    worker.work_once(app)
    return cast


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("author:amel", ["Fermé", "Outils"]),
        ("auteur:bru", ["Règlement de l’atelier"]),
        ("rabot -author:amel", ["Règlement de l’atelier"]),
        ("tag:velo", ["Outils"]),
        ("in:reglement", ["Outils", "Règlement de l’atelier"]),
        ('dans:"atelier regl"', ["Outils", "Règlement de l’atelier"]),
        ("in:regle-atelier-2", []),
        ("author:mel", []),
    ],
)
def test_a_part_of_a_name_is_enough(shelf: Cast, typed: str, titles: list[str]) -> None:
    assert found(shelf.amel, typed) == titles


def test_s7_a_part_of_a_name_shows_nothing_that_is_closed(shelf: Cast) -> None:
    assert found(shelf.chloe, "author:amel") == ["Outils"]


def test_a_body_is_named_by_its_code_or_by_its_name(shelf: Cast) -> None:
    look = as_reader(shelf.amel)
    assert whole_names(look, parse_query("body:assembl")).bodies == ("assembl", "AG")
    assert whole_names(look, parse_query("body:ag")).bodies == ("ag", "AG")
    plain = parse_query("vélo")
    assert whole_names(look, plain) == replace(plain)
