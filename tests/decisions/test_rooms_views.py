"""The pages around the register: reviews, actions, minutes, trials, lines of time and drawings."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from intranet.decisions import queries
from intranet.decisions.effects import link
from intranet.decisions.reviews import queries as reviews
from intranet.decisions.statuses import State
from intranet.members.queries import today
from intranet.proposals import service as proposals
from intranet.proposals.service import NewProposal
from intranet.proposals.versions import Wording
from intranet.wiki.effects import repeal_rule
from tests.cast import Cast, Client, acting, as_reader
from tests.decisions.later import later
from tests.decisions.register import entered
from tests.decisions.test_views import page
from tests.proposals import stage as on
from tests.proposals.stage import set_up

DAY = timedelta(days=1)


@pytest.fixture
def other(app: Flask, client: Client) -> Client:
    """A second browser."""
    found = app.test_client()
    assert isinstance(found, Client)
    return found


def test_a_review_that_wants_a_change_leads_to_a_proposal_and_shows_it(
    client: Client, other: Client, cast: Cast
) -> None:
    set_up(cast)
    with acting(cast.amel) as tx:
        number = entered(tx, cast, "Le four du lundi", review_on=today(tx)).number
    browser = client.sign_in("amel")
    assert f"/decisions/{number}/reviews/new" in page(browser, "/")
    assert "Le four du lundi" in page(browser, "/decisions/reviews")
    page(browser, f"/decisions/{number}/reviews/new")
    path, day = f"/decisions/{number}/reviews", today(as_reader(cast.amel)) + 300 * DAY
    typed = {"seen": "0", "outcome": "repeal", "against": "Trop cher.", "next_on": day.isoformat()}
    wrong = browser.submit(path, helped="", **typed)
    assert wrong.status_code == 422
    assert "Trop cher." in wrong.get_data(as_text=True)
    asked = browser.submit(path, helped="Du pain frais.", **typed)
    assert asked.status_code == 303
    form = page(browser, asked.headers["Location"])
    assert asked.headers["Location"].startswith("/proposals/acts/repeal/new")
    for words in ("Trop cher.", "Du pain frais.", f'value="{number}"', 'name="review"'):
        assert words in form
    assert "/reviews/new" not in page(browser, "/")
    [review] = reviews.of_decision(as_reader(cast.amel), number)
    in_words = page(browser, f"/proposals/new?review={review.id}")
    assert "Trop cher." in in_words
    assert 'name="review"' in in_words
    drafted = browser.submit(
        "/proposals/acts/repeal",
        title="Éteindre le four",
        text="On éteint.",
        procedure="absolute",
        audience="workers",
        number=number,
        review=review.id,
    )
    assert drafted.status_code == 303
    assert "Éteindre le four" not in page(browser, f"/decisions/{number}"), "a draft is private"
    browser.submit(f"{drafted.headers['Location']}/submission")
    shown = page(other.sign_in("chloe"), f"/decisions/{number}")
    assert "Éteindre le four" in shown
    assert "Trop cher." in shown
    page(other, f"/decisions/{number}/reviews/new", 403)


def test_what_a_decision_asks_for_goes_from_its_page_to_a_home_page(
    client: Client, other: Client, cast: Cast
) -> None:
    with acting(cast.amel) as tx:
        number = entered(tx, cast).number
    browser = client.sign_in("amel")
    page(browser, f"/decisions/{number}/actions/new")
    path = f"/decisions/{number}/actions"
    wrong = browser.submit(path, what="Louer un camion", owner="", due_on="")
    assert wrong.status_code == 422
    assert "Louer un camion" in wrong.get_data(as_text=True)
    due_on = (today(as_reader(cast.amel)) + DAY).isoformat()
    assert browser.submit(path, what="Louer un camion", owner=cast.chloe, due_on=due_on)
    own = other.sign_in("chloe")
    found = re.search(r'href="(/decisions/actions/\d+)"', page(own, "/"))
    assert found
    action = found[1]
    assert "Louer un camion" in page(own, "/decisions/actions?which=mine")
    assert "Louer un camion" not in page(browser, "/decisions/actions?which=mine")
    after = re.search(r'name="after" value="(\d+)"', page(own, action))
    assert after
    typed = {"after": after[1], "owner": cast.chloe, "due_on": due_on, "note": "Chez Renaud."}
    assert own.submit(f"{action}/steps", state="done", **typed).status_code == 303
    assert own.submit(f"{action}/steps", state="open", **typed).status_code == 409
    assert "Louer un camion" not in page(own, "/")
    assert "Chez Renaud." in page(own, f"/decisions/{number}")
    assert "Louer un camion" in page(browser, "/decisions/actions?state=done")
    page(client.application.test_client().sign_in("farid"), action, 404)


def test_a_trial_ends_before_everybodys_eyes(app: Flask, client: Client, cast: Cast) -> None:
    stage = set_up(cast)
    last_day = today(as_reader(cast.amel)) + 20 * DAY
    with acting(cast.amel) as tx:
        words = Wording("Essai", "", "", (on.a_change(stage),), ends_on=last_day)
        new = NewProposal("amendment", words, stage.absolute, stage.page_id)
        proposal_id = proposals.draft(tx, new)
        proposals.submit(tx, proposal_id)
    on.decide(stage, proposal_id)
    browser = client.sign_in("amel")
    number = "AG-2026-002"
    rule = page(browser, "/wiki/teletravail")
    assert f"/decisions/{number}" in rule
    assert rule.count("band--warn") == 1
    assert "badge--warn" not in rule
    assert "band--warn" in page(browser, f"/decisions/{number}")
    with later(21):
        again = app.test_client()
        assert isinstance(again, Client)
        rule = page(again.sign_in("amel"), "/wiki/teletravail")
        assert rule.count("badge--warn") == 1
        assert number in page(again, "/decisions?state=expired")
        assert number in page(again, "/decisions/reviews")


def test_a_decision_says_everywhere_that_none_of_its_paragraphs_is_in_force(
    client: Client, cast: Cast
) -> None:
    stage = set_up(cast)
    with acting(None) as tx:
        for_all = entered(tx, cast, "La fin du télétravail").number
        link(tx, for_all, stage.origin, "amends")
    browser = client.sign_in("amel")
    browser.submit("/language", language="en")
    paths = (f"/decisions/{stage.origin}", "/decisions", "/decisions/timeline", "/export/register")
    for path in paths:
        said = page(browser, path)
        assert said.count("<span>Amended</span>") == 1, path
        assert "None of its paragraphs in force" not in said, path
    with acting(None) as tx:
        repeal_rule(tx, stage.page_id, for_all, today(tx))
    for path in paths:
        said = page(browser, path)
        assert said.count("<span>None of its paragraphs in force</span>") == 1, path
        assert "<span>Amended</span>" not in said, path
    assert "all were replaced, removed or repealed" in page(browser, paths[0])
    mark = queries.statuses(as_reader(cast.amel), [stage.origin])[stage.origin]
    assert mark.state is State.IN_FORCE, "it may have decided more than these words"
    with acting(None) as tx:
        link(tx, for_all, stage.origin, "repeals")
    for path in paths:
        said = page(browser, path)
        assert "None of its paragraphs" not in said, f"repealed says it all: {path}"


def test_a_trial_that_would_be_over_before_the_count_is_not_voted(cast: Cast) -> None:
    stage = set_up(cast)
    with acting(cast.amel) as tx:
        words = Wording("Essai", "", "Deux jours.", ends_on=today(tx) + DAY)
        proposal_id = proposals.draft(tx, NewProposal("resolution", words, stage.absolute))
        proposals.submit(tx, proposal_id)
    with pytest.raises(Exception, match="not_ready"):
        on.open_it(stage, proposal_id)


def test_facets_time_and_family_lead_into_one_another(client: Client, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        old = entered(tx, cast, "Un four", tags=("pain",), kind="resolution").number
        new = entered(tx, cast, "Deux fours", tags=("pain",), kind="amendment").number
        entered(tx, cast, "Un vélo", origin_kind="by_hand")
        link(tx, new, old, "supersedes")
    browser = client.sign_in("amel")
    listed = page(browser, "/decisions?tag=pain&kind=amendment")
    assert "Deux fours" in listed
    assert old not in listed
    assert 'value="amendment" selected' in listed
    assert 'href="/decisions?tag=pain"' in listed, "the kind can be taken away alone"
    nothing = page(browser, "/decisions?tag=pain&kind=by_hand")
    assert 'class="empty"' in nothing
    told = page(browser, "/decisions/timeline?tag=pain")
    assert old in told
    assert "Un vélo" not in told
    for path in (f"/decisions/{old}/family", "/decisions/graph"):
        drawn = page(browser, path)
        assert drawn.count("<circle") == 2
        assert drawn.count("marker-end") == 1
        assert f'href="/decisions/{new}"' in drawn
    assert "/family" in page(browser, f"/decisions/{old}")


def test_minutes_stand_beside_the_decision(client: Client, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        number = entered(tx, cast).number
    browser = client.sign_in("amel")
    page(browser, f"/decisions/{number}/minutes/new")
    path = f"/decisions/{number}/minutes"
    assert browser.submit(path, text="", page="").status_code == 422
    assert browser.submit(path, text="", page="Nulle part").status_code == 422
    assert browser.submit(path, text="Tout le monde a parlé.", page="").status_code == 303
    assert "Tout le monde a parlé." in page(browser, f"/decisions/{number}")
