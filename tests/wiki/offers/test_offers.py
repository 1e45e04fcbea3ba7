"""Changes suggested by readers: put in by paragraphs under their author's name, or declined."""

from __future__ import annotations

import pytest

from intranet.core.blocks import split_blocks
from intranet.core.policy import Conflict, Invalid, Refused
from intranet.wiki import history
from intranet.wiki.models import Page, RevisionKind
from intranet.wiki.offers import service
from intranet.wiki.offers.queries import OfferPage, offer_page, offers_on, offers_to_answer
from intranet.wiki.revisions import Writing, append, identified, newest
from intranet.wiki.rights.service import Rights, set_rights
from intranet.wiki.states.service import name_owner, protect_page
from intranet.wiki.typed import TextChange
from tests.cast import Cast, Client, acting, as_reader
from tests.wiki.attachments.test_views import another
from tests.wiki.writing import head_id, page_id, read, revise, rule, source, write

TEXT = "Un.\n\nDeux.\n\nTrois.\n"


def suggest(person_id: int, slug: str, text: str, why: str = "Plus clair") -> int:
    base, number = head_id(slug), page_id(slug)
    with acting(person_id) as tx:
        return service.offer_change(tx, number, TextChange(base, text, why))


def seen(person_id: int, offer_id: int) -> OfferPage:
    return offer_page(as_reader(person_id), offer_id)


def test_a_suggestion_is_put_in_beside_what_others_changed(cast: Cast) -> None:
    slug = write(cast.amel, "Page", TEXT, audience="open")
    number = suggest(cast.farid, slug, TEXT.replace("Deux.", "Deux et demi."))
    assert source(slug) == TEXT
    assert read(cast.amel, slug).offers == 1
    revise(cast.bruno, slug, TEXT.replace("Trois.", "Trois et demi."))
    assert seen(cast.amel, number).before == TEXT.replace("Trois.", "Trois et demi.")
    with pytest.raises(Refused), acting(cast.farid) as tx:
        service.accept_offer(tx, number)
    with acting(cast.amel) as tx:
        service.accept_offer(tx, number)
    assert source(slug) == "Un.\n\nDeux et demi.\n\nTrois et demi.\n"
    newest = history.history(as_reader(cast.amel), slug).revisions[0]
    assert newest.author_id == cast.farid
    assert "Amel Benali" in newest.summary
    assert seen(cast.farid, number).card.state == "accepted"
    assert read(cast.amel, slug).offers == 0
    with pytest.raises(Refused), acting(cast.amel) as tx:
        service.decline_offer(tx, number, "Trop tard")


def test_the_same_paragraph_changed_since_is_never_overwritten_and_nothing_is_lost(
    cast: Cast,
) -> None:
    slug = write(cast.amel, "Page", TEXT)
    offered = TEXT.replace("Deux.", "Deux à moi.")
    number = suggest(cast.chloe, slug, offered)
    revise(cast.bruno, slug, TEXT.replace("Deux.", "Deux à Bruno."))
    with pytest.raises(Conflict), acting(cast.amel) as tx:
        service.accept_offer(tx, number)
    found = seen(cast.amel, number)
    assert (found.is_stale, found.before, found.after) == (True, TEXT, offered)
    with pytest.raises(Invalid), acting(cast.amel) as tx:
        service.decline_offer(tx, number, " ")
    with acting(cast.amel) as tx:
        service.decline_offer(tx, number, "Bruno l’a déjà dit.")
    answered = seen(cast.chloe, number)
    assert (answered.card.because, answered.after) == ("Bruno l’a déjà dit.", offered)


def test_c8_no_suggestion_leaves_a_page_without_a_word(cast: Cast) -> None:
    slug = write(cast.amel, "Page", "Un.\n\nDeux.\n")
    with pytest.raises(Invalid):
        suggest(cast.chloe, slug, " \n", "Vider")
    number = suggest(cast.chloe, slug, "Un.\n", "Le second est faux")
    revise(cast.bruno, slug, "Deux.\n")
    with pytest.raises(Conflict), acting(cast.amel) as tx:
        service.accept_offer(tx, number)
    assert source(slug) == "Deux.\n"


