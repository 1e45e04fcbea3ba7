"""Slips of writing are mended in the open; nothing else changes a rule without a decision."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from intranet.core.policy import Conflict, Invalid, NotFound, Refused
from intranet.corrections import policy, service
from intranet.members import queries as members
from intranet.wiki import service as wiki
from intranet.wiki.corrections import queries
from intranet.wiki.corrections.limits import problem_of
from intranet.wiki.corrections.models import Mended
from intranet.wiki.history import history
from intranet.wiki.models import Page, Revision
from intranet.wiki.policy import may_archive, may_rename, may_restore, may_revise
from intranet.wiki.reading import page_by_slug
from intranet.wiki.typed import TextChange
from tests.cast import Cast, acting, as_reader
from tests.proposals import stage as on
from tests.proposals.stage import Stage, set_up
from tests.wiki.writing import page_id, write

OLD = "Chacun·e peut télétravailler deux jours par semaine."
SLIP = "Chacun·e peut télétravailler deux jours par semaines."


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return set_up(cast)


def mend(stage: Stage, new_text: str = SLIP, who: int | None = None, position: int = 0) -> int:
    block = on.rule(stage).blocks[position]
    mended = Mended(stage.page_id, block.id, block.text, new_text)
    with acting(who or stage.cast.chloe) as tx:
        return service.correct_rule(tx, mended, "Une lettre de trop.")


def take_back(stage: Stage, number: int, who: int | None = None) -> None:
    with acting(who or stage.cast.bruno) as tx:
        service.revoke_correction(tx, number, "C’était juste.")


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        (OLD, "correction_changes_nothing"),
        (OLD.replace("télétravailler", "teletravailler"), ""),
        (OLD.replace("semaine.", "semaines"), ""),
        (OLD.replace("deux", "trois"), "correction_changes_the_meaning"),
        (OLD.replace("peut", "doit"), "correction_changes_the_meaning"),
        (OLD.replace("peut", "ne peut pas"), "correction_changes_the_meaning"),
        (OLD.replace("deux", "2"), "correction_changes_numbers"),
        (f"{OLD}\n\nEt plus.", "correction_changes_the_structure"),
        (f"# {OLD}", "correction_changes_the_structure"),
        ("", "correction_changes_the_structure"),
        (OLD.replace("par semaine", "par mois"), "correction_changes_the_meaning"),
    ],
)
def test_a_correction_changes_letters_and_never_what_is_said(new: str, problem: str) -> None:
    assert problem_of(OLD, new) == problem


def test_a_correction_keeps_the_decision_and_shows_as_a_correction(stage: Stage) -> None:
    mend(stage)
    rule = on.rule(stage)
    assert rule.blocks[0].text == SLIP
    assert rule.decisions[rule.blocks[0].id] == stage.origin
    reader = as_reader(stage.cast.amel)
    page = page_by_slug(reader, rule.slug, members.today(reader))
    assert page.decision_number == stage.origin
    assert page.in_force_on is not None
    newest = history(reader, rule.slug).revisions[0]
    assert (newest.kind, newest.decision_number) == ("corrected", None)
    listed = queries.corrections(as_reader(stage.cast.farid)) + queries.corrections(reader)
    assert [(one.old_text, one.new_text, one.person) for one in listed] == [
        (OLD, SLIP, "Chloé Martin")
    ]


def test_any_member_puts_the_words_back_for_thirty_days(stage: Stage) -> None:
    number = mend(stage)
    with pytest.raises(NotFound):
        take_back(stage, number, stage.cast.farid)
    take_back(stage, number)
    assert on.rule(stage).blocks[0].text == OLD
    kinds = [one.kind for one in history(as_reader(stage.cast.amel), on.rule(stage).slug).revisions]
    assert kinds[:2] == ["put_back", "corrected"]
    with pytest.raises(Conflict):
        take_back(stage, number)
    late, reader = mend(stage), as_reader(stage.cast.bruno)
    reader.now += policy.REVOCABLE_FOR
    verdict = policy.may_revoke_correction(reader, queries.correction_known(reader, late))
    assert verdict.reason == "corrections.too_late"


def test_t92_a_paragraph_under_vote_is_neither_corrected_nor_put_back(stage: Stage) -> None:
    number = mend(stage)
    proposal = on.an_amendment(stage)
    on.open_it(stage, proposal)
    for attempt in (lambda: mend(stage, OLD), lambda: take_back(stage, number)):
        with pytest.raises(Conflict) as caught:
            attempt()
        assert caught.value.reason == "corrections.paragraph_is_under_vote"
    assert mend(stage, "Le lundi, tout le monde est à l’atellier.", position=1)


def test_a_correction_is_refused_on_words_that_are_no_longer_there(stage: Stage) -> None:
    block = on.rule(stage).blocks[0]
    with pytest.raises(Conflict), acting(stage.cast.amel) as tx:
        service.correct_rule(tx, Mended(stage.page_id, block.id, SLIP, OLD), "Une lettre.")
    with pytest.raises(Refused), acting(stage.cast.farid) as tx:
        service.correct_rule(tx, Mended(stage.page_id, block.id, OLD, SLIP), "Une lettre.")
    with pytest.raises(Invalid), acting(stage.cast.amel) as tx:
        service.correct_rule(tx, Mended(stage.page_id, block.id, OLD, SLIP), " ")


def _head(stage: Stage) -> tuple[int, str]:
    rule = on.rule(stage)
    return rule.revision_id, rule.title


def test_d10_editing_cannot_change_a_rule(stage: Stage) -> None:
    change = TextChange(_head(stage)[0], "Autre texte.")
    with pytest.raises(Refused), acting(stage.cast.amel) as tx:
        wiki.revise_page(tx, stage.page_id, change)


def test_d10_restore_cannot_change_a_rule(stage: Stage) -> None:
    mend(stage)
    head = _head(stage)
    first = (
        as_reader(stage.cast.amel)
        .session.query(Revision)
        .filter_by(page_id=stage.page_id, number=1)
    )
    with pytest.raises(Refused), acting(stage.cast.amel) as tx:
        wiki.restore_revision(tx, stage.page_id, first.one().id, head[0])
    assert _head(stage) == head


def test_d10_rename_cannot_change_a_rule(stage: Stage) -> None:
    with pytest.raises(Refused), acting(stage.cast.amel) as tx:
        wiki.rename_page(tx, stage.page_id, "Autre nom", _head(stage)[0])


def test_archiving_cannot_take_a_rule_away(stage: Stage) -> None:
    with pytest.raises(Refused), acting(stage.cast.amel) as tx:
        wiki.archive_page(tx, stage.page_id, "Plus utile.")


def test_d10_an_administrator_cannot_change_a_rule(stage: Stage) -> None:
    reader = as_reader(stage.cast.gwen)
    page = page_by_slug(as_reader(stage.cast.amel), on.rule(stage).slug, members.today(reader))
    for may in (may_revise, may_restore, may_rename, may_archive):
        assert not may(reader, page)
    block = on.rule(stage).blocks[0]
    with pytest.raises((Refused, NotFound)), acting(stage.cast.gwen) as tx:
        service.correct_rule(tx, Mended(stage.page_id, block.id, OLD, SLIP), "Une lettre.")


def test_d10_a_move_cannot_renumber_a_rule(stage: Stage) -> None:
    with pytest.raises(Refused), acting(stage.cast.amel) as tx:
        wiki.move_page(tx, stage.page_id, None, 1)


def test_d10_moving_a_page_above_cannot_renumber_a_rule(stage: Stage) -> None:
    above = page_id(write(stage.cast.amel, "Nos règles"))
    with acting(None) as tx:
        tx.session.get_one(Page, stage.page_id).parent_id = above
    with pytest.raises(Refused) as caught, acting(stage.cast.amel) as tx:
        wiki.move_page(tx, above, None, 1)
    assert caught.value.verdict.reason == "wiki.rules_stand_below"


def test_tags_and_readers_leave_the_words_of_a_rule(stage: Stage) -> None:
    head = _head(stage)
    with acting(stage.cast.amel) as tx:
        wiki.set_tags(tx, stage.page_id, (), ("travail",))
        wiki.set_audience(tx, stage.page_id, "members")
    assert _head(stage) == head


def test_the_list_and_the_form_of_corrections(stage: Stage, client: FlaskClient) -> None:
    chloe, rule = client.sign_in("chloe"), on.rule(stage)
    paragraphs = chloe.get(f"/corrections/new?page={rule.slug}").get_data(as_text=True)
    assert f"block={rule.blocks[0].id}" in paragraphs
    typed = {"page": rule.slug, "block": rule.blocks[0].id, "old_text": OLD}
    too_much = chloe.submit(
        "/corrections", **typed, new_text=OLD.replace("deux", "cinq"), reason="Une lettre."
    )
    assert too_much.status_code == 422
    assert "cinq" in too_much.get_data(as_text=True)
    done = chloe.submit("/corrections", **typed, new_text=SLIP, reason="Une lettre de trop.")
    assert done.status_code == 303
    said = chloe.get("/corrections").get_data(as_text=True)
    assert "Une lettre de trop." in said
    assert 'action="/corrections/1/end"' in said
    assert chloe.submit("/corrections/1/end", because="Non, finalement.").status_code == 303
    assert on.rule(stage).blocks[0].text == OLD
