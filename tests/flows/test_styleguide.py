"""Every component in every state, in a real browser: seen, sound and photographed."""

from __future__ import annotations

from typing import Literal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import expect

from tests.browser import (
    DESKTOP,
    PHONE,
    assert_fits,
    assert_no_axe_violations,
    at_each_width,
    photograph,
)
from tests.cast import Cast
from tests.flows.conftest import Guest

THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.mark.browser
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_every_component_is_sound(people: Cast, address: str, signed_in: Guest, width: int) -> None:
    page = signed_in("amel", width)
    page.goto(f"{address}/styleguide")
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        photograph(page, f"styleguide-{width}-{theme}")
        assert_fits(page)
        assert_no_axe_violations(page)


@pytest.mark.browser
def test_a_toast_is_shown_read_and_put_away(people: Cast, address: str, signed_in: Guest) -> None:
    page = signed_in("amel", PHONE)
    page.goto(f"{address}/styleguide")
    page.click('[data-toast-kind="success"]')
    page.click('[data-toast-kind="error"]')
    toasts = page.locator("[data-floating][role=status] [data-message]")
    failed = "L’enregistrement n’a pas abouti."
    both = ["Le brouillon est enregistré.", failed]
    expect(toasts).to_have_text(both, use_inner_text=True)
    for width in at_each_width(page):
        photograph(page, f"toasts-{width}")
        assert_fits(page)
        assert_no_axe_violations(page)
    toasts.first.locator("button").click()
    expect(toasts).to_have_text([failed], use_inner_text=True)


def test_the_style_guide_is_for_development(app: Flask, client: FlaskClient, cast: Cast) -> None:
    assert client.get("/styleguide").status_code == 404


def test_the_style_guide_opens_in_development(people: Cast, site: Flask) -> None:
    assert site.test_client().get("/styleguide").status_code == 200
