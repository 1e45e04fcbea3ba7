"""Each line of a list has its fate, and a list gives nobody more than a single invitation does."""

from __future__ import annotations

import pytest

from intranet.auth.invitations import examination, queries, service
from intranet.auth.invitations.lists import rows
from intranet.auth.models import Account, Invitation
from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.policy import Refused
from intranet.core.transaction import reader
from intranet.members.models import Person
from tests.cast import Cast, acting, as_reader
from tests.journal import happened


def fates(by: int, text: str, status: str = "employee") -> list[tuple[str, str]]:
    found = examination.examine(as_reader(by), rows(text, status))
    return [(fate.outcome, fate.refusal) for fate in found]


def invite_all(by: int, text: str) -> list[str]:
    with acting(by) as tx:
        done = service.invite_all(tx, rows(text, "employee"))
    return [handed.token for _fate, handed in done if handed]


def without_account(person_id: int) -> None:
    with acting(None) as tx:
        tx.session.query(Account).filter_by(person_id=person_id).delete()


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("Noé;noe", "auth.not_an_address"),
        ("Amel Benali;amel@example.org", "auth.has_account"),
        (";noe@example.org", "members.name_length"),
        ("Noé;noe@example.org;member_employee", "auth.status_by_decision"),
        ("Noé;noe@example.org;employee;ZZ", "auth.unknown_body"),
        ("Noé;noe@example.org;sympathiser;RC", "auth.body_by_other_way"),
    ],
)
def test_a_wrong_line_is_refused_with_its_reason(cast: Cast, line: str, refusal: str) -> None:
    assert fates(cast.amel, line) == [("refused", refusal)]


def test_an_address_counts_once_in_a_list(cast: Cast) -> None:
    text = "Noé <noe@example.org>\nNoé V <NOE@example.org>\nLou;lou@example.org;employee;rc"
    assert fates(cast.amel, text) == [
        ("new", ""),
        ("refused", "auth.twice_in_list"),
        ("new", ""),
    ]


def test_looking_at_a_list_changes_nothing(cast: Cast) -> None:
    fates(cast.amel, "Noé <noe@example.org>")
    assert happened() == []


def test_a_list_invites_all_but_the_wrong_lines(cast: Cast) -> None:
    tokens = invite_all(cast.amel, "Noé <noe@example.org>\nfaux\nLou <lou@example.org>")
    assert len(tokens) == 2
    assert all(queries.behind_link(reader(SYSTEM), token) for token in tokens)
    assert happened() == ["PersonAdded", "PersonInvited"] * 2


def test_a_list_sent_twice_renews_links_and_makes_nobody_twice(cast: Cast) -> None:
    (first,) = invite_all(cast.amel, "Noé <noe@example.org>")
    assert fates(cast.amel, "Noé <noe@example.org>") == [("again", "")]
    (second,) = invite_all(cast.amel, "Noé <noe@example.org>")
    db.session.rollback()
    assert queries.behind_link(reader(SYSTEM), first) is None
    assert queries.behind_link(reader(SYSTEM), second) is not None
    assert db.session.query(Person).filter_by(name="Noé").count() == 1


def test_only_an_administrator_gives_the_account_of_somebody_known(cast: Cast) -> None:
    without_account(cast.bruno)
    line = "bruno costa <bruno.costa@example.org>"
    assert fates(cast.amel, line, "") == [("refused", "auth.person_known")]
    assert fates(cast.gwen, line, "") == [("known", "")]
    invite_all(cast.gwen, line)
    assert db.session.query(Invitation).one().person_id == cast.bruno


def test_a_member_cannot_take_the_link_of_somebody_with_a_vote(cast: Cast) -> None:
    without_account(cast.bruno)
    line = "Bruno Costa <bruno.costa@example.org>"
    invite_all(cast.gwen, line)
    assert fates(cast.amel, line) == [("refused", "auth.already_invited")]
    assert invite_all(cast.amel, line) == []
    number = db.session.query(Invitation).one().id
    with pytest.raises(Refused) as refusal, acting(cast.amel) as tx:
        service.renew(tx, number)
    assert refusal.value.verdict.reason == "auth.only_inviter_renews"


def test_a_lost_link_is_renewed_by_whoever_invited(cast: Cast) -> None:
    (first,) = invite_all(cast.amel, "Noé <noe@example.org>")
    card = queries.waiting(as_reader(cast.amel))[0]
    assert card.may_renew
    assert not queries.waiting(as_reader(cast.bruno))[0].may_renew
    with acting(cast.amel) as tx:
        token = service.renew(tx, card.id).token
    db.session.rollback()
    assert queries.behind_link(reader(SYSTEM), first) is None
    assert queries.behind_link(reader(SYSTEM), token) is not None
