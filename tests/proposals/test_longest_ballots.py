"""The longest ballot that a form can give, in a box whose length tells nothing."""

from __future__ import annotations

import pytest

from intranet.core.db import db
from intranet.polls import sealing
from intranet.polls.casting import LONGEST_REASON
from intranet.polls.choosing_rules import HIGHEST
from intranet.polls.models import CountedBallot, SealedBallot
from intranet.proposals.options import LONGEST, MOST
from intranet.voting.ballot_text import paper_to_text
from intranet.voting.papers import Paper
from intranet.voting.types import Choice
from tests.cast import Client
from tests.proposals import choosing as among
from tests.proposals.choosing import marks
from tests.proposals.stage import Stage

SEALING = 48
"""What a sealed box adds: the key of its own, and the proof that nobody changed it."""
WIDE = "🗳"
"""A sign of four bytes, the most that one takes."""


@pytest.fixture
def _keys(tmp_path, monkeypatch):  # type: ignore[no-untyped-def]
    monkeypatch.setattr(sealing.KeyFolder, "path", tmp_path)


def longest(reason: int = LONGEST_REASON) -> Choice:
    """Every option and the line for none of them, each with the highest score, and a reason."""
    names = [f"{number} {WIDE * LONGEST}"[:LONGEST] for number in range(MOST + 1)]
    option = paper_to_text(Paper(dict.fromkeys(names, HIGHEST)), names)
    return Choice(option, WIDE * reason)


@pytest.mark.usefixtures("_keys")
def test_the_longest_ballot_and_a_blank_one_make_boxes_of_one_length() -> None:
    key = sealing.new_sealing_key()
    code = sealing.new_code()
    boxes = [sealing.seal(key, choice, code) for choice in (longest(), Choice("blank"))]
    assert {len(box) for box in boxes} == {sealing.BOX_BYTES + SEALING}
    opened = sealing.open_boxes(key, boxes)
    assert {choice.reason for choice in opened.choices} == {WIDE * LONGEST_REASON, ""}


@pytest.mark.usefixtures("_keys")
def test_what_no_box_can_hold_is_told_before_it_is_sealed() -> None:
    assert sealing.fits(longest())
    too_long = longest(LONGEST_REASON + 100)
    assert not sealing.fits(too_long)
    with pytest.raises(ValueError, match="larger than its box"):
        sealing.seal(sealing.new_sealing_key(), too_long, sealing.new_code())


def test_a_ranking_of_thirty_options_with_the_longest_reason_is_accepted_and_one_sign_more_is_not(
    stage: Stage, client: Client
) -> None:
    options = [f"{number:02} {WIDE * 100}" for number in range(MOST)]
    key = among.a_way_to_choose(stage, "schulze", secret=True)
    proposal_id = among.a_choice(stage, key, options)
    poll_id = among.opened(stage, proposal_id)
    client.sign_in("bruno")
    ranks, reason = marks(*range(1, MOST + 1)), WIDE * LONGEST_REASON
    refused = client.submit(f"/polls/{poll_id}/ballot", **ranks, reason=reason + WIDE)
    assert refused.status_code == 422
    assert refused.get_data(as_text=True).count(" selected") == MOST
    assert client.submit(f"/polls/{poll_id}/ballot", **ranks, reason=reason).status_code == 200
    (box,) = db.session.query(SealedBallot.box).filter_by(poll_id=poll_id)
    assert len(box[0]) == sealing.BOX_BYTES + SEALING
    db.session.rollback()
    among.counted(proposal_id, poll_id)
    assert db.session.query(CountedBallot).filter_by(poll_id=poll_id).one().reason == reason
