"""Mandates, elections, statuses, repeals, new rules, several rules: from form to effect."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from intranet.core.block_changes import BlockChange
from intranet.core.db import db
from intranet.core.policy import Conflict
from intranet.decisions import effects as register
from intranet.decisions import page_queries
from intranet.decisions import queries as decisions
from intranet.members import queries as members
from intranet.members.mandate_queries import Held, mandates_held
from intranet.members.models import Mandate, Person
from intranet.members.status_queries import statuses_on
from intranet.proposals import queries
from intranet.rulebook.queries import rulebook
from intranet.wiki import effects as wiki
from intranet.wiki import rules
from intranet.wiki.models import Layer, Page
from intranet.wiki.reading import page_by_slug
from tests.cast import Cast, Client, acting, as_reader
from tests.decisions.later import later
from tests.proposals import stage as on
from tests.proposals.choosing import a_way_to_choose
from tests.proposals.stage import Stage
from tests.wiki.writing import rule


@pytest.fixture
def amel(stage: Stage, client: Client) -> Client:
    return client.sign_in("amel")


def proposed(amel: Client, kind: str, **typed: object) -> int:
    """A submitted act, typed as in its form; gives the proposal."""
    fields = {"procedure": "absolute", "audience": "workers", "then": "submit", **typed}
    answer = amel.submit(f"/proposals/acts/{kind}", **fields)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return int(answer.location.rsplit("/", 1)[1])


def refused(amel: Client, kind: str, **typed: object) -> str:
    fields = {"procedure": "absolute", "audience": "workers", **typed}
    answer = amel.submit(f"/proposals/acts/{kind}", **fields)
    assert answer.status_code in (409, 422)
    return answer.get_data(as_text=True)


def held(cast: Cast) -> dict[tuple[int, str], Held]:
    reader = as_reader(cast.amel)
    tomorrow = members.today(reader) + timedelta(days=1)
    return {(one.person_id, one.role): one for one in mandates_held(reader, tomorrow)}


def number_of(cast: Cast, proposal_id: int) -> str:
    return queries.proposal(as_reader(cast.amel), proposal_id).decision_number or ""


def issues(cast: Cast, proposal_id: int) -> list[str]:
    return [issue.code for issue in queries.proposal(as_reader(cast.amel), proposal_id).issues]


def test_a_mandate_is_given_renewed_and_taken_back_by_votes(stage: Stage, amel: Client) -> None:
    cast = stage.cast
    assert "Esther Roux" in amel.get("/proposals/acts/mandate/new").get_data(as_text=True)
    year = members.today(as_reader(cast.amel)) + timedelta(days=365)
    given = proposed(
        amel, "mandate", act="give", person=cast.esther, role="manager", until=year.isoformat()
    )
    on.decide(stage, given)
    mandate = held(cast)[cast.esther, "manager"]
    assert mandate.ends_on == year
    assert db.session.get_one(Mandate, mandate.id).decision_number == number_of(cast, given)

    later = year + timedelta(days=365)
    again = proposed(amel, "mandate", act="renew", mandate=mandate.id, until=later.isoformat())
    on.decide(stage, again)
    rows = db.session.scalars(select(Mandate).filter_by(role="manager").order_by(Mandate.id)).all()
    assert [(row.ends_on, row.end_decision_number) for row in rows] == [(year, None), (later, None)]
    assert rows[1].starts_on == year

    end = proposed(amel, "mandate", act="revoke", mandate=mandate.id)
    on.decide(stage, end)
    assert (cast.esther, "manager") not in held(cast)
    assert db.session.get_one(Mandate, mandate.id).end_decision_number == number_of(cast, end)


def test_a_mandate_that_would_end_before_it_begins_does_not_open(
    stage: Stage, amel: Client
) -> None:
    today = members.today(as_reader(stage.cast.amel)).isoformat()
    typed = {"act": "give", "person": stage.cast.esther, "own_role": "Clés", "until": today}
    assert issues(stage.cast, proposed(amel, "mandate", **typed)) == ["mandate_ends_too_early"]
    assert "field-person" in refused(amel, "mandate", act="give", role="chair")


def test_whoever_is_elected_gets_the_mandate(stage: Stage, amel: Client) -> None:
    cast, key = stage.cast, a_way_to_choose(stage, "single_choice")
    chosen = [cast.bruno, cast.esther]
    number = proposed(amel, "election", procedure=key, candidates=chosen, role="treasurer", seats=1)
    poll = on.open_it(stage, number)
    for person in cast.members:
        with acting(person) as tx:
            on.cast_ballot(tx, poll, {"mark": "1"})
    on.end(poll)
    on.conclude(number)
    card = queries.proposal(as_reader(cast.amel), number)
    assert card.state == "adopted"
    assert {key for key in held(cast) if key[1] == "treasurer"} == {(cast.esther, "treasurer")}


def test_an_admission_changes_the_status_and_can_bring_somebody_new(
    stage: Stage, amel: Client
) -> None:
    cast = stage.cast
    inside = proposed(
        amel, "status", person=cast.chloe, status="member_employee", audience="members"
    )
    on.decide(stage, inside)
    outside = proposed(amel, "status", name="Idriss Vidal", status="sympathiser")
    on.decide(stage, outside)
    day = members.today(as_reader(cast.amel))
    newcomer = db.session.scalars(select(Person).where(Person.name == "Idriss Vidal")).one()
    found = statuses_on(as_reader(cast.amel), [cast.chloe, newcomer.id], day)
    assert found == {cast.chloe: "member_employee", newcomer.id: "sympathiser"}
    again = proposed(amel, "status", person=cast.chloe, status="member_employee")
    assert issues(cast, again) == ["has_this_status"]


def test_a_repealed_rule_stays_readable_and_says_by_what(stage: Stage, amel: Client) -> None:
    slug = rules.rule_text(as_reader(stage.cast.amel), stage.page_id).slug
    waiting = on.an_amendment(stage)
    number = proposed(amel, "repeal", page=slug, **{f"base-{stage.page_id}": head(stage)})
    poll = on.open_it(stage, number)
    assert issues(stage.cast, waiting) == ["another_vote_on_the_page"]
    with pytest.raises(Conflict):
        on.open_it(stage, waiting)
    for person in stage.cast.members:
        on.cast_one(poll, person, "for")
    on.end(poll)
    on.conclude(number)
    decision = number_of(stage.cast, number)
    said = amel.get(f"/wiki/{slug}").get_data(as_text=True)
    assert "télétravailler deux jours" in said
    assert 'href="/procedures/absolute"' not in said, "nothing may change it any more"
    assert f'href="/decisions/{decision}"' in said
    assert 'href="/proposals/new?page=' not in said
    reader = as_reader(stage.cast.amel)
    page = page_by_slug(reader, slug, members.today(reader))
    assert page.is_repealed
    assert page.repealed_by == decision
    assert not page_by_slug(reader, slug, members.today(reader) - timedelta(days=1)).is_repealed
    assert issues(stage.cast, waiting) == ["rule_is_repealed"]


def head(stage: Stage) -> int:
    return rules.rule_text(as_reader(stage.cast.amel), stage.page_id).revision_id


def test_a_rule_takes_another_place_by_a_vote_and_the_article_another_number(
    stage: Stage, amel: Client
) -> None:
    reader = as_reader(stage.cast.amel)
    first = rules.rule_text(reader, stage.page_id)
    later = rule("Congés", "Cinq semaines.", "AG-2026-901", members.today(reader))
    slug = rules.rule_text(reader, later).slug
    assert slug in amel.get("/proposals/acts/reorder/new").get_data(as_text=True)
    typed = {"page": slug, f"base-{later}": rules.rule_text(reader, later).revision_id}
    shown = amel.get(f"/proposals/acts/reorder/new?page={slug}").get_data(as_text=True)
    assert f'<option value="{stage.page_id}"' in shown
    assert "field-after" in refused(amel, "reorder", **typed, after=later)
    weak = proposed(amel, "reorder", **typed, after="first", procedure="consent")
    assert issues(stage.cast, weak) == ["procedure_too_weak"]
    number = proposed(amel, "reorder", **typed, after="first")
    again = proposed(amel, "reorder", **typed, after=stage.page_id)
    poll = on.open_it(stage, number)
    assert issues(stage.cast, again) == ["another_vote_on_the_page"]
    for person in stage.cast.members:
        on.cast_one(poll, person, "for")
    on.end(poll)
    on.conclude(number)
    found = [(one.number, one.page_id) for one in rulebook(reader, members.today(reader)).articles]
    assert found == [(1, later), (2, first.page_id)]
    day = members.today(reader).isoformat()
    told = amel.get(f"/rulebook?on={day}").get_data(as_text=True)
    assert told.index(f'id="rule-{later}"') < told.index(f'id="rule-{stage.page_id}"')


def test_whoever_votes_on_a_repeal_reads_the_text_that_would_end(
    stage: Stage, amel: Client
) -> None:
    slug = rules.rule_text(as_reader(stage.cast.amel), stage.page_id).slug
    number = proposed(amel, "repeal", page=slug, **{f"base-{stage.page_id}": head(stage)})
    poll_id = on.open_it(stage, number)
    amel.sign_in("bruno")
    page = amel.get(f"/proposals/{number}").get_data(as_text=True)
    ending = page.split('id="ending"')[1]
    assert "deux jours" in ending
    assert "block__action" not in ending
    for person in stage.cast.members:
        on.cast_one(poll_id, person, "for")
    on.end(poll_id)
    on.conclude(number)
    assert 'id="ending"' not in amel.get(f"/proposals/{number}").get_data(as_text=True)


def test_a_repealed_decision_has_ended(stage: Stage, amel: Client) -> None:
    bought = on.a_resolution(stage)
    on.decide(stage, bought)
    earlier = number_of(stage.cast, bought)
    assert refused(amel, "repeal", number="AG-1999-001")
    on.decide(stage, proposed(amel, "repeal", number=earlier))
    assert decisions.statuses(as_reader(stage.cast.amel), [earlier])[earlier].state == "repealed"
    assert issues(stage.cast, proposed(amel, "repeal", number=earlier)) == ["decision_has_ended"]


def test_a_new_rule_appears_at_its_place(stage: Stage, amel: Client) -> None:
    typed = {"rule_title": "Vélos", "layer": "operating_rules", "parent": stage.page_id}
    number = proposed(amel, "new_rule", text="Un vélo par personne.\n\nOn le rend.", **typed)
    on.decide(stage, number)
    page = db.session.scalars(select(Page).where(Page.title == "Vélos")).one()
    rule = rules.rule_text(as_reader(stage.cast.amel), page.id)
    assert (page.parent_id, rule.layer) == (stage.page_id, Layer.OPERATING_RULES)
    assert set(rule.decisions.values()) == {number_of(stage.cast, number)}
    taken = proposed(amel, "new_rule", text="Encore.", **typed)
    assert issues(stage.cast, taken) == ["rule_name_taken"]
    too_weak = refused(amel, "new_rule", text="x", **{**typed, "layer": "work_rules"})
    assert "field-procedure" in too_weak


def test_a_new_rule_may_be_tried_for_a_time_and_a_mandate_ends_by_itself(
    app: Flask, stage: Stage, amel: Client
) -> None:
    reader = as_reader(stage.cast.amel)
    last_day = members.today(reader) + timedelta(days=40)
    typed = {"rule_title": "Vélos", "layer": "operating_rules", "ends_on": last_day.isoformat()}
    number = proposed(amel, "new_rule", text="Un vélo par personne.", **typed)
    form = amel.get(f"/proposals/acts/{number}/edit").get_data(as_text=True)
    assert f'value="{last_day.isoformat()}"' in form
    on.decide(stage, number)
    entered = page_queries.decision(as_reader(stage.cast.amel), number_of(stage.cast, number))
    assert entered.ends_on == last_day
    assert "badge--warn" not in amel.get("/wiki/velos").get_data(as_text=True)
    with later(41):
        again = app.test_client()
        assert isinstance(again, Client)
        told = again.sign_in("amel").get("/wiki/velos").get_data(as_text=True)
    assert "badge--warn" in told, "each paragraph says that its trial has ended"
    person = {"act": "give", "person": stage.cast.esther, "own_role": "Clés"}
    mandate = proposed(amel, "mandate", ends_on=last_day.isoformat(), **person)
    assert queries.proposal(as_reader(stage.cast.amel), mandate).version.ends_on is None
    form = amel.get("/proposals/acts/mandate/new").get_data(as_text=True)
    assert 'name="ends_on"' not in form


def second_rule(stage: Stage) -> int:
    with acting(None) as tx:
        new = wiki.NewRule(Layer.OPERATING_RULES, "Horaires", "De 9 h à 17 h.\n", "members", "fr")
        return wiki.create_rule(tx, new, stage.origin, members.today(tx))


def test_several_rules_change_together_or_not_at_all(stage: Stage, amel: Client) -> None:
    other = second_rule(stage)
    reader = as_reader(stage.cast.amel)
    first, second = rules.rule_text(reader, stage.page_id), rules.rule_text(reader, other)
    slugs = [first.slug, second.slug]
    typed = {
        "page": slugs,
        f"base-{first.page_id}": first.revision_id,
        f"base-{second.page_id}": second.revision_id,
        f"new_text-{first.page_id}": first.body.replace("deux", "trois"),
        f"new_text-{second.page_id}": "De 8 h à 16 h.\n",
    }
    asked = "&".join(f"page={slug}" for slug in slugs)
    form = amel.get(f"/proposals/acts/several/new?{asked}").get_data(as_text=True)
    assert f"new_text-{other}" in form
    kept, changed = proposed(amel, "several", **typed), proposed(amel, "several", **typed)
    shown = amel.get(f"/proposals/{changed}").get_data(as_text=True)
    assert f'id="changes-{first.page_id}"' in shown
    assert f'id="changes-{other}"' in shown
    # It quotes a rule for members only: nobody else knows of it, whatever its own audience.
    assert changed not in {
        one.id for one in queries.in_states(as_reader(stage.cast.chloe), ["discussion"])
    }  # type: ignore[list-item]
    on.decide(stage, kept, "against")
    assert head(stage) == first.revision_id
    on.decide(stage, changed)
    number = number_of(stage.cast, changed)
    for page_id, words in ((first.page_id, "trois jours"), (other, "De 8 h")):
        rule = rules.rule_text(as_reader(stage.cast.amel), page_id)
        assert words in rule.blocks[0].text
        assert rule.decisions[rule.blocks[0].id] == number
    assert issues_of_reworded(amel, changed) == 403


def issues_of_reworded(amel: Client, proposal_id: int) -> int:
    return int(amel.get(f"/proposals/acts/{proposal_id}/edit").status_code)


def test_a_paragraph_that_moves_keeps_its_identity_and_its_decision(stage: Stage) -> None:
    before = on.rule(stage)
    first, second = before.blocks[0], before.blocks[1]
    moved = (
        BlockChange("remove", first.id, first.text, ""),
        BlockChange("insert_after", second.id, "", first.text),
    )
    with acting(None) as tx:
        day = members.today(tx)
        entry = register.Entry(
            body_id=stage.cast.assembly,
            body_code="AG",
            title="Ordre",
            text="Ordre",
            result="adopted",
            decided_on=day,
            effective_on=day,
            origin_kind="by_hand",
            audience="workers",
        )
        number = register.enter(tx, entry).number
        wiki.enact_revision(tx, stage.page_id, moved, number, day, None)
    after = on.rule(stage)
    assert [block.id for block in after.blocks] == [second.id, first.id]
    assert after.decisions[first.id] == stage.origin != number


def test_an_act_is_reworded_in_its_own_form(stage: Stage, amel: FlaskClient) -> None:
    number = proposed(amel, "mandate", act="give", person=stage.cast.esther, role="chair")
    form = amel.get(f"/proposals/acts/{number}/edit").get_data(as_text=True)
    base = re.search(r'name="base_number" value="(\d+)"', form)
    assert base
    answer = amel.submit(
        f"/proposals/acts/{number}",
        act="give",
        person=stage.cast.bruno,
        role="chair",
        base_number=base[1],
        procedure="absolute",
        audience="workers",
    )
    assert answer.status_code == 303
    card = queries.proposal(as_reader(stage.cast.amel), number)
    assert card.version.number == 2
    assert "Bruno Costa" in card.version.text
