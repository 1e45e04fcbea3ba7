"""An ordinary page becomes a rule by a vote."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from intranet.core.db import db
from intranet.core.policy import Conflict, Invalid, NotFound
from intranet.members.queries import today
from intranet.proposals import editing, queries, service
from intranet.proposals.forms import ProposalForm
from intranet.proposals.models import HeldBlock, Proposal
from intranet.proposals.queries import ProposalCard
from intranet.proposals.service import NewProposal
from intranet.wiki import becoming, rules
from intranet.wiki.models import Layer, Page
from intranet.wiki.reading import page_by_slug
from intranet.wiki.service import archive_page
from tests.cast import acting, as_reader
from tests.proposals import stage as on
from tests.proposals.stage import Stage
from tests.wiki.writing import head_id, page_id, revise, source, write

TEXT = "# Congés\n\nCinq semaines par an.\n\nOn prévient un mois avant.\n"


def leave_page(stage: Stage) -> str:
    return write(stage.cast.bruno, "Congés", TEXT)


def proposed(stage: Stage, slug: str, **typed: str) -> int:
    """A submitted adoption, typed as in the form."""
    desk = editing.adoption_desk(as_reader(stage.cast.amel), slug)
    form = editing.blank(desk)
    form.values |= {"title": "Adopter les congés", "procedure": stage.absolute, **typed}
    with acting(stage.cast.amel) as tx:
        proposal_id = service.draft(tx, editing.new_proposal(desk, form))
        service.submit(tx, proposal_id)
    return proposal_id


def card(stage: Stage, proposal_id: int) -> ProposalCard:
    return queries.proposal(as_reader(stage.cast.amel), proposal_id)


def issues(stage: Stage, proposal_id: int) -> list[str]:
    return [issue.code for issue in card(stage, proposal_id).issues]


def page(slug: str) -> Page:
    return db.session.get_one(Page, page_id(slug))


def test_an_adopted_page_becomes_a_rule_with_every_paragraph_marked(stage: Stage) -> None:
    slug = leave_page(stage)
    proposal_id = proposed(stage, slug, layer=Layer.STATUTES.value)
    on.decide(stage, proposal_id)
    rule = rules.rule_text_of(as_reader(stage.cast.amel), slug)
    number = card(stage, proposal_id).decision_number
    assert number
    assert rule.layer == Layer.STATUTES
    assert rule.header + rule.body == TEXT
    assert rule.decisions == {block.id: number for block in rule.blocks}
    shown = page_by_slug(as_reader(stage.cast.amel), slug, today(as_reader(stage.cast.amel)))
    assert shown.decision_number == number
    assert number in shown.html
    assert db.session.query(HeldBlock).count() == 0


def test_the_new_rule_changes_by_an_amendment_like_any_other(stage: Stage) -> None:
    slug = leave_page(stage)
    on.decide(stage, proposed(stage, slug))
    adopted = Stage(stage.cast, page_id(slug), stage.origin)
    on.decide(adopted, on.an_amendment(adopted, change=on.a_change(adopted, "Six semaines.", 1)))
    assert on.rule(adopted).blocks[1].text == "Six semaines."


def test_a_rejected_adoption_leaves_the_page_ordinary(stage: Stage) -> None:
    slug = leave_page(stage)
    before = head_id(slug)
    proposal_id = proposed(stage, slug)
    on.decide(stage, proposal_id, "against")
    assert card(stage, proposal_id).state == "rejected"
    assert (page(slug).kind, page(slug).layer, head_id(slug)) == ("ordinary", None, before)
    assert revise(stage.cast.bruno, slug, TEXT + "\nEncore.\n").changed


def test_a_procedure_too_weak_for_the_rank_is_refused(stage: Stage) -> None:
    slug = leave_page(stage)
    with pytest.raises(Invalid) as caught:
        proposed(stage, slug, layer=Layer.WORK_RULES.value)
    assert caught.value.errors == {"procedure": "procedure_too_weak_for_the_rank"}
    with pytest.raises(Invalid) as caught:
        proposed(stage, slug, procedure=stage.consent)
    assert caught.value.errors == {"procedure": "procedure_too_weak_for_the_rank"}
    with pytest.raises(Invalid) as caught:
        proposed(stage, slug, layer="habits")
    assert caught.value.errors == {"layer": "layer_missing"}


def test_a_procedure_made_weak_afterwards_does_not_open(stage: Stage) -> None:
    proposal_id = proposed(stage, leave_page(stage))
    db.session.get_one(Proposal, proposal_id).layer = Layer.WORK_RULES
    db.session.commit()
    assert issues(stage, proposal_id) == ["procedure_too_weak"]


def test_a_rule_is_not_adopted_twice(stage: Stage) -> None:
    slug = leave_page(stage)
    first, second = proposed(stage, slug), proposed(stage, slug)
    on.open_it(stage, first)
    assert issues(stage, second) == ["another_vote_on_the_page"]
    with acting(stage.cast.amel) as tx:
        service.take_back_to_discussion(tx, first, "Le texte change.")
    on.decide(stage, first)
    assert issues(stage, second) == ["page_is_a_rule"]
    with pytest.raises(NotFound):
        editing.adoption_desk(as_reader(stage.cast.amel), slug)
    decided = becoming.Decided(stage.origin, today(as_reader(stage.cast.amel)))
    with pytest.raises(Conflict) as caught, acting(None) as tx:
        becoming.make_rule(tx, stage.page_id, Layer.STATUTES, "Autre.", decided)
    assert caught.value.reason == "wiki.already_a_rule"


def test_a_rule_cannot_be_the_page_of_an_adoption(stage: Stage) -> None:
    desk = editing.adoption_desk(as_reader(stage.cast.amel), leave_page(stage))
    wording = editing.wording(desk, ProposalForm.from_request({"title": "Adopter"}))
    new = NewProposal("adoption", wording, stage.absolute, stage.page_id, layer=Layer.STATUTES)
    with pytest.raises(NotFound), acting(stage.cast.amel) as tx:
        service.draft(tx, new)


def test_a_page_edited_before_the_vote_must_be_taken_anew(stage: Stage) -> None:
    slug = leave_page(stage)
    proposal_id = proposed(stage, slug)
    revise(stage.cast.bruno, slug, TEXT + "\nSauf en été.\n")
    assert issues(stage, proposal_id) == ["page_changed"]
    desk = editing.desk_of(as_reader(stage.cast.amel), proposal_id, whole=False)
    with acting(stage.cast.amel) as tx:
        service.reword(tx, proposal_id, editing.wording(desk, editing.filled(desk)), 1)
    assert issues(stage, proposal_id) == []
    assert card(stage, proposal_id).version.text.endswith("Sauf en été.\n")


def test_a_page_edited_during_the_vote_becomes_a_rule_in_the_words_voted(stage: Stage) -> None:
    slug = leave_page(stage)
    proposal_id = proposed(stage, slug)
    poll_id = on.open_it(stage, proposal_id)
    revise(stage.cast.bruno, slug, TEXT + "\nSauf en été.\n")
    for person in stage.cast.members:
        on.cast_one(poll_id, person, "for")
    on.end(poll_id)
    on.conclude(proposal_id)
    assert source(slug) == TEXT
    assert page(slug).kind == "rule"


def test_a_page_put_away_during_the_vote_is_in_use_again_once_adopted(stage: Stage) -> None:
    slug = leave_page(stage)
    proposal_id = proposed(stage, slug)
    poll_id, number = on.open_it(stage, proposal_id), page_id(slug)
    with acting(stage.cast.bruno) as tx:
        archive_page(tx, number, "Plus utile.")
    for person in stage.cast.members:
        on.cast_one(poll_id, person, "for")
    on.end(poll_id)
    on.conclude(proposal_id)
    assert (page(slug).kind, page(slug).archived_at) == ("rule", None)


def test_a_rule_adopted_for_a_later_day_is_shown_as_coming(stage: Stage) -> None:
    slug = leave_page(stage)
    day = today(as_reader(stage.cast.amel)) + timedelta(days=30)
    on.decide(stage, proposed(stage, slug, effective_on=day.isoformat()))
    reader = as_reader(stage.cast.amel)
    now, then = (page_by_slug(reader, slug, one) for one in (today(reader), day))
    assert now.decision_number is None
    assert now.coming
    assert now.coming.in_force_on == day
    assert then.decision_number == now.coming.decision_number


def test_a_page_is_adopted_through_forms(client: FlaskClient, stage: Stage) -> None:
    slug = leave_page(stage)
    client.sign_in("amel")
    assert f"/proposals/new?page={slug}&amp;as=rule" in client.get(f"/wiki/{slug}").text
    form = client.get(f"/proposals/new?page={slug}&as=rule").text
    assert "On prévient un mois avant." in form
    assert 'value="operating_rules"' in form
    typed = {"page": slug, "as": "rule", "title": "Adopter", "then": "submit"}
    unseen = client.submit("/proposals/", **typed, layer="operating_rules", procedure="absolute")
    assert unseen.status_code == 409
    typed["base_revision"] = str(head_id(slug))
    weak = client.submit("/proposals/", **typed, layer="work_rules", procedure="absolute")
    assert weak.status_code == 422
    assert 'value="Adopter"' in weak.text
    kept = client.submit("/proposals/", **typed, layer="operating_rules", procedure="absolute")
    assert kept.status_code == 303
    proposal_id = int(re.findall(r"/proposals/(\d+)", kept.location)[0])
    shown = client.get(kept.location).text
    assert f"/wiki/{slug}" in shown
    assert "On prévient un mois avant." in shown
    assert client.get(f"/proposals/{proposal_id}/edit").status_code == 200
    assert client.get("/proposals/").status_code == 200
    on.decide(stage, proposal_id)
    assert client.get(f"/proposals/{proposal_id}").status_code == 200
    rule = client.get(f"/wiki/{slug}").text
    assert "as=rule" not in rule
    assert card(stage, proposal_id).decision_number in rule
    assert client.get(f"/proposals/new?page={slug}&as=rule").status_code == 404
