"""DokuWiki becomes Markdown: markup, links between namespaces, media, notes."""

from __future__ import annotations

import pytest

from intranet.wiki.formats import dokuwiki
from intranet.wiki.formats.dokuwiki_inline import Inline
from intranet.wiki.formats.dokuwiki_text import as_markdown
from intranet.wiki.formats.raw import Gathered, RawFile, Reason
from intranet.wiki.import_plan import plan


def converted(text: str) -> str:
    return as_markdown(text, Inline(lambda page: f"<{page}>", lambda file: (file, True)))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("====== Titre ======", "# Titre\n"),
        ("== Petit ==", "##### Petit\n"),
        ("**gras** //ital// __sous__", "**gras** *ital* *sous*\n"),
        ("''code'' <del>non</del>", "`code` ~~non~~\n"),
        ("**//deux//** et http://a.fr/b//c.", "***deux*** et <http://a.fr/b//c>.\n"),
        ("3 * 4 et [crochets]", "3 \\* 4 et \\[crochets\\]\n"),
        ("snake_case _bord_", "snake_case \\_bord\\_\n"),
        ("%%**pas gras**%% <nowiki>//ni//</nowiki>", "\\*\\*pas gras\\*\\* //ni//\n"),
        ("[[http://x.fr|Là]] [[doc>page|Doc]]", "[Là](<http://x.fr>) Doc (doc>page)\n"),
        ("[[a@b.fr]]", "[a@b.fr](mailto:a@b.fr)\n"),
        ("[[ns:page|une page]] [[ns:page]]", "[une page](<ns:page>) [page](<ns:page>)\n"),
        ("{{ photo.png?200 |Nous}} {{http://x.fr/y.png}}", "![Nous](photo.png) ![y.png](http://x.fr/y.png)\n"),
        ("Un((a)) deux((//b//)).", "Un[^1] deux[^2].\n\n[^1]: a\n\n[^2]: *b*\n"),
        ("  * a\n    * b\n  * c", "- a\n  - b\n- c\n"),
        ("  - un\n    * b\n  - deux", "1. un\n   - b\n1. deux\n"),
        (
            "^ A ^ B ^\n| 1 | [[p|x]] |\n| ::: | 2 |",
            "| A | B |\n| --- | --- |\n| 1 | [x](<p>) |\n|  | 2 |\n",
        ),
        ("| 1 | a^2 |", "|  |  |  |\n| --- | --- | --- |\n| 1 | a | 2 |\n"),
        ("<code python>\nif a:\n  b = **c**\n</code>", "```python\nif a:\n  b = **c**\n```\n"),
        ("  ligne préformatée\n  **non**", "```\nligne préformatée\n**non**\n```\n"),
        ("> cité\n>> deux fois", "> cité\n> > deux fois\n"),
        ("Fin\\\\ de ligne\n----\n~~NOTOC~~", "Fin\\\nde ligne\n\n---\n"),
        ("Un - tiret, 2. un point", "Un - tiret, 2. un point\n"),
        ("=====", "##### =\n"),
        ("== ==\n==a", "== ==\n==a\n"),
        ("| ''a|b'' | [[c|d]] |", "|  |  |\n| --- | --- |\n| `a\\|b` | [d](<c>) |\n"),
        ("# pas un titre\n1. ni une liste", "\\# pas un titre\n\\1. ni une liste\n"),
        ("<code>\nsans fin", "```\nsans fin\n```\n"),
    ],
)  # fmt: skip
def test_markup_becomes_markdown(typed: str, written: str) -> None:
    assert converted(typed) == written


MANY = 100_000


@pytest.mark.parametrize(
    "typed",
    [
        "((" * MANY,
        "<del>" * MANY,
        "<nowiki>" * MANY,
        "**a //b __c ''d %%e " * (MANY // 10),
        "//a http://" * (MANY // 4),
        f"== {' ' * MANY}x",
        f"=={'=' * MANY}x",
        f"=={' =' * MANY}x",
        f"a{' ' * MANY}b",
        f"|{'[[{{' * MANY}|",
        "|" * MANY + "\n|a|" * MANY,
        f"<{'a.' * MANY}@{'b.' * MANY}",
        f"http://{',' * MANY}",
    ],
    ids=range(13),
)
def test_a_line_is_read_once_however_long_it_is(typed: str) -> None:
    """Read as often as it has signs, each of these would take minutes, or all the memory."""
    assert len(converted(typed)) < 20 * len(typed)


def test_a_pair_ends_in_its_line_or_is_none() -> None:
    assert converted("**a\nb** et ''c\nd'' ((e") == "\\*\\*a\nb\\*\\* et ''c\nd'' ((e\n"
    assert converted("**a //b** c//") == "**a //b** c//\n"
    assert converted("//a http://b.fr c//") == "*a <http://b.fr> c*\n"
    assert converted("((((a)) ** b") == "[^1] \\*\\* b\n\n[^1]: ((a\n"


def gathered(files: dict[str, str]) -> Gathered:
    raws = [RawFile(path, len(text), text.encode) for path, text in files.items()]
    return Gathered("wiki", raws)


FILES = {
    "data/pages/start.txt": "====== Accueil ======\n[[vie:repas|Repas]] [[vie:]] [[absente]]",
    "data/pages/vie/start.txt": "====== La vie ======\n"
    "[[repas#Midi]] [[.:repas]] [[..:start]] [[:Vie:Repas]]",
    "data/pages/vie/repas.txt": "====== Repas ======\n{{vie:photo_été.png}} {{plan.pdf|Plan}}",
    "data/media/vie/photo_%C3%A9t%C3%A9.png": "x",
    "data/media/vie/plan.pdf": "%PDF-",
    "data/attic/vie/repas.123.txt.gz": "x",
}


def test_links_and_media_lead_to_files_seen_from_each_page() -> None:
    found = dokuwiki.as_pages(gathered(FILES))
    texts = {file.path: file.text for file in found.files}
    home = "[Repas](vie/repas.md) [vie](vie/index.md) [absente](absente.md)"
    assert home in texts["wiki/start.md"]
    life = texts["wiki/vie/index.md"]
    assert "[repas](repas.md#Midi) [repas](repas.md) [start](../start.md) [Repas](repas.md)" in life
    meals = texts["wiki/vie/repas.md"]
    assert "(../media/vie/photo_%C3%A9t%C3%A9.png)" in meals
    assert "[Plan](../media/vie/plan.pdf)" in meals
    old = "wiki/data/attic/vie/repas.123.txt.gz"
    assert found.skipped == [(old, Reason("import.not_of_the_wiki"))]


def test_namespaces_are_branches_and_start_speaks_for_its_own() -> None:
    planned = {page.path: page for page in plan(dokuwiki.as_pages(gathered(FILES)))}
    assert planned["wiki/vie/index.md"].title == "La vie"
    assert planned["wiki/vie/repas.md"].parent == "wiki/vie/index.md"


def test_only_a_folder_with_pages_and_media_is_taken_for_a_dokuwiki() -> None:
    assert dokuwiki.root_of(gathered(FILES)) == "data/"
    assert dokuwiki.root_of(gathered({"pages/a.txt": "x"})) is None
    assert dokuwiki.root_of(gathered({"pages/a.md": "x", "media/b.png": "x"})) is None
