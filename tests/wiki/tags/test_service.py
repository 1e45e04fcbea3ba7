"""Renaming tags, and making one of two."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from intranet.core.policy import Invalid, NotFound, Refused
from intranet.wiki import lists
from intranet.wiki.tags import service
from intranet.wiki.tags.queries import beginning_with, by_letter
from tests.cast import Cast, Client, acting, as_reader
from tests.wiki.writing import read, write


def rename(person_id: int, tag: str, name: str) -> str:
    with acting(person_id) as tx:
        return service.rename_tag(tx, tag, name)


def test_a_tag_is_renamed_on_every_page(app: Flask, cast: Cast) -> None:
    for title in ("Un", "Deux"):
        write(cast.amel, title, tags=("conges", "vie"))
    assert rename(cast.bruno, "conges", " Congés ") == "Congés"
    assert read(cast.amel, "un").around.tags == ("Congés", "vie")
    assert lists.tags(as_reader(cast.amel)) == [("Congés", 2), ("vie", 2)]


def test_two_tags_become_one_and_no_page_has_it_twice(app: Flask, cast: Cast) -> None:
    write(cast.amel, "Un", tags=("congés",))
    write(cast.amel, "Deux", tags=("vacances", "congés"))
    assert rename(cast.amel, "congés", "VACANCES") == "vacances"
    assert lists.tags(as_reader(cast.amel)) == [("vacances", 2)]


@pytest.mark.parametrize("name", ["", " ", "a, b", "x" * 51])
def test_a_tag_gets_one_name(app: Flask, cast: Cast, name: str) -> None:
    write(cast.amel, "Un", tags=("vie",))
    with pytest.raises(Invalid):
        rename(cast.amel, "vie", name)


def test_whoever_reads_only_renames_nothing(app: Flask, cast: Cast) -> None:
    write(cast.amel, "Un", audience="open", tags=("vie",))
    with pytest.raises(Refused):
        rename(cast.farid, "vie", "mort")


def test_s7_a_tag_of_closed_pages_is_not_there(app: Flask, cast: Cast) -> None:
    write(cast.amel, "Salaires", audience="members", tags=("paie", "commun"))
    write(cast.amel, "Autre", tags=("commun",))
    with pytest.raises(NotFound):
        rename(cast.chloe, "paie", "argent")
    assert beginning_with(as_reader(cast.chloe), "pa") == []
    rename(cast.chloe, "commun", "partagé")
    assert read(cast.amel, "salaires").around.tags == ("commun", "paie")


def test_tags_are_found_by_their_beginning_then_by_what_they_hold(app: Flask, cast: Cast) -> None:
    write(cast.amel, "Un", tags=("Été", "les étés", "hiver"))
    assert beginning_with(as_reader(cast.amel), "ETE") == ["Été", "les étés"]
    assert list(by_letter([("été", 1), ("eau", 2), ("12", 1)])) == ["#", "E"]


def test_the_form_says_what_is_wrong_and_leads_to_the_tag(client: FlaskClient, cast: Cast) -> None:
    write(cast.amel, "Un", tags=("vie",))
    assert isinstance(client, Client)
    client.sign_in("amel")
    assert "vie" in client.get("/wiki/tags").get_data(as_text=True)
    assert client.get("/wiki/tag-renaming?tag=vie").status_code == 200
    assert client.submit("/wiki/tag-renaming", tag="vie", name="a,b").status_code == 422
    answer = client.submit("/wiki/tag-renaming", tag="vie", name="vie / travail")
    assert client.get(answer.headers["Location"]).status_code == 200
    assert client.get("/wiki/tag-completion?q=tra").get_json() == {"tags": ["vie / travail"]}
