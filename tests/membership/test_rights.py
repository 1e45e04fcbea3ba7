"""What each status may do is a table that the cooperative writes, within what the law leaves."""

from __future__ import annotations

import json

import pytest

from intranet.core.policy import Invalid, Refused
from intranet.members.rights_queries import rights_table
from intranet.members.statuses import CHOOSABLE, RIGHTS, Right, Status, rights_of
from intranet.membership.rights import service
from tests.cast import Cast, Client, acting, as_reader
from tests.decisions.register import entered
from tests.journal import happened
from tests.proposals import stage as on
from tests.proposals.stage import set_up


def test_without_a_word_of_the_cooperative_the_defaults_count(cast: Cast) -> None:
    assert rights_table(as_reader(cast.amel)).rights == RIGHTS


def test_no_table_gives_or_takes_a_vote_or_lets_a_former_member_in() -> None:
    everything = json.dumps({"employee": list(Right), "former": ["read", "vote"]})
    assert Right.VOTE not in rights_of(Status.EMPLOYEE, everything)
    assert rights_of(Status.FORMER, everything) == frozenset()
    assert rights_of(Status.MEMBER_EMPLOYEE, '{"member_employee": []}') == RIGHTS["member_employee"]
    assert all(Right.VOTE not in rights for rights in CHOOSABLE.values())


def test_founders_change_rights_and_they_count_at_the_next_command(cast: Cast) -> None:
    assert as_reader(cast.farid).actor.has(Right.COMMENT)
    with acting(cast.amel) as tx:
        service.change_rights(tx, {"sympathiser": ["vote", "propose"], "employee": ["comment"]}, "")
    farid, chloe = as_reader(cast.farid).actor, as_reader(cast.chloe).actor
    assert farid.rights == {Right.READ, Right.PROPOSE}
    assert chloe.rights == {Right.READ, Right.COMMENT}
    assert happened()[-1] == "RightsChanged"


def test_from_the_first_vote_on_rights_change_by_a_decision(cast: Cast) -> None:
    stage = set_up(cast)
    on.open_it(stage, on.a_resolution(stage))
    with pytest.raises(Invalid), acting(cast.amel) as tx:
        service.change_rights(tx, {}, "")
    with acting(None) as tx:
        number = entered(tx, cast, "Ne plus commenter").number
    with acting(cast.amel) as tx:
        service.change_rights(tx, {}, number)
    assert rights_table(as_reader(cast.amel)).decision_number == number


@pytest.mark.parametrize("name", ["chloe", "farid", "gwen"])
def test_only_employed_members_change_rights(cast: Cast, name: str) -> None:
    with pytest.raises(Refused), acting(getattr(cast, name)) as tx:
        service.change_rights(tx, {}, "")


def test_everybody_reads_the_table_in_words_and_members_change_it(
    client: Client, cast: Cast
) -> None:
    client.sign_in("farid")
    page = client.get("/rights").get_data(as_text=True)
    assert page.count("facts-list") >= 5
    assert client.get("/rights/edit").status_code == 403
    client.submit("/sign-out")
    client.sign_in("amel")
    assert client.get("/rights/edit").status_code == 200
    assert client.submit("/rights/edit", sympathiser=["propose"]).status_code == 303
    assert Right.COMMENT not in as_reader(cast.farid).actor.rights
