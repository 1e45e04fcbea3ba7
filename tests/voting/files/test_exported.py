import json
from dataclasses import replace

import pytest

from intranet.voting.election import ElectionSettings
from intranet.voting.files.exported import (
    ElectionBox,
    election_from_json,
    election_to_json,
    is_election,
)
from intranet.voting.files.sheet import UnreadableBox
from tests.voting.rankings import BLANK, TENNESSEE, names_of, ranked


def box() -> ElectionBox:
    papers = (*TENNESSEE, BLANK, *ranked("1 Memphis"), BLANK)
    found = ElectionBox("schulze", ElectionSettings(), 120, tuple(names_of(TENNESSEE)), papers)
    return replace(found, outcome=found.counted())


def test_an_exported_election_counts_to_its_stored_outcome() -> None:
    text = json.dumps(election_to_json(box()))
    assert is_election(text)
    read = election_from_json(text)
    assert read.outcome == box().outcome
    assert read.counted() == read.outcome


def test_the_place_of_a_ballot_in_the_box_cannot_be_read() -> None:
    one = box()
    other = replace(one, papers=one.papers[::-1])
    assert election_to_json(one) == election_to_json(other)


def test_a_vote_on_a_text_is_no_election() -> None:
    assert not is_election('{"procedure": {"method": "consent"}}')
    assert not is_election("[]")
    assert not is_election("{")


@pytest.mark.parametrize(
    "change",
    [
        {"procedure": {"method": "acclamation", "settings": {}}},
        {"procedure": {"method": "schulze", "settings": {"seats": 0}}},
        {"procedure": {"method": "schulze", "settings": {"weight": 2}}},
        {"papers": [{"marks": {"Memphis": "1"}}]},
        {"papers": [{"marks": {}, "state": "valid"}]},
        {"papers": [{"marks": {"Memphis": 1}, "copies": 0}]},
        {"papers": [{"marks": {"Memphis": 1}, "state": "eaten"}]},
        {"papers": None},
        {"outcome": {"method": "schulze"}},
    ],
)
def test_a_file_that_was_changed_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(UnreadableBox):
        election_from_json(json.dumps({**election_to_json(box()), **change}))
