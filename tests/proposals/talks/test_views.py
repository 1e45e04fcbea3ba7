"""What is done in a discussion, through its page."""

from __future__ import annotations

from flask import Flask

from intranet.members.models import Person, StatusPeriod
from tests.cast import STARTED, acting
from tests.proposals import stage as on
from tests.proposals.stage import Stage
from tests.proposals.suggestions.test_views import guest, page
from tests.proposals.talks.test_service import reworded


def test_every_act_of_a_discussion_has_its_form(app: Flask, stage: Stage) -> None:
    proposal_id = on.a_resolution(stage)
    where = f"/proposals/{proposal_id}"
    with acting(stage.cast.chloe) as tx:
        said = on.service.comment_proposal(tx, proposal_id, "Et l’entretien ?")
    amel, bruno = guest(app, "amel"), guest(app, "bruno")
    acts = [
        (amel, "rounds", {"kind": "clarification"}),
        (amel, "summary", {"text": "Une question."}),
        (bruno, f"comments/{said}/reactions", {"kind": "unclear"}),
        (bruno, "stance", {"kind": "agree", "base_number": "1"}),
    ]
    for browser, path, fields in acts:
        assert browser.submit(f"{where}/{path}", **fields).status_code == 303, path
    for browser, path, fields in (
        (amel, "rounds", {"kind": "x"}),
        (bruno, f"comments/{said}/reactions", {"kind": "x"}),
        (bruno, "stance", {"kind": "x", "base_number": "1"}),
    ):
        assert browser.submit(f"{where}/{path}", **fields).status_code == 400, path
    assert amel.submit(f"{where}/summary", text=" ").status_code == 422
    reworded(stage, proposal_id)
    assert bruno.submit(f"{where}/stance", kind="agree", base_number="1").status_code == 409
    assert f"{where}/versions?from=1&amp;to=2" in page(bruno, where)
    assert "#stances" in page(bruno, "/")
    assert bruno.submit(f"{where}/reading", number="2").status_code == 303
    assert bruno.submit(f"{where}/stance", taken_back="1", base_number="2").status_code == 303
    assert "#stances" not in page(bruno, "/")


def test_a_name_that_is_unclear_is_said_after_the_comment(app: Flask, stage: Stage) -> None:
    proposal_id = on.a_resolution(stage)
    with acting(None) as tx:
        twin = Person(name="Bruno Weber", created_at=tx.now)
        tx.session.add(twin)
        tx.session.flush()
        tx.session.add(StatusPeriod(person_id=twin.id, status="employee", starts_on=STARTED))
    amel = guest(app, "amel")
    amel.submit(f"/proposals/{proposal_id}/comments", text="@Bruno, tu viens ?")
    assert "Bruno Costa, Bruno Weber" in page(amel, f"/proposals/{proposal_id}")
