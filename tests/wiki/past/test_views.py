"""What a page was: revisions compared, who changed what, and the way back."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from intranet.core.block_changes import BlockChange
from intranet.core.diff import diff
from intranet.core.policy import Invalid
from intranet.redaction.service import redact_revision
from intranet.wiki import history, service
from intranet.wiki.models import Page, Revision
from intranet.wiki.past.queries import blame, paragraphs
from intranet.wiki.revisions import newest, state_of
from tests.cast import Cast, acting, as_reader
from tests.wiki.writing import enact, head_id, page_id, read, revise, rule, source, write

TWO = "Premier.\n\nDeuxième.\n"


def rename(person_id: int, slug: str, title: str) -> str:
    number, seen = page_id(slug), head_id(slug)
    with acting(person_id) as tx:
        return service.rename_page(tx, number, title, seen).slug


def revision_ids(slug: str) -> list[int]:
    """The ids of the revisions of a page, the first one first."""
    with acting(None) as tx:
        query = select(Revision.id).join(Page, Page.id == Revision.page_id)
        return list(tx.session.scalars(query.where(Page.slug == slug).order_by(Revision.number)))


def restore(person_id: int, slug: str, revision_id: int, **more: bool) -> None:
    number, seen = page_id(slug), head_id(slug)
    with acting(person_id) as tx:
        service.restore_revision(tx, number, revision_id, seen, **more)


def blamed(slug: str) -> list[tuple[str, int, str | None, str | None]]:
    """Each paragraph with the revision, the person and the decision that wrote it."""
    reader = as_reader(1)
    page = reader.session.query(Page).filter_by(slug=slug).one()
    head = newest(reader.session, page.id)
    found = blame(reader, page.id, head.id, head.number)
    blocks = state_of(reader.session, head).blocks
    lines = [(block.text, found[block.id]) for block in blocks if block.text]
    return [(text, one.number, one.author, one.decision_number) for text, one in lines]


def test_each_paragraph_names_who_last_changed_it(cast: Cast) -> None:
    slug = write(cast.amel, "Vie", "Un.\n\nDeux.\n\nTrois.\n")
    revise(cast.bruno, slug, "Un.\n\nDeux, relu par Bruno.\n\nTrois.\n")
    revise(cast.chloe, slug, "Un.\n\nDeux, relu par Bruno.\n\nTrois.\n\nQuatre.\n")
    assert blamed(slug) == [
        ("Un.", 1, "Amel Benali", None),
        ("Deux, relu par Bruno.", 2, "Bruno Costa", None),
        ("Trois.", 1, "Amel Benali", None),
        ("Quatre.", 3, "Chloé Martin", None),
    ]


def test_a_paragraph_that_came_back_names_who_brought_it_back(cast: Cast) -> None:
    slug = write(cast.amel, "Vie", "Un.\n\nDeux mots à garder.\n")
    first = head_id(slug)
    revise(cast.bruno, slug, "Un.\n")
    restore(cast.esther, slug, first)
    assert blamed(slug) == [
        ("Un.", 1, "Amel Benali", None),
        ("Deux mots à garder.", 3, "Esther Roux", None),
    ]


def test_a_paragraph_of_a_rule_names_its_decision(cast: Cast) -> None:
    number = rule("Congés", TWO, "AG-2026-001")
    with acting(None) as tx:
        block = state_of(tx.session, newest(tx.session, number)).blocks[0]
    change = BlockChange("replace", block.id, "Premier.", "Premier, changé.")
    enact(number, [change], "AG-2026-002", date(2026, 2, 1))
    assert [(text, decided) for text, _n, _who, decided in blamed("conges")] == [
        ("Premier, changé.", "AG-2026-002"),
        ("Deuxième.", "AG-2026-001"),
    ]


def test_the_page_of_authors_shows_paragraphs_as_they_are_read(
    client: FlaskClient, cast: Cast
) -> None:
    slug = write(cast.amel, "Vie", "# Titre\n\nUn **mot**.\n")
    revise(cast.bruno, slug, "# Titre\n\nUn **mot** de plus.\n")
    client.sign_in("chloe")
    page = client.get(f"/wiki/{slug}/authors").get_data(as_text=True)
    assert "Un <strong>mot</strong> de plus." in page
    assert "Bruno Costa" in page
    assert f"/wiki/{slug}/compare?from=1&amp;to=2" in page


@pytest.mark.parametrize(
    ("query", "signs"),
    [
        ("", ["Un <strong>petit</strong> ", "<del>mot</del><ins>pas</ins>", "diff__side--mixed"]),
        ("of=source", ["Un **petit** <del>mot</del><ins>pas</ins>"]),
        ("as=sides", ["<del>mot</del>.", "<ins>pas</ins>.", "diff--sides"]),
        ("of=source&as=sides", ["**petit** <del>mot</del>", "**petit** <ins>pas</ins>"]),
    ],
)
def test_any_two_revisions_are_compared_as_read_or_as_written_in_one_column_or_two(
    client: FlaskClient, cast: Cast, query: str, signs: list[str]
) -> None:
    slug = write(cast.amel, "Vie", "Un **petit** mot.\n\nDeuxième.\n")
    revise(cast.amel, slug, "Un **petit** pas.\n\nDeuxième.\n")
    revise(cast.amel, slug, "Un **petit** pas.\n\nDeuxième.\n\nTroisième.\n")
    client.sign_in("amel")
    page = client.get(f"/wiki/{slug}/compare?from=1&to=2&{query}").get_data(as_text=True)
    for sign in signs:
        assert sign in page
    assert "Troisième" not in page


def test_a_change_of_signs_alone_is_shown_by_the_source(client: FlaskClient, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", "Un mot pour tout dire.\n")
    revise(cast.amel, slug, "Un **mot** pour tout dire.\n")
    client.sign_in("amel")
    page = client.get(f"/wiki/{slug}/compare").get_data(as_text=True)
    assert "<ins>**</ins>" in page


def test_h1_as_many_saves_as_many_revisions(cast: Cast) -> None:
    slug = write(cast.amel, "Vie", "Compte 1.")
    number = page_id(slug)
    with acting(cast.amel) as tx:
        for count in range(2, 151):
            base = newest(tx.session, number).id
            change = service.TextChange(base, f"Compte {count}.")
            service.revise_page(tx, number, change)
    with acting(None) as tx:
        found = tx.session.query(Revision.number).filter_by(page_id=number)
        assert [row.number for row in found.order_by(Revision.number)] == list(range(1, 151))
        assert state_of(tx.session, tx.session.get_one(Revision, 1)).text == "Compte 1."


def test_h3_after_a_rename_history_difference_and_restore_reach_back(
    client: FlaskClient, cast: Cast
) -> None:
    slug = write(cast.amel, "Vie", TWO)
    first = head_id(slug)
    linking = write(cast.bruno, "Accueil", "Voir [[Vie]].")
    renamed = rename(cast.amel, slug, "Vie commune")
    revise(cast.bruno, linking, "Voir [[Vie commune]].")
    revise(cast.bruno, linking, "Voir [[Vie commune]] encore.")
    assert source(linking) == "Voir [[Vie commune]] encore."
    revise(cast.bruno, renamed, "Premier, relu.\n\nDeuxième.\n")
    client.sign_in("amel")
    page = client.get(f"/wiki/{renamed}/history").get_data(as_text=True)
    assert page.count('class="revision"') == 3
    assert "Vie commune" in page
    page = client.get(f"/wiki/{renamed}/compare?from=1&to=3").get_data(as_text=True)
    assert "<ins>, relu</ins>" in page
    restore(cast.amel, renamed, first)
    assert source(renamed) == TWO


def test_h4_links_to_history_and_revisions_hold_after_a_rename(
    client: FlaskClient, cast: Cast
) -> None:
    slug = write(cast.amel, "Vie", TWO)
    renamed = rename(cast.amel, slug, "Vie commune")
    client.sign_in("amel")
    for path in ("history", "revisions/1", "compare?from=1&to=2", "authors"):
        answer = client.get(f"/wiki/{slug}/{path}")
        assert answer.status_code == 301
        where = answer.headers["Location"]
        assert where.startswith(f"/wiki/{renamed}/")
        assert client.get(where).status_code == 200
    assert "from=1" in client.get(f"/wiki/{slug}/compare?from=1&to=2").headers["Location"]
    assert client.get("/wiki/nulle-part/history").status_code == 404


def test_h4_a_text_comes_back_without_its_former_name_unless_asked(cast: Cast) -> None:
    slug = write(cast.amel, "Vie", TWO)
    first = head_id(slug)
    renamed = rename(cast.amel, slug, "Vie commune")
    revise(cast.amel, renamed, "Autre.")
    restore(cast.amel, renamed, first)
    assert read(cast.amel, renamed).title == "Vie commune"
    restore(cast.amel, renamed, first, with_title=True)
    assert read(cast.amel, "vie").title == "Vie"
    assert source("vie") == TWO


def test_h4_the_name_of_then_is_refused_when_another_page_has_it(cast: Cast) -> None:
    slug = write(cast.amel, "Vie", TWO)
    first = head_id(slug)
    renamed = rename(cast.amel, slug, "Vie commune")
    write(cast.bruno, "Vie")
    with pytest.raises(Invalid):
        restore(cast.amel, renamed, first, with_title=True)


def test_c8_a_text_whose_words_were_removed_never_comes_back_in_place_of_words(
    client: FlaskClient, cast: Cast
) -> None:
    slug = write(cast.amel, "Livre", "Le dossier de Paul.")
    revise(cast.amel, slug, "Un tout autre texte, sans nom.")
    first = revision_ids(slug)[0]
    with acting(cast.bruno) as tx:
        redact_revision(tx, slug, 1, "À la demande de la personne")
    with pytest.raises(Invalid):
        restore(cast.amel, slug, first)
    assert source(slug) == "Un tout autre texte, sans nom."
    client.sign_in("amel")
    page = client.get(f"/wiki/{slug}/revisions/1").get_data(as_text=True)
    assert f"/wiki/{slug}/restorations" not in page
    assert f"/wiki/{slug}/compare" in page


def test_h5_the_promised_way_back_is_taken(client: FlaskClient, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", TWO)
    revise(cast.bruno, slug, "Autre chose.\n\nDeuxième.\n")
    client.sign_in("amel")
    page = client.get(f"/wiki/{slug}/revisions/1").get_data(as_text=True)
    assert f'action="/wiki/{slug}/restorations"' in page
    answer = client.submit(
        f"/wiki/{slug}/restorations", revision=head_id(slug) - 1, seen=head_id(slug)
    )
    assert answer.status_code == 303
    assert source(slug) == TWO
    assert history.history(as_reader(cast.amel), slug).head_number == 3


def test_the_paragraphs_of_a_revision_stand_in_the_order_of_its_source(cast: Cast) -> None:
    text = "---\ntags: [a]\n---\n\n# Vie\n\nUn.\n\n- a\n- b\n"
    slug = write(cast.amel, "Vie", text)
    shown = paragraphs(as_reader(cast.amel), head_id(slug), text)
    assert len(shown.ids) == len(diff(text, text).blocks)
    assert "<li>a</li>" in shown.html[shown.ids[-1]]
