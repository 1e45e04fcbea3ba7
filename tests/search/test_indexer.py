"""The index follows what happens, and is rebuilt when it cannot be trusted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from intranet import worker
from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.transaction import reader
from intranet.decisions import effects as register
from intranet.members.queries import today
from intranet.search import indexer
from intranet.search.index import backend_of
from intranet.search.parsing import parse_query
from intranet.search.port import IndexUnusable
from intranet.wiki import service as wiki
from intranet.wiki.comments import service as comments
from intranet.wiki.comments.service import Remark
from intranet.wiki.models import Page
from tests.cast import Cast, Client, acting
from tests.proposals import stage as on
from tests.proposals.stage import Stage, set_up
from tests.wiki.test_queries import counted
from tests.wiki.writing import page_id, write

EVERYBODY = frozenset({"members", "workers", "open"})
WORKERS = frozenset({"workers", "open"})


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return set_up(cast)


def found(words: str, audiences: frozenset[str] = EVERYBODY) -> list[str]:
    """The keys of what is found."""
    hits = backend_of(db.session()).find(parse_query(words), audiences)
    return [hit.key for hit in hits.hits]


def test_a_rule_is_found_and_after_its_change_by_its_new_words(app: Flask, stage: Stage) -> None:
    worker.work_once(app)
    page = f"page:{db.session.scalars(select(Page.id)).one()}"
    assert page in found("teletravailler deux jours")
    assert page in found("semaines")
    on.decide(stage, on.an_amendment(stage, change=on.a_change(stage, "Jamais le vendredi.")))
    worker.work_once(app)
    assert page in found("vendredi")
    assert page not in found("semaine")


def test_drafts_are_never_indexed(app: Flask, stage: Stage) -> None:
    with acting(stage.cast.amel) as tx:
        wording = on.Wording("Un trampoline", "", "Nous achetons un trampoline.")
        on.service.draft(tx, on.NewProposal("resolution", wording, stage.absolute))
    worker.work_once(app)
    assert found("trampoline") == []


def test_proposals_and_their_comments_are_found_by_their_audience_only(
    app: Flask, stage: Stage
) -> None:
    proposal_id = on.a_resolution(stage)
    with acting(stage.cast.chloe) as tx:
        comment = on.service.comment_proposal(tx, proposal_id, "Avec un antivol solide.")
    worker.work_once(app)
    assert found("antivols") == [f"comment:{comment}"]
    assert f"proposal:{proposal_id}" in found("velo cargo")
    assert found("antivol", frozenset({"open"})) == []


def test_what_was_said_goes_with_the_readers_and_the_title_of_its_proposal(
    app: Flask, stage: Stage
) -> None:
    proposal_id = on.a_resolution(stage)
    with acting(stage.cast.bruno) as tx:
        comment = on.service.comment_proposal(tx, proposal_id, "Avec un antivol solide.")
    worker.work_once(app)
    wording = on.Wording("Acheter un triporteur", "", "Nous achetons un triporteur.")
    with acting(stage.cast.amel) as tx:
        on.service.reword(tx, proposal_id, wording, 1, audience="members")
    worker.work_once(app)
    assert found("antivol", WORKERS) == []
    assert f"comment:{comment}" in found("triporteur")
    with acting(stage.cast.amel) as tx:
        on.service.reword(tx, proposal_id, wording, 2, audience="open")
    worker.work_once(app)
    assert found("antivol", frozenset({"open"})) == [f"comment:{comment}"]


def test_proposals_about_a_page_and_what_was_said_go_with_its_readers(
    app: Flask, stage: Stage
) -> None:
    proposal_id = on.an_amendment(stage)
    with acting(stage.cast.bruno) as tx:
        comment = on.service.comment_proposal(tx, proposal_id, "Et le trampoline ?")
    worker.work_once(app)
    for audience, is_known in (("members", False), ("workers", True)):
        with acting(stage.cast.amel) as tx:
            wiki.set_audience(tx, stage.page_id, audience)
        worker.work_once(app)
        assert found("trampoline", WORKERS) == ([f"comment:{comment}"] if is_known else [])
        assert f"proposal:{proposal_id}" in found("trajets")
        assert (f"proposal:{proposal_id}" in found("trajets", WORKERS)) == is_known


def test_a_superseded_decision_comes_after_the_one_in_force(app: Flask, stage: Stage) -> None:
    with acting(None) as tx:
        numbers = [
            register.enter(
                tx,
                register.Entry(
                    body_id=stage.cast.assembly,
                    body_code="AG",
                    title="Indemnité vélo",
                    text="Vingt-cinq centimes le kilomètre.",
                    result="adopted",
                    decided_on=today(tx),
                    effective_on=today(tx),
                    origin_kind="hand",
                    audience="workers",
                ),
            ).number
            for _ in range(2)
        ]
        register.link(tx, numbers[1], numbers[0], "supersedes")
    worker.work_once(app)
    assert found("indemnité vélo") == [f"decision:{numbers[1]}", f"decision:{numbers[0]}"]


def test_a_lost_index_is_built_again_from_the_database(app: Flask, stage: Stage) -> None:
    worker.work_once(app)
    before = found("télétravailler")
    assert before
    shutil.rmtree(Path(app.instance_path) / "search")
    with pytest.raises(IndexUnusable):
        found("télétravailler")
    backend = backend_of(db.session())
    event = indexer.rebuild(reader(SYSTEM))
    assert indexer.catch_up(reader(SYSTEM), event) == backend.count()
    assert found("télétravailler") == before


def test_the_search_page_shows_only_what_may_be_read_now(app: Flask, stage: Stage) -> None:
    on.a_resolution(stage)
    worker.work_once(app)
    app.test_client_class = Client
    seen = app.test_client().sign_in("chloe").get("/search?q=cargo").get_data(as_text=True)
    unseen = app.test_client().sign_in("farid").get("/search?q=cargo").get_data(as_text=True)
    assert "<mark>cargo</mark>" in seen
    assert "<mark>cargo</mark>" not in unseen


@pytest.mark.parametrize("typed", ['"', "(", "a OR", "* ? [", "\x00", "kind:", "from:hier", "-"])
def test_no_question_is_an_error(app: Flask, stage: Stage, typed: str) -> None:
    worker.work_once(app)
    app.test_client_class = Client
    answer = app.test_client().sign_in("amel").get("/search", query_string={"q": typed})
    assert answer.status_code == 200


def test_a_page_of_results_takes_the_same_statements_however_many_there_are(
    app: Flask, stage: Stage
) -> None:
    app.test_client_class = Client
    client = app.test_client().sign_in("amel")

    def write_and_say(numbers: range) -> None:
        for number in numbers:
            page = page_id(write(stage.cast.bruno, f"Outil {number}", "Un tournevis.", "members"))
            with acting(stage.cast.amel) as tx:
                comments.comment_page(tx, page, Remark("Quel tournevis ?"))
        worker.work_once(app)

    def statements() -> int:
        client.get("/search?q=tournevis")
        with counted() as asked:
            assert client.get("/search?q=tournevis").text.count("<mark>") >= 4
        return len(asked)

    write_and_say(range(2))
    few = statements()
    write_and_say(range(2, 8))
    assert statements() == few
