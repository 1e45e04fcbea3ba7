"""What the cooperative calls the same thing: written by members, kept in versions."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from intranet import worker
from intranet.core.policy import Conflict, Invalid, Refused
from intranet.search.questions import answer, asked
from intranet.search.synonyms.names import MOST_GROUPS, SHIPPED, groups_of, problem_of
from intranet.search.synonyms.queries import groups, versions
from intranet.search.synonyms.service import write_synonyms
from tests.cast import Cast, Client, acting, as_reader
from tests.wiki.writing import write


def test_the_list_that_is_shipped_can_be_used_and_knows_the_usual_short_forms() -> None:
    assert problem_of(SHIPPED) == ""
    assert {"AG", "CA", "SCOP", "CSE", "PV", "CDI"} <= {names[0] for names in groups_of(SHIPPED)}


def test_a_word_is_found_under_the_other_ways_to_spell_it(app: Flask, cast: Cast) -> None:
    write(cast.amel, "Lettres", "On répond par courriel.")
    write(cast.amel, "Ailleurs", "Le télétravail.")
    worker.work_once(app)
    look = as_reader(cast.amel)

    def first(typed: str) -> str:
        return answer(look, asked(look, typed), facets=False).hits[0].url

    assert {first(typed) for typed in ("email", "e-mail", "mails")} == {"/wiki/lettres"}
    assert {first(typed) for typed in ("télé-travail", "télé travail")} == {"/wiki/ailleurs"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("AG = assemblée\n\nPV = compte rendu", ""),
        ("AG", "search.line_without_names"),
        ("AG = ag", "search.line_without_names"),
        ("AG = ", "search.line_without_names"),
        (" = ".join(f"n{n}" for n in range(9)), "search.too_many_names"),
        ("\n".join(f"a{n} = b{n}" for n in range(MOST_GROUPS + 1)), "search.too_many_names"),
        (f"AG = {'x' * 81}", "search.name_too_long"),
    ],
)
def test_a_list_that_cannot_be_used_says_why(text: str, problem: str) -> None:
    assert problem_of(text) == problem


def test_each_version_is_kept_and_the_second_of_two_writers_is_told(app: Flask, cast: Cast) -> None:
    assert groups(as_reader(cast.amel)) == groups_of(SHIPPED)
    with acting(cast.chloe) as tx:
        write_synonyms(tx, "vélo = bicyclette", 0)
    first = versions(as_reader(cast.amel))[0]
    assert (first.text, first.author) == ("vélo = bicyclette\n", "Chloé Martin")
    with pytest.raises(Conflict), acting(cast.amel) as tx:
        write_synonyms(tx, "vélo = petite reine", 0)
    with pytest.raises(Invalid), acting(cast.amel) as tx:
        write_synonyms(tx, "vélo", first.number)
    with pytest.raises(Refused), acting(cast.farid) as tx:
        write_synonyms(tx, "vélo = petite reine", first.number)
    with acting(cast.amel) as tx:
        write_synonyms(tx, "", first.number)
    assert groups(as_reader(cast.amel)) == ()
    assert [one.author for one in versions(as_reader(cast.amel))] == ["Amel Benali", "Chloé Martin"]


def test_the_page_gives_the_typed_list_back_with_what_is_wrong(app: Flask, cast: Cast) -> None:
    app.test_client_class = Client
    client = app.test_client().sign_in("amel")
    address = "/search/names/"
    wrong = client.submit(address, text="tournevis seul", number="0")
    assert (wrong.status_code, "tournevis seul" in wrong.text) == (422, True)
    assert client.submit(address, text="vis = tournevis", number="0").status_code == 303
    late = client.submit(address, text="clou = pointe", number="0")
    assert (late.status_code, "clou = pointe" in late.text) == (409, True)
    assert "vis = tournevis" in late.text  # What to compare with, before saving once more.
    seen = re.search(r'name="number" value="(\d+)"', late.text)
    assert seen
    both = "vis = tournevis\nclou = pointe"
    assert client.submit(address, text=both, number=seen[1]).status_code == 303
    guest = app.test_client().sign_in("farid").get(address).text
    assert "vis = tournevis" in guest
    assert "<textarea" not in guest
