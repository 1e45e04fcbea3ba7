"""Numbers before headings, for pages that ask for them."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from intranet.core.html_text import text_of_html
from intranet.core.markdown import Heading
from intranet.core.policy import Refused
from intranet.wiki.numbering.drawing import numbers_of
from intranet.wiki.numbering.service import number_headings
from tests.cast import Cast, Client, acting
from tests.wiki.writing import page_id, read, rule, write

TEXT = "# Livret\n\n## Objet\n\n### Qui\n\n### Quand\n\n## Fin\n\n[[#Quand]]\n"


def test_numbers_follow_from_the_order_of_the_headings() -> None:
    levels = (2, 3, 3, 5, 3, 2, 4, 2)
    headings = [Heading(level, str(at), "") for at, level in enumerate(levels)]
    numbers = ["1", "1.1", "1.2", "1.2.1", "1.3", "2", "2.1", "3"]
    assert list(numbers_of(headings).values()) == numbers


def test_a_page_shows_numbers_and_keeps_its_text_and_its_anchors(
    client: FlaskClient, cast: Cast
) -> None:
    write(cast.amel, "Livret", TEXT)
    before = read(cast.amel, "livret")
    assert isinstance(client, Client)
    client.sign_in("amel")
    assert 'action="/wiki/livret/numbers"' in client.get("/wiki/livret/settings").get_data(True)
    client.submit("/wiki/livret/numbers", wanted="1")
    page = read(cast.amel, "livret")
    shown = text_of_html(page.html)
    assert "1 Objet" in shown
    assert "1.2 Quand" in shown
    assert [title for _level, title, _id in page.toc] == [
        "1 Objet",
        "1.1 Qui",
        "1.2 Quand",
        "2 Fin",
    ]
    assert [entry[2] for entry in page.toc] == [entry[2] for entry in before.toc]
    client.submit("/wiki/livret/numbers", wanted="0")
    assert read(cast.amel, "livret").html == before.html


def test_nobody_numbers_a_rule_by_hand(app: Flask, cast: Cast) -> None:
    number = rule("Congés", "## Objet\n\nTrente jours.\n")
    with pytest.raises(Refused), acting(cast.amel) as tx:
        number_headings(tx, number, wanted=True)
    assert page_id("conges") == number