def test_a_suggestion_keeps_the_ends_of_lines_and_is_read_where_the_page_is_included(
    cast: Cast,
) -> None:
    slug = write(cast.amel, "Page", TEXT)
    windows, number = TEXT.replace("\n", "\r\n"), page_id(slug)
    with acting(None) as tx:
        page, pieces = tx.session.get_one(Page, number), split_blocks(windows)
        writing = Writing(RevisionKind.IMPORTED, pieces, identified(None, pieces), None)
        page.current_revision_id = append(tx, page, newest(tx.session, page.id), writing)
    above = write(cast.amel, "Livret", f"![[{slug}]]")
    number = suggest(cast.chloe, slug, TEXT.replace("Deux.", "Deux et demi."))
    with acting(cast.amel) as tx:
        service.accept_offer(tx, number)
    assert source(slug) == windows.replace("Deux.", "Deux et demi.")
    assert "Deux et demi." in read(cast.amel, above).html


def test_who_suggests_gives_a_reason_and_may_take_it_back(cast: Cast) -> None:
    slug = write(cast.amel, "Page", TEXT)
    with pytest.raises(Invalid):
        suggest(cast.chloe, slug, TEXT)
    with pytest.raises(Invalid):
        suggest(cast.chloe, slug, "Autre.", why="")
    rule("Règle", "Un.")
    with pytest.raises(Refused):
        suggest(cast.chloe, "regle", "Deux.")
    number = suggest(cast.chloe, slug, "Autre.\n")
    with pytest.raises(Refused), acting(cast.amel) as tx:
        service.withdraw_offer(tx, number)
    with acting(cast.chloe) as tx:
        service.withdraw_offer(tx, number)
    assert [one.state for one in offers_on(as_reader(cast.amel), page_id(slug))] == ["withdrawn"]


def test_a_protected_page_leads_to_a_suggestion_that_waits_with_its_owner(
    client: Client, cast: Cast
) -> None:
    slug = write(cast.amel, "Page", TEXT)
    number = page_id(slug)
    with acting(cast.amel) as tx:
        name_owner(tx, number, cast.amel)
        protect_page(tx, number, "elle est signée")
    bruno = another(client, "bruno")
    path = f"/wiki/{slug}/suggestions"
    assert f"{path}/new" in bruno.get(f"/wiki/{slug}").get_data(as_text=True)
    assert bruno.get(f"/wiki/{slug}/edit").status_code == 403
    assert bruno.get(f"{path}/new").status_code == 200
    fields = {"text": "Un !\n\nDeux.", "base": head_id(slug), "summary": "Ponctuation"}
    assert bruno.submit(path, **fields, wish="changes").status_code == 200
    answer = bruno.submit(path, **fields, wish="save")
    assert answer.status_code == 303
    (waiting,) = offers_to_answer(as_reader(cast.amel))
    offer = f"/wiki/suggestions/{waiting.id}"
    amel = another(client, "amel")
    assert offer in amel.get("/").get_data(as_text=True)
    with acting(cast.amel) as tx:
        set_rights(tx, number, Rights("members"))
    chloe = another(client, "chloe")
    assert bruno.submit(f"{offer}/acceptance").status_code == 403
    for address in (path, f"{path}/new", offer):
        assert chloe.get(address).status_code == 404
    for step in ("acceptance", "refusal", "withdrawal"):
        assert chloe.submit(f"{offer}/{step}", reason="non").status_code == 404
    assert chloe.submit(path, **fields).status_code == 404
    assert amel.submit(f"{offer}/acceptance").status_code == 303
    assert source(slug) == "Un !\n\nDeux."
