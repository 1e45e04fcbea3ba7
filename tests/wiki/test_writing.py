"""Writing pages: one part alone, what was typed and not sent, templates, names to complete."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from intranet.core.blocks import IdentifiedBlock, split_blocks
from intranet.wiki import tree
from intranet.wiki.models import Page
from intranet.wiki.writing.sections import section_at
from intranet.wiki.writing.template_queries import page_templates
from tests.cast import Cast, Client, acting, as_reader
from tests.wiki.writing import head_id, page_id, read, revise, rule, source, write

PARTS = "Avant.\n\n# Un\n\nA.\n\n## Un bis\n\nIci beaucoup de mots.\n\nDeux\n====\n\nC.\n\n\n"
TORTURE = (Path(__file__).parents[1] / "flows" / "torture.md").read_text(encoding="utf-8")


def identified(text: str) -> list[IdentifiedBlock]:
    return [IdentifiedBlock(str(i), block) for i, block in enumerate(split_blocks(text))]


def heading(person_id: int, slug: str, title: str) -> str:
    """The id of the block of this heading."""
    found = re.search(
        rf'id="b-([\w-]+)"[^>]*><div[^>]*><h\d[^>]*>{title}<', read(person_id, slug).html
    )
    assert found
    return found[1]


def field(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return html.unescape(found[1])


@pytest.mark.parametrize("text", [PARTS, TORTURE])
def test_every_part_with_what_is_around_it_is_the_text_to_the_byte(text: str) -> None:
    blocks = identified(text)
    parts = [part for one in blocks if (part := section_at(blocks, one.id))]
    assert len(parts) == sum(one.block.kind == "heading" for one in blocks)
    for part in parts:
        assert part.before + part.text + part.after == text
        assert part.whole(part.text) == text


def test_a_part_ends_before_the_next_heading_of_its_rank() -> None:
    blocks = identified(PARTS)
    part = section_at(blocks, "1")
    assert part is not None
    assert part.text == "# Un\n\nA.\n\n## Un bis\n\nIci beaucoup de mots."
    assert part.whole("# Un\n\nAutre.\n") == "Avant.\n\n# Un\n\nAutre.\n\nDeux\n====\n\nC.\n\n\n"
    assert part.whole("") == "Avant.\n\nDeux\n====\n\nC.\n\n\n"
    assert section_at(blocks, "0") is None


def test_one_part_is_edited_and_the_rest_keeps_its_bytes(client: FlaskClient, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", PARTS)
    part = heading(cast.amel, slug, "Un bis")
    client.sign_in("amel")
    shown = client.get(f"/wiki/{slug}").get_data(as_text=True)
    assert f"/wiki/{slug}/edit?section={part}" in shown
    form = client.get(f"/wiki/{slug}/edit?section={part}").get_data(as_text=True)
    assert "## Un bis\n\nIci beaucoup de mots.</textarea>" in form
    assert "Avant." not in form
    fields = {
        "base": field(form, "base"),
        "section": part,
        "text": "## Un bis\n\nIci beaucoup de mots relus.",
    }
    seen = client.submit(f"/wiki/{slug}/revisions", **fields, wish="changes").get_data(as_text=True)
    assert "<ins>" in seen
    assert "Avant." not in seen
    assert client.submit(f"/wiki/{slug}/revisions", **fields, wish="save").status_code == 303
    assert source(slug) == PARTS.replace("mots.", "mots relus.")


def test_a_rule_has_no_way_to_edit_a_part(client: FlaskClient, cast: Cast) -> None:
    rule("Congés", "# Durée\n\nTrente jours.")
    client.sign_in("amel")
    assert "section-edit" not in client.get("/wiki/conges").get_data(as_text=True)


def test_c7_what_was_typed_and_not_sent_comes_back_until_it_is_sent(
    client: FlaskClient, cast: Cast
) -> None:
    slug = write(cast.amel, "Vie", "Premier.\n\nDeuxième.\n")
    base = head_id(slug)
    client.sign_in("amel")
    where = f"/wiki/{slug}/edit"
    kept = {
        "place": where,
        "base": base,
        "text": "Premier, tapé.\n\nDeuxième.\n",
        "summary": "Relu",
    }
    assert client.submit("/proposals/typing", **kept).status_code == 204
    revise(cast.bruno, slug, "Premier.\n\nDeuxième, par Bruno.\n")
    form = client.get(where).get_data(as_text=True)
    assert "Premier, tapé." in form
    assert field(form, "base") == str(base)
    fields = {"base": base, "text": kept["text"], "wish": "save"}
    assert client.submit(f"/wiki/{slug}/revisions", **fields).status_code == 303
    assert source(slug) == "Premier, tapé.\n\nDeuxième, par Bruno.\n"
    assert "Forget it and begin again" not in client.get(where).get_data(as_text=True)
    client.sign_in("bruno")
    assert "Premier, tapé." in client.get(where).get_data(as_text=True)


def test_the_form_of_a_new_page_gives_back_what_was_left_in_it(
    client: FlaskClient, cast: Cast
) -> None:
    client.sign_in("chloe")
    kept = {"place": "/wiki/new", "title": "Atelier", "text": "Un début", "audience": "workers"}
    assert client.submit("/proposals/typing", **kept).status_code == 204
    assert "Un début" in client.get("/wiki/new").get_data(as_text=True)
    assert client.submit("/wiki/", **kept).status_code == 303
    assert "Un début" not in client.get("/wiki/new").get_data(as_text=True)


def test_a_page_begins_with_the_template_of_its_branch(client: FlaskClient, cast: Cast) -> None:
    branch = write(cast.amel, "Réunions")
    other = write(cast.amel, "Fiches")
    for title, parent in (("Compte rendu type", branch), ("Fiche type", other)):
        write(cast.amel, title, "## À remplir", tags=("modèle",), parent_id=page_id(parent))
    write(cast.amel, "Page type", "## Partout", tags=("Template",))
    below = write(cast.amel, "Lundis", parent_id=page_id(branch))
    reader = as_reader(cast.amel)
    found = page_templates(reader, page_id(below))
    assert [one.title for one in found] == ["Compte rendu type", "Page type"]
    assert len(page_templates(reader, None)) == 3
    client.sign_in("amel")
    address = f"/wiki/new?parent={below}"
    assert "Compte rendu type (Réunions)" in client.get(address).get_data(as_text=True)
    chosen = client.get(f"{address}&template=compte-rendu-type").get_data(as_text=True)
    assert "## À remplir</textarea>" in chosen


def selected(page: str) -> str:
    """What is chosen as the page above in a form."""
    found = re.search(r'<select[^>]*id="field-parent".*?</select>', page, re.DOTALL)
    chosen = re.search(r'<option value="(\d*)" selected>', found[0]) if found else None
    return chosen[1] if chosen else ""


def test_a_list_of_pages_that_is_cut_moves_no_page_out_of_its_closed_branch(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "MOST_NODES", 2)
    for title in ("A", "B"):
        write(cast.amel, title)
    closed = str(page_id(write(cast.amel, "Zone fermée", audience="members")))
    client.sign_in("amel")
    form = client.get("/wiki/new?parent=zone-fermee").get_data(as_text=True)
    assert selected(form) == closed
    fields = {"title": "Dedans", "text": "Secret.", "audience": "above"}
    assert client.submit("/wiki/", **fields, parent=closed).status_code == 303
    assert read(cast.amel, "dedans").audience == "members"
    assert selected(client.get("/wiki/dedans/settings").get_data(as_text=True)) == closed
    assert client.submit("/wiki/", **{**fields, "title": "Autre"}, parent_name="ZONE fermee")
    assert str(read(cast.amel, "autre").parent_id) == closed
    assert client.submit("/wiki/b/place", parent_name="Nulle part").status_code == 422
    assert client.submit("/wiki/b/place", parent_name="a").status_code == 303
    assert read(cast.amel, "b").parent_id == page_id("a")


def test_every_key_of_the_toolbar_is_told_below_the_text(client: Client, cast: Cast) -> None:
    client.sign_in("amel")
    page = client.get("/wiki/new").get_data(as_text=True)
    bar = {tuple(keys.split("+")) for keys in re.findall(r'aria-keyshortcuts="([^"]+)"', page)}
    lines = re.findall(r"<li>((?:<kbd>[^<]+</kbd> )+)", page)
    names = {"Ctrl": "Control", "Maj": "Shift"}
    told = {
        tuple(names.get(key, key) for key in re.findall(r"<kbd>([^<]+)", line)) for line in lines
    }
    assert len(bar) > 5
    assert bar <= told


def test_names_are_completed_with_what_the_person_may_read(client: FlaskClient, cast: Cast) -> None:
    write(cast.amel, "Congés et absences", audience="members")
    write(cast.amel, "Les congés [2027]", audience="workers")
    client.sign_in("amel")

    def names(words: str, kind: str = "pages") -> list[str]:
        answer = client.get("/wiki/completions", query_string={"kind": kind, "q": words})
        return [one["insert"] for one in answer.get_json()]

    assert names("CONGES") == ["[[Congés et absences]]", "[[les-conges-2027|Les congés  2027]]"]
    assert names("bru", "people")[0].startswith("@Bruno")
    client.sign_in("chloe")
    assert names("conges") == ["[[les-conges-2027|Les congés  2027]]"]
    with acting(None) as tx:
        tx.session.query(Page).filter_by(slug="les-conges-2027").one().audience = "members"
    assert names("conges") == []
