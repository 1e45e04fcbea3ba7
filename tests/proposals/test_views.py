"""The lists of proposals, as people meet them."""

from __future__ import annotations

from flask.testing import FlaskClient

from intranet.core.block_changes import BlockChange
from tests.proposals import stage as on
from tests.proposals.stage import Stage


def test_rejected_proposals_have_a_list_of_their_own(stage: Stage, client: FlaskClient) -> None:
    rejected = on.a_resolution(stage)
    on.decide(stage, rejected, "against")
    others = [on.a_resolution(stage), on.a_resolution(stage)]
    on.decide(stage, others[0])
    said = client.sign_in("amel").get("/proposals/?tab=rejected").get_data(as_text=True)
    assert f'href="/proposals/{rejected}"' in said
    assert not any(f'href="/proposals/{number}"' in said for number in others)


def test_an_empty_list_of_rejected_proposals_says_so(stage: Stage, client: FlaskClient) -> None:
    said = client.sign_in("amel").get("/proposals/?tab=rejected").get_data(as_text=True)
    assert 'class="empty"' in said


def test_t88_an_amendment_of_a_paragraph_that_is_gone_keeps_its_words_and_is_written_anew(
    stage: Stage, client: FlaskClient
) -> None:
    block = on.rule(stage).blocks[0]
    left = on.an_amendment(stage)
    gone = on.an_amendment(stage, change=BlockChange("remove", block.id, block.text, ""))
    on.decide(stage, gone)
    amel = client.sign_in("amel")
    page = amel.get(f"/proposals/{left}").get_data(as_text=True)
    assert "<del>deux</del>" in page
    assert "<ins>trois</ins>" in page
    assert "a changé depuis que cette proposition a été écrite" in page
    form = amel.get(f"/proposals/{left}/edit")
    assert form.status_code == 200
    assert "Le lundi" in form.get_data(as_text=True)
    bruno = client.sign_in("bruno")
    assert bruno.get(f"/proposals/{left}/amendments/new").status_code == 409
