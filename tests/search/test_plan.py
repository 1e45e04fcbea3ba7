from collections.abc import Iterable

from intranet.search.ladder import climb
from intranet.search.parsing import parse_query
from intranet.search.plan import Plan, plan_for
from intranet.search.port import Facet, Found


def names(typed: str) -> list[tuple[tuple[str, ...], ...]]:
    return [tuple(c.names for c in word) for word in plan_for(parse_query(typed)).words]


def test_stop_words_are_welcome_and_not_required() -> None:
    plan = plan_for(parse_query("ordre du jour"))
    assert [word[0].names for word in plan.words] == [("ordr",), ("jour",)]
    assert [concept.names for concept in plan.welcome] == [("du",)]


def test_stop_words_alone_are_required() -> None:
    assert names("qui nous") == [(("qui",),), (("nous",),)]


def test_the_parts_of_a_code_stand_side_by_side() -> None:
    assert names("scop-2024-017") == [(("scop",), ("2024",), ("017",))]


def test_a_repeated_word_counts_once() -> None:
    assert len(names("vélo velo vélos")) == 1


class _Recorded:
    """An engine of three documents that records what it is asked."""

    def __init__(self) -> None:
        self.plans: list[Plan] = []

    def run(
        self, plan: Plan, audiences: frozenset[str], start: int, limit: int
    ) -> tuple[int, list[Found]]:
        self.plans.append(plan)
        if not plan.query.text:
            return 0, []  # None of the words alone.
        keys = (
            ["exact"]
            if plan.words == plan_for(plan.query).words and plan.match_all
            else ["other", "exact", "third"]
        )
        rows = [Found(k, "page", k, "", "fr", "", "", "", None, (), (), (), 1.0) for k in keys]
        return len(rows), rows[start : start + limit]

    def facets(self, plan: Plan, audiences: frozenset[str]) -> tuple[Facet, ...]:
        return ()

    def similar(self, term: str) -> Iterable[str]:
        return {"velos"} if term == "velo" else ()


def test_little_is_widened_and_exact_results_stay_first() -> None:
    engine = _Recorded()
    hits = climb(engine, parse_query("vélo bleu"), frozenset({"members"}), 0, 10)
    assert [hit.key for hit in hits.hits] == ["exact", "other", "third"]
    assert hits.hint is not None
    assert hits.hint.code == "similar_words"
    assert engine.plans[-1].words[0][0].terms == (("velo", 1.0), ("velos", 0.4))


def test_pages_of_a_widened_answer_do_not_overlap() -> None:
    query, everyone = parse_query("vélo bleu"), frozenset({"members"})
    pages = [climb(_Recorded(), query, everyone, start, 2).hits for start in (0, 2)]
    assert [hit.key for page in pages for hit in page] == ["exact", "other", "third"]


def test_nobody_and_nothing_are_not_asked_of_the_engine() -> None:
    engine = _Recorded()
    assert climb(engine, parse_query("vélo"), frozenset(), 0, 10).total == 0
    assert climb(engine, parse_query(""), frozenset({"members"}), 0, 10).hint is not None
    assert engine.plans == []
