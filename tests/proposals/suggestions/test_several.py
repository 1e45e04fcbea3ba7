"""Changes of several rules are amended rule by rule, to the letter."""

from __future__ import annotations

import pytest

from intranet.core.db import db
from intranet.core.policy import NotFound
from intranet.core.texts import text_of
from intranet.members.queries import today
from intranet.polls.models import Poll
from intranet.proposals import queries as proposals
from intranet.proposals.suggestions import desks, queries, service, texts
from intranet.proposals.suggestions.service import Suggested
from intranet.rulebook.paragraph_queries import paragraph
from intranet.wiki import rules
from tests.cast import Client, acting, as_reader
from tests.proposals import stage as on
from tests.proposals.stage import Stage
from tests.proposals.suggestions.suggesting import (
    a_change_of_several,
    card,
    decided,
    on_a_ballot,
    poll_of,
    state,
    suggested,
    text_now,
)
from tests.wiki.writing import enact


def texts_in_force(stage: Stage, page_id: int) -> list[str]:
    return [one.text for one in rules.rule_text(as_reader(stage.cast.amel), page_id).blocks]


def on_whole(author: int, proposal_id: int, page_id: int, text: str) -> int:
    """Somebody would have one of the rules read like this."""
    desk = desks.desk(as_reader(author), proposal_id, page_id)
    changes = texts.to_whole(desk.blocks, text)
    with acting(author) as tx:
        said = Suggested(changes, desk.version, "C’est plus clair.", page_id)
        return service.suggest(tx, proposal_id, said)


def test_t90_what_is_accepted_enters_its_paragraph_of_its_rule_and_no_other(stage: Stage) -> None:
    """T90: in both rules a paragraph reads the same, and both get a first one in the same words."""
    cast, (proposal_id, hours) = stage.cast, a_change_of_several(stage)
    monday = text_now(cast.bruno, proposal_id, hours).replace("Le lundi", "Le mardi")
    here = suggested(cast.bruno, proposal_id, "trois jours", "quatre jours")
    there = on_whole(cast.esther, proposal_id, hours, monday)
    with acting(cast.amel) as tx:
        service.accept(tx, proposal_id, here)
    follower = card(cast.amel, proposal_id, there)
    assert (follower.rule, follower.state, follower.base_number) == ("Horaires", "proposed", 2)
    with acting(cast.amel) as tx:
        service.accept(tx, proposal_id, there)
    before = rules.rule_text(as_reader(cast.amel), hours)
    on.decide(stage, proposal_id)
    assert texts_in_force(stage, stage.page_id) == [
        "Nous nous voyons souvent.",
        "Chacun·e peut télétravailler quatre jours par semaine.",
        "Le lundi, tout le monde est à l’atelier.",
    ]
    assert texts_in_force(stage, hours) == [
        "Nous nous voyons souvent.",
        "Le mardi, tout le monde est à l’atelier.",
        "On commence à dix heures.",
        "On mange à midi.",
    ]
    number = proposals.proposal(as_reader(cast.amel), proposal_id).decision_number
    enacted = rules.rule_text(as_reader(cast.amel), hours)
    [tuesday, ten, noon] = [block.id for block in before.blocks]
    made_by = [enacted.decisions[one] for one in (enacted.blocks[0].id, tuesday, ten, noon)]
    assert made_by == [number, number, number, stage.origin]


def test_the_same_words_in_two_rules_do_not_compete(stage: Stage) -> None:
    cast, (proposal_id, hours) = stage.cast, a_change_of_several(stage)
    often = text_now(cast.bruno, proposal_id, hours).replace("souvent", "chaque jour")
    here = suggested(cast.bruno, proposal_id, "souvent", "parfois")
    there = on_whole(cast.esther, proposal_id, hours, often)
    rival = on_whole(cast.chloe, proposal_id, hours, often.replace("chaque jour", "rarement"))
    told = queries.suggested(as_reader(cast.amel), proposal_id)
    assert [told.together(one) for one in (here, there)] == [(here,), (there, rival)]
    with acting(cast.amel) as tx:
        service.accept(tx, proposal_id, here)
        service.decline(tx, proposal_id, rival, "Nous nous verrons.")
        service.accept(tx, proposal_id, there)
    assert "parfois" in text_now(cast.amel, proposal_id, stage.page_id)
    assert "chaque jour" in text_now(cast.amel, proposal_id, hours)
    overtaken = card(cast.amel, proposal_id, rival)
    assert (overtaken.state, overtaken.steps[-1].by_number) == ("moot", there)


@pytest.mark.parametrize(
    ("crosses", "states", "words"),
    [
        (((None, 1, None),) * 3, ["refused", "adopted", "proposed"], "onze heures"),
        (((None, None, 1),) * 3, ["refused", "refused", "proposed"], "dix heures"),
    ],
)
def test_t89_those_that_compete_are_on_one_ballot_with_the_present_text_of_their_rule(
    stage: Stage, crosses: tuple[tuple[int | None, ...], ...], states: list[str], words: str
) -> None:
    cast, (proposal_id, hours) = stage.cast, a_change_of_several(stage)
    one = suggested(cast.bruno, proposal_id, "dix heures", "huit heures")
    two = suggested(cast.esther, proposal_id, "dix heures", "onze heures")
    apart = suggested(cast.chloe, proposal_id, "trois jours", "quatre jours")
    ballot_id = on_a_ballot(stage, proposal_id, one)
    poll = db.session.get_one(Poll, poll_of(stage, proposal_id, ballot_id))
    assert text_of(db.session, poll.text_digest).startswith("## Horaires\n\n**Amendement 1")
    decided(stage, proposal_id, ballot_id, *crosses)
    assert [state(cast.amel, proposal_id, number) for number in (one, two, apart)] == states
    assert words in text_now(cast.amel, proposal_id, hours)
    with acting(cast.amel) as tx:
        service.accept(tx, proposal_id, apart)
    on.decide(stage, proposal_id)
    assert any(words in text for text in texts_in_force(stage, hours))
    assert any("quatre jours" in text for text in texts_in_force(stage, stage.page_id))


