"""The tables of the PostgreSQL backend and the statements that fill and ask them.

No extension and no language configuration are used: the vectors are made of our own terms.
Weights: A title, B headings, C tags, D body. PostgreSQL keeps 16,383 positions of a text; words
beyond them are found, but not as phrases.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from intranet.search.analysis import Token
from intranet.search.fields import Analysed
from intranet.search.plan import Concept, Phrase, Plan

TABLES = """
CREATE TABLE search_document{suffix} (
    key text PRIMARY KEY, shown bytea NOT NULL, dated_on date, labels text[] NOT NULL,
    label_words text[] NOT NULL, factor real NOT NULL, lengths integer[] NOT NULL,
    terms tsvector NOT NULL, title_terms tsvector NOT NULL
);
CREATE TABLE search_word{suffix} (
    word text COLLATE "C" PRIMARY KEY, drow text COLLATE "C" NOT NULL
);
CREATE TABLE search_stamp{suffix} (
    schema integer NOT NULL, event bigint, usual_lengths real[] NOT NULL
)
"""
INDEXES = """
CREATE INDEX ON search_document{suffix} USING gin (terms);
CREATE INDEX ON search_document{suffix} USING gin (title_terms);
CREATE INDEX ON search_word{suffix} (drow)
"""
# In the order in which readers take them, so that nobody waits for each other in a ring.
SWAP = """
DROP TABLE IF EXISTS search_stamp, search_document, search_word;
ALTER TABLE search_document_next RENAME TO search_document;
ALTER TABLE search_word_next RENAME TO search_word;
ALTER TABLE search_stamp_next RENAME TO search_stamp
"""
UPSERT = """
INSERT INTO search_document{suffix} VALUES (
    :key, :shown, :dated_on, :labels, :label_words, :factor, :lengths, CAST(:terms AS tsvector),
    CAST(:title_terms AS tsvector))
ON CONFLICT (key) DO UPDATE SET
    shown = excluded.shown, dated_on = excluded.dated_on, labels = excluded.labels,
    label_words = excluded.label_words, factor = excluded.factor, lengths = excluded.lengths,
    terms = excluded.terms, title_terms = excluded.title_terms
"""
WORDS = """
INSERT INTO search_word{suffix} SELECT word, reverse(word) FROM unnest(CAST(:words AS text[])) word
ON CONFLICT DO NOTHING
"""
STAMP = """
INSERT INTO search_stamp{suffix} (schema, usual_lengths)
SELECT :schema, ARRAY[coalesce(avg(lengths[1]), 1), coalesce(avg(lengths[2]), 1),
    coalesce(avg(lengths[3]), 1), coalesce(avg(lengths[4]), 1)] FROM search_document{suffix}
"""
# With one letter wrong, two words share their first or their last half; with two, their first
# third or their last one, or else what lies between.
SIMILAR = """
SELECT word FROM search_word
WHERE length(word) BETWEEN :shortest AND :longest AND (word LIKE :head OR drow LIKE :tail)
"""
# The first ones by a quick measure, with where the words stand in them, to be scored well.
FOUND = """
WITH found AS (
    SELECT key, {rough} AS score, dated_on AS day, count(*) OVER () AS total
    FROM search_document WHERE {conditions}
    ORDER BY score DESC, day DESC NULLS LAST, key LIMIT :limit OFFSET :start)
SELECT found.total, found.score, d.key, d.factor, d.lengths, d.dated_on, ARRAY(
    SELECT jsonb_build_array(lexeme, positions, weights) FROM unnest(d.terms)
    WHERE lexeme = ANY(:lexemes)) AS places
FROM found JOIN search_document d USING (key)
ORDER BY found.score DESC, found.day DESC NULLS LAST, d.key
"""
# The titles are counted in a vector of their own: to tell the fields apart, PostgreSQL would have
# to unpack the whole text of each document that has the word.
FREQUENCIES = """
SELECT (SELECT count(*) FROM search_document), (SELECT usual_lengths FROM search_stamp), ARRAY(
    SELECT (SELECT count(*) FROM search_document WHERE title_terms @@ CAST(asked.query AS tsquery))
    FROM unnest(CAST(:queries AS text[])) WITH ORDINALITY asked(query, place) ORDER BY place),
ARRAY(
    SELECT (SELECT count(*) FROM search_document WHERE terms @@ CAST(asked.query AS tsquery))
    FROM unnest(CAST(:queries AS text[])) WITH ORDINALITY asked(query, place) ORDER BY place)
"""
FACETS = """
SELECT label, min(label_word) AS words, count(*) AS number
FROM search_document, unnest(labels, label_words) AS carried(label, label_word)
WHERE {conditions} GROUP BY label
"""

FIELD_WEIGHTS = "{0.2, 0.4, 0.4, 1.0}"
"""What a word is worth in D, C, B and A, for the quick measure."""
_LETTERS = {"title": "A", "headings": "B", "tags": "C", "body": "D"}
_GAP = 8
_LAST_POSITION = 16_383
_MOST_PLACES = 255


def quoted(term: str) -> str:
    """A term as PostgreSQL reads it in a vector or a query, whatever characters it has."""
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def vector(fields: Analysed, only: str = "") -> str:
    """The text of a tsvector: every term with its positions and weights, of one field or of all."""
    places: list[tuple[str, int, str]] = []
    start = 1
    for name, tokens in fields.each():
        if only and name != only:
            continue
        letter = _LETTERS[name]
        places += [(t.term, start + t.position, letter) for t in tokens]
        start += (tokens[-1].position + _GAP) if tokens else 0
    return " ".join(
        f"{quoted(term)}:{','.join(_listed(group))}"
        for term, group in groupby(sorted(places), key=lambda place: place[0])
    )


def _listed(places: Iterable[tuple[str, int, str]]) -> list[str]:
    found = [f"{min(position, _LAST_POSITION)}{letter}" for _, position, letter in places]
    return found[:_MOST_PLACES]


def places(found: Iterable[Sequence[Any]]) -> dict[str, list[tuple[int, int]]]:
    """Where the terms stand, from what FOUND gives: field, from 0 for the title, and position."""
    return {
        term: [(ord(letter) - ord("A"), place) for place, letter in zip(at, weights, strict=True)]
        for term, at, weights in found
        if at
    }


def words(fields: Analysed) -> set[str]:
    """The words a typing mistake may have missed."""
    return {t.term for _, tokens in fields.each() for t in tokens if _is_word(t)}


def _is_word(token: Token) -> bool:
    return len(token.term) > 2 and token.term.isalpha()


def _any_of(concept: Concept) -> str:
    return "(" + " | ".join(quoted(name) for name in concept.names) + ")"


def side_by_side(phrase: Phrase) -> str:
    """The query for concepts that follow each other."""
    return "(" + " <-> ".join(_any_of(concept) for concept in phrase) + ")"


def any_way(plan: Plan, word: Phrase) -> str:
    """The query for a word, or for what the cooperative also calls it."""
    return "(" + " | ".join(side_by_side(way) for way in plan.ways(word)) + ")"


def match(plan: Plan) -> str:
    """The query that a document has to answer; empty when anything will do."""
    parts = [side_by_side(phrase) for phrase in plan.phrases]
    if plan.words:
        joint = " & " if plan.match_all else " | "
        parts.append("(" + joint.join(any_way(plan, word) for word in plan.words) + ")")
    parts += [f"!{side_by_side(phrase)}" for phrase in plan.excluded]
    return " & ".join(parts)
