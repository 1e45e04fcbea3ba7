"""The pages of the rulebook."""

from __future__ import annotations

import pytest
from flask import Flask, Response

from intranet.papers.service import OldDecision, enter_by_hand
from intranet.redaction.service import redact_revision
from intranet.web import pdf
from intranet.wiki.effects import name_deciders, repeal_rule
from intranet.wiki.placing import place_rule
from intranet.worker import work_once
from tests.cast import Cast, Client, acting
from tests.decisions.register import entered
from tests.proposals.stage import set_up
from tests.rulebook.test_queries import CHANGE, LEAVE, START, change
from tests.wiki.writing import read as wiki_page
from tests.wiki.writing import rule


@pytest.fixture
def leave(app: Flask, cast: Cast) -> int:
    """A rule of 2024, changed in 2025."""
    number = rule("Congés", LEAVE, "AG-2024-001", START)
    change(number, "On prévient un mois avant.", "On prévient la veille.", "AG-2025-002", CHANGE)
    return number


def page(client: Client, path: str) -> str:
    answer = client.sign_in("chloe").get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_an_address_holds_its_day(client: Client, leave: int) -> None:
    html = page(client, "/rulebook?on=2024-03-01")
    assert "un mois avant" in html
    assert "1er mars 2024" in html
    assert "Article 1" in html
    assert 'href="/rulebook?on=2025-06-01"' in html


@pytest.mark.parametrize("typed", ["hier", "2024-13-01", "0001-01-01", "9999-12-31", "<b>"])
def test_what_is_no_day_is_said_and_today_is_shown(client: Client, leave: int, typed: str) -> None:
    html = page(client, f"/rulebook?on={typed}")
    assert "la veille" in html
    assert typed not in html or "<b>" not in typed


def test_a_rule_that_names_its_procedures_says_so(client: Client, cast: Cast) -> None:
    stage = set_up(cast)
    with acting(None) as tx:
        name_deciders(tx, stage.page_id, [stage.absolute], stage.origin)
    html = page(client, "/rulebook")
    assert html.count('href="/procedures/absolute"') == 3
    assert html.count("The only procedures") + html.count("Seules procédures") == 1


def test_a_decision_that_a_rule_cites_is_named_with_its_state(client: Client, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        number = entered(tx, cast, "Les clés du local", text="On les garde.").number
    rule("Clés", f"Voir [la décision](/decisions/{number}).", "AG-2024-001", START)
    html = page(client, "/rulebook")
    assert 'class="citation"' in html
    assert "Les clés du local" in html


def test_the_seals_of_a_day_can_be_taken_away(client: Client, leave: int) -> None:
    lines = page(client, "/rulebook/digests.txt?on=2024-03-01").splitlines()
    assert [line.split("  ")[1] for line in lines] == ["Congés"]


def test_the_comparison_marks_words(client: Client, leave: int) -> None:
    html = page(client, "/rulebook/comparison?from=2024-03-01&to=2025-07-01")
    assert "<del>" in html
    assert "<ins>" in html
    assert "AG-2025-002" in html
    assert "Congés" not in page(client, "/rulebook/comparison?from=2025-07-01&to=2025-07-02")


def test_a_leap_day_is_compared_with_the_day_before_its_like(client: Client, leave: int) -> None:
    assert "28 février 2023" in page(client, "/rulebook/comparison?to=2024-02-29")


def test_a_note_that_lacks_something_comes_back_with_what_was_typed(
    client: Client, leave: int
) -> None:
    client.sign_in("amel")
    answer = client.submit("/rulebook/outstanding", number="AG-1", because="à écrire")
    assert answer.status_code == 422
    assert 'value="à écrire"' in answer.get_data(as_text=True)


def test_pages_are_closed_to_strangers(client: Client, leave: int) -> None:
    for path in ("/rulebook", "/rulebook/comparison", "/rulebook/outstanding"):
        assert client.get(path).status_code == 302


def test_the_rulebook_of_a_day_is_kept_as_a_tagged_file_that_bears_it(
    client: Client, leave: int
) -> None:
    if not pdf.is_available():
        pytest.skip("the extra pdf or the library Pango is not installed")
    answer = client.sign_in("chloe").get("/rulebook.pdf?on=2024-03-01")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF-")
    assert "rulebook-2024-03-01.pdf" in answer.headers["Content-Disposition"]


def test_without_weasyprint_the_rulebook_says_how_to_print_it(
    client: Client, leave: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "_library", lambda: None)
    html = page(client, "/rulebook?on=2024-03-01")
    assert "rulebook.pdf" not in html
    assert "PDF" in html
    assert client.get("/rulebook.pdf").status_code == 404


def test_the_printed_rulebook_begins_with_its_contents(
    client: Client, leave: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []

    def keep(name: str, document: str) -> Response:
        printed.append(document)
        return Response(name)

    monkeypatch.setattr(pdf, "download", keep)
    assert client.sign_in("chloe").get("/rulebook.pdf?on=2024-03-01").status_code == 200
    contents = printed[0].partition('<nav class="contents contents--printed"')[2]
    contents = contents.partition("</nav>")[0]
    assert "<details" not in contents
    assert f'<a href="#rule-{leave}">1. Congés</a>' in contents
    assert f'id="rule-{leave}"' in printed[0]


def test_d9_the_comparison_tells_the_new_number_of_an_article(client: Client, leave: int) -> None:
    other = rule("Accueil", "Bienvenue.", "AG-2024-002", START)
    with acting(None) as tx:
        place_rule(tx, other, None, "AG-2025-009", CHANGE)
    html = page(client, f"/rulebook/comparison?from={START}&to={CHANGE}")
    assert "L’article 2 est devenu l’article 1" in html
    assert "L’article 1 est devenu l’article 2" in html
    assert 'href="/decisions/AG-2025-009"' in html


def test_a_trial_and_removed_words_are_told_in_the_rulebook(client: Client, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        tried = OldDecision(cast.assembly, "Essai", "On essaie.", START, ends_on=CHANGE)
        number = enter_by_hand(tx, tried).number
    shown = rule("Horaires", "On commence à 9 h.\n\nMarc finit à 17 h.", number, START)
    change(shown, "Marc finit à 17 h.", "On finit à 17 h.", number, CHANGE)
    with acting(cast.bruno) as tx:
        redact_revision(tx, "horaires", 1, "une personne nommée")
    assert "Essai terminé le" in page(client, "/rulebook")
    past = page(client, f"/rulebook?on={START}")
    assert "Ces mots ont été retirés : une personne nommée." in past
    assert "Essai terminé le" not in past


def test_a_repealed_rule_is_marked_everywhere_and_offers_no_change(
    app: Flask, client: Client, cast: Cast
) -> None:
    number = rule("Horaires", "On commence à neuf heures.", "AG-2024-001", START)
    block = wiki_page(cast.chloe, "horaires").html.partition('id="b-')[2].partition('"')[0]
    with acting(None) as tx:
        repeal_rule(tx, number, "AG-2025-001", CHANGE)
    work_once(app)
    shown = page(client, "/wiki/horaires")
    assert "/wiki/horaires/amendment" not in shown
    history = page(client, f"/wiki/horaires/paragraphs/{block}")
    assert "Proposer une modification" not in history
    answer = client.get(f"/wiki/horaires/amendment?block={block}")
    assert (answer.status_code, answer.location) == (302, "/wiki/horaires")
    assert '<span class="badge badge--bad">Abrogée</span>' in page(client, "/wiki/")
    found = page(client, "/search?q=neuf+heures").partition("<main")[2]
    assert "Horaires" in found
    assert "Abrogée" in found
