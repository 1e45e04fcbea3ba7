"""The form for decisions from papers, as people meet it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from intranet.core.db import db
from intranet.decisions.models import Decision
from tests.cast import Cast, Client
from tests.wiki.writing import write


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.get_data(as_text=True)


def paper(cast: Cast, **changes: str) -> dict[str, str]:
    return {
        "body": str(cast.assembly),
        "title": "Louer le local",
        "text": "Rue des Tanneurs, pour neuf ans.",
        "result": "adopted",
        "decided_on": "2019-04-02",
        "audience": "workers",
        **changes,
    }


def test_an_old_decision_is_entered_from_the_form(client: Client, cast: Cast) -> None:
    browser = client.sign_in("amel")
    page(browser, "/decisions/new")
    answer = browser.submit("/decisions", **paper(cast, count_for="7", electorate_size="12"))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/decisions/AG-2019-001")
    assert "Rue des Tanneurs" in page(browser, "/decisions/AG-2019-001")


def test_a_form_that_comes_back_has_lost_nothing(client: Client, cast: Cast) -> None:
    browser = client.sign_in("amel")
    wrong = paper(cast, decided_on="au printemps", text="Mon long texte", tags="pain, four")
    answer = browser.submit("/decisions", **wrong)
    said = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="error-decided_on"' in said
    for words in ("Mon long texte", "pain, four", "Louer le local", "au printemps"):
        assert words in said
    assert db.session.scalar(select(Decision.id)) is None


@pytest.mark.parametrize("name", ["chloe", "farid", "gwen"])
def test_the_form_is_closed_to_those_who_may_not_record(
    client: Client, cast: Cast, name: str
) -> None:
    browser = client.sign_in(name)
    page(browser, "/decisions/new", 403)
    assert browser.submit("/decisions", **paper(cast)).status_code == 403
    assert "/decisions/new" not in page(browser, "/decisions")


def test_a_page_becomes_a_rule_and_each_leads_to_the_other(client: Client, cast: Cast) -> None:
    slug = write(cast.chloe, "Prêt des outils", "Le rabot revient au mur.\n\nLe soir même.")
    browser = client.sign_in("amel")
    offered = page(browser, f"/decisions/new?page={slug}")
    assert '<option value="Prêt des outils">' in offered
    assert f'value="{slug}"' in offered
    answer = browser.submit(
        "/decisions", **paper(cast, rule_page="Prêt des outils", layer="work_rules")
    )
    assert answer.headers["Location"] == "/decisions/AG-2019-001"
    assert f"/wiki/{slug}" in page(browser, "/decisions/AG-2019-001")
    rule = page(browser, f"/wiki/{slug}")
    assert rule.count('href="/decisions/AG-2019-001"') >= 2
    again = browser.submit("/decisions", **paper(cast, rule_page=slug, layer="work_rules"))
    assert again.status_code == 422
    said = again.get_data(as_text=True)
    assert 'id="error-rule_page"' in said
    assert 'value="work_rules" selected' in said
