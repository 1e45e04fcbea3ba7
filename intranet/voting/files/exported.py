"""The exported result of an election: everything its count depends on, and what it ended with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intranet.voting.election import ElectionSettings, Ranking
from intranet.voting.external_voices import ReducedVoices
from intranet.voting.external_voices import from_json as voices_from_json
from intranet.voting.files.sheet import UnreadableBox
from intranet.voting.methods.sortition import drawn, undrawn
from intranet.voting.papers import Paper, PaperState
from intranet.voting.registry import UnknownMethod, all_elections, election
from intranet.voting.settings import InvalidSettings
from intranet.voting.types import BallotForm, InvalidCount


@dataclass(frozen=True)
class ElectionBox:
    """An election to count, with the ranking that was stored at its closing, if any."""

    method: str
    settings: ElectionSettings
    registered: int
    candidates: tuple[str, ...]
    papers: tuple[Paper, ...]
    outcome: Ranking | None = None
    voices: ReducedVoices | None = None

    def counted(self) -> Ranking:
        """Count it. A list from which lots are still to be drawn is tied as a whole.

        Raises InvalidCount, also when the order of a draw does not follow from its seed.
        """
        ranking = self._ranking()
        explained = self.voices.explain(ranking) if self.voices else ranking
        assert isinstance(explained, Ranking)  # noqa: S101
        return explained

    def _ranking(self) -> Ranking:
        by, own = election(self.method), self.settings
        if by.ballot is BallotForm.NONE and not own.seed:
            return undrawn(self.candidates, self.registered, own)
        if own.seed and own.tie_break and own.tie_break != drawn(self.candidates, own.seed):
            raise InvalidCount("draw_and_seed_differ")
        return by.count(self.papers, self.candidates, self.registered, self.settings)


def is_election(text: str) -> bool:
    """Whether this is the file of an exported election, and not of a vote on a text."""
    try:
        return json.loads(text)["procedure"]["method"] in {one.key for one in all_elections()}
    except (ValueError, KeyError, TypeError):
        return False


def election_to_json(box: ElectionBox) -> dict[str, Any]:
    """The file of this election as JSON values. Equal ballots are put together, in a fixed order,
    so that nobody's place in the box can be read from it.
    """
    return {
        "procedure": {"method": box.method, "settings": box.settings.to_json()},
        "registered": box.registered,
        "candidates": list(box.candidates),
        "papers": _papers_to_json(box.papers),
        "outcome": box.outcome.to_json() if box.outcome else None,
    }


def _papers_to_json(papers: Sequence[Paper]) -> list[dict[str, Any]]:
    same: dict[str, int] = {}
    for paper in papers:
        said = {"state": paper.state.value, "marks": dict(paper.marks), "reason": paper.reason}
        key = json.dumps(said, sort_keys=True, ensure_ascii=False)
        same[key] = same.get(key, 0) + paper.copies
    return [{**json.loads(key), "copies": same[key]} for key in sorted(same)]


def election_from_json(text: str) -> ElectionBox:
    """The election in an exported file. Raises UnreadableBox."""
    try:
        return _box(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableBox(f"this is not the file of an exported election ({error})") from error
    except UnknownMethod as error:
        raise UnreadableBox(f"no method is called “{error.key}”") from error


def _box(stored: Mapping[str, Any]) -> ElectionBox:
    procedure = stored["procedure"]
    try:
        settings = ElectionSettings.from_json(procedure["settings"])
    except (InvalidSettings, InvalidCount) as error:
        raise UnreadableBox(f"its procedure cannot be read: {error}") from error
    outcome = stored.get("outcome")
    return ElectionBox(
        method=election(procedure["method"]).key,
        settings=settings,
        registered=int(stored["registered"]),
        candidates=tuple(str(name) for name in stored["candidates"]),
        papers=tuple(_paper(one, place) for place, one in enumerate(stored["papers"], 1)),
        outcome=Ranking.from_json(outcome) if outcome else None,
        voices=voices_from_json(stored.get("voices_in_parts")),
    )


def _paper(stored: Mapping[str, Any], place: int) -> Paper:
    """One entry of the list. A mark that is no whole number is never guessed."""
    marks = dict(stored.get("marks", {}))
    copies = stored.get("copies", 1)
    if not all(type(one) is int for one in (*marks.values(), copies)):
        raise UnreadableBox(f"ballot {place}: a mark is a whole number")
    state = PaperState(stored.get("state", "valid"))
    try:
        return Paper(marks, state, str(stored.get("reason", "")), copies)
    except InvalidCount as error:
        raise UnreadableBox(f"ballot {place}: {error.code.replace('_', ' ')}") from error
