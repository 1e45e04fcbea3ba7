"""Rounds, summaries, positions and reactions around a proposal."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from intranet.core.events import EventRow
from intranet.core.policy import Conflict, NotFound, Refused
from intranet.discussions import queries as discussions
from intranet.discussions.models import Mention
from intranet.members.models import Person
from intranet.proposals.talks import queries, service
from intranet.proposals.talks.queries import Talk
from intranet.proposals.versions import Wording
from tests.cast import Client, acting, as_reader
from tests.proposals import stage as on
from tests.proposals.stage import Stage
from tests.proposals.suggestions.suggesting import a_long_resolution, suggested


def talk(person: int, proposal_id: int, version: int = 1) -> Talk:
    return queries.talk(as_reader(person), proposal_id, version)


def reworded(stage: Stage, proposal_id: int, base: int = 1) -> None:
    with acting(stage.cast.amel) as tx:
        on.service.reword(tx, proposal_id, Wording("Autre", "", "Nous en louons un."), base)


def test_a_comment_carries_the_round_in_which_it_was_made(stage: Stage) -> None:
    cast, proposal_id = stage.cast, on.a_resolution(stage)
    for kind, said in (("", "Avant."), ("clarification", "Quoi ?"), ("reactions", "Bien.")):
        if kind:
            with acting(cast.amel) as tx:
                service.lead(tx, proposal_id, kind)
        with acting(cast.chloe) as tx:
            on.service.comment_proposal(tx, proposal_id, said)
    found = discussions.comments(as_reader(cast.chloe), "proposal", proposal_id)
    assert [one.round for one in found] == [None, "clarification", "reactions"]
    told = talk(cast.chloe, proposal_id)
    assert told.open_round
    assert (told.open_round.kind, told.rounds[0].closed_at is not None) == ("reactions", True)


def test_rounds_are_led_by_the_author_or_a_mandate_of_the_body(stage: Stage) -> None:
    cast, proposal_id = stage.cast, on.a_resolution(stage)
    with acting(cast.bruno) as tx:
        service.lead(tx, proposal_id, "clarification")
    with acting(cast.amel) as tx, pytest.raises(Conflict):
        service.lead(tx, proposal_id, "clarification")
    for stranger in (cast.esther, cast.chloe):
        with acting(stranger) as tx, pytest.raises(Refused):
            service.lead(tx, proposal_id, "")


def test_a_discussion_in_rounds_takes_amendments_in_theirs_only(stage: Stage) -> None:
    cast, proposal_id = stage.cast, a_long_resolution(stage)
    with acting(cast.amel) as tx:
        service.lead(tx, proposal_id, "reactions")
    with pytest.raises(Refused):
        suggested(cast.bruno, proposal_id, "5 000", "6 000")
    with acting(cast.amel) as tx:
        service.lead(tx, proposal_id, "amendments")
    assert suggested(cast.bruno, proposal_id, "5 000", "6 000") == 1


def test_a_position_on_an_older_version_is_stale_and_asked_again(stage: Stage) -> None:
    cast, proposal_id = stage.cast, on.a_resolution(stage)
    with acting(cast.bruno) as tx:
        service.take_a_stance(tx, proposal_id, "agree", 1)
    assert queries.stances_to_renew(as_reader(cast.bruno)) == []
    reworded(stage, proposal_id)
    mine = talk(cast.bruno, proposal_id, 2).mine
    assert mine
    assert mine.is_stale
    assert [one.about_version for one in queries.stances_to_renew(as_reader(cast.bruno))] == [1]
    with acting(cast.bruno) as tx, pytest.raises(Conflict):
        service.take_a_stance(tx, proposal_id, "agree", 1)
    with acting(cast.bruno) as tx:
        service.take_a_stance(tx, proposal_id, "reservation", 2)
    told = talk(cast.esther, proposal_id, 2)
    assert [(one.person, one.kind, one.is_stale) for one in told.stances] == [
        ("Bruno Costa", "reservation", False)
    ]
    with acting(cast.bruno) as tx:
        service.take_a_stance(tx, proposal_id, "", 2)
    assert talk(cast.bruno, proposal_id, 2).stances == ()


def test_what_one_has_read_follows_from_acts_alone_and_is_shown_to_nobody_else(
    stage: Stage,
) -> None:
    cast, proposal_id = stage.cast, on.a_resolution(stage)
    with acting(cast.chloe) as tx:
        on.service.comment_proposal(tx, proposal_id, "Lu.")
    reworded(stage, proposal_id)
    assert [talk(who, proposal_id, 2).read for who in (cast.chloe, cast.bruno)] == [1, None]
    with acting(cast.chloe) as tx:
        service.mark_as_read(tx, proposal_id, 2)
    assert talk(cast.chloe, proposal_id, 2).read == 2
    with acting(cast.chloe) as tx, pytest.raises(NotFound):
        service.mark_as_read(tx, proposal_id, 3)


def test_a_reaction_is_one_for_each_person_and_kind_and_can_be_taken_back(stage: Stage) -> None:
    cast, proposal_id = stage.cast, on.a_resolution(stage)
    with acting(cast.amel) as tx:
        comment_id = on.service.comment_proposal(tx, proposal_id, "Et l’entretien ?")
    for person, kind in ((cast.bruno, "agree"), (cast.chloe, "agree"), (cast.bruno, "thanks")):
        with acting(person) as tx:
            service.react(tx, proposal_id, comment_id, kind)
    found = talk(cast.bruno, proposal_id).reactions
    assert found.counts == {(comment_id, "agree"): 2, (comment_id, "thanks"): 1}
    assert found.mine == {(comment_id, "agree"), (comment_id, "thanks")}
    with acting(cast.bruno) as tx:
        service.react(tx, proposal_id, comment_id, "agree")
    assert talk(cast.bruno, proposal_id).reactions.counts[comment_id, "agree"] == 1
    other = on.a_resolution(stage)
    with acting(cast.bruno) as tx, pytest.raises(NotFound):
        service.react(tx, other, comment_id, "agree")


def test_earlier_summaries_stay(stage: Stage) -> None:
    cast, proposal_id = stage.cast, on.a_resolution(stage)
    with acting(cast.amel) as tx:
        service.sum_up(tx, proposal_id, "Deux questions.")
        service.sum_up(tx, proposal_id, "Une seule reste.")
    told = talk(cast.bruno, proposal_id).summaries
    assert [one.text for one in told] == ["Une seule reste.", "Deux questions."]
    with acting(cast.bruno) as tx, pytest.raises(Refused):
        service.sum_up(tx, proposal_id, "Je résume à sa place.")


def test_whoever_may_read_it_is_told_when_called_by_name(stage: Stage) -> None:
    cast, proposal_id = stage.cast, on.a_resolution(stage)
    with acting(cast.amel) as tx:
        on.service.comment_proposal(tx, proposal_id, "@Bruno, @Farid et @David : alors ?")
    session = as_reader(cast.amel).session
    assert list(session.scalars(select(Mention.person_id))) == [cast.bruno]
    names = list(session.scalars(select(EventRow.name)))
    assert names.count("PersonMentioned") == 1


def test_whoever_a_corrected_comment_calls_is_told_once(stage: Stage) -> None:
    cast, proposal_id = stage.cast, on.a_resolution(stage)
    with acting(cast.amel) as tx:
        comment_id = on.service.comment_proposal(tx, proposal_id, "@Bruno : alors ?")
    for text in ("@Bruno et @Chloé : alors ?", "@Chloé, @Amel : et vous ?"):
        with acting(cast.amel) as tx:
            service.correct_comment(tx, proposal_id, comment_id, text)
    session = as_reader(cast.amel).session
    assert set(session.scalars(select(Mention.person_id))) == {cast.bruno, cast.chloe}
    told = [
        json.loads(row.payload)["mentioned_id"]
        for row in session.scalars(select(EventRow).filter_by(name="PersonMentioned"))
    ]
    assert sorted(told) == [cast.bruno, cast.chloe]


def test_a_name_that_several_have_is_asked_about_after_a_correction_too(
    stage: Stage, client: Client
) -> None:
    cast, proposal_id = stage.cast, on.a_resolution(stage)
    with acting(None) as tx:
        tx.session.get_one(Person, cast.chloe).name = "Bruno Petit"
    with acting(cast.amel) as tx:
        comment_id = on.service.comment_proposal(tx, proposal_id, "Alors ?")
    where = f"/proposals/{proposal_id}/comments/{comment_id}"
    browser = client.sign_in("amel")
    browser.submit(f"{where}/corrections", text="@Bruno : alors ?")
    assert "personne n’a été prévenu" in browser.get(f"/proposals/{proposal_id}").text
