"""The filters of a question and their values, as people type them in two languages (pure)."""

from collections.abc import Mapping

from intranet.core.text import fold
from intranet.search.port import KINDS

NAMES = {
    "kind": "kind",
    "type": "kind",
    "genre": "kind",
    "tag": "tag",
    "etiquette": "tag",
    "sujet": "tag",
    "state": "state",
    "etat": "state",
    "author": "author",
    "auteur": "author",
    "autrice": "author",
    "body": "body",
    "instance": "body",
    "organe": "body",
    "in": "in",
    "dans": "in",
    "year": "year",
    "annee": "year",
    "from": "from",
    "depuis": "from",
    "to": "to",
    "jusque": "to",
}
"""The names of the filters, folded."""
KIND_NAMES = {
    **{kind: kind for kind in KINDS},
    "regle": "page",
    "rule": "page",
    "proposition": "proposal",
    "amendment": "suggestion",
    "amendement": "suggestion",
    "commentaire": "comment",
    "pv": "minutes",
    "compte rendu": "minutes",
    "fichier": "file",
    "personne": "person",
    "people": "person",
    "membre": "person",
    "member": "person",
    "redaction": "wording",
}
STATES = (
    *("rule", "coming", "in_force", "to_review", "superseded", "repealed", "annulled", "suspended"),
    *("expired", "rectification", "rejected", "lapsed", "withdrawn", "deferred", "undecided"),
    *("discussion", "voting", "advising", "adopted"),
)
"""All states that documents carry."""
STATE_NAMES = {
    **{state.replace("_", " "): state for state in STATES},
    "regle": "rule",
    "pas encore en vigueur": "coming",
    "a venir": "coming",
    "en vigueur": "in_force",
    "a revoir": "to_review",
    "remplacee": "superseded",
    "abrogee": "repealed",
    "annulee": "annulled",
    "suspendue": "suspended",
    "expiree": "expired",
    "arrivee a son terme": "expired",
    "correction": "rectification",
    "rejetee": "rejected",
    "caduque": "lapsed",
    "caduc": "lapsed",
    "retiree": "withdrawn",
    "reportee": "deferred",
    "non decidee": "undecided",
    "en discussion": "discussion",
    "au vote": "voting",
    "vote": "voting",
    "avis demande": "advising",
    "adoptee": "adopted",
}


def kind_of(typed: str) -> str:
    """The kind that somebody means; empty for none that we know."""
    return _meant(KIND_NAMES, typed)


def state_of(typed: str) -> str:
    """The state that somebody means, in either gender and number; empty for none that we know."""
    return _meant(STATE_NAMES, typed)


def _meant(names: Mapping[str, str], typed: str) -> str:
    words = " ".join(fold(typed).replace("_", " ").replace("-", " ").split())
    one = words.removesuffix("s")
    forms = (words, one, f"{words}e", f"{one}e", words.replace("s ", " ").removesuffix("s"))
    return next((names[form] for form in forms if form in names), "")
