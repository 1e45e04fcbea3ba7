"""The promises S1 to S8 of the search, kept by the product itself over each kind of index."""

from __future__ import annotations

import io
import logging
import re
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from intranet import duties, worker
from intranet.core import stored_files
from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.events import Delivery
from intranet.core.transaction import reader
from intranet.proposals import service as proposals
from intranet.proposals.talks import service as talks
from intranet.search import completion, index, indexer, questions
from intranet.search.port import IndexUnusable
from intranet.search.saved import service as saved
from intranet.search.sources import beside_pages
from intranet.search.synonyms import service as synonyms
from intranet.wiki import service as wiki
from intranet.wiki.attachments import service as page_files
from intranet.wiki.comments import service as comments
from intranet.wiki.comments.service import Remark
from intranet.wiki.models import Page, Rendering
from intranet.wiki.rights.service import Rights
from intranet.wiki.states import service as states
from tests.cast import Cast, acting, as_reader
from tests.proposals.stage import a_resolution, set_up
from tests.wiki.writing import head_id, page_id, revise, rule, write

ROOT = Path(__file__).resolve().parents[2]


def found(person: int, words: str) -> list[str]:
    """The titles that somebody finds."""
    looking = as_reader(person)
    hits = questions.answer(looking, questions.asked(looking, words), facets=False)
    return ["".join(piece for piece, _ in hit.title) for hit in hits.hits]


def test_s1_a_save_a_name_a_place_and_a_way_back_are_found_as_they_are(
    site: Flask, cast: Cast
) -> None:
    above = page_id(write(cast.amel, "Atelier", "Les machines."))
    slug = write(cast.amel, "Prêt des outils", "Le tournevis revient au mur.")
    number = page_id(slug)
    worker.work_once(site)
    assert found(cast.amel, "tournevis") == ["Prêt des outils"]
    revise(cast.amel, slug, "Le rabot revient au mur.")
    worker.work_once(site)
    assert (found(cast.amel, "tournevis"), found(cast.amel, "rabot")) == ([], ["Prêt des outils"])
    seen = head_id(slug)
    with acting(cast.amel) as tx:
        wiki.rename_page(tx, number, "Emprunts", seen)
        wiki.move_page(tx, number, above, 1)
    worker.work_once(site)
    assert found(cast.amel, "prêt outils") == []
    assert "Emprunts" in found(cast.amel, "in:atelier rabot")
    with acting(cast.amel) as tx:
        wiki.archive_page(tx, number, "Plus d’outils.")
    assert found(cast.amel, "rabot") == []  # At once, before the index knows.
    worker.work_once(site)
    with acting(cast.amel) as tx:
        wiki.unarchive_page(tx, number)
    worker.work_once(site)
    assert found(cast.amel, "rabot") == ["Emprunts"]


def test_s1_a_corrected_comment_is_found_by_its_new_words_and_not_by_the_old_ones(
    site: Flask, cast: Cast
) -> None:
    proposal = a_resolution(set_up(cast))
    number = page_id(write(cast.amel, "Atelier", "Les machines."))
    with acting(cast.chloe) as tx:
        said = proposals.comment_proposal(tx, proposal, "Avec un antivol solide.")
        beside = comments.comment_page(tx, number, Remark("Le rabot est usé."))
    worker.work_once(site)
    for comment, old, new in ((said, "antivol", "cadenas"), (beside, "rabot", "tournevis")):
        assert len(found(cast.amel, old)) == 1
        with acting(cast.chloe) as tx:
            if comment == said:
                talks.correct_comment(tx, proposal, comment, f"Un {new}.")
            else:
                comments.correct_comment(tx, number, comment, f"Un {new}.")
        worker.work_once(site)
        assert (len(found(cast.amel, old)), len(found(cast.amel, new))) == (0, 1)


