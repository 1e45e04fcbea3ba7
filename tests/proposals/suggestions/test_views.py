"""The pages of amendments, from the first words to the count."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask
from sqlalchemy import update

from intranet import duties
from intranet.polls.models import Poll
from tests.cast import Client, acting
from tests.proposals import choosing as among
from tests.proposals import stage as on
from tests.proposals.stage import Stage
from tests.proposals.suggestions.suggesting import a_long_resolution, suggested, text_now


def guest(app: Flask, name: str) -> Client:
    app.test_client_class = Client
    browser: Client = app.test_client()
    return browser.sign_in(name)


def page(browser: Client, path: str) -> str:
    answer = browser.get(path, follow_redirects=True)
    assert answer.status_code == 200, path
    return str(answer.get_data(as_text=True))


def test_an_amendment_is_made_answered_voted_and_counted(app: Flask, stage: Stage) -> None:
    cast, proposal_id = stage.cast, on.an_amendment(stage)
    among.a_way_to_choose(stage, "approval")
    where = f"/proposals/{proposal_id}"
    bruno, amel = guest(app, "bruno"), guest(app, "amel")
    first = page(bruno, f"{where}/amendments/new")
    address = re.search(rf'href="({where}/amendments/new\?block=[^"&]+)"', first)
    assert address
    form = page(bruno, address[1])
    block = re.search(r'name="block" value="([^"]+)"', form)
    assert block
    assert "trois jours" in form
    said = {"block": block[1], "base_number": "1", "new_text": "Quatre jours.", "reason": ""}
    assert bruno.submit(f"{where}/amendments/", **said).status_code == 422
    answer = bruno.submit(f"{where}/amendments/", **said | {"reason": "Encore mieux."})
    assert (answer.status_code, answer.location) == (303, f"{where}#amendment-1")
    suggested(cast.esther, proposal_id, "trois jours", "un jour")
    assert amel.submit(f"{where}/amendments/1/acceptance").status_code == 403
    assert amel.submit(f"{where}/amendments/2/refusal", because="").status_code == 422
    assert "Encore mieux." in page(amel, f"{where}/amendments/1/vote")
    wrong = amel.submit(
        f"{where}/amendments/1/vote", procedure="none", closes_at="2000-01-01T10:00"
    )
    assert wrong.status_code == 422
    until = "2027-01-15T18:00"
    opened = amel.submit(f"{where}/amendments/1/vote", procedure="approval", closes_at=until)
    assert opened.status_code == 303
    assert opened.location.startswith(f"{where}/amendments/votes/")
    vote = page(bruno, opened.location)
    poll = re.search(r'action="(/polls/\d+/ballot)"', vote)
    assert poll
    cast_vote = bruno.submit(poll[1], **{"mark.0": "1"})
    assert cast_vote.location == f"{opened.location}#vote"
    with acting(None) as tx:
        ago = {"opened_at": tx.now - timedelta(days=3), "closes_at": tx.now - timedelta(hours=1)}
        tx.session.execute(update(Poll).values(**ago))
    assert duties.count_suggestions() == 1
    assert duties.count_suggestions() == 0
    assert "Quatre jours." in text_now(cast.amel, proposal_id)
    assert page(amel, opened.location)
    assert "amendment-2" in page(amel, where)


def test_a_text_that_cannot_be_amended_says_so(app: Flask, stage: Stage) -> None:
    key = among.a_way_to_choose(stage, "approval")
    proposal_id = among.a_choice(stage, key)
    answer = guest(app, "bruno").get(f"/proposals/{proposal_id}/amendments/new")
    assert answer.status_code == 403


def test_what_was_typed_on_an_older_version_is_not_lost(app: Flask, stage: Stage) -> None:
    proposal_id = a_long_resolution(stage)
    said = {"block": "all", "base_number": "1", "new_text": "Deux vélos.", "reason": "Mieux."}
    answer = guest(app, "bruno").submit(f"/proposals/{proposal_id}/amendments/", **said)
    assert answer.status_code == 409
    assert "Deux vélos." in answer.get_data(as_text=True)
