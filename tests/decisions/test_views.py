"""The pages of the register, as people meet them."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask

from intranet.core.events import canonical
from intranet.core.texts import text_of
from intranet.decisions.effects import link
from intranet.decisions.models import Decision
from intranet.voting import registry
from intranet.voting.settings import Settings
from intranet.voting.types import Electorate
from tests.cast import Cast, Client, acting
from tests.decisions.register import entered
from tests.voting.boxes import box


def counted() -> dict[str, object]:
    settings = Settings()
    outcome = registry.method("simple_majority").tally(
        box(votes_for=9, against=2, abstain=1), Electorate(14), settings
    )
    procedure = {
        "key": "ago",
        "version": 2,
        "name": "Assemblée ordinaire",
        "method": "simple_majority",
        "settings": settings.to_json(),
        "secret": False,
    }
    return {
        "outcome": canonical(outcome.to_json()),
        "procedure": canonical(procedure),
        "electorate_size": 14,
    }


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.get_data(as_text=True)


def test_d12_an_erratum_stands_above_the_original_which_stays_as_it_was(
    client: Client, cast: Cast
) -> None:
    with acting(cast.amel) as tx:
        original = entered(tx, cast, text="On achète un fuor.", **counted())
        record = dict(vars(tx.session.get_one(Decision, original.id)))
    browser = client.sign_in("bruno")
    fields = {"text": "On achète un four.", "because": "Faute de frappe"}
    browser.submit(f"/decisions/{original.number}/rectifications", **fields)
    said = page(browser, f"/decisions/{original.number}")
    above, _, below = said.partition("AG-2026-002" if "AG-2026-002" in said else "no erratum")
    assert "On achète un fuor." in below
    assert "On achète un fuor." not in above
    for words in ("Bruno Costa", "Faute de frappe", "<ins>four</ins>", "<del>fuor</del>"):
        assert words in below.partition('class="prose"')[0], words
    with acting(None) as tx:
        after = vars(tx.session.get_one(Decision, original.id))
        kept = ("number", "outcome", "text_digest", "result", "decided_on", "recorded_at")
        assert {name: after[name] for name in kept} == {name: record[name] for name in kept}
        assert text_of(tx.session, record["text_digest"]) == "On achète un fuor."


def test_an_empty_register_says_what_will_be_there(client: Client, cast: Cast) -> None:
    said = page(client.sign_in("amel"), "/decisions")
    assert "/decisions/new" in said
    assert 'class="empty"' in said


def test_a_decision_shows_its_words_its_count_and_its_kin(client: Client, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        old = entered(tx, cast, "Un four & une pelle", tags=("cuisine",)).number
        new = entered(tx, cast, "Deux fours", **counted()).number
        link(tx, new, old, "supersedes")
    browser = client.sign_in("amel")
    said = page(browser, f"/decisions/{new}")
    for words in ("Assemblée ordinaire", "Deux fours, dès que possible.", old, "result-bar", "14"):
        assert words in said
    assert said.count('class="arithmetic"') == 1
    assert new in page(browser, f"/decisions/{old}")
    listed = page(browser, "/decisions")
    assert "Un four &amp; une pelle" in listed
    assert "?tag=cuisine" in listed
    assert old not in page(browser, "/decisions?state=applies")
    assert old in page(browser, "/decisions?state=ended&words=PELLE")
    nothing = page(browser, "/decisions?words=rien+de+tel")
    assert 'class="empty"' in nothing
    assert 'href="/proposals/?tab=rejected"' in nothing


@pytest.mark.parametrize("payload", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_words_of_members_are_never_markup(client: Client, cast: Cast, payload: str) -> None:
    with acting(cast.amel) as tx:
        number = entered(tx, cast, payload, text=payload, tags=(payload,)).number
    browser = client.sign_in("amel")
    for path in ("/decisions", f"/decisions/{number}", f"/decisions/{number}/rectifications/new"):
        said = page(browser, path)
        assert payload not in said
        assert "<script>alert" not in said
    assert payload not in page(browser, "/decisions?words=" + payload.replace("&", "%26"))


@pytest.mark.parametrize("name", ["chloe", "farid", "gwen", "amel"])
def test_a_closed_decision_leaves_no_trace_for_others(
    client: Client, cast: Cast, name: str
) -> None:
    with acting(cast.amel) as tx:
        closed = entered(tx, cast, "Le secret du four", audience="members", tags=("motus",)).number
        shown = entered(tx, cast, "Le four", audience="open").number
        link(tx, closed, shown, "amends")
    browser = client.sign_in(name)
    may = name == "amel"
    pages = ["/decisions", "/decisions?tag=motus", "/decisions/export.csv"]
    if name != "gwen":
        pages.append(f"/decisions/{shown}")
    for path in pages:
        said = page(browser, path)
        assert ("Le secret du four" in said) is ((may and path != f"/decisions/{shown}") or may), (
            path
        )
        assert ("AG-2026-001" in said) is may, path
    for path in (closed, f"{closed}/rectifications/new"):
        page(browser, f"/decisions/{path}", 200 if may else 404)
    for act in ("tags", "audience", "rectifications"):
        if not may:
            answer = browser.submit(f"/decisions/{closed}/{act}", tags="x", audience="open")
            assert answer.status_code == 404, act


def test_a_number_that_does_not_exist_is_not_there(client: Client, cast: Cast) -> None:
    page(client.sign_in("amel"), "/decisions/AG-1999-001", 404)


def test_the_list_can_be_taken_away_without_formulas(client: Client, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        entered(tx, cast, "=1+1", tags=("@x",))
        entered(tx, cast, "Un four", result="rejected")
    answer = client.sign_in("amel").get("/decisions/export.csv")
    assert answer.mimetype == "text/csv"
    text = answer.get_data().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert [row[0] for row in rows[1:]] == ["AG-2026-002", "AG-2026-001"]
    assert rows[2][1] == "'=1+1"
    assert rows[2][-1] == "'@x"
    assert rows[2][4] == "2026-03-12"
    assert rows[1][4] == ""


def test_a_wording_is_corrected_beside_the_original(client: Client, cast: Cast) -> None:
    with acting(cast.bruno) as tx:
        number = entered(tx, cast, text="Un fuor.").number
    browser = client.sign_in("amel")
    assert "Un fuor." in page(browser, f"/decisions/{number}/rectifications/new")
    path = f"/decisions/{number}/rectifications"
    again = browser.submit(path, text="Un four.", because="")
    assert again.status_code == 422
    assert "Un four." in again.get_data(as_text=True)
    answer = browser.submit(path, text="Un four.", because="Faute de frappe.")
    assert answer.status_code == 303
    corrected = answer.headers["Location"]
    said = page(browser, corrected)
    assert "Faute de frappe." in said
    assert "Amel Benali" in said
    original = page(browser, f"/decisions/{number}")
    assert "Un fuor." in original
    assert corrected in original
    page(browser, f"{corrected}/rectifications/new", 403)


def test_subjects_and_readers_are_chosen_on_the_page(client: Client, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        number = entered(tx, cast).number
    browser = client.sign_in("amel")
    assert browser.submit(f"/decisions/{number}/tags", tags="Four, pain").status_code == 303
    assert "?tag=four" in page(browser, f"/decisions/{number}")
    long = ", ".join(str(turn) for turn in range(13))
    again = browser.submit(f"/decisions/{number}/tags", tags=long)
    assert again.status_code == 422
    assert long in again.get_data(as_text=True)
    assert browser.submit(f"/decisions/{number}/audience", audience="members").status_code == 303
    page(client.application.test_client().sign_in("chloe"), f"/decisions/{number}", 404)
    assert browser.submit(f"/decisions/{number}/audience", audience="all").status_code == 403


def test_the_page_is_there_for_everybody_it_is_for(app: Flask, client: Client, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        number = entered(tx, cast, audience="open").number
    for name in ("amel", "chloe", "farid"):
        browser = app.test_client().sign_in(name)
        said = page(browser, f"/decisions/{number}")
        assert ("/rectifications/new" in said) is (name == "amel")
        assert (f"/decisions/{number}/tags" in said) is (name != "farid")
