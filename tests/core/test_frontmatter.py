import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.core.dates import parse_date
from intranet.core.frontmatter import LIMIT_BYTES, header_end, split
from tests.core.corpus import corpus_texts

SEED = (
    "---\ntitle: Intégrer la coopérative multi\ntags: [ multi ]\n"
    "created: 22/01/2021\n---\n\n### Corps\n"
)


def test_the_header_gives_its_values_and_the_body_stays_untouched() -> None:
    page = split(SEED)
    assert page.values == {
        "title": "Intégrer la coopérative multi",
        "tags": ["multi"],
        "created": "22/01/2021",
    }
    assert page.body == "\n### Corps\n"
    assert parse_date(str(page.values["created"])) is not None
    assert page.problem == ""


@pytest.mark.parametrize("title", ["yes", "2024", "null", "1.10", "2021-03-15", "~", "0x1F"])
def test_a_title_stays_the_words_that_were_typed(title: str) -> None:
    assert split(f"---\ntitle: {title}\n---\n").values == {"title": title}


@pytest.mark.parametrize(
    "header",
    [
        "title: a: b",
        "title: [",
        "title: 'a",
        "a: &x b\nc: *x",
        "title: x\n\ttab: y",
        "a: " + "[" * 5000,
        "a: " + "{x: " * 500,
        "? [a]\n: b\nkey: c",
        "title: @x",
        "key: x\n- item",
    ],
)
def test_a_header_that_cannot_be_read_gives_a_problem_in_words(header: str) -> None:
    source = f"---\n{header}\n---\nbody\n"
    page = split(source)
    assert page.values == {}
    assert page.problem
    assert "\n" not in page.problem
    assert page.raw + page.body == source
    assert page.body == "body\n"


def test_a_header_cannot_build_objects() -> None:
    page = split("---\nrole: !!python/object/apply:os.system ['true']\n---\n")
    assert page.values == {"role": ["true"]}


@pytest.mark.parametrize(
    "source",
    [
        "",
        "text",
        "---",
        "---\n",
        "---\nno closing: here\n",
        "---\n---\ntwo rules",
        "---\nA paragraph between two rules.\n---\n",
        " ---\na: b\n---\n",
        "text\n---\na: b\n---\n",
    ],
)
def test_a_rule_across_the_page_is_no_header(source: str) -> None:
    page = split(source)
    assert (page.raw, page.body, page.problem) == ("", source, "")


def test_a_header_may_follow_a_byte_order_mark() -> None:
    page = split("\ufeff---\r\ntitle: x\r\n---\r\nbody")
    assert page.values == {"title": "x"}
    assert page.body == "body"


def test_a_header_beyond_64_kilobytes_is_text_with_a_warning() -> None:
    source = "---\na: " + "é" * (LIMIT_BYTES // 2) + "\n---\nbody\n"
    page = split(source)
    assert page.body == source
    assert "64 KB" in page.problem


@given(st.text(alphabet="-\n\r :ab&*[]{}'\"!|>#\t\ufeffé", max_size=80))
def test_any_source_is_cut_without_loss(text: str) -> None:
    for source in (text, "---\n" + text, "---\na: b\n" + text + "\n---\n" + text):
        page = split(source)
        assert page.raw + page.body == source
        assert len(page.raw) == header_end(source)


def test_real_files_keep_their_headers() -> None:
    texts = corpus_texts()
    assert all((p := split(text)).raw + p.body == text for _, text in texts)
    assert sum(bool(split(text).raw) for _, text in texts) >= 117 + 49 + 1
    # The one header that is no YAML is a form to fill in, with {braces} for the answers.
    assert [name for name, text in texts if split(text).problem] == ["TEMPLATE.md"]
