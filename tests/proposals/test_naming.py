"""An election without candidate: two rounds of names, then the consent on one person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from intranet.audit import poll_checks
from intranet.core.policy import Invalid, Refused
from intranet.decisions import page_queries as decisions
from intranet.polls import queries, result_files
from intranet.polls.procedure_models import Course
from intranet.polls.service import NewProcedure, cast_ballot, define_procedure
from intranet.proposals import queries as proposals
from intranet.proposals import service
from intranet.proposals.naming.rounds import named_rounds, side_by_side
from intranet.proposals.naming.service import propose_person
from intranet.voting.files.exported import election_from_json
from intranet.voting.settings import Settings
from tests.cast import Client, acting, as_reader
from tests.polls.test_views import in_english, text
from tests.proposals import choosing as among
from tests.proposals.choosing import mark
from tests.proposals.stage import Stage

METHOD = "election_without_candidate"


def a_consent(stage: Stage) -> str:
    """A round of consent of the assembly, whose members are named."""
    with acting(None) as tx:
        new = NewProcedure(
            "Consentement de l’AG", "", stage.cast.assembly, "consent", Settings(), key="accord"
        )
        define_procedure(tx, new)
    return "accord"


def a_role(stage: Stage, options: tuple[str, ...] = ()) -> int:
    course = Course(consent=a_consent(stage))
    key = among.a_way_to_choose(stage, METHOD, course=course)
    return among.a_choice(stage, key, options)


def person(stage: Stage, poll_id: int, start: str) -> str:
    """The field of the ballot that names whoever's name begins so."""
    names = queries.poll(as_reader(stage.cast.amel), poll_id).candidates
    return str(next(place for place, name in enumerate(names) if name.startswith(start)))


def a_round(stage: Stage, proposal_id: int, *named: str) -> int:
    """Each member in turn writes one of these names, and the round is counted."""
    poll_id = among.opened(stage, proposal_id)
    for voter, name in zip(stage.cast.members, named, strict=False):
        fields = {"mark": person(stage, poll_id, name), "reason": "Pour son calme."}
        mark(poll_id, voter, fields)
    among.counted(proposal_id, poll_id)
    return poll_id


def propose(stage: Stage, proposal_id: int, name: str) -> int:
    full = next(
        one
        for one in queries.poll(
            as_reader(stage.cast.amel), card(stage, proposal_id).rounds[0]
        ).candidates
        if one.startswith(name)
    )
    with acting(stage.cast.amel) as tx:
        return propose_person(tx, proposal_id, full, tx.now + timedelta(days=8))


def card(stage: Stage, proposal_id: int) -> proposals.ProposalCard:
    return proposals.proposal(as_reader(stage.cast.amel), proposal_id)


def answer(stage: Stage, poll_id: int, *positions: str) -> None:
    for voter, option in zip(stage.cast.members, positions, strict=True):
        with acting(voter) as tx:
            cast_ballot(tx, poll_id, {"option": option, "reason": "Trop de charges déjà."})


def test_everybody_on_the_roll_may_be_named_and_counting_chooses_nobody(stage: Stage) -> None:
    proposal_id = a_role(stage)
    poll_id = a_round(stage, proposal_id, "Bruno", "Bruno", "Esther")
    poll = queries.poll(as_reader(stage.cast.amel), poll_id)
    assert sorted(poll.candidates) == sorted(line.name for line in poll.roll)
    assert poll.result == "advised"
    assert (card(stage, proposal_id).state, poll.ranking and poll.ranking.elected) == (
        "discussion",
        (),
    )
    assert result_files.recount(as_reader(stage.cast.amel), poll_id).is_same


def test_two_rounds_then_consent_choose_the_person_and_enter_the_register(stage: Stage) -> None:
    proposal_id = a_role(stage)
    a_round(stage, proposal_id, "Bruno", "Bruno", "Esther")
    with pytest.raises(Refused, match="two_rounds_first"):
        propose(stage, proposal_id, "Bruno")
    a_round(stage, proposal_id, "Esther", "Bruno", "Esther")
    both = side_by_side(named_rounds(as_reader(stage.cast.amel), proposal_id))
    assert both is not None
    changes = [line.values for line in both.lines if line.code == "named_change"]
    assert [(one["first"], one["second"]) for one in changes] == [(2, 1), (1, 2)]
    poll_id = propose(stage, proposal_id, "Esther")
    answer(stage, poll_id, "consent", "consent", "consent")
    among.counted(proposal_id, poll_id)
    ended = card(stage, proposal_id)
    assert ended.state == "adopted"
    assert ended.decision_number is not None
    reader = as_reader(stage.cast.amel)
    assert "☑ **Esther" in decisions.wording(reader, ended.decision_number)
    assert list(poll_checks.recounts(reader)) == []
    assert list(poll_checks.openings(reader)) == []


