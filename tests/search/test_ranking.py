"""What comes first among what answers equally well, and what stands under it."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from flask import Flask

from intranet import worker
from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.transaction import reader
from intranet.decisions import effects as register
from intranet.members.queries import today
from intranet.search import folding, queries, questions
from intranet.search.index import backend_of
from intranet.search.sources.every import documents
from intranet.search.sources.source import linked_boost, recent_boost
from tests.cast import Cast, Client, acting, as_reader
from tests.wiki.writing import page_id, write


def entered(cast: Cast, title: str) -> str:
    """A decision of today; gives its number."""
    with acting(None) as tx:
        entry = register.Entry(
            body_id=cast.assembly, body_code="AG", title=title, text="Le vélo cargo.",
            result="adopted", decided_on=today(tx), effective_on=today(tx), origin_kind="hand",
            audience="workers",
        )  # fmt: skip
        return register.enter(tx, entry).number


def test_what_others_refer_to_and_what_is_recent_count_a_little_more(
    app: Flask, cast: Cast
) -> None:
    titles = ("Vélo un", "Vélo deux", "Vélo trois")
    numbers = {title: page_id(write(cast.amel, title, "Un texte.")) for title in titles}
    for number in range(3):
        write(cast.bruno, f"Renvoi {number}", "Voir [[Vélo trois]].")
    worker.work_once(app)
    look = reader(SYSTEM)
    key = f"page:{numbers['Vélo un']}"
    made = {one.title: one for one in documents(look, {f"page:{n}" for n in numbers.values()})}
    assert made["Vélo trois"].boosts == (("linked", 1.06), ("recent", 1.06))
    assert made["Vélo deux"].boosts == (("recent", 1.06),)
    aged = replace(made["Vélo un"], boosts=recent_boost(4 * 365))
    assert (aged.key, aged.boosts) == (key, ())
    backend_of(db.session()).upsert([aged])
    looking = as_reader(cast.amel)
    hits = questions.answer(looking, questions.asked(looking, "vélo"), facets=False).hits
    found = ["".join(piece for piece, _ in hit.title) for hit in hits]
    assert [one for one in found if one in titles] == ["Vélo trois", "Vélo deux", "Vélo un"]


def test_no_number_of_links_and_no_day_outweighs_the_words() -> None:
    assert [recent_boost(days) for days in (0, 365, 366, 1095, 1096)] == [
        (("recent", 1.06),), (("recent", 1.06),), (("recent", 1.03),), (("recent", 1.03),), (),
    ]  # fmt: skip
    assert linked_boost(0) == ()
    assert linked_boost(10**6) == (("linked", 1.125),)


def test_what_was_replaced_stands_under_what_stands_in_its_place(app: Flask, cast: Cast) -> None:
    first, second, third = (entered(cast, "Forfait vélo") for _ in range(3))
    other = entered(cast, "Forfait vélo")
    with acting(None) as tx:
        register.link(tx, second, first, "supersedes")
        register.link(tx, third, second, "supersedes")
    worker.work_once(app)
    looking = as_reader(cast.amel)
    hits = questions.answer(looking, questions.asked(looking, "forfait vélo"), facets=False).hits
    lines = {one.hit.key: {hit.key for hit in one.earlier} for one in folding.folded(looking, hits)}
    assert lines == {
        f"decision:{third}": {f"decision:{first}", f"decision:{second}"},
        f"decision:{other}": set(),
    }
    # Whoever asks for the earlier ones alone is given them.
    asked = questions.asked(looking, "forfait vélo state:superseded")
    alone = questions.answer(looking, asked, facets=False).hits
    assert {one.hit.key for one in folding.folded(looking, alone)} == {f"decision:{second}"}
    app.test_client_class = Client
    page = app.test_client().sign_in("amel").get("/search?q=forfait+vélo").text
    assert re.search(rf"{third}.*<details.*{first}", page, re.DOTALL)


def test_an_index_that_is_too_large_for_its_kind_names_the_one_to_choose(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(cast.amel, "Vélo", "Un texte.")
    worker.work_once(app)
    here = queries.index_state(as_reader(cast.amel))
    assert (here.backend, here.better) == ("whoosh", "")
    assert here.documents
    monkeypatch.setitem(queries.COMFORTABLE, "whoosh", here.documents - 1)
    inside = {"sqlite": "fts5", "postgresql": "postgres"}[db.engine.dialect.name]
    assert queries.index_state(as_reader(cast.amel)).better == inside
    app.test_client_class = Client
    page = app.test_client().sign_in("gwen").get("/administration/state").text
    assert re.search(rf"SEARCH_BACKEND\W+{inside}\b", unescape(page))
