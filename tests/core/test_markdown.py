import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor

from intranet.core.blocks import split_blocks
from intranet.core.markdown import LIMIT_AMPERSANDS, LIMIT_CHARACTERS, TooLong, _local, render
from intranet.core.markdown_budget import LIMIT_BLOCKS, Budget, bracket_steps
from intranet.core.markdown_inline import SIGN, OnlyWhereSigned
from intranet.core.markdown_links import NoLinks
from tests.core.corpus import corpus_texts
from tests.core.html_check import faults_of, ids_of
from tests.core.markdown_samples import ODD_SOURCE

SIGNED = (
    "Une *note*[^1] et la suite.\n\nSans signe.\n\n[^1]: Dite ici.",
    "La SCOP décide.\n\n*[SCOP]: société coopérative",
    "Deux espaces  \nà la ligne\n\n- un\n- deux `code`\n\n> cité, sans signe",
    "Voir https://example.org/a_b.\n\n| a | b |\n|---|---|\n| *c* | d |",
    "[un]: /un\n\nVoir [un].\n\n<kbd>x</kbd> &eacute; $a+b$ ~~non~~",
)


def html(source: str, **options: str) -> str:
    return render(source, NoLinks(), language="en", **options).html  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("==mark== ~~del~~", "<p><mark>mark</mark> <del>del</del></p>"),
        ("a ~ b ~ c = d = e", "<p>a ~ b ~ c = d = e</p>"),
        ("snake_case_word", "<p>snake_case_word</p>"),
        ("C:\\dossier \\*x\\*", "<p>C:\\dossier *x*</p>"),
        ("&eacute; &amp; &lt;b&gt;", "<p>é &amp; &lt;b&gt;</p>"),
        ("<kbd>Ctrl</kbd><br>H<sub>2</sub>O", "<p><kbd>Ctrl</kbd><br>H<sub>2</sub>O</p>"),
        ("<u>a</u> <I>b</I>", "<p><u>a</u> <em>b</em></p>"),
        ('<abbr title="Assemblée">AG</abbr>', '<p><abbr title="Assemblée">AG</abbr></p>'),
        ("<div>x</div>", "<p>&lt;div&gt;x&lt;/div&gt;</p>"),
        ("<Button to='x'/>", "<p>&lt;Button to='x'/&gt;</p>"),
        ("`<!-- x -->`", "<p><code>&lt;!-- x --&gt;</code></p>"),
        ("a <!-- b --> c", "<p>a  c</p>"),
        ("avant <!-- deux\nlignes --> après", "<p>avant  après</p>"),
        ("a <!-- jamais fermé", "<p>a &lt;!-- jamais fermé</p>"),
        (
            "$a_1 + b_1$ et 5 $ ou $6",
            '<p><code class="language-math">a_1 + b_1</code> et 5 $ ou $6</p>',
        ),
        ("<a id='Été'></a>x", '<p><a id="h-ete"></a>x</p>'),
        ("AG\n\n*[AG]: Assemblée", '<p><abbr title="Assemblée">AG</abbr></p>'),
        ("[[toc]]\n\nx", "<p>x</p>"),
        ("CO~2~", "<p>CO~2~</p>"),
        ("salarié·e·s • 1 000 € : « oui »", "<p>salarié·e·s • 1 000 € : « oui »</p>"),
        ("\x00a\x02b\x03\ud800", "<p>\ufffda\ufffdb\ufffd\ufffd</p>"),
    ],
)
def test_signs_inside_a_line(source: str, shown: str) -> None:
    assert html(source) == shown


def test_fences_keep_their_text_and_name_their_language() -> None:
    assert html("```Python title=x\nif a < b:\n    pass\n```") == (
        '<pre tabindex="0"><code class="language-python">if a &lt; b:\n    pass\n</code></pre>'
    )
    assert "language" not in html('```"onclick="x\ny\n```')


def test_comments_are_hidden_wherever_they_stand() -> None:
    source = (
        "1. un\n1. deux\n<!-- 1. trois\n\ncaché -->\n\n- a\n  <!-- caché -->\n\n> <!-- caché -->\n"
    )
    page = render(source, NoLinks(), language="en")
    assert "caché" not in page.html
    assert "caché" not in page.text
    assert page.text == "un\ndeux\na"


def test_tasks_show_their_state_without_a_form() -> None:
    assert html("- [ ] à faire\n- [x] fait") == (
        '<ul class="task-list"><li class="task"><span class="task-mark">☐</span>\nà faire</li>'
        '<li class="task done"><span class="task-mark">☑</span>\nfait</li></ul>'
    )


@pytest.mark.parametrize(
    "source",
    [
        "> [!WARNING]\n> Texte **fort**",
        "!!! warning\n    Texte **fort**",
        "::: warning\nTexte **fort**\n:::",
    ],
)
def test_callouts_in_three_spellings(source: str) -> None:
    assert html(source) == (
        '<div class="callout warning"><p class="callout-title">Warning</p>'
        "<p>Texte <strong>fort</strong></p></div>"
    )


