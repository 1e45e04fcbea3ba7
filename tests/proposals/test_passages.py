"""One speaks about a paragraph that is there."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from intranet.core.block_changes import BlockChange
from intranet.core.policy import Invalid
from intranet.proposals import pages, service
from intranet.proposals.passages import START, passages_of
from intranet.proposals.versions import Wording
from tests.cast import Client, acting, as_reader
from tests.proposals import stage as on
from tests.proposals.stage import Stage


def test_the_paragraphs_of_a_text_are_known_by_their_words() -> None:
    before = passages_of((), "Un.\n\nDeux.\n")
    after = passages_of((), "Zéro.\n\nDeux.\n")
    assert list(before.values()) == ["Un.", "Deux."]
    assert list(before)[1] == list(after)[1]
    assert next(iter(before)) not in after


def test_the_paragraphs_of_an_amendment_are_those_it_touches() -> None:
    changes = (BlockChange("insert_after", None, "", "Avant."), BlockChange("remove", "b", "x", ""))
    assert list(passages_of(changes, "Un texte.")) == [START, "b"]


@pytest.mark.parametrize("kind", ["resolution", "amendment"])
def test_a_comment_on_a_paragraph_that_is_not_there_is_refused(stage: Stage, kind: str) -> None:
    proposal_id = on.a_resolution(stage) if kind == "resolution" else on.an_amendment(stage)
    with pytest.raises(Invalid) as caught, acting(stage.cast.bruno) as tx:
        service.comment_proposal(tx, proposal_id, "Et ici ?", block_id="nulle-part")
    assert caught.value.errors == {"block": "passage_unknown"}
    for passage in pages.show(as_reader(stage.cast.bruno), proposal_id)["passages"]:  # type: ignore[attr-defined]
        with acting(stage.cast.bruno) as tx:
            service.comment_proposal(tx, proposal_id, "Oui.", block_id=passage.block_id)


def test_a_paragraph_of_an_earlier_wording_is_not_there_any_more(
    stage: Stage, client: FlaskClient
) -> None:
    proposal_id = on.a_resolution(stage)
    block = next(iter(passages_of((), "Nous achetons un vélo-cargo.")))
    with acting(stage.cast.amel) as tx:
        service.reword(tx, proposal_id, Wording("Deux vélos", "", "Nous en achetons deux."), 1)
    assert isinstance(client, Client)
    client.sign_in("bruno")
    answer = client.submit(f"/proposals/{proposal_id}/comments", text="Trop cher.", block=block)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Trop cher." in page
    assert 'name="block"' not in page
    assert client.submit(f"/proposals/{proposal_id}/comments", text="Trop cher.").status_code == 303
