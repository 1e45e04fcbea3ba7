import pytest

from intranet.core.markdown import Rendered, render
from intranet.core.markdown_links import Destination, LinkTarget, NoLinks, anchor, clean_url

PAGES = {"Congés": 7, "L’équipe : qui ? #1 & co / <b>": 8, "C#": 9}


class Wiki(NoLinks):
    """A small wiki: three pages, one decision, one picture."""

    def page(self, title: str) -> Destination | None:
        if title in PAGES:
            return Destination(f"/wiki/{PAGES[title]}", title=title, key=str(PAGES[title]))
        return None if title == "/" else Destination(f"/wiki/new?title={title}", exists=False)

    def decision(self, number: str) -> Destination | None:
        if number == "AG-2026-014":
            return Destination("/decisions/AG-2026-014", title="Décision AG-2026-014", key="14")
        return None

    def proposal(self, number: int) -> Destination | None:
        return Destination(f"/proposals/{number}", title=f"Proposition {number}")

    def path(self, href: str) -> Destination | None:
        if href.endswith(("conges.md", "conges.html")):
            return Destination("/wiki/7", title="Congés", key="7")
        if href.startswith("/proposals/"):
            return Destination(href)
        return Destination("/wiki/new", exists=False) if href.endswith(".md") else None

    def image(self, href: str) -> Destination | None:
        return Destination("/files/3") if href == "img/logo.png" else None


def shown(source: str) -> Rendered:
    return render(source, Wiki(), language="en")


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[[Congés]]", '<a href="/wiki/7">Congés</a>'),
        ("[[Congés|les *congés*]]", '<a href="/wiki/7">les <em>congés</em></a>'),
        ("[[Congés#Été 2026|x]]", '<a href="/wiki/7#h-ete-2026">x</a>'),
        ("[[#Été]]", '<a href="#h-ete">#Été</a>'),
        ("[[C#]]", '<a href="/wiki/9">C#</a>'),
        ("[[AG-2026-014]]", '<a href="/decisions/AG-2026-014">Décision AG-2026-014</a>'),
        ("[[ag-2026-014|vote]]", '<a href="/decisions/AG-2026-014">vote</a>'),
        ("[[décision: AG-2026-014|d]]", '<a href="/decisions/AG-2026-014">d</a>'),
        ("[[CA-2020-001]]", '<span class="red-link">CA-2020-001</span>'),
        ("[[proposition 42]]", '<a href="/proposals/42">Proposition 42</a>'),
        ("[[proposal:42|p]]", '<a href="/proposals/42">p</a>'),
        ("[[/]]", '<span class="red-link">/</span>'),
        ("[x](../a/conges.md)", '<a href="/wiki/7">x</a>'),
        ("[x](conges.html#Été)", '<a href="/wiki/7#h-ete">x</a>'),
        ("[x](#Été)", '<a href="#h-ete">x</a>'),
        ("[x](/proposals/4?a=b)", '<a href="/proposals/4?a=b">x</a>'),
        ("[x](inconnu)", '<span class="red-link">x</span>'),
        ("[x](javascript:alert)", '<span class="refused-link">x</span>'),
        ("[x](//x.example/a)", '<span class="refused-link">x</span>'),
        ("[x](mailto:a@x.example)", '<a href="mailto:a@x.example">x</a>'),
        ("<a@x.example>", '<a href="mailto:a@x.example">a@x.example</a>'),
        ("![Logo](img/logo.png)", '<img alt="Logo" loading="lazy" src="/files/3">'),
        ("![](data:image/png;base64,x)", "data:image/png;base64,x"),
        ("\\[[Congés]]", "[[Congés]]"),
        ("`[[Congés]]`", "<code>[[Congés]]</code>"),
    ],
)
def test_where_a_link_leads(source: str, html: str) -> None:
    assert html in shown(source).html


