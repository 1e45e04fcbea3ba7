"""What was already decided, proposed or refused about the same thing, found from a title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from intranet.core.transaction import Reader
from intranet.proposals import ending_queries
from intranet.proposals.ending_queries import Ending
from intranet.search.index import backend_of
from intranet.search.port import Hit, IndexUnusable, Segments
from intranet.search.questions import asked
from intranet.search.sources.every import still_visible
from intranet.search.sources.pages import out_of_force
from intranet.search.sources.register import spent_today, states_today

SHORTEST, SHOWN, SOUGHT = 4, 4, 20


@dataclass(frozen=True)
class Alike:
    """One thing that resembles the title; `ending` says how a proposal found its end, and why, and
    `is_spent` that nothing of what a decision wrote into the rules is in force any more."""

    kind: str
    title: Segments
    url: str
    state: str
    dated_on: date | None
    ending: Ending | None = None
    is_spent: bool = False


@dataclass(frozen=True)
class Similar:
    """Rules, decisions and proposals that resemble a title, each the closest first.

    `refused` are the proposals that were not adopted, with their reasons.
    """

    rules: tuple[Alike, ...] = ()
    decisions: tuple[Alike, ...] = ()
    refused: tuple[Alike, ...] = ()
    proposals: tuple[Alike, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rules or self.decisions or self.refused or self.proposals)


def similar(reader: Reader, title: str) -> Similar:
    """What resembles a title, only what the reader may see. Nothing for a very short one, and
    while the index is being built."""
    if len(title.strip()) < SHORTEST:
        return Similar()
    query = replace(asked(reader, title).query, kinds=("page", "decision", "proposal"))
    audiences = frozenset(str(audience) for audience in reader.actor.audiences)
    try:
        hits = backend_of(reader.session).find(query, audiences, 0, SOUGHT).hits
    except IndexUnusable:
        return Similar()
    allowed = still_visible(reader, [hit.key for hit in hits]) if hits else set()
    ended = {key for key, how in out_of_force(reader, allowed).items() if how == "repealed"}
    allowed -= ended
    states = states_today(reader, allowed)
    gone = spent_today(reader, states)
    kept = [
        replace(hit, state=states.get(hit.key, hit.state), is_spent=hit.key in gone) for hit in hits
    ]
    return _sorted(reader, [hit for hit in kept if hit.key in allowed])


def _sorted(reader: Reader, hits: Sequence[Hit]) -> Similar:
    numbers = [_number(hit) for hit in hits if hit.kind == "proposal"]
    endings = ending_queries.endings(reader, numbers)
    found: dict[str, list[Alike]] = {"rules": [], "decisions": [], "refused": [], "proposals": []}
    for hit in hits:
        ending = endings.get(_number(hit)) if hit.kind == "proposal" else None
        place = "refused" if ending else f"{hit.kind}s"
        if hit.kind == "page":
            place = "rules" if hit.state == "rule" else ""
        if place:
            words = hit.kind, hit.title, hit.url, hit.state, hit.dated_on
            found[place].append(Alike(*words, ending, hit.is_spent))
    return Similar(**{name: tuple(several[:SHOWN]) for name, several in found.items()})


def _number(hit: Hit) -> int:
    return int(hit.key.partition(":")[2])
