"""Rights of a branch: a closed page leaves no trace anywhere, also after it was closed later."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from intranet.core.actor import SYSTEM
from intranet.core.policy import Invalid, NotFound, Refused
from intranet.core.transaction import Transaction, reader
from intranet.export.folder import Folder
from intranet.export.whole import write_all
from intranet.members.effects import list_people
from intranet.members.models import Body, BodyMember
from intranet.members.statuses import is_open_to, narrowest
from intranet.search import indexer
from intranet.search.index import backend_of
from intranet.search.parsing import parse_query
from intranet.wiki import queries, service
from intranet.wiki.arranging.service import Where, drop_page
from intranet.wiki.models import Page
from intranet.wiki.rights.service import SOME_PEOPLE, Rights, set_rights
from tests.cast import Cast, Client, acting, as_reader
from tests.wiki.attachments.test_views import another, picture, send
from tests.wiki.writing import page_id, revise, rule, write

SECRET = "Zirconium"


def tighten(person_id: int, slug: str, rights: Rights | None) -> None:
    number = page_id(slug)
    with acting(person_id) as tx:
        set_rights(tx, number, rights)


def page_row(tx: Transaction, slug: str) -> Page:
    return tx.session.query(Page).filter_by(slug=slug).one()


def rights_of(slug: str) -> tuple[str, str, bool]:
    with acting(None) as tx:
        page = page_row(tx, slug)
        return page.audience, page.writers, page.has_own_rights


def test_rights_go_down_the_tree_and_come_back_from_above(cast: Cast) -> None:
    top = write(cast.amel, "Branche")
    below = write(cast.amel, "Feuille", parent_id=page_id(top))
    deep = write(cast.amel, "Nervure", parent_id=page_id(below))
    own = write(cast.amel, "Autre", audience="open", parent_id=page_id(top))
    tighten(cast.amel, top, Rights(SOME_PEOPLE, SOME_PEOPLE, (cast.bruno,), (cast.bruno,)))
    closed = rights_of(top)[0]
    assert closed.startswith("list:")
    assert rights_of(below) == rights_of(deep) == (closed, closed, False)
    assert rights_of(own)[0] == "open"
    moved = write(cast.amel, "Venue d’ailleurs")
    tighten(cast.amel, own, None)
    assert rights_of(own) == (closed, closed, False)
    deep_id = page_id(deep)
    with acting(cast.bruno) as tx:
        service.move_page(tx, deep_id, None)
    assert rights_of(deep) == (closed, closed, True)
    moved_id = page_id(moved)
    with pytest.raises(Invalid), acting(cast.esther) as tx:
        set_rights(tx, moved_id, Rights(closed))


def test_a_page_put_elsewhere_takes_the_rights_of_its_place_however_it_is_moved(cast: Cast) -> None:
    top = write(cast.amel, "Branche")
    tighten(cast.amel, top, Rights(SOME_PEOPLE, "", (cast.chloe,)))
    home = page_id(write(cast.amel, "Maison"))
    slug = write(cast.amel, "Page", parent_id=home)
    number, closed = page_id(slug), page_id(top)
    with pytest.raises(Refused), acting(cast.chloe) as tx:
        drop_page(tx, number, closed, Where.INTO)
    with acting(cast.amel) as tx:
        drop_page(tx, number, closed, Where.INTO)
    assert rights_of(slug) == (rights_of(top)[0], "", False)


def test_only_members_narrow_and_only_among_themselves(cast: Cast) -> None:
    slug = write(cast.amel, "Page")
    for person, rights in (
        (cast.chloe, Rights("open")),
        (cast.chloe, Rights(SOME_PEOPLE)),
        (cast.farid, Rights("open")),
    ):
        number = page_id(slug)
        with pytest.raises((Refused, NotFound)), acting(person) as tx:
            set_rights(tx, number, rights)


def test_a_branch_is_written_by_those_it_names(cast: Cast) -> None:
    top = write(cast.amel, "Comptes")
    below = write(cast.amel, "Comptes 2026", parent_id=page_id(top))
    tighten(cast.amel, top, Rights("workers", SOME_PEOPLE, (), (cast.chloe,)))
    assert revise(cast.chloe, below, "Par Chloé.").changed
    for slug in (top, below):
        with pytest.raises(Refused) as refused:
            revise(cast.bruno, slug, "Par Bruno.")
        assert refused.value.verdict.reason == "wiki.others_write_here"
    with pytest.raises(Refused):
        write(cast.bruno, "Comptes de Bruno", parent_id=page_id(top))
    elsewhere = page_id(write(cast.bruno, "Page de Bruno"))
    top_id = page_id(top)
    with pytest.raises(Refused), acting(cast.bruno) as tx:
        service.move_page(tx, elsewhere, top_id)


def test_a_body_by_list_and_a_body_by_status_are_audiences(cast: Cast) -> None:
    with acting(None) as tx:
        circle = Body(code="C", name="Cercle", statuses="")
        tx.session.add(circle)
        tx.session.flush()
        for person in (cast.chloe, cast.amel, cast.farid, cast.david):
            tx.session.add(BodyMember(body_id=circle.id, person_id=person))
        named = f"body:{circle.id}"
    by_status = f"body:{cast.meeting}"
    assert {named, by_status} <= as_reader(cast.chloe).actor.audiences
    assert named not in as_reader(cast.farid).actor.audiences
    assert named not in as_reader(cast.david).actor.audiences
    assert f"body:{cast.assembly}" not in as_reader(cast.chloe).actor.audiences
    slug = write(cast.amel, "Du cercle")
    tighten(cast.amel, slug, Rights(named))
    assert queries.page_card(as_reader(cast.chloe), slug).slug == slug
    assert not queries.page_cards(as_reader(cast.esther), [page_id(slug)])


def test_an_audience_is_open_to_another_only_when_nobody_is_left_out() -> None:
    assert is_open_to("open", "workers")
    assert is_open_to("workers", "list:1")
    assert is_open_to("list:1", "list:1")
    assert not is_open_to("members", "list:1")
    assert not is_open_to("list:1", "members")
    assert not is_open_to("list:1", "list:2")
    assert not is_open_to("members", "open")
    assert narrowest("members", "body:2") == "body:2"


def test_the_same_people_are_one_audience(cast: Cast) -> None:
    with acting(cast.amel) as tx:
        first = list_people(tx, [cast.bruno, cast.amel])
        assert list_people(tx, [cast.amel, cast.bruno, cast.amel]) == first
        assert list_people(tx, [cast.amel]) != first


def test_a_rule_and_what_stands_above_one_are_for_everybody(cast: Cast) -> None:
    rule_id = rule("Règle", "Un.")
    slug = write(cast.amel, "Au-dessus")
    number = page_id(slug)
    with acting(None) as tx:
        tx.session.get_one(Page, rule_id).parent_id = number
    for page in (rule_id, number):
        with pytest.raises(Refused) as refused, acting(cast.amel) as tx:
            set_rights(tx, page, Rights(SOME_PEOPLE))
        assert refused.value.verdict.reason == "wiki.rules_are_for_everybody"


def outputs(browser: Client, slug: str) -> dict[str, str]:
    """Everything that might tell of a page, by its address."""
    addresses = (
        "/",
        "/wiki/",
        "/wiki/changes",
        "/wiki/changes?before=100000",
        "/wiki/wanted",
        "/wiki/archive",
        "/wiki/tags/minéral",
        f"/wiki/{slug}",
        f"/wiki/{slug}/history",
        f"/wiki/{slug}/compare",
        f"/wiki/{slug}/revisions/1",
        f"/wiki/{slug}/files",
        f"/wiki/{slug}/rights",
        f"/wiki/{slug}/settings",
        f"/wiki/{slug}/edit",
        "/wiki/visible",
        "/wiki/visible/history",
        "/wiki/enfant",
        "/wiki/new",
        "/audit",
        f"/search?q={SECRET}",
        "/search?q=quartz",
        "/rulebook",
    )
    return {one: browser.get(one).get_data(as_text=True) for one in addresses}


def test_s7_a_closed_page_leaves_no_trace_also_after_rights_are_tightened(
    app: Flask, client: Client, cast: Cast, tmp_path: Path
) -> None:
    slug = write(cast.amel, SECRET, "Du quartz.", tags=("minéral",))
    write(cast.amel, "Visible", f"Un lien : [[{SECRET}|là]]. Et [ici](/wiki/{slug}).")
    child = write(cast.amel, "Enfant", "Sans rien.", parent_id=page_id(slug))
    tighten(cast.amel, child, Rights("workers"))
    browser = client.sign_in("amel")
    url = send(browser, slug, f"{SECRET}.jpg", picture((8, 8))).json["url"]
    readers = {name: another(client, name) for name in ("chloe", "esther", "bruno")}
    with app.app_context():
        _index()
    for one in readers.values():
        seen = outputs(one, slug)
        assert SECRET in seen["/wiki/"]
        assert SECRET in seen["/search?q=quartz"]
    tighten(cast.amel, slug, Rights(SOME_PEOPLE, "", (cast.bruno,)))
    with app.app_context():
        _index()
        look = as_reader(cast.chloe)
        assert backend_of(look.session).find(parse_query("quartz"), look.actor.audiences).total == 0
        write_all(look, Folder(tmp_path / "chloe"))
        look.session.rollback()
    for name in ("chloe", "esther"):
        for address, shown in outputs(readers[name], slug).items():
            # What somebody typed themselves stays: it looks as if there were no such page.
            is_typed = address.startswith(("/wiki/visible", "/wiki/wanted", f"/search?q={SECRET}"))
            words = {"minéral", "quartz.", SECRET} - ({SECRET} if is_typed else set())
            for word in words - ({"minéral"} if "tags" in address else set()):
                assert word not in shown, (name, address)
            assert f'href="/wiki/{slug}"' not in shown or address.startswith(f"/wiki/{slug}")
        assert readers[name].get(url).status_code == 404
        assert readers[name].get("/wiki/tags/minéral").status_code == 404
    written = "".join(
        path.read_text(errors="replace")
        for path in (tmp_path / "chloe").rglob("*")
        if path.is_file() and path.name != "visible.md"
    )
    assert "quartz" not in written
    assert SECRET not in written
    for address, shown in outputs(readers["bruno"], slug).items():
        if address == f"/wiki/{slug}":
            assert "Du quartz" in shown


def _index() -> None:
    look = reader(SYSTEM)
    indexer.rebuild(look)
    look.session.rollback()
