"""The ballots that a score, a name, a lot, a box of tellers or advice asks for: each at both
widths, on one server, by two people. One of them has no mouse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from intranet.polls.advising_rules import DECIDES
from intranet.polls.procedure_models import Course, Custody
from intranet.proposals.tellers.service import become_teller
from intranet.voting.election import ElectionSettings
from tests.browser import (
    DESKTOP,
    PHONE,
    assert_fits,
    assert_no_axe_violations,
    at_each_width,
    photograph,
)
from tests.cast import acting
from tests.flows.conftest import Guest
from tests.polls.balloting import circle, crowd, define
from tests.proposals import choosing as among
from tests.proposals import stage as on
from tests.proposals.stage import Stage
from tests.proposals.test_naming import a_role

pytestmark = pytest.mark.browser

Fill = Callable[[Page], None]
DICE = "Six dés jetés à la réunion du lundi."
ANSWER = "La garantie demandée par Bruno est dans le contrat."


@dataclass(frozen=True)
class Asked:
    """A vote under way: its proposal, its poll, and how a person fills its ballot."""

    proposal: int
    poll: int
    fill: Fill | None


def by_score(page: Page) -> None:
    page.check("form.ballot input[name='mark.1'][value='5']")


def by_name(page: Page) -> None:
    page.locator("form.ballot input[name=mark]").first.check()
    page.fill("form.ballot textarea[name=reason]", "Pour son calme.")


def by_advice(page: Page) -> None:
    page.check("form.ballot input[value=change_first]")
    page.fill("form.ballot textarea[name=reason]", "Une garantie de deux ans.")


def by_first(page: Page) -> None:
    page.locator("form.ballot input[name=option]").first.check()


def by_keyboard(page: Page) -> None:
    """From the top of the page to a chosen answer, with the tabulator and the space bar alone."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "option":
            break
    expect(page.locator("form.ballot [name=option]:focus")).to_have_count(1)
    expect(page.locator("form.ballot :checked"), "reaching it chooses nothing").to_have_count(0)
    page.keyboard.press("Space")
    expect(page.locator("form.ballot :checked")).to_have_count(1)


def a_text(stage: Stage, key: str, fill: Fill) -> Asked:
    proposal = on.a_resolution(stage, key)
    return Asked(proposal, on.open_it(stage, proposal), fill)


def a_list(stage: Stage, key: str, fill: Fill | None) -> Asked:
    proposal = among.a_choice(stage, key)
    return Asked(proposal, among.opened(stage, proposal), fill)


def everything_asked(stage: Stage) -> dict[str, Asked]:
    """One vote of each sort, all open."""
    cast = stage.cast
    define(cast.assembly, key="sense", method="sense_check")
    course = Course(kinds=DECIDES)
    define(cast.assembly, key="alone", method="advice_process", course=course, proxy_cap=0)
    box = circle([*cast.members, *crowd(3)])
    define(box, key="box", secret=True, course=Course(custody=Custody.TELLERS))
    in_box = on.a_resolution(stage, "box")
    for person in cast.members:
        with acting(person) as tx:
            become_teller(tx, in_box)
    score = among.a_way_to_choose(stage, "score", ElectionSettings(highest=5))
    lots = among.a_way_to_choose(stage, "sortition", course=Course(drawn_from=DICE))
    role = a_role(stage)
    return {
        "score": a_list(stage, score, by_score),
        "lots": a_list(stage, lots, None),
        "names": Asked(role, among.opened(stage, role), by_name),
        "sense": a_text(stage, "sense", by_first),
        "advice": a_text(stage, "alone", by_advice),
        "box": Asked(in_box, on.open_it(stage, in_box), by_first),
    }


def look(page: Page, name: str, width: int) -> None:
    assert_no_axe_violations(page)
    assert_fits(page)
    photograph(page, f"ballot-{name}-{width}")


@pytest.fixture
def asked(scene: Stage) -> dict[str, Asked]:
    return everything_asked(scene)


def test_each_ballot_is_given_at_both_widths_and_its_result_read(
    asked: dict[str, Asked], scene: Stage, address: str, signed_in: Guest
) -> None:
    pages = {DESKTOP: signed_in("bruno", DESKTOP), PHONE: signed_in("esther", PHONE)}
    for width, page in pages.items():
        for name, one in asked.items():
            page.goto(f"{address}/proposals/{one.proposal}")
            if one.fill is None:
                expect(page.locator("h1")).to_be_visible()
                expect(page.locator("form.ballot")).to_have_count(0)
                look(page, name, width)
                continue
            expect(page.locator("form.ballot")).to_be_visible()
            expect(page.locator("form.ballot :checked:not(option)")).to_have_count(0)
            look(page, name, width)
            one.fill(page)
            page.locator("form.ballot button[type=submit]").click()
            given = page.locator(".receipt") if name != "box" else page.locator("main code")
            expect(given, name).to_have_count(1)
    for one in asked.values():
        on.end(one.poll)
    for name in set(asked) - {"box"}:
        on.conclude(asked[name].proposal)
    amel = signed_in("amel", PHONE)
    amel.goto(f"{address}/proposals/{asked['advice'].proposal}")
    for width in at_each_width(amel):
        look(amel, "advice-answer", width)
    amel.check("input[name=choice][value=adopt]")
    amel.fill("textarea[name=answer]", ANSWER)
    amel.locator("#answer button[type=submit]").click()
    expect(amel.locator("#answer")).to_contain_text(ANSWER)
    for name, one in asked.items():
        amel.goto(f"{address}/proposals/{one.proposal}")
        look(amel, f"{name}-after", PHONE)
        for _width in at_each_width(amel):
            assert_fits(amel)


def test_a_ballot_is_given_with_the_keyboard_alone(
    scene: Stage, address: str, signed_in: Guest
) -> None:
    define(scene.cast.assembly, key="sense", method="sense_check")
    one = a_text(scene, "sense", by_keyboard)
    page = signed_in("bruno", DESKTOP)
    page.goto(f"{address}/proposals/{one.proposal}")
    by_keyboard(page)
    for key in ("Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".receipt")).to_have_count(1)