def test_a_rule_left_as_it_is_by_an_amendment_may_be_brought_back_by_another(
    stage: Stage,
) -> None:
    cast, (proposal_id, hours) = stage.cast, a_change_of_several(stage)
    present = "\n\n".join(texts_in_force(stage, hours))
    out = on_whole(cast.bruno, proposal_id, hours, present)
    with acting(cast.amel) as tx:
        service.accept(tx, proposal_id, out)
    version = proposals.proposal(as_reader(cast.amel), proposal_id).version
    assert "Horaires" not in version.particulars
    back = suggested(cast.esther, proposal_id, "midi", "treize heures")
    with acting(cast.amel) as tx:
        service.accept(tx, proposal_id, back)
    on.decide(stage, proposal_id)
    assert texts_in_force(stage, hours)[1:] == [
        "On commence à neuf heures.",
        "On mange à treize heures.",
    ]


def test_a_rule_that_changed_during_the_ballot_keeps_what_was_chosen_out_and_says_so(
    stage: Stage,
) -> None:
    cast, (proposal_id, hours) = stage.cast, a_change_of_several(stage)
    number = suggested(cast.bruno, proposal_id, "trois jours", "quatre jours")
    ballot_id = on_a_ballot(stage, proposal_id, number)
    nine = rules.rule_text(as_reader(cast.amel), hours).blocks[1]
    change = on.BlockChange("replace", nine.id, nine.text, "On commence à sept heures.")
    enact(hours, [change], stage.origin, today(as_reader(cast.amel)))
    decided(stage, proposal_id, ballot_id, (1, None), (1, None))
    told = queries.suggested(as_reader(cast.amel), proposal_id)
    assert [(line.outcome, line.winner) for line in told.ballots] == [("unfit", None)]
    waiting = told.card(number)
    assert (waiting.state, waiting.is_stale) == ("proposed", True)
    assert proposals.proposal(as_reader(cast.amel), proposal_id).may.reword


def test_an_amendment_is_about_a_rule_of_the_proposal_and_told_beside_its_paragraph(
    stage: Stage,
) -> None:
    cast, (proposal_id, hours) = stage.cast, a_change_of_several(stage)
    changes = texts.to_whole(desks.desk(as_reader(cast.bruno), proposal_id, hours).blocks, "Rien.")
    with pytest.raises(NotFound), acting(cast.bruno) as tx:
        service.suggest(tx, proposal_id, Suggested(changes, 1, "Non.", hours + 1))
    number = suggested(cast.bruno, proposal_id, "dix heures", "onze heures")
    nine = rules.rule_text(as_reader(cast.amel), hours).blocks[1]
    found = paragraph(as_reader(cast.chloe), "horaires", nine.id).open_attempts
    assert [one.suggestion for one in found] == [None, number]


def test_an_amendment_to_one_of_several_rules_is_made_voted_and_counted(
    client: Client, stage: Stage
) -> None:
    cast, (proposal_id, hours) = stage.cast, a_change_of_several(stage)
    where = f"/proposals/{proposal_id}"
    client.sign_in("bruno")
    choice = client.get(f"{where}/amendments/new").text
    block = desks.desk(as_reader(cast.bruno), proposal_id, hours).paragraphs[1]
    address = f"{where}/amendments/new?block={block.id}&rule={hours}"
    assert address.replace("&", "&amp;") in choice
    assert client.get(f"{where}/amendments/new?block={block.id}").status_code == 404
    form = client.get(address).text
    assert f'name="rule" value="{hours}"' in form
    assert "dix heures" in form
    said = {"rule": hours, "block": block.id, "base_number": "1", "new_text": "On flâne."}
    assert client.submit(f"{where}/amendments/", **said, reason="").status_code == 422
    made = client.submit(f"{where}/amendments/", **said, reason="Pour souffler.")
    assert made.status_code == 303
    assert client.get(f"{where}/amendments/1/edit").status_code == 200
    again = said | {"new_text": "On flâne un peu.", "reason": "Pour souffler."}
    assert client.submit(f"{where}/amendments/1", **again).status_code == 303
    rival = suggested(cast.esther, proposal_id, "dix heures", "onze heures")
    shown = client.get(where).text
    assert shown.count("Horaires") >= 3
    client.sign_in("amel")
    ballot_id = on_a_ballot(stage, proposal_id, rival)
    vote = client.get(f"{where}/amendments/votes/{ballot_id}").text
    assert "On flâne un peu." in vote
    assert "Horaires" in vote
    decided(stage, proposal_id, ballot_id, (1, None, None))
    assert client.get(f"{where}/amendments/votes/{ballot_id}").status_code == 200
    on.decide(stage, proposal_id)
    assert "On flâne un peu." in client.get("/wiki/horaires").text