def test_addresses_given_above_a_line_are_no_heading() -> None:
    page = shown("Voir [a][r] et [b][s].\n\n[r]: https://a.org\n[s]: https://b.org\n---\n\nFin.\n")
    assert [link.target for link in page.links] == ["https://a.org", "https://b.org"]
    assert (len(page.toc), "<hr>" in page.html) == (0, True)


def test_a_missing_page_is_red_and_offers_to_write_it() -> None:
    page = shown("[[Absente|elle]] et [y](absente.md)")
    assert '<a class="red-link" href="/wiki/new?title=Absente"' in page.html
    assert "The page “elle” does not exist yet. Create it." in page.html
    assert [link.exists for link in page.links] == [False, False]


def test_every_punctuation_in_a_title_reaches_the_resolver_as_typed() -> None:
    page = shown("[[L’équipe : qui ? #1 & co / <b>]]")
    assert page.links[0].exists
    assert page.links[0].target == "L’équipe : qui ? #1 & co / <b>"
    for title in ("a + b", "100 %", "a\\b", "a:b", "«a»", "emoji 🎉", "_x_ *y*", "a&amp"):
        assert shown(f"[[{title}]]").links[0].target == title


def test_an_external_link_says_so_and_gives_nothing_away() -> None:
    html = shown("[x](https://x.example/a?b=1&c=2)").html
    assert 'class="external"' in html
    assert 'rel="noopener noreferrer"' in html
    assert "https://x.example/a?b=1&amp;c=2" in html


@pytest.mark.parametrize(
    ("typed", "address", "after"),
    [
        ("voir https://x.example/a_b_c.", "https://x.example/a_b_c", "."),
        ("(https://x.example/a(b))", "https://x.example/a(b)", ")"),
        ("« https://x.example »", "https://x.example", " »"),
        ("https://x.example/é*", "https://x.example/é", "*"),
        ("<https://x.example/a>", "https://x.example/a", ""),
    ],
)
def test_bare_addresses_become_links_without_the_sentence_around(
    typed: str, address: str, after: str
) -> None:
    page = shown(typed)
    assert page.links == (LinkTarget("external", address, address),)
    assert page.html.endswith(f"</a>{after}</p>")


def test_a_picture_elsewhere_is_a_link_and_a_missing_one_says_so() -> None:
    page = shown("![Un logo](https://x.example/a.png) ![Plan](img/plan.png)")
    assert "<img" not in page.html
    assert '<a class="external external-image" href="https://x.example/a.png"' in page.html
    assert '<span class="missing-image" title="This picture is missing: img/plan.png">' in page.html
    assert page.text == "Un logo Plan"


def test_a_picture_inside_a_link_does_not_nest_links() -> None:
    page = shown("[![logo](https://x.example/a.png)](https://y.example)")
    assert page.html.count("<a ") == 1
    assert 'href="https://y.example"' in page.html


def test_links_are_listed_with_kind_key_and_label() -> None:
    page = shown("[[Congés|nos congés]] [[AG-2026-014]] [m](conges.md) ![Logo](img/logo.png)")
    assert page.links == (
        LinkTarget("page", "Congés", "nos congés", True, "7", "Congés"),
        LinkTarget("decision", "AG-2026-014", "AG-2026-014", True, "14"),
        LinkTarget("path", "conges.md", "m", True, "7"),
        LinkTarget("image", "img/logo.png", "Logo"),
    )


def test_links_in_hidden_comments_and_code_are_no_links() -> None:
    assert shown("<!-- [[Congés]] -->\n\n```\n[[Congés]]\n```\n\n`[[Congés]]`").links == ()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("java\tscript:x", "javascript:x"),
        ("javascript&colon;x", "javascript:x"),
        (" \x01https://x ", "https://x"),
        ("java\u200bscript:x", "javascript:x"),
    ],
)
def test_addresses_are_read_as_a_browser_reads_them(typed: str, read: str) -> None:
    assert clean_url(typed) == read


def test_an_anchor_is_found_from_any_spelling_of_its_heading() -> None:
    assert anchor("Cas 2 - La structure") == anchor("cas-2-la-structure") == "h-cas-2-la-structure"
