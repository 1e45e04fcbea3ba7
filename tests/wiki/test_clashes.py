"""Two people at once: what is put together, what somebody decides, and that nothing is lost."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intranet.core import merge as merging
from intranet.core.blocks import split_blocks
from intranet.core.db import db
from intranet.core.generation import generation
from intranet.core.merge import decide, merge
from intranet.core.policy import Conflict
from intranet.wiki import conflicts, lists, service
from intranet.wiki.conflicts import Choice
from intranet.wiki.imports.report import Report, Target
from intranet.wiki.imports.worker import Load, carry_out
from intranet.wiki.models import Page, Revision
from intranet.wiki.redrawing import redraw
from intranet.wiki.source_files import read_folder
from intranet.wiki.typed import TextChange
from tests.cast import Cast, acting, as_reader
from tests.wiki.test_service import race
from tests.wiki.writing import head_id, page_id, read, revise, source, write

TWO = "Premier.\n\nDeuxième.\n"
MARKERS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


def typed_in(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def area(page: str) -> str:
    """What the text of a form holds."""
    found = re.search(r'<textarea[^>]*name="text"[^>]*>\n(.*?)</textarea>', page, re.S)
    assert found
    return found[1]


def plain(page: str) -> str:
    return re.sub(r"</?(?:ins|del)>", "", page)


def met(client: FlaskClient, cast: Cast) -> tuple[str, str]:
    """Bruno saved while Amel wrote; gives the page and the screen that Amel meets."""
    slug = write(cast.amel, "Vie", "Premier.\n\nDeuxième.\n\nTroisième.\n")
    base = head_id(slug)
    revise(cast.bruno, slug, "Premier par Bruno.\n\nDeuxième, relu.\n\nTroisième.\n", base)
    client.sign_in("amel")
    mine = "Premier par Amel.\n\nDeuxième.\n\nTroisième, augmenté.\n"
    answer = client.submit(
        f"/wiki/{slug}/revisions", text=mine, base=base, wish="save", summary="Mon résumé"
    )
    assert answer.status_code == 409
    return slug, answer.get_data(as_text=True)


def choose(client: FlaskClient, slug: str, page: str, **choices: str):  # type: ignore[no-untyped-def]
    fields = {name: typed_in(page, name) for name in ("base", "theirs", "clashes", "summary")}
    return client.submit(f"/wiki/{slug}/revisions", text=area(page), **{**fields, **choices})


def test_c1_a_save_on_a_stale_base_meets_a_screen_with_both_texts(
    client: FlaskClient, cast: Cast
) -> None:
    slug, page = met(client, cast)
    assert "Premier par Bruno." in plain(page)
    assert "Premier par Amel." in plain(page)
    assert typed_in(page, "clashes") == "1"
    assert area(page) == "Premier par Amel.\n\nDeuxième.\n\nTroisième, augmenté.\n"
    assert "Mon résumé" in page
    assert source(slug).startswith("Premier par Bruno.")
    undecided = choose(client, slug, page, wish="save")
    assert undecided.status_code == 422
    assert "Mon résumé" in undecided.get_data(as_text=True)


@pytest.mark.parametrize(
    ("choice", "first"),
    [
        ({"choice-0": "mine"}, "Premier par Amel."),
        ({"choice-0": "theirs"}, "Premier par Bruno."),
        ({"choice-0": "both"}, "Premier par Amel.\n\nPremier par Bruno."),
        ({"choice-0": "base"}, "Premier."),
        ({"choice-0": "own", "own-0": "Premier par nous deux."}, "Premier par nous deux."),
    ],
)
def test_c1_what_was_chosen_is_saved_with_the_other_changes_of_both(
    client: FlaskClient, cast: Cast, choice: dict[str, str], first: str
) -> None:
    slug, page = met(client, cast)
    assert choose(client, slug, page, wish="save", **choice).status_code == 303
    assert source(slug) == f"{first}\n\nDeuxième, relu.\n\nTroisième, augmenté.\n"


def test_c1_other_words_typed_for_a_paragraph_are_not_dropped_by_another_choice(
    client: FlaskClient, cast: Cast
) -> None:
    slug, page = met(client, cast)
    fields = {"choice-0": "mine", "own-0": "Des mots longtemps pesés."}
    answer = choose(client, slug, page, wish="save", **fields)
    assert answer.status_code == 422
    assert "Des mots longtemps pesés." in answer.get_data(as_text=True)


def test_c1_one_may_go_on_writing_with_what_one_chose(client: FlaskClient, cast: Cast) -> None:
    slug, page = met(client, cast)
    answer = choose(client, slug, page, wish="write", **{"choice-0": "theirs"})
    form = answer.get_data(as_text=True)
    assert area(form) == "Premier par Bruno.\n\nDeuxième, relu.\n\nTroisième, augmenté.\n"
    assert int(typed_in(form, "base")) == head_id(slug)


def test_c1_a_third_save_during_the_choice_is_met_again(client: FlaskClient, cast: Cast) -> None:
    slug, page = met(client, cast)
    revise(cast.esther, slug, "Premier par Esther.\n\nDeuxième, relu.\n\nTroisième.\n")
    answer = choose(client, slug, page, wish="save", **{"choice-0": "mine"})
    assert answer.status_code == 409
    again = answer.get_data(as_text=True)
    assert "Premier par Esther." in plain(again)
    assert choose(client, slug, again, wish="save", **{"choice-0": "mine"}).status_code == 303
    assert source(slug) == "Premier par Amel.\n\nDeuxième, relu.\n\nTroisième, augmenté.\n"


def test_c1_restoring_on_a_stale_page_shows_what_changed_and_asks_again(
    client: FlaskClient, cast: Cast
) -> None:
    slug = write(cast.amel, "Vie", TWO)
    first = head_id(slug)
    revise(cast.amel, slug, "Autre.\n\nDeuxième.\n")
    seen = head_id(slug)
    revise(cast.bruno, slug, "Autre.\n\nDeuxième et plus.\n")
    client.sign_in("amel")
    answer = client.submit(f"/wiki/{slug}/restorations", revision=first, seen=seen)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert f"/wiki/{slug}/compare?from=2&amp;to=3" in page
    assert source(slug) == "Autre.\n\nDeuxième et plus.\n"
    again = client.submit(f"/wiki/{slug}/restorations", revision=first, seen=typed_in(page, "seen"))
    assert again.status_code == 303
    assert source(slug) == TWO


def test_c1_the_second_of_two_renames_is_told_and_keeps_its_name(
    client: FlaskClient, cast: Cast
) -> None:
    slug = write(cast.amel, "Vie", TWO)
    seen = head_id(slug)
    with acting(cast.bruno) as tx:
        renamed = service.rename_page(tx, tx.session.query(Page.id).one()[0], "Vie ici", seen).slug
    client.sign_in("amel")
    answer = client.submit(f"/wiki/{renamed}/renaming", title="Vie commune", seen=seen)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert 'value="Vie commune"' in page
    assert "Vie ici" in page
    again = typed_in(page, "seen")
    assert client.submit(f"/wiki/{renamed}/renaming", title="Vie commune", seen=again).status_code
    assert read(cast.amel, "vie-commune").title == "Vie commune"


def test_c1_tags_of_two_people_add_up(cast: Cast) -> None:
    slug = write(cast.amel, "Vie", TWO, tags=("accueil",))
    number = page_id(slug)
    for person, wanted in ((cast.amel, {"accueil", "repas"}), (cast.bruno, {"ménage"})):
        with acting(person) as tx:
            service.set_tags(tx, number, {"accueil"}, wanted)
    assert [tag for tag, _ in lists.tags(as_reader(cast.amel))] == ["ménage", "repas"]


def bring(folder: Path, text: str) -> Report:
    """An import of one file, vie.md."""
    (folder / "vie.md").write_text(text, encoding="utf-8")
    load = Load(read_folder(folder), Target("workers"), None, 1_000_000)
    return carry_out(load, lambda _word, _done, _total: None)


def test_c1_an_import_never_writes_over_what_was_changed_by_hand(
    cast: Cast, tmp_path: Path
) -> None:
    bring(tmp_path, TWO)
    slug = "vie"
    revise(cast.amel, slug, "Premier par Amel.\n\nDeuxième.\n")
    report = bring(tmp_path, "Premier du fichier.\n\nDeuxième.\n")
    assert [path for path, _ in report.skipped] == [f"{tmp_path.name}/vie.md"]
    assert source(slug) == "Premier par Amel.\n\nDeuxième.\n"
    bring(tmp_path, "Premier.\n\nDeuxième du fichier.\n")
    assert source(slug) == "Premier par Amel.\n\nDeuxième du fichier.\n"


def test_c2_of_two_simultaneous_saves_exactly_one_wins(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", TWO)
    base, number = head_id(slug), page_id(slug)

    def save(person: int, words: str) -> object:
        with acting(person) as tx:
            return service.revise_page(tx, number, TextChange(base, f"{words}\n\nDeuxième.\n"))

    both = [lambda: save(cast.amel, "Amel."), lambda: save(cast.bruno, "Bruno.")]
    assert sum(isinstance(result, Conflict) for result in race(app, both)) == 1


blocks = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=6)


@given(base=blocks, mine=blocks, theirs=blocks, side=st.sampled_from(conflicts.SIDES))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_c3_no_merge_and_no_choice_writes_a_marker_or_brings_back_what_was_deleted(
    base: list[str], mine: list[str], theirs: list[str], side: str
) -> None:
    sources = ["\n\n".join(f"Paragraphe {word * 5}." for word in s) for s in (base, mine, theirs)]
    found = conflicts.clashes(*sources)
    text = conflicts.decided(*sources, [Choice(side, "")] * len(found))
    assert text is not None
    words = {block.text for block in split_blocks(text) if block.text}
    known = {block.text for s in sources for block in split_blocks(s)}
    assert words <= known
    kept = {word for word in base if word in mine and word in theirs}
    deleted = {f"Paragraphe {word * 5}." for word in set(base) - set(mine) - set(theirs)}
    if side in ("mine", "theirs"):
        assert not deleted & words, kept


def test_c4_opening_comparing_and_going_back_change_nothing(
    client: FlaskClient, cast: Cast
) -> None:
    slug, _page = met(client, cast)
    before = source(slug), head_id(slug)
    for path in ("edit", "compare", "history", "revisions/1", "authors"):
        assert client.get(f"/wiki/{slug}/{path}").status_code == 200
    assert (source(slug), head_id(slug)) == before
    texts = [row.text_digest for row in db.session.query(Revision)]
    assert len(set(texts)) == 2
    assert not any(marker in source(slug) for marker in MARKERS)


def test_c6_work_done_in_the_background_is_nobodys_edit(cast: Cast) -> None:
    slug = write(cast.amel, "Vie", TWO)
    base, number = head_id(slug), page_id(slug)
    with acting(None) as tx:
        redraw(tx.session, [number])
    done = revise(cast.amel, slug, "Premier, relu.\n\nDeuxième.\n", base)
    assert not done.merged
    assert head_id(slug) != base


def test_c7_after_every_refusal_the_answer_still_holds_the_text(
    client: FlaskClient, cast: Cast
) -> None:
    slug = write(cast.amel, "Vie", "Un texte de départ. " * 40)
    other = write(cast.amel, "Autre", TWO)
    words = "Une heure de travail que personne ne doit perdre."
    client.sign_in("amel")
    fields = {"base": str(head_id(slug)), "text": words, "wish": "save"}
    assert words in client.submit(f"/wiki/{slug}/revisions", **fields).get_data(as_text=True)
    long = {**fields, "text": words + " x" * 200_000}
    assert words in client.submit(f"/wiki/{slug}/revisions", **long).get_data(as_text=True)
    with acting(cast.bruno) as tx:
        service.archive_page(tx, tx.session.query(Page).filter_by(slug=other).one().id, "Finie")
    put_away = {**fields, "base": str(head_id(other))}
    refused = client.submit(f"/wiki/{other}/revisions", **put_away)
    assert refused.status_code == 403
    assert words in refused.get_data(as_text=True)
    stale = client.post(f"/wiki/{slug}/revisions", data=fields)
    assert stale.status_code == 400
    assert words in stale.get_data(as_text=True)


def test_c8_reading_writes_nothing_and_an_empty_answer_empties_no_page(
    client: FlaskClient, cast: Cast
) -> None:
    slug = write(cast.amel, "Vie", TWO)
    client.sign_in("amel")
    head, written = head_id(slug), generation(db.session())
    for path in ("", "/edit", "/history", "/compare", "/settings", "/authors", "/revisions/1"):
        client.get(f"/wiki/{slug}{path}")
    assert client.submit(f"/wiki/{slug}/revisions", base=head).status_code == 400
    empty = client.submit(f"/wiki/{slug}/revisions", base=head, text="", wish="save")
    assert empty.status_code == 422
    db.session.rollback()
    assert generation(db.session()) == written
    assert head_id(slug) == head


def test_c9_tags_rights_and_name_changed_meanwhile_leave_an_open_edit_alone(cast: Cast) -> None:
    slug = write(cast.amel, "Vie", TWO)
    base, number = head_id(slug), page_id(slug)
    with acting(cast.bruno) as tx:
        service.set_tags(tx, number, set(), {"repas"})
        service.set_audience(tx, number, "members")
        renamed = service.rename_page(tx, number, "Vie commune", base).slug
    done = revise(cast.amel, renamed, "Premier, relu.\n\nDeuxième.\n", base)
    assert done.changed
    assert not done.merged
    assert read(cast.amel, renamed).title == "Vie commune"


def test_c10_putting_texts_together_needs_no_other_program(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    slug = write(cast.amel, "Vie", TWO)
    base = head_id(slug)
    revise(cast.amel, slug, "Premier, relu.\n\nDeuxième.\n", base)
    assert revise(cast.bruno, slug, "Premier.\n\nDeuxième, relu.\n", base).merged
    assert "subprocess" not in vars(merging)


def test_c11_twenty_pages_saved_at_once_are_twenty_revisions_of_their_authors(
    app: Flask, cast: Cast
) -> None:
    pages = [page_id(write(cast.amel, f"Page {number}", TWO)) for number in range(20)]
    people = [cast.amel, cast.bruno, cast.chloe, cast.esther] * 5
    heads = [read(cast.amel, f"page-{number}").head_id for number in range(20)]

    def save(index: int) -> object:
        with acting(people[index]) as tx:
            change = TextChange(heads[index], f"Premier, {index}.\n\nDeuxième.\n")
            return service.revise_page(tx, pages[index], change)

    results = race(app, [lambda i=i: save(i) for i in range(20)])  # type: ignore[misc]
    assert not [result for result in results if isinstance(result, Exception)]
    with acting(None) as tx:
        found = tx.session.query(Revision.page_id, Revision.author_id).filter_by(number=2).all()
    assert sorted(map(tuple, found)) == sorted(zip(pages, people, strict=True))


def test_c12_two_changes_of_one_paragraph_are_a_conflict_and_never_a_guess() -> None:
    base = "Le mardi on mange ensemble, et chacun apporte un plat.\n"
    mine, theirs = base.replace("mardi", "jeudi"), base.replace("un plat", "du pain")
    assert merge(base, mine, theirs).text is None
    for mixed, (one, other) in product((mine, theirs), [(mine, theirs)]):
        assert decide(base, one, other, [mixed.strip()]) == mixed


def test_a_decision_needs_a_reading_for_each_conflict() -> None:
    with pytest.raises(ValueError, match="one reading"):
        decide("Un.\n", "Deux.\n", "Trois.\n", [])


def test_a_save_to_a_former_address_is_a_save_of_the_page(client: FlaskClient, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", TWO)
    client.sign_in("amel")
    base = head_id(slug)
    with acting(cast.bruno) as tx:
        page_id = tx.session.query(Page.id).one()[0]
        renamed = service.rename_page(tx, page_id, "Vie ici", base).slug
    fields = {"text": f"{TWO}\n\nTrois.", "base": base, "wish": "save"}
    assert client.submit(f"/wiki/{slug}/revisions", **fields).status_code == 303
    assert "Trois." in client.get(f"/wiki/{renamed}").text
    assert client.submit("/wiki/nulle-part/revisions", **fields).status_code == 404
