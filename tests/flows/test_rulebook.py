"""The rulebook at three dates, at both widths, without any script."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser import (
    DESKTOP,
    PHONE,
    assert_fits,
    assert_no_axe_violations,
    at_each_width,
    photograph,
)
from tests.cast import Cast, this_day
from tests.flows.conftest import Guest
from tests.rulebook.test_queries import CHANGE, START, change
from tests.wiki.writing import rule

pytestmark = pytest.mark.browser
LATER = this_day() + timedelta(days=90)
TEXT = """On prévient un mois avant.

## Durée

On pose ses jours ensemble[^a].

[^a]: Sauf pendant la fermeture.
"""


def test_three_dates_show_three_texts(
    site: Flask, people: Cast, address: str, signed_in: Guest
) -> None:
    number = rule("Congés", TEXT, "AG-2024-001", START)
    change(number, "On prévient un mois avant.", "On prévient la veille.", "AG-2025-002", CHANGE)
    old, new = "On pose ses jours ensemble[^a].", "Chacun·e pose ses jours."
    change(number, old, new, "AG-2026-009", LATER)
    days = {
        date(2024, 3, 1): "On prévient un mois avant.",
        this_day(): "On prévient la veille.",
        LATER: new,
    }
    page = signed_in("amel", PHONE, javascript=False)
    page.goto(f"{address}/rulebook")
    for day, present in days.items():
        page.fill("main input[name=on]", day.isoformat())
        page.click("main .day-form button")
        expect(page).to_have_url(f"{address}/rulebook?on={day.isoformat()}")
        expect(page.get_by_role("article").get_by_text(present)).to_be_visible()
        for width in at_each_width(page):
            photograph(page, f"rulebook-{day.year}-{width}")
            assert_fits(page)
    page = signed_in("amel", DESKTOP)
    page.goto(f"{address}/rulebook")
    expect(page.locator(".is-coming")).to_contain_text(new)
    for path in ("", "/rulebook/comparison?from=2024-03-01", "/rulebook/outstanding"):
        if path:
            page.goto(address + path)
        else:
            assert_no_axe_violations(page)
            paragraph = page.locator(".provenance__facts a").first
            there = paragraph.get_attribute("href")
            paragraph.click()
            expect(page).to_have_url(f"{address}{there}")
        for _width in at_each_width(page):
            assert_fits(page)
        assert_no_axe_violations(page)
