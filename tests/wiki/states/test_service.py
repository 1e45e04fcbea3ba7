"""Drafts, owners, days of review and protection of pages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from intranet.core import clock
from intranet.core.events import EventRow
from intranet.core.policy import Invalid, NotFound, Refused
from intranet.wiki import queries
from intranet.wiki.becoming import Decided, make_rule
from intranet.wiki.models import Layer, Page
from intranet.wiki.policy import may_revise
from intranet.wiki.rights.service import SOME_PEOPLE, Rights, set_rights
from intranet.wiki.states import service, worker
from intranet.wiki.states.queries import reviews_to_make
from tests.cast import Cast, Client, acting, as_reader
from tests.polls.test_views import in_english
from tests.wiki.attachments.test_views import another
from tests.wiki.writing import TODAY, page_id, read, revise, write


def test_a_draft_is_for_its_author_and_whom_they_choose_until_it_is_published(cast: Cast) -> None:
    slug = write(cast.chloe, "Idée", "Un début.", audience="draft")
    number = page_id(slug)

    def readers() -> set[int]:
        people = (cast.amel, cast.bruno, cast.chloe, cast.esther)
        return {one for one in people if queries.page_cards(as_reader(one), [number])}

    assert readers() == {cast.chloe}
    with acting(cast.chloe) as tx:
        set_rights(tx, number, Rights(SOME_PEOPLE, "", (cast.bruno,)))
    assert readers() == {cast.chloe, cast.bruno}
    assert read(cast.bruno, slug).is_draft
    with pytest.raises(NotFound), acting(cast.amel) as tx:
        service.publish_page(tx, number, Rights("workers"))
    with acting(cast.chloe) as tx:
        service.publish_page(tx, number, Rights("workers"))
        service.publish_page(tx, number, Rights("open"))
    assert len(readers()) == 4
    assert not read(cast.amel, slug).is_draft
    with pytest.raises(Refused), acting(cast.chloe) as tx:
        set_rights(tx, number, Rights("open"))


def test_a_protected_page_is_changed_by_its_owner_and_says_why(client: Client, cast: Cast) -> None:
    slug = write(cast.amel, "Tarifs", "Dix euros.")
    number = page_id(slug)
    with acting(cast.amel) as tx:
        service.name_owner(tx, number, cast.chloe)
    with pytest.raises(Refused), acting(cast.bruno) as tx:
        service.protect_page(tx, number, "ces prix sont signés")
    with acting(cast.chloe) as tx:
        service.protect_page(tx, number, "ces prix sont signés.")
    assert may_revise(as_reader(cast.chloe), read(cast.chloe, slug))
    verdict = may_revise(as_reader(cast.bruno), read(cast.bruno, slug))
    assert verdict.values["why"] == "ces prix sont signés"
    with pytest.raises(Refused):
        revise(cast.bruno, slug, "Cent euros.")
    shown = client.sign_in("bruno").get(f"/wiki/{slug}").get_data(as_text=True)
    assert "ces prix sont signés" in shown
    with acting(cast.chloe) as tx:
        service.protect_page(tx, number, "")
    assert revise(cast.bruno, slug, "Onze euros.").changed


def test_only_those_who_may_change_a_protected_page_are_offered_to_edit_it(
    client: Client, cast: Cast
) -> None:
    """Amel and Bruno have the same rights, so one page could be kept for both."""
    slug = write(cast.amel, "Tarifs", "Dix euros.")
    number, edit = page_id(slug), f'href="/wiki/{slug}/edit"'
    with acting(cast.amel) as tx:
        service.name_owner(tx, number, cast.amel)
        service.protect_page(tx, number, "ces prix sont signés")
    owner, reader = client.sign_in("amel"), another(client, "bruno")
    for _again in range(2):
        for browser, is_offered in ((reader, False), (owner, True)):
            shown = browser.get(f"/wiki/{slug}").get_data(as_text=True)
            assert (edit in shown) == is_offered
            assert (f"/wiki/{slug}/suggestions/new" in shown) != is_offered
    assert reader.get(f"/wiki/{slug}/edit").status_code == 403


def test_a_working_version_says_so_until_it_is_finished_or_a_decision_makes_it_a_rule(
    client: Client, cast: Cast
) -> None:
    slug = write(cast.amel, "Charte", "Un.", audience="open", tags=("version de travail",))
    browser = in_english(client, "amel")

    def says_so() -> bool:
        return "commits nobody" in browser.get(f"/wiki/{slug}").get_data(as_text=True)

    assert not says_so()
    browser.submit(f"/wiki/{slug}/working", wanted="1")
    assert says_so()
    assert read(cast.bruno, slug).is_working
    browser.submit(f"/wiki/{slug}/working", wanted="0")
    assert not says_so()
    number = page_id(slug)
    with acting(cast.amel) as tx:
        service.call_working(tx, number, True)
        service.call_working(tx, number, True)
    with acting(None) as tx:
        told = tx.session.query(EventRow).filter_by(name="PageBeingWritten").count()
    assert told == 2
    with pytest.raises(Refused), acting(cast.farid) as tx:
        service.call_working(tx, number, False)
    with acting(None) as tx:
        make_rule(tx, number, Layer.OPERATING_RULES, "Un.", Decided("AG-2026-001", TODAY))
    assert not read(cast.bruno, slug).is_working
    with pytest.raises(Refused), acting(cast.amel) as tx:
        service.call_working(tx, number, True)


def test_a_day_of_review_is_told_once_and_waits_with_the_owner(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug = write(cast.amel, "Accueil")
    number = page_id(slug)
    now = clock.now()
    with pytest.raises(Invalid), acting(cast.amel) as tx:
        service.plan_review(tx, number, now.date() - timedelta(days=1))
    with acting(cast.amel) as tx:
        service.name_owner(tx, number, cast.chloe)
        service.plan_review(tx, number, now.date() + timedelta(days=3))
    assert worker.tell_now() == 0
    with acting(None) as tx:
        tx.session.get_one(Page, number).review_on = now.date() - timedelta(days=1)
    assert (worker.tell_now(), worker.tell_now()) == (1, 0)
    with acting(None) as tx:
        assert tx.session.query(EventRow).filter_by(name="PageReviewDue").count() == 1
    assert [one.slug for one in reviews_to_make(as_reader(cast.chloe))] == [slug]
    assert reviews_to_make(as_reader(cast.amel)) == []
    assert f"/wiki/{slug}/rights" in client.sign_in("chloe").get("/").get_data(as_text=True)
    with acting(cast.chloe) as tx:
        service.plan_review(tx, number, now.date() + timedelta(days=90))
    assert reviews_to_make(as_reader(cast.chloe)) == []


def test_the_page_of_rights_does_what_it_says(client: Client, cast: Cast) -> None:
    browser = client.sign_in("amel")
    slug = write(cast.amel, "Branche")
    below = write(cast.amel, "Feuille", parent_id=page_id(slug), audience="above")
    shown = browser.get(f"/wiki/{slug}/rights").get_data(as_text=True)
    assert "Chloé Martin" in shown
    chosen = {"readers": "some", "reading": [cast.bruno], "writers": "all"}
    assert browser.submit(f"/wiki/{slug}/rights", **chosen).status_code == 303
    page = browser.get(f"/wiki/{below}").get_data(as_text=True)
    assert "Amel Benali" in page
    assert "Bruno Costa" in page
    assert another(client, "esther").get(f"/wiki/{below}").status_code == 404
    assert browser.submit(f"/wiki/{slug}/rights", readers="body:999").status_code == 422
    assert browser.submit(f"/wiki/{slug}/protection").status_code == 422
    assert browser.submit(f"/wiki/{slug}/review", review_on="hier").status_code == 422
    assert browser.submit(f"/wiki/{slug}/owner", owner=cast.farid).status_code == 422
    for step in ("rights", "publication", "owner", "review", "protection"):
        assert another(client, "farid").submit(f"/wiki/{slug}/{step}").status_code == 404
