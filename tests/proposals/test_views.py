"""The lists of proposals, as people meet them."""

from __future__ import annotations

from flask.testing import FlaskClient

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
