"""What changed in the wiki: filtered, paged, and new for oneself."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from intranet.core import clock
from intranet.core.db import db
from intranet.core.generation import generation
from intranet.wiki.changes import service
from intranet.wiki.changes.models import ChangesSeen, PageSeen
from intranet.wiki.changes.queries import Asked, changes, seen_number, since_last_visit
from tests.cast import Cast, acting, as_reader
from tests.wiki.writing import head_id, page_id, revise, rule, write

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def wiki(cast: Cast) -> dict[str, str]:
    """Three pages, one below another, changed by two people."""
    top = write(cast.amel, "Livre")
    below = write(cast.bruno, "Chapitre", parent_id=page_id(top))
    other = write(cast.amel, "Autre")
    revise(cast.bruno, other, "Relu par Bruno.")
    revise(cast.amel, below, "Un texte, une virgule.", minor=True)
    rule("Congés", "Cinq semaines.")
    return {"top": top, "below": below, "other": other}


def found(cast: Cast, **asked: object) -> list[tuple[str, str]]:
    reader = as_reader(cast.esther)
    rows = changes(reader, Asked(**asked), PARIS, None, 50)  # type: ignore[arg-type]
    return [(row.page.title, row.author or "") for row in rows]


def test_changes_are_asked_by_person_branch_kind_and_size(cast: Cast, wiki: dict[str, str]) -> None:
    amel, bruno = "Amel Benali", "Bruno Costa"
    assert found(cast, person=cast.bruno) == [("Autre", bruno), ("Chapitre", bruno)]
    branch = page_id(wiki["top"])
    assert {title for title, _ in found(cast, branch=branch)} == {"Livre", "Chapitre"}
    assert found(cast, kind="enacted") == [("Congés", "")]
    assert ("Chapitre", amel) not in found(cast, without_minor=True)
    assert ("Chapitre", amel) in found(cast)


def test_changes_are_asked_by_days_of_the_cooperative(cast: Cast, wiki: dict[str, str]) -> None:
    today = clock.local_day(clock.now(), PARIS)
    assert len(found(cast, since=today, until=today)) == 6
    assert found(cast, until=today - timedelta(days=1)) == []
    assert found(cast, since=today + timedelta(days=1)) == []


def test_the_list_keeps_its_filters_from_page_to_page(client: FlaskClient, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", "Texte 0.")
    for number in range(1, 55):
        revise(cast.bruno, slug, f"Texte {number}.")
    client.sign_in("esther")
    first = client.get(f"/wiki/changes?person={cast.bruno}").get_data(as_text=True)
    assert first.count('class="row"') == 50
    next_one = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert f"person={cast.bruno}" in next_one
    second = client.get(next_one).get_data(as_text=True)
    assert second.count('class="row"') == 4
    assert client.get("/wiki/changes?person=x&since=y&kind=z&branch=w").status_code == 200


def test_what_is_new_is_what_others_changed_since_one_said_so(
    client: FlaskClient, cast: Cast
) -> None:
    slug = write(cast.amel, "Vie", "Un.\n\nDeux.")
    client.sign_in("bruno")
    page = client.get("/wiki/changes/new").get_data(as_text=True)
    newest = page.split('name="newest" value="')[1].split('"')[0]
    assert client.submit("/wiki/changes/new", newest=newest).status_code == 303
    assert since_last_visit(as_reader(cast.bruno)).pages == ()
    revise(cast.bruno, slug, "Un.\n\nDeux, relu.")
    revise(cast.amel, slug, "Un.\n\nDeux, relu encore.")
    revise(cast.chloe, slug, "Un, aussi.\n\nDeux, relu encore.")
    (new,) = since_last_visit(as_reader(cast.bruno)).pages
    assert (new.page.slug, new.seen_number, new.number, new.count) == (slug, 2, 4, 2)
    assert new.authors == ("Chloé Martin", "Amel Benali")
    page = client.get("/wiki/changes/new").get_data(as_text=True)
    assert f"/wiki/{slug}/compare?from=2&amp;to=4" in page


def test_a_page_read_up_to_a_revision_is_no_longer_new(client: FlaskClient, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", "Un texte.")
    number, head = page_id(slug), head_id(slug)
    with acting(cast.bruno) as tx:
        service.mark_seen(tx, number, head)
    assert since_last_visit(as_reader(cast.bruno)).pages == ()
    revise(cast.amel, slug, "Un texte, relu.")
    client.sign_in("bruno")
    page = client.get(f"/wiki/{slug}/since").get_data(as_text=True)
    assert "<ins>, relu</ins>" in page
    assert client.submit(f"/wiki/{slug}/since", revision=head_id(slug)).status_code == 303
    assert seen_number(as_reader(cast.bruno), page_id(slug)) == 2
    assert client.submit(f"/wiki/{slug}/since", revision=head_id(slug) - 1).status_code == 303
    assert seen_number(as_reader(cast.bruno), page_id(slug)) == 2


def test_opening_pages_leaves_no_mark_and_a_mark_makes_no_kept_page_old(
    client: FlaskClient, cast: Cast
) -> None:
    slug = write(cast.amel, "Vie", "Un texte.")
    number, head = page_id(slug), head_id(slug)
    client.sign_in("bruno")
    for path in ("vie", "vie/since", "vie/compare", "changes", "changes/new"):
        assert client.get(f"/wiki/{path}").status_code == 200
    assert db.session.query(PageSeen).count() + db.session.query(ChangesSeen).count() == 0
    db.session.rollback()
    before = generation(db.session())
    with acting(cast.bruno) as tx:
        service.mark_seen(tx, number, head)
    with acting(cast.bruno) as tx:
        service.mark_changes(tx, head)
    assert generation(db.session()) == before
