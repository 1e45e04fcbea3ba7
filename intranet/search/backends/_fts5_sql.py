"""The tables of the SQLite backend and a Plan as a question to FTS5.

FTS5 is given our own terms, separated by spaces, and keeps no text: what is shown, and the terms
that FTS5 must be told again to forget a document, lie compressed in the table beside it. Each
rebuild makes tables with a number of its own; the row of `search_stamp` names those in use.
"""

from intranet.search.backends._terms import ANY
from intranet.search.fields import Conditions
from intranet.search.plan import Concept, Phrase, Plan

STAMP = """
CREATE TABLE IF NOT EXISTS search_stamp (
    id INTEGER PRIMARY KEY CHECK (id = 1), schema INTEGER NOT NULL, event INTEGER,
    tables INTEGER NOT NULL, usual_lengths TEXT NOT NULL)
"""
TABLES = (
    """CREATE VIRTUAL TABLE search_terms_{n} USING fts5(
        title, headings, tags, body, aside, content='', tokenize="ascii tokenchars '-'")""",
    "CREATE VIRTUAL TABLE search_words_{n} USING fts5vocab(search_terms_{n}, row)",
    """CREATE TABLE search_document_{n} (
        id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, factor REAL NOT NULL, day TEXT,
        labels TEXT NOT NULL, lengths TEXT NOT NULL)""",
    """CREATE TABLE search_shown_{n} (
        id INTEGER PRIMARY KEY, shown BLOB NOT NULL, terms BLOB NOT NULL)""",
)
DROPS = (
    "DROP TABLE IF EXISTS search_words_{n}",
    "DROP TABLE IF EXISTS search_terms_{n}",
    "DROP TABLE IF EXISTS search_document_{n}",
    "DROP TABLE IF EXISTS search_shown_{n}",
)
COLUMNS = ("title", "headings", "tags", "body", "aside")
WEIGHTS = "6.0, 2.5, 2.5, 1.0, 0.3"
"""What a word is worth in each column. Stop words and whole codes stand in the last one."""
ADD = """
INSERT INTO search_terms_{n} (rowid, title, headings, tags, body, aside) VALUES (?,?,?,?,?,?)
"""
FORGET = (
    "INSERT INTO search_terms_{n} (search_terms_{n}, rowid, title, headings, tags, body, aside)"
    " VALUES ('delete',?,?,?,?,?,?)"
)
SCORED = """
SELECT d.id AS id, -bm25(search_terms_{n}, {weights}) * d.factor AS score, d.day AS day
FROM search_terms_{n} JOIN search_document_{n} d ON d.id = search_terms_{n}.rowid
WHERE search_terms_{n} MATCH :match{conditions}
"""
UNSCORED = """
SELECT d.id AS id, 1.0 AS score, d.day AS day FROM search_document_{n} d WHERE 1{conditions}
"""
WITHOUT = """
 AND d.id NOT IN (SELECT rowid FROM search_terms_{n} WHERE search_terms_{n} MATCH :excluded)
"""
PAGE = """
WITH m AS MATERIALIZED ({matched})
SELECT (SELECT count(*) FROM m) AS total, m.id, m.score, d.factor, d.lengths
FROM m JOIN search_document_{n} d ON d.id = m.id
ORDER BY m.score DESC, m.day DESC, m.id LIMIT :limit OFFSET :start
"""
USUAL_LENGTHS = """
SELECT json_array(avg(lengths ->> 0), avg(lengths ->> 1), avg(lengths ->> 2), avg(lengths ->> 3))
FROM search_document_{n}
"""
FREQUENCY = "SELECT count(*) FROM search_terms_{n} WHERE search_terms_{n} MATCH ?"
_BETWEEN, _AFTER = "\x1f", "\x1e"


def joined(labels: dict[str, str]) -> str:
    """Labels and their words as one text that LIKE and instr can search."""
    return "".join(f"{_BETWEEN}{label}{_AFTER}{words}" for label, words in labels.items())


def parted(text: str) -> dict[str, str]:
    """The labels back."""
    return dict(one.split(_AFTER, 1) for one in text.split(_BETWEEN) if one)


def filters(wanted: Conditions) -> tuple[str, dict[str, object]]:
    """Conditions on `d` and their values."""
    parts: list[str] = []
    values: dict[str, object] = {}

    def name(value: object) -> str:
        values[f"v{len(values)}"] = value
        return f":v{len(values) - 1}"

    def has(label: str) -> str:
        return f"instr(d.labels, {name(_BETWEEN + label + _AFTER)})"

    for several in wanted.required:
        parts.append("(" + " OR ".join(f"{has(label)}" for label in sorted(several)) + ")")
    parts += [f"NOT {has(label)}" for label in sorted(wanted.refused)]
    if wanted.hidden:
        parts.append(f"d.key NOT IN ({', '.join(name(key) for key in sorted(wanted.hidden))})")
    if wanted.first:
        parts.append(f"d.day >= {name(wanted.first.isoformat())}")
    if wanted.last:
        parts.append(f"d.day <= {name(wanted.last.isoformat())}")
    return "".join(f" AND {part}" for part in parts), values


def match(plan: Plan) -> str:
    """The plan in the language of FTS5; empty when anything will do."""
    parts = [phrase(one) for one in plan.phrases]
    if plan.words:
        joint = " AND " if plan.match_all else " OR "
        words = [" OR ".join(phrase(way) for way in plan.ways(word)) for word in plan.words]
        parts.append("(" + joint.join(f"({word})" for word in words) + ")")
    if not parts:
        return ""
    wanted = f"({' AND '.join(parts)})"
    extras = [_any(concept) for concept in plan.welcome] + [phrase(pair) for pair in plan.near]
    if extras:
        # What is worth more without being required: FTS5 scores each phrase that a row has.
        wanted = f"({wanted} AND ({quoted(ANY)} OR {' OR '.join(extras)}))"
    left_out = excluded(plan)
    return f"{wanted} NOT ({left_out})" if left_out else wanted


def excluded(plan: Plan) -> str:
    """What must not be found, in the language of FTS5."""
    return " OR ".join(phrase(one) for one in plan.excluded)


def quoted(term: str) -> str:
    """A term as FTS5 reads it, whatever characters it has."""
    return '"' + term.replace('"', '""') + '"'


def _any(concept: Concept) -> str:
    return "(" + " OR ".join(quoted(name) for name in concept.names) + ")"


def phrase(concepts: Phrase) -> str:
    """Concepts side by side: each choice of their terms is a phrase of its own."""
    ways = [""]
    for concept in concepts:
        ways = [f"{way} {name}".strip() for way in ways for name in concept.names][:64]
    return "(" + " OR ".join(quoted(way) for way in ways) + ")"
