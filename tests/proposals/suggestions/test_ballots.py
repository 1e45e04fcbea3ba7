"""Changes of one paragraph on one ballot with the present text, and what the count does."""

from __future__ import annotations

import pytest

from intranet.core.policy import Conflict, Invalid, Refused
from intranet.proposals.suggestions import desks, queries, service, texts
from intranet.proposals.suggestions.ballots import queries as ballot_queries
from intranet.proposals.suggestions.ballots import service as ballots
from intranet.proposals.waiting_queries import votes_to_give
from tests.cast import acting, as_reader
from tests.proposals import choosing as among
from tests.proposals import stage as on
from tests.proposals.stage import Stage
from tests.proposals.suggestions.suggesting import (
    a_long_resolution,
    asked,
    card,
    decided,
    on_a_ballot,
    state,
    suggested,
    text_now,
)


def test_the_winner_enters_the_text_and_its_rivals_are_refused(stage: Stage) -> None:
    cast, proposal_id = stage.cast, a_long_resolution(stage)
    one = suggested(cast.bruno, proposal_id, "5 000", "6 000")
    two = suggested(cast.esther, proposal_id, "5 000", "4 000")
    apart = suggested(cast.chloe, proposal_id, "en ville", "partout")
    ballot_id = on_a_ballot(stage, proposal_id, one)
    page = ballot_queries.ballot_page(as_reader(cast.amel), proposal_id, ballot_id)
    assert page.poll.candidates == (
        "Amendement 1 (Bruno Costa)",
        "Amendement 2 (Esther Roux)",
        "Texte actuel",
    )
    assert [poll.origin_id for poll in votes_to_give(as_reader(cast.esther))] == [proposal_id]
    with acting(cast.amel) as tx, pytest.raises(Refused):
        on.service.reword(tx, proposal_id, on.Wording("Autre", "", "Autre"), 2)
    decided(stage, proposal_id, ballot_id, (None, 1, None), (1, 1, None), (None, 1, 1))
    assert "4 000 euros" in text_now(cast.amel, proposal_id)
    states = [state(cast.amel, proposal_id, number) for number in (one, two, apart)]
    assert states == ["refused", "adopted", "proposed"]
    assert card(cast.amel, proposal_id, one).steps[-1].by_number == two
    assert card(cast.amel, proposal_id, apart).base_number == 3
    with acting(None) as tx, pytest.raises(Refused):
        ballots.count(tx, ballot_id)


@pytest.mark.parametrize(
    ("crosses", "outcome"),
    [
        (((None, None, 1), (None, None, 1), (1, None, None)), "kept"),
        (((1, None, None), (None, 1, None)), "tied"),
    ],
)
def test_the_present_text_stays_unless_a_change_wins(
    stage: Stage, crosses: tuple[tuple[int | None, ...], ...], outcome: str
) -> None:
    cast, proposal_id = stage.cast, a_long_resolution(stage)
    suggested(cast.bruno, proposal_id, "5 000", "6 000")
    suggested(cast.esther, proposal_id, "5 000", "4 000")
    ballot_id = on_a_ballot(stage, proposal_id, 1)
    decided(stage, proposal_id, ballot_id, *crosses)
    told = queries.suggested(as_reader(cast.amel), proposal_id)
    assert told.ballots[0].outcome == outcome
    assert {one.state for one in told.cards} == {"refused"}
    assert "5 000 euros" in text_now(cast.amel, proposal_id)
    on.decide(stage, proposal_id)


def test_one_that_only_a_rival_of_the_winner_touched_waits_again(stage: Stage) -> None:
    cast, proposal_id = stage.cast, a_long_resolution(stage)
    one = suggested(cast.bruno, proposal_id, "5 000", "6 000")
    desk = desks.desk(as_reader(cast.esther), proposal_id)
    both = desk.whole.replace("5 000", "4 000").replace("en ville", "à la campagne")
    with acting(cast.esther) as tx:
        changes = texts.to_whole(desk.blocks, both)
        service.suggest(tx, proposal_id, service.Suggested(changes, 2, "Les deux."))
    apart = suggested(cast.chloe, proposal_id, "en ville", "partout")
    ballot_id = on_a_ballot(stage, proposal_id, one)
    decided(stage, proposal_id, ballot_id, (1, None, None, None))
    states = [state(cast.amel, proposal_id, number) for number in (1, 2, apart)]
    assert states == ["adopted", "refused", "proposed"]


def test_t91_a_declined_change_can_be_put_to_the_vote_by_whoever_made_it(stage: Stage) -> None:
    """T91: no author buries a change alone."""
    cast, proposal_id = stage.cast, a_long_resolution(stage)
    number = suggested(cast.chloe, proposal_id, "5 000", "6 000")
    among.a_way_to_choose(stage, "approval")
    with acting(cast.chloe) as tx, pytest.raises(Refused):
        ballots.put_to_vote(tx, proposal_id, number, asked())
    with acting(cast.amel) as tx:
        service.decline(tx, proposal_id, number, "Non.")
    with acting(cast.chloe) as tx, pytest.raises(Invalid):
        ballots.put_to_vote(tx, proposal_id, number, asked("absolute"))
    with acting(cast.chloe) as tx:
        ballots.put_to_vote(tx, proposal_id, number, asked())
    assert state(cast.amel, proposal_id, number) == "voting"


def test_a_vote_that_is_called_off_gives_the_changes_back(stage: Stage) -> None:
    cast, proposal_id = stage.cast, a_long_resolution(stage)
    number = suggested(cast.bruno, proposal_id, "5 000", "6 000")
    ballot_id = on_a_ballot(stage, proposal_id, number)
    late = suggested(cast.esther, proposal_id, "5 000", "4 000")
    with acting(cast.amel) as tx, pytest.raises(Conflict):
        ballots.put_to_vote(tx, proposal_id, late, asked())
    with acting(cast.bruno) as tx, pytest.raises(Refused):
        ballots.call_off(tx, ballot_id, "Je préfère.")
    with acting(cast.amel) as tx:
        ballots.call_off(tx, ballot_id, "Un autre amendement est venu.")
    assert state(cast.amel, proposal_id, number) == "proposed"
    with acting(cast.amel) as tx:
        again = ballots.put_to_vote(tx, proposal_id, late, asked())
    page = ballot_queries.ballot_page(as_reader(cast.amel), proposal_id, again)
    assert page.line.numbers == (number, late)
