import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from intranet.search.analysis import MAX_TOKENS, join_numbers, occurrences, readings, terms


def found(text: str, language: str = "fr") -> list[str]:
    return [t.term for t in terms(text, language) if not t.is_stop]


@pytest.mark.parametrize(
    "forms",
    [
        "décision décisions Décision DECISIONS de\u0301cision",
        "associé associée associés associées associé·e associé·e·s associé•e•s associé.e.s"
        " associé(e)s associé(e)(s) associé-e-s associé⋅e⋅s associé‧es",
        "égalité égalités",
        "coopérateur coopérateurs coopératrice coopératrices coopérateur·rice·s coopérateur/trice",
        "assemblée assemblees l’assemblée L'Assemblée l´assemblée lʼassemblée",
        "vélo vélos VÉLO",
        "télétravail teletravail",
        "congé congés",
        "élu élue élus élues élu(e)s élu·es",
        "voté vote votes votée voter",
        "œuvre oeuvre ŒUVRES",
        "qualiﬁer qualifier",
        "général générale généraux",
        "travail travaux",
        "remboursement rembourser remboursé",
        "collectif collective collectifs",
        "sociétaire sociétaires",
        "salarié salariée salarié•e•s salariés",
        "sympathisant sympathisante sympathisant·e·s",
        "bureau bureaux",
        "aujourd’hui aujourd'hui",
        "as\u00adsocié associé",
    ],
)
def test_the_forms_of_a_french_word_share_one_term(forms: str) -> None:
    assert len(set(found(forms))) == 1, found(forms)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("salaire", "salarié"),
        ("association", "associé"),
        ("département", "départ"),
        ("coopérative", "coopérateur"),
        ("règle", "règlement"),
    ],
)
def test_different_french_words_keep_different_terms(one: str, other: str) -> None:
    assert found(one) != found(other)


@pytest.mark.parametrize(
    "forms",
    ["vote votes voted voting", "policy policies", "member members member's", "process processes",
     "organisation organization organisations", "working works worked"],
)  # fmt: skip
def test_the_forms_of_an_english_word_share_one_term(forms: str) -> None:
    assert len(set(found(forms, "en"))) == 1, found(forms, "en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tou.te.s", ["tous"]),
        ("celles·ceux", ["celles", "ceux"]),
        ("procès-verbal", ["proc", "verbal"]),
        ("vote-secret", ["vot", "secret"]),
        ("égalité/parité", ["egalit", "parit"]),
        ("fin.Les", ["fin", "les"]),
        ("3 000 €", ["3000"]),
        ("3\u202f000\u00a0000", ["3000000"]),
        ("2024 017", ["2024", "017"]),
        ("25%", ["25"]),
        ("n° 12", ["n", "12"]),
        ("art. 4-1", ["art", "4-1", "4", "1"]),
        ("SCOP-2024-017", ["scop-2024-017", "scop", "2024", "017"]),
        ("AG‑2026‑014", ["ag-2026-014", "ag", "2026", "014"]),
        ("2.8", ["2-8", "2", "8"]),
        ("l'ag", ["ag"]),
        ("qu’on jusqu’à", ["on", "a"]),
        ("snake_case", ["snak", "cas"]),
        ("", []),
        ("· ( ' -", []),
    ],
)
def test_marks_join_or_separate(text: str, expected: list[str]) -> None:
    assert [t.term for t in terms(text, "fr")] == expected


def test_tokens_know_their_place_in_the_original_text() -> None:
    text = "  L’AssemblÉe des associé·e·s, de\u0301cision n° 3 000."
    places = {t.term: text[t.start : t.end] for t in terms(text, "fr")}
    assert places["assembl"] == "AssemblÉe"
    assert places["associ"] == "associé·e·s"
    assert places["decision"] == "de\u0301cision"
    assert places["3000"] == "3 000"


def test_stop_words_and_whole_codes_take_no_position() -> None:
    placed = [(t.term, t.position) for t in terms("ordre du jour SCOP-2024 fin", "fr")]
    assert placed == [
        ("ordr", 0), ("du", 1), ("jour", 1), ("scop-2024", 2), ("scop", 2), ("2024", 3), ("fin", 4),
    ]  # fmt: skip


def test_a_question_is_read_in_both_languages() -> None:
    (_, stems), *_ = readings("voting")
    assert stems == {"voting", "vot"}


def test_numbers_are_joined_before_a_question_is_cut_at_its_spaces() -> None:
    assert join_numbers("prime 3 000 € en 2024 017") == "prime 3000 € en 2024 017"


@pytest.mark.parametrize(
    "text",
    ["a" * 500_000, "a-" * 300_000, "a'" * 300_000, "(" * 300_000, "1 000" * 100_000,
     "\u0301" * 300_000, "a)(" * 200_000],
)  # fmt: skip
def test_no_text_takes_long_or_grows_without_end(text: str) -> None:
    started = time.thread_time()
    assert len(terms(text, "fr")) <= MAX_TOKENS + 1
    assert time.thread_time() - started < 5


@given(st.text(), st.sampled_from(["fr", "en", "", "de"]))
def test_any_text_has_terms_in_order_and_within_it(text: str, language: str) -> None:
    tokens = terms(text, language)
    assert all(0 <= t.start < t.end <= len(text) and t.term for t in tokens)
    assert [t.position for t in tokens] == sorted(t.position for t in tokens)
    assert not any(c.isspace() for t in tokens for c in t.term)


@given(st.text())
def test_both_languages_cut_a_text_at_the_same_places(text: str) -> None:
    cuts = [[(t.start, t.end, t.position) for t in terms(text, lang)] for lang in ("fr", "en")]
    assert cuts[0] == cuts[1]


@given(
    st.text(alphabet="aéE ŒœΩ🙂0125?’\u202f\u00a0\u00ad\u0301\x85\ufffd·(/)", max_size=60),
    st.integers(0, 9),
)
@example(
    "Quoi ? 3 000 € ou 12\u202f000, l’Ωμέγα 🙂 d’été, vélo\u00adroute, œuvre, e\u0301te\u0301", 0
)
def test_occurrences_are_the_wanted_terms_at_their_places(text: str, nth: int) -> None:
    tokens = [t for t in terms(text, "fr") if not t.is_whole_code]
    wanted = frozenset(t.term for t in tokens[nth::3])
    expected = [(t.term, t.start, t.end) for t in tokens if t.term in wanted]
    assert [tuple(o) for o in occurrences(text, "fr", wanted)] == expected
