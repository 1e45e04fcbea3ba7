"""Results as minutes tell them: adoptée à l’unanimité, rejetée (3 pour, 12 contre). Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from intranet.core.text import fold
from intranet.decisions.formats.sentences import GAVE_WAY, RESULTS, plain
from intranet.decisions.models import DecisionResult

_SPEAKS = re.compile(
    r"\b(?:decisions?|decid|adopt|approuv|approv|accept|vote[es]?\b|rejet|reject|refus|report[ee]|"
    r"ajourn|retire|carried|valide)"
)
_WORD = re.compile(r"(?P<word>[a-z]+?)e?s?(?P<rest>(?:[\s,;.(:/-].*)?)")
# What may follow the word without changing it: the voices, and by which majority.
_COUNTED = re.compile(
    r"(?:[\s,;.():/-]"
    r"|\b(?:\d{1,5}|et|and|par|by|moins|une|deux|trois|voix|votes?|pour|contre|abstentions?|blancs?"
    r"|nuls?|for|against|abstained|unanimously|consentement|consensus|consent)\b"
    r"|\ba l'unanimite\b|\bwithout objection\b|\bsans objection\b|\bby a majority\b"
    r"|\ba la majorite\b(?: (?:simple|absolue|qualifiee|des deux tiers|des trois quarts)\b)?"
    r"|\bdes (?:presents|votants|membres|suffrages exprimes)\b)*"
)


def speaks_of_deciding(line: str) -> bool:
    """Whether a line has a word that speaks of a decision or a result."""
    return _SPEAKS.search(fold(line)) is not None


def result_of(said: str, named: Mapping[str, str]) -> tuple[str, DecisionResult] | None:
    """The word of a result and what it means; None when anything else is said beside the voices.

    `named` holds the words that whoever imports gave a meaning to.
    """
    bare = plain(said).strip(" .")
    folded = fold(bare)
    for word, result in named.items():
        if word and fold(word) == folded:
            return bare, DecisionResult(result)
    match = _WORD.fullmatch(folded)
    if match is None or not _COUNTED.fullmatch(match["rest"]):
        return None
    for word in (match["word"], f"{match['word']}e"):
        if word in RESULTS and word not in GAVE_WAY:
            return re.split(r"[\s,;.(:/-]", bare)[0], RESULTS[word]
    return None
