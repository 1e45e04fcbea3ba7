"""A mandate is given and ended by a decision, and stays in the list afterwards."""

from __future__ import annotations

import html
from datetime import date, timedelta

import pytest

from intranet.core.policy import Conflict, Invalid, Refused
from intranet.members import effects, mandate_queries
from intranet.members import queries as members
from intranet.membership.mandates import service, worker
from intranet.membership.mandates.service import NewMandate
from tests.cast import Cast, Client, acting, as_reader
from tests.decisions.register import entered
from tests.journal import happened

FROM = date(2026, 3, 16)


@pytest.fixture
def number(cast: Cast) -> str:
    """The number of the decision that gives the mandate."""
    with acting(None) as tx:
        return entered(tx, cast, "Confier la trésorerie à Chloé").number


def test_a_decision_gives_a_mandate_and_another_one_ends_it(cast: Cast, number: str) -> None:
    with acting(cast.amel) as tx:
        new = NewMandate(cast.chloe, "treasurer", FROM, number, cast.assembly)
        mandate_id = service.give_by_decision(tx, new)
    with acting(cast.amel) as tx:
        service.end_by_decision(tx, mandate_id, date(2026, 6, 1), number)
    line = next(one for one in members.mandates(as_reader(cast.amel)) if one.id == mandate_id)
    assert (line.ends_on, line.decision_number, line.end_decision_number) == (
        date(2026, 6, 1),
        number,
        number,
    )
    assert happened().count("MandateEnded") == 1
    with pytest.raises(Conflict), acting(cast.amel) as tx:
        service.end_by_decision(tx, mandate_id, date(2026, 6, 1), number)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"person_id": 9999}, {"person_id": "membership.not_here_then"}),
        ({"role": " "}, {"role": "membership.role_missing"}),
        ({"body_id": 0}, {"body_id": "membership.unknown_body"}),
        ({"ends_on": FROM}, {"ends_on": "membership.end_before_start"}),
        ({"decision_number": "AG-1"}, {"decision_number": "membership.unknown_decision"}),
    ],
)
def test_a_mandate_that_makes_no_sense_is_refused(
    cast: Cast, number: str, changed: dict[str, object], wrong: dict[str, str]
) -> None:
    told: dict[str, object] = {
        "person_id": cast.chloe,
        "role": "treasurer",
        "starts_on": FROM,
        "decision_number": number,
    }
    with pytest.raises(Invalid) as caught, acting(cast.amel) as tx:
        service.give_by_decision(tx, NewMandate(**told | changed))  # type: ignore[arg-type]
    assert caught.value.errors == wrong


def test_nobody_holds_the_same_mandate_twice(cast: Cast, number: str) -> None:
    new = NewMandate(cast.bruno, "secretary", FROM, number, cast.assembly)
    with pytest.raises(Invalid) as caught, acting(cast.amel) as tx:
        service.give_by_decision(tx, new)
    assert caught.value.errors == {"role": "membership.mandate_held"}


def test_an_employee_without_a_vote_gives_no_mandate(cast: Cast, number: str) -> None:
    with pytest.raises(Refused), acting(cast.chloe) as tx:
        service.give_by_decision(tx, NewMandate(cast.chloe, "chair", FROM, number))


def test_mandates_are_written_down_and_ended_on_their_page(
    cast: Cast, number: str, client: Client
) -> None:
    client.sign_in("amel").submit("/language", language="en")
    typed = {"person_id": str(cast.chloe), "role": "", "other_role": "Jardin", "body_id": ""}
    typed |= {"starts_on": "2026-03-16", "ends_on": "", "decision_number": number}
    assert client.get("/mandates/new").status_code == 200
    assert client.submit("/mandates", **typed | {"starts_on": "demain"}).status_code == 422
    assert client.submit("/mandates", **typed).status_code == 303
    page = html.unescape(client.get("/mandates").text)
    assert "Jardin" in page and "End this mandate" in page  # noqa: PT018
    line = members.mandates(as_reader(cast.amel))[0]
    assert client.get(f"/mandates/{line.id}/end").status_code == 200
    ended = {"ends_on": "2026-03-17", "decision_number": number}
    assert client.submit(f"/mandates/{line.id}/end", **ended).status_code == 303
    assert "Mandates that have ended" in client.get("/mandates").text
    assert client.get("/mandates/9999/end").status_code == 404


def test_a_mandate_that_ends_soon_is_told_of_once_and_stands_on_the_first_page(
    client: Client, cast: Cast
) -> None:
    day = members.today(as_reader(cast.amel))
    with acting(None) as tx:
        number = entered(tx, cast, "Un mandat court").number
        ends = day + timedelta(days=20)
        effects.give_mandate(tx, cast.chloe, "gardener", day, number, None, ends)
    assert (worker.tell_now(), worker.tell_now()) == (1, 0)
    assert happened()[-1] == "MandateEndsSoon"
    assert [one.role for one in mandate_queries.ending_soon(as_reader(cast.chloe))] == ["gardener"]
    assert mandate_queries.ending_soon(as_reader(cast.farid)) == []
    client.sign_in("amel")
    assert "Chloé Martin" in client.get("/").get_data(as_text=True)