def test_a_callout_has_the_title_its_author_gave() -> None:
    for source in ('!!! tip "À *retenir*"\n    x', "::: tip À *retenir*\nx\n:::"):
        assert '<p class="callout-title">À <em>retenir</em></p>' in html(source)


def test_an_unknown_callout_is_a_quote() -> None:
    assert html("> [!SCRIPT]\n> x").startswith("<blockquote>")


def test_tables_keep_alignment_code_and_links_with_bars() -> None:
    shown = html("| a | b |\n|:-:|--:|\n| `x|y` | [[Page|titre]] |")
    assert '<th class="align-center" scope="col">a</th>' in shown
    assert '<td class="align-center"><code>x|y</code></td>' in shown
    assert '<td class="align-right"><span class="red-link">titre</span></td>' in shown


def test_footnotes_are_linked_both_ways_and_named() -> None:
    page = render("Texte[^a].\n\n[^a]: La note.\n\n    Sa suite.\n", NoLinks(), language="en")
    assert '<a class="footnote-ref" href="#fn:a">1</a>' in page.html
    assert 'aria-label="Back to the text of note 1"' in page.html
    assert page.blocks[-1].kind == "footnotes"
    assert page.text == "Texte.\nLa note.\nSa suite."


def test_definitions_and_details() -> None:
    assert html("Terme\n:   Sens") == "<dl><dt>Terme</dt><dd>Sens</dd></dl>"
    assert html("<details>\n<summary>Voir</summary>\n\n- a\n\n</details>") == (
        "<details><summary>Voir</summary><ul><li>a</li></ul></details>"
    )


def test_the_table_of_contents_starts_below_the_page_title() -> None:
    source = "### Un *titre*[^1]\n\n#### Sous-titre {#ancre}\n\n### Un titre\n\n[^1]: x\n"
    page = render(source, NoLinks(), language="en")
    assert [(h.level, h.id, h.title) for h in page.toc] == [
        (2, "h-un-titre", "Un titre"),
        (3, "h-ancre", "Sous-titre"),
        (2, "h-un-titre-2", "Un titre"),
    ]
    assert all(f'id="{heading.id}"' in page.html for heading in page.toc)


def test_anchors_never_collide_and_never_name_our_own_elements() -> None:
    ids = ids_of(html("# main\n\n# main\n\n# main-2\n\n# csrf_token\n\n<a id='main'></a>\n"))
    assert len(ids) == len(set(ids)) == 5
    assert all(i.startswith("h-") for i in ids)


def test_a_scope_keeps_two_texts_of_one_page_apart() -> None:
    page = render("# A\n\n[x](#a) y[^1]\n\n[^1]: n\n", NoLinks(), language="en", scope="c7-")
    assert page.toc[0].id == "c7-h-a"
    assert all(i.startswith("c7-") for i in ids_of(page.html))
    assert 'href="#c7-h-a"' in page.html
    assert 'href="#c7-fn:1"' in page.html


def test_each_block_carries_its_id() -> None:
    source = "---\ntitle: x\n---\n# A\n\nTexte.\n\n<!-- caché -->\n\n- a\n"
    ids = [f"id{n}" for n in range(len(split_blocks(source)))]
    page = render(source, NoLinks(), language="en", block_ids=ids)
    assert [(b.id, b.kind) for b in page.blocks] == [
        ("id1", "heading"),
        ("id2", "paragraph"),
        ("id3", "html"),
        ("id4", "list"),
    ]
    assert '<div class="block" data-kind="paragraph" id="b-id2"><p>Texte.</p></div>' in page.html
    with pytest.raises(ValueError, match="ids for"):
        render(source, NoLinks(), language="en", block_ids=ids[1:])


@given(ODD_SOURCE)
def test_any_source_has_one_rendered_block_for_each_block(source: str) -> None:
    blocks = [block for block in split_blocks(source) if block.text]
    ids = [f"i{n}" for n in range(len(blocks))]
    page = render(source, NoLinks(), language="en", block_ids=ids)
    has_header = bool(blocks) and blocks[0].kind == "front_matter"
    assert [(b.id, b.kind) for b in page.blocks if b.kind != "footnotes"] == [
        (i, b.kind) for i, b in zip(ids, blocks, strict=True)
    ][has_header:]


def test_a_text_above_the_limit_is_refused_with_its_length() -> None:
    with pytest.raises(TooLong) as refusal:
        html("a" * 1_000_000)
    assert refusal.value.length == 1_000_000
    assert len(html("a" * LIMIT_CHARACTERS)) > LIMIT_CHARACTERS


@pytest.mark.parametrize(
    "source",
    [
        "# a\n" * (LIMIT_BLOCKS + 1),
        "- a\n" * (LIMIT_BLOCKS + 1),
        "&" * (LIMIT_AMPERSANDS + 1),
        "|a|\n|-|\n" + "|b|\n" * LIMIT_BLOCKS,
        "[^1]: a\n\n" * LIMIT_BLOCKS,
    ],
)
def test_a_text_of_too_many_parts_is_refused(source: str) -> None:
    with pytest.raises(TooLong):
        html(source)


