"""A proposal quotes the page it is about: whoever may not read the page reads none of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from intranet import worker
from intranet.core.actor import Actor
from intranet.core.db import db
from intranet.core.policy import NotFound
from intranet.core.transaction import reader
from intranet.decisions.page_queries import decision
from intranet.discussions import queries as discussions
from intranet.export import talks
from intranet.polls import effects as polls
from intranet.polls.service import NewProcedure, define_procedure
from intranet.proposals import objection_queries, queries, service, waiting_queries
from intranet.proposals.enactment import adopt
from intranet.proposals.models import Proposal
from intranet.proposals.workflow import State
from intranet.search.index import backend_of
from intranet.search.parsing import parse_query
from intranet.search.sources import every as sources
from intranet.voting.settings import Settings
from intranet.wiki import service as wiki
from tests.cast import Client, acting, as_reader
from tests.proposals import stage as on
from tests.proposals.stage import Stage
from tests.wiki.writing import write


def narrow(stage: Stage, audience: str = "members") -> None:
    with acting(stage.cast.amel) as tx:
        wiki.set_audience(tx, stage.page_id, audience)


def everything_told(person_id: int) -> list[object]:
    """What lists and feeds tell a person about proposals."""
    look = as_reader(person_id)
    return [
        *queries.in_states(look, list(State)),
        *queries.ended(look),
        *queries.titles(look, range(10)),
        *waiting_queries.votes_to_give(look),
        *objection_queries.objections_to_answer(look),
        *talks.readable(look),
    ]


def test_an_amendment_of_a_narrowed_rule_is_unknown_to_who_may_not_read_the_rule(
    stage: Stage,
) -> None:
    proposal_id = on.an_amendment(stage)
    chloe = stage.cast.chloe
    assert queries.proposal(as_reader(chloe), proposal_id).audience == "workers"
    narrow(stage)
    with pytest.raises(NotFound):
        queries.proposal(as_reader(chloe), proposal_id)
    with pytest.raises(NotFound), acting(chloe) as tx:
        service.comment_proposal(tx, proposal_id, "Qu’en est-il ?")
    assert everything_told(chloe) == []
    assert queries.proposal(as_reader(stage.cast.bruno), proposal_id).audience == "members"
    narrow(stage, "workers")
    assert queries.proposal(as_reader(chloe), proposal_id).id == proposal_id


def test_what_was_said_while_a_rule_was_closed_names_no_closed_page_once_it_is_open(
    stage: Stage,
) -> None:
    write(stage.cast.amel, "Salaires", audience="members")
    proposal_id = on.an_amendment(stage)
    narrow(stage)
    with acting(stage.cast.bruno) as tx:
        service.comment_proposal(tx, proposal_id, "Voir [[Salaires]].")
    narrow(stage, "workers")
    said = discussions.comments(as_reader(stage.cast.chloe), "proposal", proposal_id)
    assert "red-link" in said[0].html


def test_its_author_reads_no_more_of_it_than_of_the_rule(stage: Stage) -> None:
    on.an_amendment(stage, author=stage.cast.chloe)
    narrow(stage)
    assert everything_told(stage.cast.chloe) == []
    assert everything_told(stage.cast.amel) != []


def test_an_export_for_workers_leaves_it_out(stage: Stage) -> None:
    proposal_id = on.an_amendment(stage)
    workers = Actor(person_id=None, audiences=frozenset({"workers", "open"}))
    assert talks.readable(reader(workers)) == [proposal_id]
    narrow(stage)
    assert talks.readable(reader(workers)) == []


def test_search_finds_neither_it_nor_what_was_said(app: Flask, stage: Stage) -> None:
    proposal_id = on.an_amendment(stage)
    with acting(stage.cast.bruno) as tx:
        comment_id = service.comment_proposal(tx, proposal_id, "Et le trampoline ?")
    keys = [f"proposal:{proposal_id}", f"comment:{comment_id}"]
    assert sources.still_visible(as_reader(stage.cast.chloe), keys) == set(keys)
    narrow(stage)
    assert sources.still_visible(as_reader(stage.cast.chloe), keys) == set()
    assert sources.still_visible(as_reader(stage.cast.bruno), keys) == set(keys)
    worker.work_once(app)
    search = backend_of(db.session())
    workers = frozenset({"workers", "open"})
    assert search.find(parse_query("trampoline"), workers).hits == ()
    assert len(search.find(parse_query("trampoline"), workers | {"members"}).hits) == 1


def test_the_home_page_names_no_vote_on_a_rule_that_was_closed(
    stage: Stage, client: FlaskClient
) -> None:
    with acting(stage.cast.amel) as tx:
        everybody = NewProcedure(
            "Tout le monde",
            "",
            stage.cast.meeting,
            "simple_majority",
            Settings(),
            layers=("operating_rules",),
            key="everybody",
        )
        define_procedure(tx, everybody)
    on.open_it(stage, on.an_amendment(replace(stage, absolute="everybody")))
    assert isinstance(client, Client)
    client.sign_in("chloe")
    assert "Trois jours" in client.get("/").get_data(as_text=True)
    narrow(stage)
    assert "Trois jours" not in client.get("/").get_data(as_text=True)


def test_the_count_reads_the_rule_whoever_asks_for_it(stage: Stage) -> None:
    proposal_id = on.an_amendment(stage)
    poll_id = on.open_it(stage, proposal_id)
    for person in stage.cast.members:
        on.cast_one(poll_id, person, "for")
    on.end(poll_id)
    narrow(stage)
    with acting(stage.cast.chloe) as tx:
        outcome = polls.close_poll(tx, poll_id)
        number = adopt(tx, tx.session.get_one(Proposal, proposal_id), outcome)
    assert on.rule(stage).blocks[0].text == on.CHANGED
    assert [link.number for link in decision(as_reader(stage.cast.amel), number).links] == [
        stage.origin
    ]


def test_the_decision_on_a_narrowed_rule_is_for_the_readers_of_the_rule(stage: Stage) -> None:
    proposal_id = on.an_amendment(stage)
    narrow(stage)
    on.decide(stage, proposal_id)
    number = queries.proposal(as_reader(stage.cast.amel), proposal_id).decision_number
    assert number is not None
    assert decision(as_reader(stage.cast.amel), number).audience == "members"
    with pytest.raises(NotFound):
        decision(as_reader(stage.cast.chloe), number)
