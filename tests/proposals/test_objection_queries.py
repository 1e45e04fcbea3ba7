"""Objections on the page of a proposal: answered, lifted, and waiting for the right person."""

from __future__ import annotations

import html

import pytest
from flask import Flask

from intranet.core.db import db
from intranet.core.policy import Invalid, Refused
from intranet.polls import queries as polls
from intranet.polls.objections import queries as objections
from intranet.polls.objections import service as lifting
from intranet.proposals import objection_queries, queries, service
from intranet.proposals import pages as proposal_pages
from tests.cast import Client, acting, as_reader
from tests.polls.balloting import happened
from tests.proposals import stage as on
from tests.proposals.stage import Stage


@pytest.fixture
def contested(stage: Stage) -> tuple[int, int]:
    """A proposal of Amel by consent to which Bruno objects, and its objection."""
    proposal_id = on.a_resolution(stage, stage.consent)
    poll_id = on.open_it(stage, proposal_id)
    on.cast_one(poll_id, stage.cast.bruno, "objection", "Où le garer ?")
    (card,) = objections.objections(as_reader(stage.cast.amel), poll_id)
    return proposal_id, card.id


def answer(person: int, proposal_id: int, objection_id: int, words: str) -> int:
    with acting(person) as tx:
        return service.comment_proposal(
            tx, proposal_id, words, block_id=objections.block_id(objection_id)
        )


def to_answer(person: int) -> list[int]:
    return [one.objection_id for one in objection_queries.objections_to_answer(as_reader(person))]


def to_read(person: int) -> list[int]:
    return [one.objection_id for one in objection_queries.answers_to_read(as_reader(person))]


def test_it_waits_for_the_author_until_they_spoke_last(
    stage: Stage, contested: tuple[int, int]
) -> None:
    proposal_id, objection = contested
    amel, bruno = stage.cast.amel, stage.cast.bruno
    assert (to_answer(amel), to_read(bruno)) == ([objection], [])
    answer(amel, proposal_id, objection, "Sous l’auvent.")
    assert (to_answer(amel), to_read(bruno)) == ([], [objection])
    answer(bruno, proposal_id, objection, "Il y pleut.")
    assert (to_answer(amel), to_read(bruno)) == ([objection], [])
    with acting(bruno) as tx:
        lifting.lift_objection(tx, objection)
    assert (to_answer(amel), to_read(bruno)) == ([], [])


def test_an_answer_is_an_event_and_stands_beside_its_objection(
    stage: Stage, contested: tuple[int, int]
) -> None:
    proposal_id, objection = contested
    answer(stage.cast.chloe, proposal_id, objection, "Sous l’auvent.")
    assert happened()[-2:] == ["CommentAdded", "ObjectionAnswered"]
    page = proposal_pages.show(as_reader(stage.cast.amel), proposal_id)
    assert page["comments"] == []
    (talk,) = page["objections"]  # type: ignore[misc]
    assert talk.state == "answered"
    assert [one.text for one in talk.comments] == ["Sous l’auvent."]


@pytest.mark.parametrize("block", ["objection-", "objection-99", "objection-1x", "objection-0001e"])
def test_an_answer_to_no_objection_of_this_proposal_is_refused(
    stage: Stage, contested: tuple[int, int], block: str
) -> None:
    with pytest.raises(Invalid), acting(stage.cast.amel) as tx:
        service.comment_proposal(tx, contested[0], "Sous l’auvent.", block_id=block)
    other = on.a_resolution(stage)
    with pytest.raises(Invalid):
        answer(stage.cast.amel, other, contested[1], "Sous l’auvent.")


def test_nobody_counts_early_while_an_objection_is_open(
    stage: Stage, contested: tuple[int, int]
) -> None:
    proposal_id, objection = contested
    (poll_id,) = queries.proposal(as_reader(stage.cast.amel), proposal_id).rounds
    roll = polls.poll(as_reader(stage.cast.amel), poll_id).roll
    for person in {line.person_id for line in roll} - {stage.cast.bruno}:
        on.cast_one(poll_id, person, "consent")
    with pytest.raises(Refused) as caught, acting(stage.cast.bruno) as tx:
        service.conclude(tx, proposal_id)
    assert caught.value.verdict.reason == "proposals.objections_are_open"
    with acting(stage.cast.bruno) as tx:
        lifting.lift_objection(tx, objection, "Bien vu.")
    with acting(stage.cast.bruno) as tx:
        service.conclude(tx, proposal_id)
    assert happened().count("ProposalAdopted") == 1


def test_an_objection_of_an_earlier_round_stays_with_the_new_wording(
    app: Flask, stage: Stage, contested: tuple[int, int]
) -> None:
    proposal_id, _ = contested
    with acting(stage.cast.amel) as tx:
        service.take_back_to_discussion(tx, proposal_id, "Le texte change.")
    wording = service.Wording("Acheter un vélo-cargo", "", "Nous achetons un vélo et un abri.")
    with acting(stage.cast.amel) as tx:
        service.reword(tx, proposal_id, wording, 1)
    db.session.rollback()
    app.test_client_class = Client
    page = app.test_client().sign_in("bruno").get(f"/proposals/{proposal_id}")
    words = html.unescape(page.get_data(as_text=True))
    assert "Où le garer ?" in words
    assert f"/proposals/{proposal_id}/versions?from=1&to=2" in words
    assert "/lifting" not in words


def test_the_page_gives_the_button_to_its_author_alone(
    app: Flask, stage: Stage, contested: tuple[int, int]
) -> None:
    proposal_id, objection = contested
    app.test_client_class = Client
    lifting_address = f"/objections/{objection}/lifting"
    bruno, amel = (app.test_client().sign_in(name) for name in ("bruno", "amel"))
    assert lifting_address in bruno.get(f"/proposals/{proposal_id}").get_data(as_text=True)
    assert lifting_address not in amel.get(f"/proposals/{proposal_id}").get_data(as_text=True)
    assert amel.submit(lifting_address).status_code == 403
    assert (
        amel.get(f"/objections/{objection}")
        .headers["Location"]
        .endswith(f"/proposals/{proposal_id}#objection-{objection}")
    )
    assert "Où le garer ?" in html.unescape(amel.get("/").get_data(as_text=True))
    sent_back = amel.submit(
        f"/proposals/{proposal_id}/comments", block=f"objection-{objection}", text=" "
    )
    assert sent_back.status_code == 422
    said = amel.submit(
        f"/proposals/{proposal_id}/comments", block=f"objection-{objection}", text="Sous l’auvent."
    )
    assert said.status_code == 303
    assert "Où le garer ?" in html.unescape(bruno.get("/").get_data(as_text=True))
    too_long = bruno.submit(lifting_address, because="a" * 4001)
    assert too_long.status_code == 422
    assert "a" * 4001 in too_long.get_data(as_text=True)
    assert bruno.submit(lifting_address, because="Bien vu.").status_code == 303
    page = html.unescape(amel.get(f"/proposals/{proposal_id}").get_data(as_text=True))
    assert "Bien vu." in page


def test_who_may_not_read_the_proposal_finds_no_objection(
    app: Flask, stage: Stage, contested: tuple[int, int]
) -> None:
    app.test_client_class = Client
    farid = app.test_client().sign_in("farid")
    assert farid.get(f"/objections/{contested[1]}").status_code == 404
    assert farid.submit(f"/objections/{contested[1]}/lifting").status_code == 404
