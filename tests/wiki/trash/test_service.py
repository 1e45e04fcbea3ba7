"""Pages put in the trash, and taken out as they were."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from intranet.core.db import db
from intranet.core.policy import Invalid, Refused
from intranet.export.leaving import leaving
from intranet.export.mirror import Mirrored, commits
from intranet.wiki import lists, queries, tree, upkeep
from intranet.wiki.becoming import Decided, make_rule
from intranet.wiki.comments.service import Remark, comment_page
from intranet.wiki.models import Layer, Page
from intranet.wiki.offers.service import offer_change
from intranet.wiki.rights.service import Rights, set_rights
from intranet.wiki.states.service import name_owner, protect_page
from intranet.wiki.states.worker import tell_now
from intranet.wiki.trash import service
from intranet.wiki.trash.queries import trashed
from intranet.wiki.typed import TextChange
from tests.cast import Cast, acting, as_reader
from tests.wiki.writing import TODAY, head_id, page_id, read, revise, rule, source, write


def throw(person_id: int, slug: str, reason: str = "Écrite deux fois") -> None:
    number = page_id(slug)
    with acting(person_id) as tx:
        service.trash_page(tx, number, reason)


def take_out(person_id: int, slug: str) -> None:
    number = page_id(slug)
    with acting(person_id) as tx:
        service.take_from_trash(tx, number)


def slugs(nodes: tuple[tree.Node, ...]) -> set[str]:
    return {node.slug for node in nodes} | {s for node in nodes for s in slugs(node.children)}


def test_a_page_in_the_trash_leaves_tree_lists_and_links_and_comes_back(cast: Cast) -> None:
    home = write(cast.amel, "Accueil", "Voir [[Double]].")
    slug = write(cast.amel, "Double", "Vers [[Accueil]].", tags=("vie",))
    throw(cast.amel, slug)
    reader = as_reader(cast.bruno)
    assert slug not in slugs(tree.tree(reader, TODAY).roots)
    assert lists.tags(reader) == []
    assert slug not in {change.page.slug for change in queries.recent_changes(reader)}
    assert "red-link" in read(cast.bruno, home).html
    assert [one.target for one in upkeep.wanted(reader).entries] == ["Double"]
    assert read(cast.bruno, home).around.backlinks == ()
    found = trashed(reader)
    assert [(one.title, one.by, one.because) for one in found] == [
        ("Double", "Amel Benali", "Écrite deux fois")
    ]
    take_out(cast.bruno, slug)
    reader = as_reader(cast.bruno)
    assert trashed(reader) == []
    assert slug in slugs(tree.tree(reader, TODAY).roots)
    assert "red-link" not in read(cast.bruno, home).html
    assert [ref.slug for ref in read(cast.bruno, home).around.backlinks] == [slug]


def test_h2_nothing_adopted_goes_to_the_trash(cast: Cast) -> None:
    number = rule("Congés", "Cinq semaines.")
    with acting(cast.amel) as tx, pytest.raises(Refused):
        service.trash_page(tx, number, "Pour voir")
    for statement in (
        "UPDATE page SET trashed_at = '2026-01-01', trashed_because = 'non' WHERE id = :page",
        "DELETE FROM revision WHERE page_id = :page",
        "DELETE FROM revision_block",
    ):
        with pytest.raises(DatabaseError):
            db.session.execute(text(statement), {"page": number})
        db.session.rollback()


def test_h2_a_page_above_a_rule_stays(cast: Cast) -> None:
    above = page_id(write(cast.amel, "Livre"))
    number = rule("Congés", "Cinq semaines.")
    with acting(None) as tx:
        tx.session.get_one(Page, number).parent_id = above
    with acting(cast.amel) as tx, pytest.raises(Refused):
        service.trash_page(tx, above, "Pour voir")


def test_only_who_writes_a_page_puts_it_in_the_trash(cast: Cast) -> None:
    ours, frozen = write(cast.amel, "À nous"), write(cast.amel, "Figée")
    first, second = page_id(ours), page_id(frozen)
    with acting(cast.amel) as tx:
        set_rights(tx, first, Rights("workers", "members"))
        name_owner(tx, second, cast.amel)
        protect_page(tx, second, "Relue en réunion")
    for slug in (ours, frozen):
        with pytest.raises(Refused):
            throw(cast.chloe, slug)
        throw(cast.amel, slug)


def test_i2_what_lies_in_the_trash_leaves_in_no_export_and_leaves_the_mirror(cast: Cast) -> None:
    write(cast.amel, "Accueil")
    slug = write(cast.amel, "Double", "Un texte à oublier.")
    known = Mirrored()
    for one in commits(as_reader(cast.bruno), known, "example.org"):
        known.last, known.paths[one.page_id] = one.revision_id, one.path
    throw(cast.amel, slug)
    reader = as_reader(cast.bruno)
    assert [one.page.slug for one in leaving(reader)] == ["accueil"]
    assert [(c.path, c.text) for c in commits(reader, known, "example.org")] == [
        ("double.md", None)
    ]
    assert [c.path for c in commits(reader, Mirrored(), "example.org")] == ["accueil.md"]


def test_a_page_in_the_trash_is_talked_about_no_more_and_asks_for_no_review(cast: Cast) -> None:
    slug = write(cast.amel, "Double", "Un.")
    number, head = page_id(slug), head_id(slug)
    with acting(None) as tx:
        tx.session.get_one(Page, number).review_on = TODAY
    throw(cast.amel, slug)
    with pytest.raises(Refused), acting(cast.chloe) as tx:
        comment_page(tx, number, Remark("Encore un mot"))
    with pytest.raises(Refused), acting(cast.chloe) as tx:
        offer_change(tx, number, TextChange(head, "Un et demi.", "Mieux"))
    assert tell_now() == 0
    take_out(cast.amel, slug)
    assert tell_now() == 1


def test_a_page_whose_branch_is_gone_comes_back_at_the_top_and_is_told_alone(cast: Cast) -> None:
    above = write(cast.amel, "Branche")
    slug = write(cast.amel, "Feuille", parent_id=page_id(above))
    throw(cast.amel, slug)
    throw(cast.amel, above)
    take_out(cast.bruno, slug)
    reader = as_reader(cast.bruno)
    assert [node.slug for node in tree.tree(reader, TODAY).roots] == [slug]
    assert [ref.slug for ref in upkeep.orphans(reader).entries] == [slug]
    assert read(cast.bruno, slug).around.ancestors == ()
    take_out(cast.bruno, above)
    assert [ref.slug for ref in read(cast.bruno, slug).around.ancestors] == [above]


def test_a_decision_that_makes_a_rule_of_a_page_takes_it_out_of_the_trash(cast: Cast) -> None:
    slug = write(cast.amel, "Usage", "Un texte.")
    number = page_id(slug)
    throw(cast.bruno, slug)
    with acting(None) as tx:
        decided = Decided("AG-2026-009", TODAY)
        make_rule(tx, number, Layer.OPERATING_RULES, "Un texte.", decided)
    assert read(cast.amel, slug).trashed_at is None


def test_h5_the_promised_way_back_gives_text_history_tags_and_address_back(cast: Cast) -> None:
    slug = write(cast.amel, "Double", "Un.", tags=("vie",))
    revise(cast.bruno, slug, "Un et deux.")
    before = read(cast.amel, slug)
    throw(cast.amel, slug)
    with pytest.raises(Refused):
        revise(cast.bruno, slug, "Trois.")
    take_out(cast.amel, slug)
    assert read(cast.amel, slug) == before.__class__(
        **{**before.__dict__, "version": read(cast.amel, slug).version}
    )
    revise(cast.bruno, slug, "Trois et la suite.")
    assert source(slug) == "Trois et la suite."


def test_a_new_page_of_the_same_name_is_asked_to_be_taken_out_instead(
    client: FlaskClient, cast: Cast
) -> None:
    slug = write(cast.amel, "Double", "Un.")
    throw(cast.amel, slug)
    with pytest.raises(Invalid) as problem:
        write(cast.bruno, "DOUBLE")
    assert problem.value.errors == {"title": "wiki.title_in_the_trash"}
    client.sign_in("bruno")
    answer = client.submit("/wiki/", title="Double", text="Autre.", audience="workers")
    assert answer.status_code == 422
    assert 'href="/wiki/double"' in answer.get_data(as_text=True)


def test_the_trash_is_a_reason_asked_a_list_and_a_way_back(client: FlaskClient, cast: Cast) -> None:
    slug = write(cast.amel, "Double", "Un texte à lire.")
    client.sign_in("bruno")
    assert client.get(f"/wiki/{slug}/trashing").status_code == 200
    assert client.submit(f"/wiki/{slug}/trashing", reason=" ").status_code == 422
    assert client.submit(f"/wiki/{slug}/trashing", reason="Inutile").status_code == 303
    gone = client.get(f"/wiki/{slug}")
    assert gone.status_code == 410
    words = gone.get_data(as_text=True)
    assert "Bruno Costa" in words
    assert "Inutile" in words
    assert "Un texte à lire." in words
    assert "Double" in client.get("/wiki/archive/trash").get_data(as_text=True)
    assert client.submit(f"/wiki/{slug}/untrashing").status_code == 303
    assert client.get(f"/wiki/{slug}").status_code == 200


def test_h6_the_trash_changes_by_post_with_a_token_only(client: FlaskClient, cast: Cast) -> None:
    slug = write(cast.amel, "Double", "Un texte.")
    client.sign_in("amel")
    for act in ("trashing", "untrashing", "restorations", "revisions", "archiving"):
        assert client.post(f"/wiki/{slug}/{act}", data={"reason": "x"}).status_code == 400, act
    for act in ("untrashing", "restorations", "archiving"):
        assert client.get(f"/wiki/{slug}/{act}").status_code in (404, 405), act
    assert read(cast.amel, slug).trashed_at is None
