"""The worker goes on, whatever one of its duties meets."""

from __future__ import annotations

from typing import NoReturn

import pytest
from flask import Flask

from intranet import worker


def test_what_fails_holds_nothing_else_up(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def broken() -> NoReturn:
        raise ZeroDivisionError

    def works() -> int:
        done.append("duty")
        return 1

    def drained(_reactions: object) -> int:
        done.append("deliveries")
        return 1

    monkeypatch.setattr(worker, "DUTIES", (broken, works))
    monkeypatch.setattr(worker.deliveries, "drain", drained)
    with pytest.raises(ExceptionGroup) as stumbled:
        worker.work_once(app)
    assert [type(one) for one in stumbled.value.exceptions] == [ZeroDivisionError]
    assert done == ["duty", "deliveries"]


def test_when_it_is_time_to_leave_nothing_more_is_begun(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def one() -> int:
        done.append("one")
        return 1

    monkeypatch.setattr(worker, "DUTIES", (one, one, one))
    worker.work(app, lambda: len(done) == 2)
    assert done == ["one", "one"]
