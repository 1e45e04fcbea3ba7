"""Whose turn it is when the author of a proposal has left."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient

from intranet.core.db import db
from intranet.core.policy import NotFound, Refused
from intranet.proposals import service
from intranet.proposals.models import Proposal
from intranet.wiki import service as wiki
from tests.cast import Client, acting, this_day
from tests.polls.balloting import becomes
from tests.proposals import stage as on
from tests.proposals.stage import Stage

BECAUSE = "Amel est partie."


def leave(person_id: int, status: str = "former") -> None:
    becomes(person_id, status, on=today())


def today() -> date:
    return this_day()


def state(proposal_id: int) -> str:
    db.session.rollback()
    return db.session.get_one(Proposal, proposal_id).state


def test_a_member_withdraws_in_the_place_of_an_author_who_has_left(stage: Stage) -> None:
    proposal_id = on.a_resolution(stage)
    with pytest.raises(Refused) as caught, acting(stage.cast.bruno) as tx:
        service.withdraw(tx, proposal_id, BECAUSE)
    assert caught.value.verdict.reason == "proposals.only_the_author"
    leave(stage.cast.amel)
    with pytest.raises(Refused) as caught, acting(stage.cast.chloe) as tx:
        service.withdraw(tx, proposal_id, BECAUSE)
    assert caught.value.verdict.reason == "proposals.author_has_left"
    with acting(stage.cast.bruno) as tx:
        service.withdraw(tx, proposal_id, BECAUSE)
    assert state(proposal_id) == "withdrawn"


def test_a_member_ends_the_vote_in_the_place_of_an_author_who_has_left(stage: Stage) -> None:
    annulled, taken_back = on.a_resolution(stage), on.a_resolution(stage)
    on.open_it(stage, annulled)
    on.open_it(stage, taken_back)
    leave(stage.cast.amel)
    with acting(stage.cast.bruno) as tx:
        service.annul(tx, annulled, BECAUSE)
    with acting(stage.cast.esther) as tx:
        service.take_back_to_discussion(tx, taken_back, "Le texte change.")
    assert (state(annulled), state(taken_back)) == ("annulled", "discussion")


def test_an_author_who_still_reads_keeps_the_word(stage: Stage) -> None:
    proposal_id = on.a_resolution(stage)
    leave(stage.cast.amel, "sympathiser")
    with pytest.raises(Refused) as caught, acting(stage.cast.bruno) as tx:
        service.withdraw(tx, proposal_id, BECAUSE)
    assert caught.value.verdict.reason == "proposals.only_the_author"
    with acting(stage.cast.amel) as tx:
        service.withdraw(tx, proposal_id, BECAUSE)
    assert state(proposal_id) == "withdrawn"


def test_nobody_rewords_or_opens_in_the_place_of_the_author(stage: Stage) -> None:
    proposal_id = on.a_resolution(stage)
    leave(stage.cast.amel)
    with pytest.raises(Refused) as caught:
        on.open_it(stage, proposal_id, author=stage.cast.bruno)
    assert caught.value.verdict.reason == "proposals.only_the_author"


def test_a_draft_of_somebody_who_left_stays_unknown(stage: Stage) -> None:
    with acting(stage.cast.amel) as tx:
        new = service.NewProposal("resolution", on.Wording("Idée", "", "Texte"), stage.absolute)
        proposal_id = service.draft(tx, new)
    leave(stage.cast.amel)
    with pytest.raises(NotFound), acting(stage.cast.bruno) as tx:
        service.withdraw(tx, proposal_id, BECAUSE)


def test_a_rule_closed_to_the_author_of_its_amendment_does_not_stay_held(stage: Stage) -> None:
    proposal_id = on.an_amendment(stage, author=stage.cast.chloe)
    on.open_it(stage, proposal_id, author=stage.cast.chloe)
    with acting(stage.cast.amel) as tx:
        wiki.set_audience(tx, stage.page_id, "members")
    with pytest.raises(NotFound), acting(stage.cast.chloe) as tx:
        service.annul(tx, proposal_id, BECAUSE)
    with acting(stage.cast.bruno) as tx:
        service.annul(tx, proposal_id, BECAUSE)
    assert state(proposal_id) == "annulled"


def test_the_page_says_in_whose_place_one_acts(stage: Stage, client: FlaskClient) -> None:
    proposal_id = on.a_resolution(stage)
    assert isinstance(client, Client)
    form = f'action="/proposals/{proposal_id}/withdrawal"'
    client.sign_in("bruno")
    assert form not in client.get(f"/proposals/{proposal_id}").get_data(as_text=True)
    leave(stage.cast.amel)
    assert form in client.get(f"/proposals/{proposal_id}").get_data(as_text=True)