def test_without_consent_the_discussion_goes_on_and_another_person_is_proposed(
    stage: Stage,
) -> None:
    proposal_id = a_role(stage)
    for _round in range(2):
        a_round(stage, proposal_id, "Bruno", "Bruno", "Esther")
    poll_id = propose(stage, proposal_id, "Bruno")
    answer(stage, poll_id, "consent", "objection", "consent")
    among.counted(proposal_id, poll_id)
    assert card(stage, proposal_id).state == "discussion"
    assert propose(stage, proposal_id, "Esther") != poll_id


def test_only_somebody_who_was_named_is_proposed_and_only_by_its_author(stage: Stage) -> None:
    proposal_id = a_role(stage)
    for _round in range(2):
        a_round(stage, proposal_id, "Bruno", "Bruno", "Esther")
    with acting(stage.cast.amel) as tx, pytest.raises(Invalid, match="person_missing"):
        propose_person(tx, proposal_id, "Personne", tx.now + timedelta(days=8))
    with acting(stage.cast.bruno) as tx, pytest.raises(Refused, match="only_the_author"):
        propose_person(tx, proposal_id, "Bruno", tx.now + timedelta(days=8))


def test_the_names_are_no_options_of_the_author(stage: Stage) -> None:
    found = card(stage, a_role(stage, ("Bruno", "Esther"))).issues
    assert "names_come_from_the_roll" in [issue.code for issue in found]


@pytest.mark.parametrize(
    ("secret", "consent", "code"),
    [
        (False, "", {"consent": "consent_missing"}),
        (False, "absolute", {"consent": "consent_of_this_body"}),
        (False, "consent", {"consent": "consent_of_this_body"}),
        (False, "nulle-part", {"consent": "procedure_unknown"}),
        (True, "accord", {"secret": "setting_unused"}),
    ],
)
def test_names_are_said_openly_and_a_consent_of_the_body_follows(
    stage: Stage, secret: bool, consent: str, code: dict[str, str]
) -> None:
    a_consent(stage)
    course = Course(consent=consent)
    with pytest.raises(Invalid) as refused:
        among.a_way_to_choose(stage, METHOD, secret=secret, course=course)
    assert refused.value.errors == code


def test_the_election_has_its_pages_from_the_first_name_to_the_consent(
    stage: Stage, client: Client
) -> None:
    proposal_id = a_role(stage)
    a_round(stage, proposal_id, "Bruno", "Bruno", "Esther")
    poll_id = among.opened(stage, proposal_id)
    in_english(client, "amel")
    page = text(client.get(f"/proposals/{proposal_id}"))
    assert "Choose the person to whom you would entrust this role" in page
    ballot = page.partition('class="ballot"')[2].partition("</form>")[0]
    assert 'type="radio"' in ballot
    assert " checked" not in ballot
    fields = {"mark": person(stage, poll_id, "Esther"), "reason": "Elle écoute."}
    assert client.submit(f"/polls/{poll_id}/ballot", **fields).status_code == 303
    among.counted(proposal_id, poll_id)
    page = text(client.get(f"/proposals/{proposal_id}"))
    assert "2 rounds of 2 are done." in page
    assert "Round before" in page
    assert "Counting them chooses nobody" in page
    names = page.partition('id="names"')[2].partition("</section>")[0]
    assert " checked" not in names
    file = client.get(f"/polls/{poll_id}/result.json").get_data(as_text=True)
    box = election_from_json(file)
    assert box.counted() == box.outcome
    wrong = client.submit(f"/proposals/{proposal_id}/names/consent", closes_at="2099-01-01T10:00")
    assert wrong.status_code == 422
    with acting(None) as tx:
        closes_at = (tx.now + timedelta(days=20)).strftime("%Y-%m-%dT%H:%M")
    esther = queries.poll(as_reader(stage.cast.amel), poll_id).candidates[
        int(person(stage, poll_id, "Esther"))
    ]
    sent = client.submit(
        f"/proposals/{proposal_id}/names/consent", person=esther, closes_at=closes_at
    )
    assert sent.status_code == 303
    page = text(client.get(f"/proposals/{proposal_id}"))
    assert "I consent" in page
    assert esther in page
    with acting(stage.cast.amel) as tx:
        service.take_back_to_discussion(tx, proposal_id, "On en reparle.")
    assert card(stage, proposal_id).state == "discussion"
