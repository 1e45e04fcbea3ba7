"""The guided form: outlines, what is typed, writing together, seconders, and what resembles it."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from intranet.core.db import db
from intranet.core.generation import generation
from intranet.core.policy import Conflict, Invalid, NotFound, Refused
from intranet.decisions.models import Decision
from intranet.polls.procedure_models import Course, NewProcedure
from intranet.polls.service import define_procedure
from intranet.proposals import ending_queries, queries, service
from intranet.proposals.outlines import service as outlines
from intranet.proposals.outlines.sections import Section
from intranet.proposals.outlines.service import NewOutline
from intranet.proposals.support import service as support
from intranet.proposals.typing import queries as typing
from intranet.proposals.typing import service as typing_service
from intranet.proposals.typing.models import KeptTyping
from intranet.proposals.versions import Wording
from intranet.search.index import backend_of
from intranet.search.similar_queries import similar
from intranet.search.sources import every as sources
from intranet.voting.settings import Settings
from tests.cast import Client, acting, as_reader
from tests.proposals import stage as on
from tests.proposals.stage import Stage

PLACE = "/proposals/new"


def card(stage: Stage, proposal_id: int, who: int | None = None) -> queries.ProposalCard:
    return queries.proposal(as_reader(who or stage.cast.amel), proposal_id)


def issues(stage: Stage, proposal_id: int) -> list[str]:
    return [issue.code for issue in card(stage, proposal_id).issues]


def outline(stage: Stage, base: int = 0, **more: object) -> str:
    asked = (Section("Constat", "", "Des faits.", required=True), Section("Coût"))
    with acting(stage.cast.amel) as tx:
        new = NewOutline("Achat", asked, "Nous achetons…", **more)  # type: ignore[arg-type]
        return outlines.write_outline(tx, new, base)


def write(client: FlaskClient, **typed: str) -> int:
    fields = {"title": "Un vélo", "text": "Un vélo.", "procedure": "absolute", **typed}
    answer = client.submit("/proposals/", audience="workers", then="submit", **fields)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return int(answer.location.rsplit("/", 1)[1])


def test_the_outline_of_the_cooperative_asks_and_its_answers_are_the_motivation(
    stage: Stage, client: Client
) -> None:
    key, amel = outline(stage), client.sign_in("amel")
    form = amel.get(f"/proposals/new?outline={key}").get_data(as_text=True)
    assert "Constat" in form
    assert "Des faits." in form
    assert "Nous achetons…" in form
    asked = {"outline": key, "outline_number": "1"}
    empty = write(amel, **asked, **{"section-1": "600 €"})
    assert issues(stage, empty) == ["section_missing"]
    # Written over meanwhile: the answers stay under the questions that the form asked.
    outline(stage, 1, key=key, retired=True)
    told = write(amel, **asked, **{"section-0": "Nos caddies cassent.", "section-1": "600 €"})
    version = card(stage, told).version
    assert version.motivation == "**Constat**\n\nNos caddies cassent.\n\n**Coût**\n\n600 €"
    assert [one.text for one in version.reasons] == ["Nos caddies cassent.", "600 €"]
    assert issues(stage, told) == []
    again = amel.get(f"/proposals/{told}/edit").get_data(as_text=True)
    assert "Nos caddies cassent." in again
    assert 'name="section-1"' in again


def test_only_members_write_outlines_and_the_second_writer_is_told(
    stage: Stage, client: Client
) -> None:
    key = outline(stage)
    with pytest.raises(Conflict):
        outline(stage, 0, key=key)
    with pytest.raises(Refused), acting(stage.cast.chloe) as tx:
        outlines.write_outline(tx, NewOutline("À moi", (Section("Quoi"),)), 0)
    amel = client.sign_in("amel")
    assert "Achat" in amel.get("/proposals/outlines/").get_data(as_text=True)
    edited = amel.submit(
        "/proposals/outlines/general", name="Toute proposition", title_0="Constat", number="0"
    )
    assert edited.status_code == 303
    assert 'value="Constat"' in amel.get("/proposals/outlines/general").get_data(as_text=True)


def test_what_is_typed_comes_back_to_its_author_alone_and_is_forgotten_once_sent(
    stage: Stage, client: Client
) -> None:
    amel, before = client.sign_in("amel"), generation(db.session())
    typed = {"title": "Une idée", "section-0": "Je note ceci.", "text": ""}
    assert amel.submit("/proposals/typing", place=PLACE, **typed).status_code == 204
    db.session.rollback()
    assert generation(db.session()) == before
    assert typing.typed(as_reader(stage.cast.bruno), PLACE) is None
    form = amel.get("/proposals/new").get_data(as_text=True)
    assert 'value="Une idée"' in form
    assert "Je note ceci." in form
    write(amel, place=PLACE)
    assert typing.typed(as_reader(stage.cast.amel), PLACE) is None


def test_what_was_typed_on_a_rule_that_changed_since_says_so(stage: Stage, client: Client) -> None:
    amel, rule = client.sign_in("amel"), on.rule(stage)
    place = f"/proposals/new?page={rule.slug}"
    amel.submit(
        "/proposals/typing",
        place=place,
        base_revision=str(rule.revision_id - 1),
        new_text="Mes mots à moi.",
    )
    form = amel.get(place).get_data(as_text=True)
    assert "Mes mots à moi." in form
    assert 'class="error-summary"' in form


def test_typing_is_kept_within_bounds(stage: Stage) -> None:
    with pytest.raises(Refused), acting(stage.cast.farid) as tx:
        typing_service.keep(tx, PLACE, {})
    with pytest.raises(Invalid), acting(stage.cast.amel) as tx:
        typing_service.keep(tx, PLACE, {"text": "x" * 600_000})
    with acting(stage.cast.amel) as tx:
        for number in range(60):
            typing_service.keep(tx, f"{PLACE}?n={number}", {"title": "x"})
        tx.session.flush()
    assert typing.typed(as_reader(stage.cast.amel), f"{PLACE}?n=59")
    assert db.session.query(KeptTyping).count() == typing_service.MOST_PLACES


def test_a_co_author_reads_the_draft_and_rewords_it_and_nothing_more(stage: Stage) -> None:
    with acting(stage.cast.amel) as tx:
        new = service.NewProposal("resolution", Wording("À deux", text="Un."), "absolute")
        draft = service.draft(tx, new)
    with pytest.raises(NotFound):
        card(stage, draft, stage.cast.bruno)
    with pytest.raises(Invalid), acting(stage.cast.amel) as tx:
        support.name_co_author(tx, draft, stage.cast.farid)
    with acting(stage.cast.amel) as tx:
        support.name_co_author(tx, draft, stage.cast.bruno)
        support.name_co_author(tx, draft, stage.cast.bruno)
    assert draft in {one.id for one in queries.in_states(as_reader(stage.cast.bruno), ["draft"])}  # type: ignore[list-item]
    with acting(stage.cast.bruno) as tx:
        service.reword(tx, draft, Wording("À deux", text="Deux."), 1)
    assert card(stage, draft).version.text == "Deux."
    for command in (service.submit, service.withdraw):
        with pytest.raises(Refused), acting(stage.cast.bruno) as tx:
            command(tx, draft)
    with acting(stage.cast.bruno) as tx:
        support.end_co_authorship(tx, draft, stage.cast.bruno)
    with pytest.raises(NotFound):
        card(stage, draft, stage.cast.bruno)


def seconded(stage: Stage, needed: int) -> int:
    with acting(None) as tx:
        new = NewProcedure(
            "Avec appui",
            "",
            stage.cast.assembly,
            "simple_majority",
            Settings(),
            key="seconded",
            course=Course(seconders=needed),
        )
        define_procedure(tx, new)
    return on.a_resolution(stage, "seconded")


def test_seconders_are_missing_until_enough_support_this_wording(
    stage: Stage, client: Client
) -> None:
    number = seconded(stage, 2)
    assert [issue.values for issue in card(stage, number).issues] == [{"missing": 2}]
    with pytest.raises(Refused), acting(stage.cast.amel) as tx:
        support.second(tx, number)
    for person in (stage.cast.bruno, stage.cast.bruno, stage.cast.chloe):
        with acting(person) as tx:
            support.second(tx, number)
    assert issues(stage, number) == []
    shown = client.sign_in("esther").get(f"/proposals/{number}").get_data(as_text=True)
    assert f'action="/proposals/{number}/seconders"' in shown
    assert "Bruno Costa" in shown
    with acting(stage.cast.amel) as tx:
        service.reword(tx, number, Wording("Un vélo", text="Deux vélos."), 1)
    assert issues(stage, number) == ["seconders_missing"]
    with acting(stage.cast.bruno) as tx:
        support.second(tx, number)
    with acting(stage.cast.bruno) as tx:
        support.end_seconding(tx, number)
    assert [issue.values for issue in card(stage, number).issues] == [{"missing": 2}]


def reindex() -> None:
    with acting(None) as tx:
        backend_of(tx.session).replace_all(sources.documents(tx))


def test_a_title_finds_what_was_refused_with_its_reasons(stage: Stage, client: Client) -> None:
    refused, secret = on.a_resolution(stage), on.a_resolution(stage)
    poll = on.open_it(stage, refused)
    on.cast_one(poll, stage.cast.bruno, "against", "Trop cher pour nous.")
    on.cast_one(poll, stage.cast.esther, "against")
    on.end(poll)
    on.conclude(refused)
    with acting(stage.cast.amel) as tx:
        service.withdraw(tx, secret, "On attend.")
    reindex()
    found = similar(as_reader(stage.cast.chloe), "Un vélo cargo")
    endings = [one.ending for one in found.refused if one.ending]
    assert {ending.state for ending in endings} == {"rejected", "withdrawn"}
    assert any(ending.reasons == ("Trop cher pour nous.",) for ending in endings)
    assert any(ending.reason == "On attend." for ending in endings)
    assert not similar(as_reader(stage.cast.farid), "Un vélo cargo")
    assert not similar(as_reader(stage.cast.chloe), "vé")
    chloe = client.sign_in("chloe")
    piece = chloe.get("/search/similar?q=Acheter+un+vélo").get_data(as_text=True)
    assert "Trop cher pour nous." in piece
    assert "<html" not in piece
    looked = chloe.submit("/proposals/", title="Acheter un vélo", text="Mes mots.", then="look")
    page = looked.get_data(as_text=True)
    assert looked.status_code == 200
    assert "Trop cher pour nous." in page
    assert "Mes mots." in page
    assert ending_queries.endings(as_reader(stage.cast.farid), [refused, secret]) == {}


def test_the_form_says_who_decides_and_when_at_the_earliest(stage: Stage, client: Client) -> None:
    form = client.sign_in("amel").get("/proposals/new").get_data(as_text=True)
    assert "Majorité absolue — Assemblée générale" in form
    assert form.count('id="hint-procedure-') >= 3


def test_the_day_of_review_given_in_the_form_reaches_the_decision(
    stage: Stage, client: Client
) -> None:
    number = write(client.sign_in("amel"), review_on="2031-05-04")
    on.decide(stage, number)
    decision = card(stage, number).decision_number or ""
    entered = db.session.scalars(select(Decision).where(Decision.number == decision)).one()
    assert entered.review_on == date(2031, 5, 4)
