"""A shelf has so much room and no more."""

from __future__ import annotations

from intranet.web.parts import Parts
from intranet.web.shelf import Shelf


def test_the_things_put_there_first_make_room() -> None:
    shelf: Shelf[int, str] = Shelf(2)
    for number in range(3):
        shelf.put(number, "a thing")
    assert [shelf.get(number) for number in range(3)] == [None, "a thing", "a thing"]


def test_room_is_counted_by_size_and_given_back_when_a_thing_is_replaced() -> None:
    shelf: Shelf[str, bytes] = Shelf(10, len)
    shelf.put("a", b"12345678")
    shelf.put("a", b"1234")
    shelf.put("b", b"123456")
    assert (shelf.get("a"), shelf.get("b")) == (b"1234", b"123456")
    shelf.put("c", b"1")
    assert (shelf.get("a"), shelf.get("b"), shelf.get("c")) == (None, b"123456", b"1")


def test_a_thing_larger_than_the_room_is_not_kept_and_leaves_no_debt() -> None:
    shelf: Shelf[str, bytes] = Shelf(3, len)
    shelf.put("a", b"1234")
    shelf.put("b", b"123")
    assert (shelf.get("a"), shelf.get("b")) == (None, b"123")
    shelf.clear()
    shelf.put("c", b"123")
    assert (shelf.get("b"), shelf.get("c")) == (None, b"123")


def test_a_pressed_page_comes_out_as_it_was_and_smaller() -> None:
    page = Parts("é".encode() * 5000, b"<p>fin</p>" * 500, b"digest")
    pressed = page.pressed()
    assert pressed.parts() == page
    assert pressed.size < len(page.before) / 2
