"""The words of files, and what keeps a bad one from harming anybody."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import docx
import odfdo
import pytest
from flask import Flask

from intranet import worker
from intranet.core import stored_files
from intranet.core.actor import SYSTEM
from intranet.core.transaction import reader
from intranet.decisions.attachments.service import attach_file
from intranet.decisions.minutes.service import keep_minutes
from intranet.search import extraction, indexer, questions
from intranet.search.extraction import text_of_file
from tests.cast import acting, as_reader
from tests.proposals import stage as on

PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R
/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj
4 0 obj<</Length 47>>stream
BT /F1 12 Tf 20 50 Td (Le trampoline signe) Tj ET
endstream endobj
trailer<</Root 1 0 R>>
startxref
0
%%EOF
"""


@pytest.fixture(autouse=True)
def kept_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction.Kept, "folder", None)


def written(folder: Path, name: str) -> Path:
    path = folder / name
    words = "Le trampoline de l’assemblée"
    if name.endswith(".docx"):
        document = docx.Document()
        document.add_paragraph(words)
        document.save(str(path))
    elif name.endswith(".odt"):
        text = odfdo.Document("text")
        text.body.append(odfdo.Paragraph(words))
        text.save(path)
    elif name.endswith(".pdf"):
        path.write_bytes(PDF)
    else:
        path.write_text(words, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.odt", "a.txt"])
def test_the_words_of_a_file_are_read_by_its_bytes(tmp_path: Path, name: str) -> None:
    assert "trampoline" in text_of_file(written(tmp_path, name), name)


def test_a_broken_file_a_bomb_and_a_missing_one_have_no_words(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\n" + b"\x00" * 500)
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"a" * 250_000_000)
    for path in (broken, bomb, tmp_path / "missing.pdf"):
        assert text_of_file(path, path.name) == ""


def test_a_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction.Kept, "folder", tmp_path / "texts")
    path = written(tmp_path, hashlib.sha256(b"x").hexdigest())
    assert "trampoline" in text_of_file(path, "a.txt")
    path.write_text("autre chose", encoding="utf-8")
    assert "trampoline" in text_of_file(path, "a.txt")


def test_files_and_minutes_beside_a_decision_are_found_by_its_readers(
    app: Flask, cast: on.Cast
) -> None:
    stage = on.set_up(cast)
    stored = stored_files.keep(io.BytesIO(b"Un devis pour un trampoline."), 1000)
    with acting(cast.amel) as tx:
        attach_file(tx, stage.origin, "devis.txt", stored)
        keep_minutes(tx, stage.origin, "On a parlé de la *trottinette*.", "")
    worker.work_once(app)

    def found(person: int, words: str) -> list[str]:
        looking = as_reader(person)
        asked = questions.asked(looking, words)
        return [hit.kind for hit in questions.answer(looking, asked, facets=False).hits]

    assert found(cast.amel, "trampoline") == ["file"]
    assert found(cast.amel, "trottinette") == ["minutes"]
    assert found(cast.farid, "trampoline") == []
    assert found(cast.farid, "trottinette") == []
    assert indexer.rebuild(reader(SYSTEM))
    assert found(cast.amel, "devis trampoline") == ["file"]
