"""The tables of the PostgreSQL backend and the statements that fill and ask them.

No extension and no language configuration are used: the vectors are made of our own terms.
Weights: A title, B headings, C tags, D body. PostgreSQL keeps 16,383 positions of a text; words
beyond them are found, but not as phrases.
"""

from collections.abc import Iterable
from itertools import groupby

from intranet.search.analysis import Token
from intranet.search.fields import Analysed
from intranet.search.plan import Concept, Phrase, Plan

TABLES = """
CREATE TABLE search_document{suffix} (
    key text PRIMARY KEY, kind text NOT NULL, title text NOT NULL, body text NOT NULL,
    language text NOT NULL, url text NOT NULL, source text NOT NULL, state text NOT NULL,
    dated_on date, tags text[] NOT NULL, tag_names text[] NOT NULL, audience text NOT NULL,
    factor real NOT NULL, title_words real NOT NULL, terms tsvector NOT NULL
);
CREATE TABLE search_word{suffix} (
    word text COLLATE "C" PRIMARY KEY, drow text COLLATE "C" NOT NULL
);
CREATE TABLE search_stamp{suffix} (schema integer NOT NULL, event bigint)
"""
INDEXES = """
CREATE INDEX ON search_document{suffix} USING gin (terms);
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
    :key, :kind, :title, :body, :language, :url, :source, :state, :dated_on, :tags, :tag_names,
    :audience, :factor, :title_words, CAST(:terms AS tsvector))
ON CONFLICT (key) DO UPDATE SET
    kind = excluded.kind, title = excluded.title, body = excluded.body,
    language = excluded.language, url = excluded.url, source = excluded.source,
    state = excluded.state, dated_on = excluded.dated_on, tags = excluded.tags,
    tag_names = excluded.tag_names, audience = excluded.audience, factor = excluded.factor,
    title_words = excluded.title_words, terms = excluded.terms
"""
WORDS = """
INSERT INTO search_word{suffix} SELECT word, reverse(word) FROM unnest(CAST(:words AS text[])) word
ON CONFLICT DO NOTHING
"""
# One letter apart, two words share their first or their last half.
SIMILAR = """
SELECT word FROM search_word
WHERE length(word) BETWEEN :length - 1 AND :length + 1
AND (word LIKE :head OR drow LIKE :tail)
"""
FOUND = """
WITH found AS (
    SELECT key, factor * ({score}) AS score, dated_on AS day, count(*) OVER () AS total
    FROM search_document WHERE {conditions}
    ORDER BY score DESC, day DESC NULLS LAST, key LIMIT :limit OFFSET :start)
SELECT found.total, found.score, d.key, d.kind, d.title, d.body, d.language, d.url, d.source,
    d.state, d.dated_on, d.tags
FROM found JOIN search_document d USING (key)
ORDER BY found.score DESC, found.day DESC NULLS LAST, d.key
"""
FREQUENCIES = """
SELECT (SELECT count(*) FROM search_document), ARRAY(
    SELECT (SELECT count(*) FROM search_document WHERE terms @@ CAST(asked.query AS tsquery))
    FROM unnest(CAST(:queries AS text[])) WITH ORDINALITY asked(query, place) ORDER BY place)
"""

FIELD_WEIGHTS = "{0.25, 0.5, 0.5, 1.0}"
"""What a word is worth in D, C, B and A."""
_LETTERS = {"title": "A", "headings": "B", "tags": "C", "body": "D"}
_GAP = 8
_LAST_POSITION = 16_383
_MOST_PLACES = 255


def quoted(term: str) -> str:
    """A term as PostgreSQL reads it in a vector or a query, whatever characters it has."""
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def vector(fields: Analysed) -> str:
    """The text of a tsvector: every term with its positions and weights."""
    places: list[tuple[str, int, str]] = []
    start = 1
    for name, tokens in fields.each():
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


def words(fields: Analysed) -> set[str]:
    """The words a typing mistake may have missed."""
    return {t.term for _, tokens in fields.each() for t in tokens if _is_word(t)}


def _is_word(token: Token) -> bool:
    return len(token.term) > 2 and token.term.isalpha()


def any_of(concept: Concept, label: str = "") -> str:
    """The query for one of the terms of a concept, in the fields of a label."""
    return "(" + " | ".join(f"{quoted(name)}{label}" for name in concept.names) + ")"


def side_by_side(phrase: Phrase) -> str:
    """The query for concepts that follow each other."""
    return "(" + " <-> ".join(any_of(concept) for concept in phrase) + ")"


def match(plan: Plan) -> str:
    """The query that a document has to answer; empty when anything will do."""
    parts = [side_by_side(phrase) for phrase in plan.phrases]
    if plan.words:
        joint = " & " if plan.match_all else " | "
        parts.append("(" + joint.join(side_by_side(word) for word in plan.words) + ")")
    parts += [f"!{side_by_side(phrase)}" for phrase in plan.excluded]
    return " & ".join(parts)
