"""The wiki as somebody meets it in a browser."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from intranet.core.block_changes import BlockChange
from intranet.wiki import rules
from intranet.wiki.addresses import RESERVED, creation_address, page_address
from tests.cast import Cast, as_reader, this_day
from tests.wiki.writing import enact, head_id, revise, rule, source, write

PATHS = [
    "",
    "changes",
    "wanted",
    "archive",
    "new",
    "new?title=Autre&parent=accueil",
    "tags/vie",
    "accueil",
    "accueil/edit",
    "accueil/history",
    "accueil/revisions/1",
    "accueil/compare",
    "accueil/settings",
    "accueil/authors",
    "accueil/since",
    "accueil/trashing",
    "accueil/compare?of=source&as=sides",
    "changes/new",
    "archive/trash",
]
TWO = "Premier.\n\nDeuxième.\n"


def test_every_page_of_the_wiki_opens(client: FlaskClient, cast: Cast) -> None:
    slug = write(cast.amel, "Accueil", "Voir [[Absente]].", tags=("vie",))
    revise(cast.amel, slug, "Voir [[Absente]] encore.")
    client.sign_in("amel")
    for path in PATHS:
        assert client.get(f"/wiki/{path}").status_code == 200, path


def test_stored_addresses_are_those_of_the_routes(app: Flask) -> None:
    with app.test_request_context():
        from flask import url_for

        assert url_for("wiki.show", slug="vie") == page_address("vie")
        assert creation_address("a b").startswith(url_for("wiki.create"))
    own = {
        rule.rule.split("/")[2]
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/wiki/") and "<" not in rule.rule.split("/")[2]
    }
    assert own - {""} <= RESERVED


def test_a_page_is_written_and_read_through_forms(client: FlaskClient, cast: Cast) -> None:
    client.sign_in("chloe")
    answer = client.submit(
        "/wiki/", title="Vie commune", text="# Vie\n\nBonjour.", audience="workers", tags="a, b"
    )
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"]).get_data(as_text=True)
    assert "<h1>Vie commune</h1>" in page
    assert "Bonjour." in page


def test_a_taken_name_is_refused_with_a_link_and_the_text_kept(
    client: FlaskClient, cast: Cast
) -> None:
    write(cast.amel, "Vie", TWO)
    client.sign_in("amel")
    answer = client.submit("/wiki/", title="VIE", text="Mon long texte.", audience="workers")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'href="/wiki/vie"' in page
    assert "Mon long texte." in page


def test_c8_a_save_that_takes_almost_everything_away_asks_first(
    client: FlaskClient, cast: Cast
) -> None:
    slug = write(cast.amel, "Vie", "Un long texte. " * 20)
    client.sign_in("amel")
    fields = {"text": "Court.", "base": head_id(slug), "wish": "save"}
    answer = client.submit(f"/wiki/{slug}/revisions", **fields)
    assert answer.status_code == 422
    assert 'name="confirmed"' in answer.get_data(as_text=True)
    assert client.submit(f"/wiki/{slug}/revisions", **fields, confirmed="1").status_code == 303


@pytest.mark.parametrize(("wish", "sign"), [("changes", "<ins>"), ("preview", "<em>relu</em>")])
def test_changes_and_preview_are_shown_without_saving(
    client: FlaskClient, cast: Cast, wish: str, sign: str
) -> None:
    slug = write(cast.amel, "Vie", TWO)
    client.sign_in("amel")
    text = "Premier, *relu*.\n\nDeuxième.\n"
    answer = client.submit(f"/wiki/{slug}/revisions", text=text, base=head_id(slug), wish=wish)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert sign in page
    assert text in page
    assert source(slug) == TWO


def test_reading_and_opening_the_editor_write_nothing(client: FlaskClient, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", TWO)
    head = head_id(slug)
    client.sign_in("amel")
    for path in ("", "/edit", "/history", "/compare", "/settings"):
        client.get(f"/wiki/{slug}{path}")
    assert head_id(slug) == head
    assert source(slug) == TWO


def test_an_unchanged_page_is_not_sent_twice(client: FlaskClient, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", TWO)
    client.sign_in("amel")
    client.get(f"/wiki/{slug}")
    tag = client.get(f"/wiki/{slug}").headers["ETag"]
    assert client.get(f"/wiki/{slug}", headers={"If-None-Match": tag}).status_code == 304
    write(cast.bruno, "Autre", "Voir [[Vie]].")
    changed = client.get(f"/wiki/{slug}", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert "Autre" in changed.get_data(as_text=True)
    client.submit("/sign-out")
    client.sign_in("bruno")
    assert client.get(f"/wiki/{slug}", headers={"If-None-Match": tag}).status_code == 200


def test_a_former_address_leads_to_the_page_for_good(client: FlaskClient, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", TWO)
    client.sign_in("amel")
    client.submit(f"/wiki/{slug}/renaming", title="Vie commune", seen=head_id(slug))
    answer = client.get("/wiki/vie?on=2026-01-01")
    assert (answer.status_code, answer.headers["Location"]) == (
        301,
        "/wiki/vie-commune?on=2026-01-01",
    )
    assert client.get("/wiki/vie", follow_redirects=True).request.path == "/wiki/vie-commune"


def test_a_rule_is_not_edited_but_amended(client: FlaskClient, cast: Cast) -> None:
    rule("Congés", TWO)
    client.sign_in("amel")
    page = client.get("/wiki/conges").get_data(as_text=True)
    assert "/wiki/conges/edit" not in page
    assert "/proposals/new?page=conges" in page
    block = re.search(r"/wiki/conges/amendment\?block=(\w+)", page)
    assert block
    answer = client.get(f"/wiki/conges/amendment?block={block[1]}")
    assert "page=conges" in answer.headers["Location"]
    assert f"block={block[1]}" in answer.headers["Location"]
    assert client.get("/wiki/conges/edit").status_code == 403


def test_the_text_of_another_day_says_which_day(client: FlaskClient, cast: Cast) -> None:
    number = rule("Congés", "Un mois avant.", on=date(2024, 1, 1))
    text = rules.rule_text(as_reader(cast.amel), number)
    change = BlockChange("replace", text.blocks[0].id, "Un mois avant.", "La veille.")
    day = this_day() + timedelta(days=20)
    enact(number, [change], "AG-2026-014", day)
    client.sign_in("amel")
    today = client.get("/wiki/conges").get_data(as_text=True)
    assert "Un mois avant." in today
    assert "AG-2026-014" in today
    assert "La veille." in client.get(f"/wiki/conges?on={day}").get_data(as_text=True)
    assert "Un mois avant." in client.get("/wiki/conges?on=2025-03-01").get_data(as_text=True)


def test_page_names_with_signs_survive_the_round_trip(client: FlaskClient, cast: Cast) -> None:
    client.sign_in("amel")
    for title in ('« L’œuvre » & "co" <b>', "a/b?c#d%20", "- yes: 2024"):
        answer = client.submit("/wiki/", title=title, text=TWO, audience="workers")
        slug = answer.headers["Location"].rsplit("/", 1)[1]
        for path in ("", "/history", "/compare", "/settings"):
            assert client.get(f"/wiki/{slug}{path}").status_code == 200
        page = client.get(f"/wiki/{slug}").get_data(as_text=True)
        assert "<b>" not in page.split("<h1>")[1].split("</h1>")[0]


def test_asking_for_a_page_that_exists_leads_to_it(client: FlaskClient, cast: Cast) -> None:
    write(cast.amel, "Vie", TWO)
    client.sign_in("amel")
    assert client.get("/wiki/new?title=vie").headers["Location"] == "/wiki/vie"


def test_restoring_needs_a_form_and_not_a_link(client: FlaskClient, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", TWO)
    first = head_id(slug)
    revise(cast.amel, slug, "Autre.\n\nDeuxième.\n")
    client.sign_in("amel")
    assert client.get(f"/wiki/{slug}/restorations").status_code in (404, 405)
    fields = {"revision": first, "seen": head_id(slug)}
    assert client.post(f"/wiki/{slug}/restorations", data=fields).status_code == 400
    assert client.submit(f"/wiki/{slug}/restorations", **fields).status_code == 303
    assert source(slug) == TWO


def test_closed_pages_answer_like_missing_ones(client: FlaskClient, cast: Cast) -> None:
    write(cast.amel, "Salaires", TWO, "members")
    client.sign_in("chloe")
    for path in ("", "/edit", "/history", "/revisions/1", "/compare", "/settings", "/amendment"):
        closed = client.get(f"/wiki/salaires{path}")
        missing = client.get(f"/wiki/absente{path}")
        assert closed.status_code == missing.status_code == 404, path
        assert "Salaires" not in closed.get_data(as_text=True)
