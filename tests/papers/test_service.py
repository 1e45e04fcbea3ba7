"""Entering old decisions, and the page that one of them made a rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from intranet.core.db import db
from intranet.core.policy import Invalid, NotFound, Refused
from intranet.decisions import page_queries
from intranet.decisions.actions import queries as actions
from intranet.decisions.models import Decision
from intranet.decisions.statuses import State
from intranet.members.queries import today
from intranet.papers import service
from intranet.papers.ruling import MadeRule
from intranet.papers.service import OldDecision
from intranet.proposals import service as proposals
from intranet.proposals.service import NewProposal
from intranet.proposals.versions import Wording
from intranet.wiki import rules
from intranet.wiki.provenance_queries import decided_parts
from intranet.wiki.service import archive_page
from intranet.wiki.sources import page_source_named
from tests.cast import Cast, acting, as_reader
from tests.proposals import stage as on
from tests.proposals.stage import set_up
from tests.wiki.writing import page_id, read, rule, source, write


def old(cast: Cast, **changes: Any) -> OldDecision:
    plain = OldDecision(cast.assembly, "Louer un local", "Rue des Tanneurs.", date(2019, 4, 2))
    return replace(plain, **changes)


def test_a_decision_from_a_paper_says_that_it_is_one(app: Flask, cast: Cast) -> None:
    with acting(cast.bruno) as tx:
        number = service.enter_by_hand(tx, old(cast, tags=["Local ", "local", "BAIL"])).number
    page = page_queries.decision(as_reader(cast.chloe), number)
    assert (page.number, page.origin_kind, page.recorded_by) == (
        "AG-2019-001",
        "by_hand",
        "Bruno Costa",
    )
    assert page.tags == ("bail", "local")


@pytest.mark.parametrize("name", ["chloe", "david", "farid", "gwen"])
def test_only_employed_members_enter_decisions_by_hand(app: Flask, cast: Cast, name: str) -> None:
    with pytest.raises(Refused) as refused, acting(getattr(cast, name)) as tx:
        service.enter_by_hand(tx, old(cast))
    assert refused.value.verdict.reason == "decisions.only_members_record"
    assert db.session.scalar(select(Decision.id)) is None


def test_the_number_on_the_paper_is_kept_and_the_next_one_follows(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        given = [
            service.enter_by_hand(tx, old(cast, number="ag-2019-004")).number,
            service.enter_by_hand(tx, old(cast)).number,
            service.enter_by_hand(tx, old(cast, number="AG-2019-002")).number,
            service.enter_by_hand(tx, old(cast)).number,
        ]
    assert given == ["AG-2019-004", "AG-2019-005", "AG-2019-002", "AG-2019-006"]


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"number": "RC-2019-001"}, "number", "number_of_another_kind"),
        ({"number": "AG-2018-001"}, "number", "number_of_another_kind"),
        ({"number": "AG-2019-000"}, "number", "number_of_another_kind"),
        ({"number": "AG-2019-001"}, "number", "number_taken"),
        ({"title": " \u200b "}, "title", "decision_title_missing"),
        ({"title": "x" * 256}, "title", "decision_title_too_long"),
        ({"text": " \n"}, "text", "decision_text_missing"),
        ({"text": "x" * 300_001}, "text", "decision_text_too_long"),
        ({"body_id": 999}, "body", "body_missing"),
        ({"result": "perhaps"}, "result", "decision_result_unknown"),
        ({"audience": "everybody"}, "audience", "decision_audience_unknown"),
        ({"decided_on": date(2999, 1, 1)}, "decided_on", "decided_in_the_future"),
        (
            {"effective_on": date(2019, 4, 1)},
            "retroactive_because",
            "retroactive_without_reason",
        ),
        ({"ends_on": date(2019, 4, 1)}, "ends_on", "ends_before_it_starts"),
        ({"review_on": date(2019, 4, 1)}, "review_on", "review_before_it_starts"),
        ({"counts": {"for": -1}}, "counts", "decision_count_negative"),
        (
            {"counts": {"for": 3}, "electorate_size": 2},
            "electorate_size",
            "decision_more_votes_than_people",
        ),
        ({"tags": [str(turn) for turn in range(13)]}, "tags", "decision_tags_too_many"),
        ({"links": [("supersedes", "AG-1999-001")]}, "links", "linked_decision_unknown"),
        ({"links": [("eats", "AG-2019-001")]}, "links", "linked_decision_unknown"),
    ],
)
def test_what_contradicts_itself_is_said_at_its_field(
    app: Flask, cast: Cast, changes: dict[str, Any], field: str, code: str
) -> None:
    with acting(cast.amel) as tx:
        service.enter_by_hand(tx, old(cast))
    with pytest.raises(Invalid) as invalid, acting(cast.amel) as tx:
        service.enter_by_hand(tx, old(cast, **changes))
    assert invalid.value.errors == {field: code}
    assert len(db.session.scalars(select(Decision.id)).all()) == 1


def test_this_year_the_register_gives_the_numbers_itself(app: Flask, cast: Cast) -> None:
    day = today(as_reader(cast.amel))
    this_year = old(cast, decided_on=day, number=f"AG-{day.year}-007")
    with pytest.raises(Invalid) as invalid, acting(cast.amel) as tx:
        service.enter_by_hand(tx, this_year)
    assert invalid.value.errors == {"number": "number_given_by_the_register"}


def test_an_old_decision_says_what_it_did_to_an_older_one(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        first = service.enter_by_hand(tx, old(cast)).number
        second = service.enter_by_hand(tx, old(cast, links=[("repeals", first)])).number
    look = as_reader(cast.amel)
    assert page_queries.decision(look, first).state is State.REPEALED
    assert page_queries.decision(look, second).state is State.IN_FORCE


TEXT = "# Outils\n\nLe rabot revient au mur.\n\nLe soir même.\n"


def made(page: str, layer: str = "operating_rules") -> MadeRule:
    return MadeRule(page, layer)


@pytest.mark.parametrize(
    "named", ["pret des OUTILS", "pret-des-outils", "/wiki/pret-des-outils", "https://x.org/wiki/"]
)
def test_the_page_that_a_decision_made_a_rule_bears_it_on_every_paragraph(
    app: Flask, cast: Cast, named: str
) -> None:
    slug = write(cast.chloe, "Prêt des outils", TEXT)
    named = named + slug if named.endswith("/wiki/") else named
    with acting(cast.amel) as tx:
        number = service.enter_by_hand(tx, old(cast, rule=made(named, "work_rules"))).number
    text = rules.rule_text_of(as_reader(cast.amel), slug)
    assert (text.layer, source(slug)) == ("work_rules", TEXT)
    assert text.decisions == {block.id: number for block in text.blocks}
    shown = read(cast.chloe, slug)
    assert (shown.decision_number, shown.in_force_on) == (number, date(2019, 4, 2))
    assert number in shown.html
    parts = decided_parts(as_reader(cast.amel), number)
    assert [(part.page.slug, len(part.paragraphs)) for part in parts] == [(slug, 3)]


def test_the_rule_applies_from_the_day_of_the_decision(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Outils", TEXT)
    later = today(as_reader(cast.amel)) + timedelta(days=30)
    with acting(cast.amel) as tx:
        service.enter_by_hand(tx, old(cast, effective_on=later, rule=made("Outils")))
    shown = read(cast.amel, slug)
    assert shown.coming is not None
    assert shown.coming.in_force_on == later


@pytest.mark.parametrize(
    ("page", "changes", "field", "code"),
    [
        ("Rien de tel", {}, "rule_page", "papers.page_unknown"),
        ("Congés", {}, "rule_page", "papers.page_is_a_rule"),
        ("Vide", {}, "rule_page", "papers.page_is_empty"),
        ("Rangée", {}, "rule_page", "papers.page_is_archived"),
        ("Outils", {"result": "rejected"}, "rule_page", "papers.not_adopted"),
        ("Outils", {"ends_on": date(2020, 1, 1)}, "rule_page", "papers.no_longer_applies"),
        ("Outils", {"audience": "members"}, "audience", "papers.rule_for_workers"),
        ("Ouverte", {}, "audience", "papers.rule_for_open"),
        ("Outils", {"layer": "law"}, "layer", "papers.layer_missing"),
        ("Outils", {"layer": ""}, "layer", "papers.layer_missing"),
    ],
)
def test_a_page_that_cannot_become_a_rule_keeps_the_decision_out(
    app: Flask,
    cast: Cast,
    page: str,
    changes: dict[str, Any],
    field: str,
    code: str,
) -> None:
    write(cast.amel, "Outils", TEXT)
    write(cast.amel, "Vide", "")
    write(cast.amel, "Ouverte", TEXT, audience="open")
    rule("Congés", "Cinq semaines.")
    archived = page_id(write(cast.amel, "Rangée", TEXT))
    with acting(cast.amel) as tx:
        archive_page(tx, archived, "Remplacée.")
    others = {name: value for name, value in changes.items() if name != "layer"}
    entry = old(cast, rule=made(page, changes.get("layer", "operating_rules")), **others)
    with pytest.raises(Invalid) as invalid, acting(cast.amel) as tx:
        service.enter_by_hand(tx, entry)
    assert invalid.value.errors == {field: code}
    assert db.session.scalar(select(Decision.id)) is None


def test_a_page_is_named_only_by_those_who_may_see_it(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Outils", TEXT)
    for person in (cast.farid, cast.gwen, cast.david):
        for named in ("Outils", slug):
            with pytest.raises(NotFound):
                page_source_named(as_reader(person), named)


def test_a_page_on_which_people_vote_waits_for_the_result(app: Flask, cast: Cast) -> None:
    stage = set_up(cast)
    slug = write(cast.amel, "Outils", TEXT)
    adoption = NewProposal(
        "adoption",
        Wording("Adopter", "", TEXT),
        stage.absolute,
        page_id(slug),
        layer="operating_rules",
    )
    with acting(cast.amel) as tx:
        proposal_id = proposals.draft(tx, adoption)
        proposals.submit(tx, proposal_id)
    on.open_it(stage, proposal_id)
    with pytest.raises(Invalid) as invalid, acting(cast.amel) as tx:
        service.enter_by_hand(tx, old(cast, rule=made("Outils")))
    assert invalid.value.errors == {"rule_page": "papers.page_is_voted_on"}


def test_what_is_still_to_be_done_is_entered_with_the_decision_or_nothing_is(
    app: Flask, cast: Cast
) -> None:
    asked = service.Plan("Rendre les clés", cast.bruno, None)
    with acting(cast.amel) as tx:
        entered = service.enter_by_hand(tx, old(cast, action=asked))
    [card] = actions.mine(as_reader(cast.bruno))
    assert (card.number, card.what) == (entered.number, "Rendre les clés")
    with pytest.raises(Invalid), acting(cast.amel) as tx:
        service.enter_by_hand(tx, old(cast, action=replace(asked, owner_id=cast.david)))
    assert len(db.session.scalars(select(Decision)).all()) == 1