@pytest.mark.parametrize("sign", ["[", "![", "*a", "a`", "[a](", "a_", "<b", "[[", "]("])
def test_a_paragraph_of_signs_is_shown_as_it_was_typed(sign: str) -> None:
    source = sign * 10_000
    page = render(source, NoLinks(), language="en")
    assert page.text == source
    assert page.links == ()


def test_formatting_stops_when_the_text_has_spent_its_budget() -> None:
    budget = Budget()
    dense = "*a* " * 500
    count = sum(budget.affords(dense) for _ in range(100))
    assert 0 < count < 100
    assert budget.spent <= Budget.LIMIT_TEXT
    assert budget.affords("court")


def test_brackets_cost_the_way_to_their_partner() -> None:
    assert bracket_steps("[ab](cd) [e]") == 3 + 2 + 2
    assert bracket_steps("[" * 100) == sum(range(1, 101))
    assert bracket_steps("\\[\\[ \\](") == 0


def test_deep_nesting_ends_as_plain_text() -> None:
    for sign in ("> ", "- "):
        page = render(sign * 500 + "fin", NoLinks(), language="en")
        assert page.text.endswith("fin")
        assert page.html.count("<blockquote>") + page.html.count("<ul>") <= 20


def test_threads_do_not_mix_their_texts() -> None:
    def one(number: int) -> bool:
        notes = f"[^1]: note {number}\n\n*[AG]: {number}\n\n[r]: /{number}"
        source = f"# T{number}\n\nx[^1] AG [r]\n\n{notes}"
        page = render(source, NoLinks(), language="en")
        return page.html.count(str(number)) >= 4 and page.toc[0].title == f"T{number}"

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(one, range(1000, 1120)))


def test_one_text_leaves_nothing_behind_for_the_next() -> None:
    html("AG [a] x[^1]\n\n*[AG]: Assemblée\n\n[a]: /b\n\n[^1]: note")
    assert html("AG [a] x[^1]") == "<p>AG [a] x[^1]</p>"


def test_every_real_text_renders_safely_and_keeps_its_words() -> None:
    for name, text in corpus_texts():
        page = render(text, NoLinks(), language="fr")
        assert faults_of(page.html) == [], name
        body = [block.text for block in split_blocks(text) if block.kind == "paragraph"]
        lines = [line for line in "\n".join(body).split("\n") if not line.startswith("*[")]
        words = [word for word in " ".join(lines).split() if word.isalpha()]
        kept = sum(word in page.text for word in words)
        assert kept == len(words), name


def test_the_seed_shows_three_statuses_and_hides_the_fourth() -> None:
    text = next(text for _, text in corpus_texts() if "Intégrer la coopérative multi" in text[:60])
    page = render(text, NoLinks(), language="fr")
    assert "title:" not in page.text
    assert page.toc[0].level == 2
    assert "associé·e salarié·e" in page.text
    assert "associé·e extérieur·e" not in page.html


def test_random_signs_are_answered() -> None:
    chance = random.Random(3)
    signs = "*_`[]()<>!#-+|~=$&\\\n\n  ab:\"'"
    for _ in range(20):
        source = "".join(chance.choice(signs) for _ in range(5000))
        assert faults_of(html(source)) == []


def test_a_note_cited_a_thousand_times_is_answered() -> None:
    page = render(("a[^1] " * 25 + "\n\n") * 40 + "[^1]: " + "[" * 10_000, NoLinks(), language="en")
    assert page.html.count('class="footnote-ref"') == 1000
    assert len(set(ids_of(page.html))) == len(ids_of(page.html))


@pytest.mark.parametrize("line", ['!!! note "a{}b"\n    Corps', "# a{}{{#b", "# a{}b {{#c}}"])
def test_i4_no_line_takes_longer_than_its_length(line: str) -> None:
    began = time.thread_time()
    html(line.format(" " * 50_000))
    assert time.thread_time() - began < 2


@given(st.text("aé1 \n!()[]{}>#-+.,;:/'\"|^@?%«»—http", max_size=60))
def test_a_text_without_a_sign_is_read_as_it_stands(text: str) -> None:
    assume(not SIGN.search(text))
    assert not [one for one in _local.machine.inlinePatterns if one.compiled_re.search(text)]


def all_read(source: str) -> str:
    """What every block being read for signs gives."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OnlyWhereSigned, "run", InlineTreeprocessor.run)
        return html(source)


@pytest.mark.parametrize("source", SIGNED)
def test_blocks_without_signs_are_left_out_and_nothing_else(source: str) -> None:
    assert html(source) == all_read(source)


@given(ODD_SOURCE)
def test_leaving_blocks_out_changes_nothing(source: str) -> None:
    assert html(source) == all_read(source)
