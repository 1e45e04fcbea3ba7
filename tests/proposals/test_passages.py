"""One speaks about a paragraph that is there."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from intranet.core.block_changes import BlockChange
from intranet.core.policy import Invalid
from intranet.proposals import pages, service
from intranet.proposals.passages import START, Quote, passages_of
from intranet.proposals.versions import Wording
from tests.cast import Client, acting, as_reader
from tests.proposals import stage as on
from tests.proposals.stage import Stage


def test_the_paragraphs_of_a_text_are_known_by_their_words() -> None:
    before = passages_of((), "Un.\n\nDeux.\n")
    after = passages_of((), "Zéro.\n\nDeux.\n")
    assert list(before.values()) == [Quote("Un."), Quote("Deux.")]
    assert list(before)[1] == list(after)[1]
    assert next(iter(before)) not in after


def test_the_paragraphs_of_an_amendment_are_those_it_touches() -> None:
    changes = (BlockChange("insert_after", None, "", "Avant."), BlockChange("remove", "b", "x", ""))
    assert passages_of(changes, "Un texte.") == {
        START: Quote("Avant.", "proposed"),
        "b": Quote("x", "present"),
    }


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


def test_a_comment_quotes_the_words_it_was_about_and_says_whose_they_are(
    stage: Stage, client: FlaskClient
) -> None:
    proposal_id = on.an_amendment(stage)
    change = on.a_change(stage, "Quatre jours de télétravail.")
    assert change.block_id is not None
    with acting(stage.cast.bruno) as tx:
        service.comment_proposal(tx, proposal_id, "Trop peu.", block_id=change.block_id)
    with acting(stage.cast.amel) as tx:
        service.reword(tx, proposal_id, Wording("Quatre jours", "", "", (change,)), 1)
    removal = BlockChange("remove", change.block_id, change.old_text, "")
    with acting(stage.cast.bruno) as tx:
        service.comment_proposal(tx, proposal_id, "Mieux.", block_id=change.block_id)
    with acting(stage.cast.amel) as tx:
        service.reword(tx, proposal_id, Wording("Sans règle", "", "", (removal,)), 2)
    with acting(stage.cast.bruno) as tx:
        service.comment_proposal(tx, proposal_id, "Vraiment ?", block_id=change.block_id)
    values = pages.show(as_reader(stage.cast.bruno), proposal_id)
    assert list(values["quotes"].values()) == [  # type: ignore[attr-defined]
        Quote(on.CHANGED, "proposed"),
        Quote("Quatre jours de télétravail.", "proposed"),
        Quote(change.old_text, "present"),
    ]
    assert isinstance(client, Client)
    page = client.sign_in("bruno").get(f"/proposals/{proposal_id}").get_data(as_text=True)
    assert page.count("comment__source") == 3


def test_a_comment_on_a_resolution_needs_no_word_on_whose_text_it_is(
    stage: Stage, client: FlaskClient
) -> None:
    proposal_id = on.a_resolution(stage)
    block = next(iter(passages_of((), "Nous achetons un vélo-cargo.")))
    with acting(stage.cast.bruno) as tx:
        service.comment_proposal(tx, proposal_id, "Oui.", block_id=block)
    assert isinstance(client, Client)
    page = client.sign_in("bruno").get(f"/proposals/{proposal_id}").get_data(as_text=True)
    assert "comment__quote" in page
    assert "comment__source" not in page
