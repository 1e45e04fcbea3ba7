"""How a question is answered, the same for every backend (pure).

A backend only has to run a Plan and to name words that resemble one. First everything that was
asked is required; where that finds little, a letter or two may differ; where that finds little
too, one of the words is enough. What matches more comes first, always.
"""

from dataclasses import dataclass, replace

from intranet.search.analysis import occurrences
from intranet.search.edits import tolerance
from intranet.search.plan import (
    LITTLE,
    MAX_SIMILAR,
    SIMILAR_WEIGHT,
    Concept,
    Engine,
    Phrase,
    Plan,
    plan_for,
)
from intranet.search.port import MAX_START, Found, Hint, Hits, Query
from intranet.search.results import hit


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to an engine: by whom, and which page of the results."""

    engine: Engine
    audiences: frozenset[str]
    start: int
    limit: int
    facets: bool

    def run(self, plan: Plan, start: int, limit: int) -> tuple[int, list[Found]]:
        """The total and the documents from start on, best first."""
        return self.engine.run(plan, self.audiences, start, limit)

    def answer(self, plan: Plan, total: int, rows: list[Found], hint: Hint | None) -> Hits:
        """A page of results, counted by the plan that found the most."""
        counts = self.engine.facets(plan, self.audiences) if self.facets and total else ()
        return Hits(total, tuple(hit(row, plan.sought) for row in rows), hint, counts)


def climb(
    engine: Engine,
    query: Query,
    audiences: frozenset[str],
    start: int,
    limit: int,
    *,
    facets: bool = False,
) -> Hits:
    """Answer a question: a page of hits from the narrowest reading that finds enough."""
    plan = plan_for(query)
    nothing_asked = not (plan.words or plan.phrases or plan.excluded or query.is_filtered)
    if nothing_asked or not audiences or not 0 <= start <= MAX_START:
        return Hits(0, (), query.hint or Hint("empty"))
    asked = Asked(engine, audiences, start, limit, facets)
    total, found = asked.run(plan, start, limit)
    if total >= LITTLE or not plan.words:
        return asked.answer(plan, total, found, query.hint)
    if start:
        found = asked.run(plan, 0, LITTLE)[1]
    return _wide(asked, plan, found)


def _wide(asked: Asked, plan: Plan, exact: list[Found]) -> Hits:
    """Exact results first, then those that resemble, then those that have some of the words."""
    total, first = len(exact), {row.key: row for row in exact}
    slips = _slips(asked, plan)
    widest = similar = _widened(plan, slips)
    steps = [(similar, "similar_words")] if slips else []
    if len(plan.words) > 1:
        steps.append((replace(similar, match_all=False), "some_words"))
    hint = plan.query.hint
    for step, code in steps:
        found_total, rows = asked.run(step, 0, asked.start + asked.limit + len(first))
        if found_total > total:
            total, widest = found_total, step
            hint = hint or Hint(code, meant=_meant(plan.query, slips, rows))
        first |= {row.key: row for row in rows if row.key not in first}
        if total >= LITTLE:
            break
    page = list(first.values())[asked.start : asked.start + asked.limit]
    return asked.answer(widest, total, page, hint)


def _slips(asked: Asked, plan: Plan) -> dict[Phrase, tuple[str, ...]]:
    """What may have been meant by each word that finds nothing among what may be read.

    Asking the documents of the reader, and not the whole index, tells nobody that a word stands
    in what they may not read."""
    found: dict[Phrase, tuple[str, ...]] = {}
    for word in plan.words:
        names = [n for n in word[0].names if tolerance(len(n)) and n.isalpha()]
        if len(word) > 1 or not names:
            continue
        alone = Plan(query=Query(text="", hidden=plan.query.hidden), words=(word,))
        if asked.run(alone, 0, 1)[0]:
            continue
        near = {term for name in names for term in asked.engine.similar(name)}
        terms = sorted(near.difference(word[0].names), key=lambda t: _first_letters(t, names[0]))
        if terms:
            found[word] = tuple(terms[:MAX_SIMILAR])
    return found


def _first_letters(term: str, typed: str) -> tuple[int, int, str]:
    """Nearest first: the length, then the letters in common from the beginning."""
    same = next((i for i, (x, y) in enumerate(zip(term, typed, strict=False)) if x != y), 99)
    return abs(len(term) - len(typed)), -same, term


def _widened(plan: Plan, slips: dict[Phrase, tuple[str, ...]]) -> Plan:
    words = (_with_similar(word, slips.get(word, ())) for word in plan.words)
    return replace(plan, words=tuple(words))


def _with_similar(word: Phrase, similar: tuple[str, ...]) -> Phrase:
    if not similar:
        return word
    return (Concept(word[0].terms + tuple((term, SIMILAR_WEIGHT) for term in similar)),)


def _meant(query: Query, slips: dict[Phrase, tuple[str, ...]], rows: list[Found]) -> str:
    """The question with its slips mended, in words of what was found; empty without any."""
    mended = query.text
    for typed in query.words:
        word = next((w for w in slips if w in plan_for(Query(typed, words=(typed,))).words), None)
        written = _written(rows, slips[word]) if word else ""
        if written:
            mended = mended.replace(typed, written)
    return mended if mended != query.text else ""


def _written(rows: list[Found], terms: tuple[str, ...]) -> str:
    """How the best results write one of these terms."""
    wanted = frozenset(terms)
    for row in rows:
        for text in (row.title, row.body):
            for one in occurrences(text, row.language, wanted):
                return text[one.start : one.end].lower()
    return ""
