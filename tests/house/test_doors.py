"""Every address is asked for as every status: who opens what is measured and written down."""

from __future__ import annotations

import pytest

from intranet.doors import asking, table
from intranet.doors.asking import OPEN, STATUSES, Door
from intranet.permissions import as_markdown, permissions
from tests.house.source import ROOT
from tests.house.test_permissions import PUBLIC

# What the example cannot open with an empty form: it has to name something, or a vote, a vote among
# amendments, a draw or an export has to be in a state in which the example holds none.
NOBODY = {
    "arranging.drop",
    "arranging.step",
    "wiki.revise",
    "corrections.correct",
    "corrections.create",
    "decisions.choose_readers",
    "export.as_pdf",
    "export_pages.as_pdf",
    "rulebook.as_pdf",
    "objections.lift",
    "advice.give",
    "polls.recount",
    "polls.result_file",
    "polls.define_procedure",
    "polls.new_version",
    "polls.create_procedure",
    "proxies.ballot",
    "proxies.cast",
    "proxies.give",
    "suggestions.ballot",
    "suggestions.call_off",
    "suggestions.count",
    "advised.answer",
    "support.end_co_authorship",
    "talks.react",
    "talks.mark_as_read",
    "proposals.conclude",
    "draws.say",
    "tellers.become",
    "tellers.leave",
    "tellers.take",
    "acts.edit",
    "acts.reword",
    "deciders_proposals.create",
    "deciders_proposals.draft",
    "deciders_proposals.edit",
    "deciders_proposals.reword",
    "procedure_proposals.edit",
    "procedure_proposals.reword",
    "single_sign_on.leave",
    "single_sign_on.back",
    "styleguide.show",
    "wiki.rename",
    "wiki.restore",
    "changes.mark",
    "page_offers.add",
    "imports.send",
    "tags.rename",
}


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> list[Door]:
    return asking.doors(tmp_path_factory.mktemp("doors"))


def open_to(doors: list[Door], status: str) -> set[str]:
    place = STATUSES.index(status)
    return {door.endpoint for door in doors if door.answers[place] in OPEN}


def test_the_page_of_permissions_is_the_one_the_command_makes(doors: list[Door]) -> None:
    written = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")
    made = f"{as_markdown(permissions())}\n{table.as_markdown(doors)}"
    assert written == made, "call: intranet permissions --markdown > docs/permissions.md"


def test_every_route_is_asked_for_with_something_that_is_there(doors: list[Door]) -> None:
    opened = set().union(*(open_to(doors, status) for status in STATUSES))
    closed = {door.endpoint for door in doors} - opened
    assert closed == NOBODY, "lay what it needs in example/corners.py, and name it in doors/objects"


def test_whoever_is_refused_writes_nothing_and_no_reading_writes(doors: list[Door]) -> None:
    assert {(door.method, door.address): door.wrote for door in doors if door.wrote} == {}


def test_strangers_open_what_is_public_only(doors: list[Door]) -> None:
    assert open_to(doors, asking.ANONYMOUS) <= PUBLIC


def test_who_has_left_opens_their_own_data_only(doors: list[Door], app_views: set[str]) -> None:
    assert open_to(doors, "former") <= PUBLIC | app_views


@pytest.fixture(scope="module")
def app_views(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The endpoints marked for any account."""
    app = asking.application(tmp_path_factory.mktemp("marks"))
    views = app.view_functions.items()
    return {name for name, view in views if getattr(view, "is_for_any_account", False)}


# What a person opens because the thing is theirs, and no member of the example has one like it.
OWN = {
    "integration.withdraw",
    "proposals.annul",
    "proposals.submit",
    "proposals.take_back",
    "suggestions.edit",
    "suggestions.withdraw",
}
LENT = {"proxies.accept", "proxies.hand_back", "proxies.refuse"}


@pytest.mark.parametrize("status", ["member_external", "employee", "applicant", "sympathiser"])
def test_nobody_opens_more_than_an_employed_member(doors: list[Door], status: str) -> None:
    member = open_to(doors, "member_employee") | OWN | LENT
    assert open_to(doors, status) - member == set()


def test_an_administrator_opens_their_task_besides_and_no_more(doors: list[Door]) -> None:
    tasks = open_to(doors, "administrator") - open_to(doors, "member_employee")
    rooms = {one.split(".")[0] for one in tasks}
    assert rooms == {"administration", "erasure", "members", "outbox", "resets"}