def test_s2_one_bad_row_is_reported_and_the_others_are_found(
    site: Flask, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    write(cast.amel, "Vélo abîmé", "Un texte.")
    write(cast.amel, "Vélo neuf", "Un texte.")
    broken = select(Page.current_revision_id).where(Page.title == "Vélo abîmé")
    with acting(None) as tx:
        tx.session.execute(
            update(Rendering)
            .where(Rendering.revision_id == broken.scalar_subquery())
            .values(contents="{")
        )
    with caplog.at_level(logging.ERROR, "intranet.search"):
        indexer.rebuild(reader(SYSTEM))
    assert found(cast.amel, "velo") == ["Vélo neuf"]
    assert "left out of the search: page" in caplog.text


def lose_the_index(site: Flask) -> None:
    """Let the index be gone, as after a folder or tables were deleted by hand."""
    name = index.name_of(db.session())
    if name == "whoosh":
        shutil.rmtree(Path(site.instance_path) / "search")
        return
    tables = ("search_stamp",) if name == "fts5" else ("search_stamp", "search_document")
    db.session.rollback()
    with db.engine.begin() as connection:
        for table in tables:
            connection.exec_driver_sql(f"DROP TABLE {table}")


def test_s3_without_an_index_pages_open_and_it_is_built_again(
    site: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(cast.amel, "Vélo", "Un texte.")
    worker.work_once(site)
    assert found(cast.amel, "velo") == ["Vélo"]
    lose_the_index(site)
    with pytest.raises(IndexUnusable):
        found(cast.amel, "velo")
    client = site.test_client().sign_in("amel")
    assert client.get("/wiki/velo").status_code == 200
    assert "hourglass" in client.get("/search?q=velo").get_data(as_text=True)
    monkeypatch.setitem(duties._last_check, "at", -100.0)
    assert duties.heal_index() == 1
    assert found(cast.amel, "velo") == ["Vélo"]
    waiting = select(Delivery.id).where(Delivery.done_at.is_(None))
    assert db.session.scalars(waiting).all() == []  # And nothing is indexed twice.


def test_s7_what_is_closed_leaves_no_trace_even_before_the_index_knows(
    site: Flask, cast: Cast
) -> None:
    number = page_id(write(cast.amel, "Licenciement économique", "Un trampoline.", "open"))
    worker.work_once(site)
    with acting(cast.farid) as tx:
        kept = saved.save_search(tx, "trampoline")
        saved.open_feed(tx, kept)
    client = site.test_client().sign_in("farid")
    address = re.search(r"/search/feeds/[\w-]+\.atom", client.get("/search/saved").text)
    assert address
    outputs = (
        "/search?q=trampoline", "/search?q=licensiement", "/search/complete?q=licen",
        "/search?q=trampoline&kind=page", address[0],
        "/search?year=2026&kind=page",
    )  # fmt: skip

    def traces() -> list[str]:
        texts = [(one, re.sub(r"<[^>]+>", "", client.get(one).text)) for one in outputs]
        return [one for one, said in texts if re.search("Licenciement|1 résultat", said)]

    assert len(traces()) == len(outputs)
    with acting(cast.amel) as tx:
        wiki.set_audience(tx, number, "members")
    assert traces() == []
    worker.work_once(site)
    assert traces() == []


def test_s7_a_closed_page_is_no_place_to_search_in_for_those_who_see_what_stands_below(
    site: Flask, cast: Cast
) -> None:
    above = page_id(write(cast.amel, "Licenciement", "Fermé.", "members"))
    write(cast.amel, "Trampoline", "Un saut.", parent_id=above)
    write(cast.amel, "Saut", "Un saut.", "members", parent_id=above)
    worker.work_once(site)
    assert found(cast.chloe, "saut") == ["Trampoline"]
    assert found(cast.chloe, "saut dans:licenciement") == []
    assert found(cast.amel, "saut dans:licenciement") == ["Saut"]
    with acting(cast.amel) as tx:
        wiki.set_audience(tx, above, "workers")
    worker.work_once(site)
    assert set(found(cast.chloe, "saut dans:licenciement")) == {"Saut", "Trampoline"}


def test_completion_follows_names_and_rights_and_needs_two_letters(site: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "L’assemblée générale", "Un texte.")
    number, seen = page_id(slug), head_id(slug)

    def names(person: int, typed: str) -> list[str]:
        return [name.words for name in completion.complete(as_reader(person), typed)]

    assert names(cast.amel, "assembl") == ["L’assemblée générale"]
    assert names(cast.amel, "gene asse") == ["L’assemblée générale"]
    assert names(cast.amel, "a") == []
    assert names(cast.farid, "assembl") == []
    assert "Bruno" in " ".join(names(cast.chloe, "brun"))
    with acting(cast.amel) as tx:
        wiki.rename_page(tx, number, "Réunion", seen)
    assert names(cast.amel, "assembl") == []
    assert names(cast.amel, "reun") == ["Réunion"]


def test_completion_reads_again_only_the_names_that_changed(
    site: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(cast.amel, "Atelier", "Un texte.")
    look, read, asked = as_reader(cast.amel), completion._read, []
    completion.complete(look, "atel")
    monkeypatch.setattr(
        completion, "_read", lambda look, keys: (asked.append(keys), read(look, keys))[1]
    )
    completion.complete(as_reader(cast.amel), "atel")
    assert asked == []
    number = page_id(write(cast.amel, "Établi", "Un texte."))
    assert [name.words for name in completion.complete(as_reader(cast.amel), "etab")] == ["Établi"]
    assert len(asked) == 1
    assert f"page:{number}" in asked[0]
    assert not any(key.startswith("person:") for key in asked[0] if key != f"person:{cast.amel}")


def test_s7_people_are_found_by_those_who_may_see_profiles(site: Flask, cast: Cast) -> None:
    worker.work_once(site)
    assert found(cast.chloe, "kind:person costa") == ["Bruno Costa"]
    assert found(cast.chloe, "secrétaire")[:1] == ["Bruno Costa"]
    assert found(cast.farid, "costa") == []


def test_names_written_by_a_member_answer_for_each_other_at_once(site: Flask, cast: Cast) -> None:
    write(cast.amel, "Bicyclettes", "On les range au sous-sol.")
    worker.work_once(site)
    assert found(cast.amel, "vélo") == []
    with acting(cast.chloe) as tx:
        synonyms.write_synonyms(tx, "vélo = bicyclette", 0)
    assert found(cast.amel, "vélo") == ["Bicyclettes"]


def test_a_closed_feed_and_that_of_somebody_who_left_lead_nowhere(site: Flask, cast: Cast) -> None:
    with acting(cast.chloe) as tx:
        kept = saved.save_search(tx, "velo")
        saved.open_feed(tx, kept)
    client = site.test_client().sign_in("chloe")
    address = re.search(r"/search/feeds/[\w-]+\.atom", client.get("/search/saved").text)
    assert address
    anybody = site.test_client()
    assert anybody.get(address[0]).status_code == 200
    assert anybody.get(address[0].replace("-", "-0")).status_code == 404
    with acting(cast.chloe) as tx:
        saved.open_feed(tx, kept)
    assert anybody.get(address[0]).status_code == 404
    second = re.search(r"/search/feeds/[\w-]+\.atom", client.get("/search/saved").text)
    assert second
    with acting(cast.chloe) as tx:
        saved.close_feed(tx, kept)
    assert anybody.get(second[0]).status_code == 404


def everything(site: Flask, person: str, words: str) -> list[str]:
    """The outputs in which a trace of some words is shown to somebody."""
    client = site.test_client().sign_in(person)
    outputs = [f"/search?q={words}{more}" for more in ("", "&kind=file", "&kind=comment", "x")]
    outputs += [f"/search?q=kind:wording {words}", f"/search/complete?q={words[:6]}"]
    shown = {one: re.sub(r"<[^>]+>", "", client.get(one).text) for one in outputs}
    return [one for one, text in shown.items() if re.search("Prêt des outils|1 résultat", text)]


def test_s7_files_talk_and_earlier_wordings_of_a_page_go_with_its_readers(
    site: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside_pages, "text_of_file", lambda path, _name: path.read_text())
    slug = write(cast.amel, "Prêt des outils", "Un trampoline au mur.", "open")
    number = page_id(slug)
    stored = stored_files.keep(io.BytesIO("Le devis du vérin hydraulique.".encode()), 1000)
    with acting(cast.amel) as tx:
        file = page_files.attach_to_page(tx, number, "devis.txt", stored).file_id
        comments.comment_page(tx, number, Remark("Et la trottinette ?"))
    revise(cast.amel, slug, "Un rabot au mur.")
    worker.work_once(site)
    told = {"hydraulique": 2, "trottinette": 2, "trampoline": 1, "rabot": 1}
    assert {w: len(everything(site, "farid", w)) for w in told} == {
        "hydraulique": 3, "trottinette": 3, "trampoline": 1, "rabot": 2,
    }  # fmt: skip
    assert found(cast.farid, "verin") == ["devis.txt · Prêt des outils"]
    assert found(cast.farid, "trampoline") == []
    assert found(cast.farid, "trampoline kind:wording") == ["Prêt des outils"]
    with acting(cast.amel) as tx:
        wiki.set_audience(tx, number, "members")
    for _ in range(2):  # At once, and again when the index knows.
        assert {w: everything(site, "farid", w) for w in told} == {word: [] for word in told}
        worker.work_once(site)
    assert found(cast.amel, "verin") == ["devis.txt · Prêt des outils"]
    with acting(cast.amel) as tx:
        page_files.remove_file(tx, file)
    assert found(cast.amel, "verin") == []
    with acting(cast.amel) as tx:
        wiki.archive_page(tx, number, "Plus d’outils.")
    assert found(cast.amel, "trottinette") == []
    worker.work_once(site)
    assert found(cast.amel, "trottinette") == []


def test_s8_drafts_are_not_found_and_what_is_not_yet_in_force_says_so(
    site: Flask, cast: Cast
) -> None:
    today = as_reader(cast.amel).now.date()
    rule("Règlement du vélo", "Le casque est obligatoire.", "AG-2026-001", today)
    rule("Règlement du trampoline", "Le filet est tendu.", "AG-2026-002", today + timedelta(30))
    number = page_id(write(cast.amel, "Idée", "Un tournevis.", audience="draft"))
    worker.work_once(site)
    assert found(cast.amel, "tournevis") == []
    client = site.test_client().sign_in("amel")
    assert "Pas encore en vigueur" not in client.get("/search?q=casque").text
    assert "Pas encore en vigueur" in client.get("/search?q=filet").text
    with acting(cast.amel) as tx:
        states.publish_page(tx, number, Rights("workers"))
    worker.work_once(site)
    assert found(cast.amel, "tournevis") == ["Idée"]


@pytest.mark.parametrize("site", ["inside"], indirect=True)
@pytest.mark.parametrize("moment", ["after", "rebuild"])
def test_what_a_killed_indexer_left_undone_is_done_in_the_next_round(
    site: Flask, cast: Cast, moment: str
) -> None:
    """A round comes within a second: whatever the dead one held or half wrote delays nobody."""
    slug = write(cast.amel, "Prêt des outils", "Le tournevis revient au mur.")
    worker.work_once(site)
    revise(cast.amel, slug, "Le rabot revient au mur.")
    url = db.engine.url.render_as_string(hide_password=False)
    dying = [sys.executable, "-m", "tests.search.dying_indexer", site.instance_path, url]
    dying += [index.name_of(db.session()), moment]
    assert subprocess.run(dying, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert found(cast.amel, "perdu") == []
    worker.work_once(site)
    assert (found(cast.amel, "tournevis"), found(cast.amel, "rabot")) == ([], ["Prêt des outils"])
    indexer.rebuild(reader(SYSTEM))
    assert found(cast.amel, "rabot") == ["Prêt des outils"]
