"""Sealed ballots: one length, no order, and nothing without the key."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from flask import Flask
from nacl.encoding import URLSafeBase64Encoder
from nacl.exceptions import CryptoError
from nacl.public import PublicKey, SealedBox

from intranet.polls import sealing
from intranet.polls.service import LONGEST_REASON
from intranet.voting.types import Choice


def folder() -> Path:
    assert sealing.KeyFolder.path is not None
    return sealing.KeyFolder.path


def test_all_boxes_have_one_length(app: Flask) -> None:
    key = sealing.new_sealing_key()
    choices = [
        Choice("for"),
        Choice("objection", "é" * 700),
        Choice("stand_aside", "\U0001f600" * LONGEST_REASON),
        Choice("for", "\x01" * LONGEST_REASON),
    ]
    assert len({len(sealing.seal(key, choice)) for choice in choices}) == 1


def test_what_was_sealed_is_what_is_opened(app: Flask) -> None:
    key = sealing.new_sealing_key()
    choices = {
        Choice("for"),
        Choice("objection", "« non »,\nparce que :\n\n- le coût\n"),
        Choice("against", "\U0001f600" * LONGEST_REASON),
    }
    boxes = [sealing.seal(key, choice) for choice in choices]
    assert set(sealing.open_boxes(key, boxes).choices) == choices


def test_a_choice_larger_than_its_box_is_refused(app: Flask) -> None:
    with pytest.raises(ValueError, match="larger"):
        sealing.seal(sealing.new_sealing_key(), Choice("for", "a" * sealing.BOX_BYTES))


def test_two_boxes_of_the_same_choice_differ(app: Flask) -> None:
    key = sealing.new_sealing_key()
    assert sealing.seal(key, Choice("for")) != sealing.seal(key, Choice("for"))


def test_ballots_come_out_in_another_order(app: Flask) -> None:
    key = sealing.new_sealing_key()
    choices = [Choice("for", str(number)) for number in range(40)]
    boxes = [sealing.seal(key, choice) for choice in choices]
    first, second = (sealing.open_boxes(key, boxes).choices for _ in range(2))
    assert sorted(first, key=choices.index) == choices
    assert choices != first != second != choices


def test_a_box_holds_no_word_of_the_choice(app: Flask) -> None:
    box = sealing.seal(sealing.new_sealing_key(), Choice("objection", "parce que"))
    assert b"objection" not in box
    assert b"parce" not in box


def test_opening_needs_the_key_of_this_poll(app: Flask) -> None:
    box = sealing.seal(sealing.new_sealing_key(), Choice("for"))
    with pytest.raises(CryptoError):
        sealing.open_boxes(sealing.new_sealing_key(), [box])


def test_a_forgotten_key_is_gone_and_opens_nothing(app: Flask) -> None:
    key = sealing.new_sealing_key()
    box = sealing.seal(key, Choice("for"))
    assert sealing.kept_keys() == [key.rstrip("=")]
    sealing.destroy_key(key)
    sealing.destroy_key(key)
    assert sealing.kept_keys() == []
    assert list(folder().iterdir()) == []
    with pytest.raises(FileNotFoundError):
        sealing.open_boxes(key, [box])


def test_keys_are_readable_by_their_owner_only(app: Flask) -> None:
    sealing.new_sealing_key()
    (file,) = folder().iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder().stat().st_mode) == 0o700
    assert file.stat().st_uid == os.getuid()


def test_a_receipt_comes_out_apart_from_its_choice(app: Flask) -> None:
    key = sealing.new_sealing_key()
    ballots = {sealing.new_code(): Choice("for", f"#{number}\n") for number in range(20)}
    boxes = [sealing.seal(key, choice, code) for code, choice in ballots.items()]
    opened = sealing.open_boxes(key, boxes)
    assert opened.codes == sorted(ballots)
    assert sorted(c.reason for c in opened.choices) == sorted(c.reason for c in ballots.values())
    assert [ballots[code] for code in opened.codes] != opened.choices
    assert len({len(box) for box in boxes}) == 1


def test_receipts_are_chance_alone_and_can_be_read_aloud() -> None:
    codes = {sealing.new_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert {len(code) for code in codes} == {14}
    assert not set("01IOLEAU") & set("".join(codes))


def test_a_ballot_sealed_before_there_were_receipts_is_still_counted(app: Flask) -> None:
    key = sealing.new_sealing_key()
    public = PublicKey(key.encode(), URLSafeBase64Encoder)
    box = SealedBox(public).encrypt(b"for\nparce que".ljust(sealing.BOX_BYTES, b"\0"))
    opened = sealing.open_boxes(key, [box])
    assert (opened.choices, opened.codes) == ([Choice("for", "parce que")], [])
