"""A passkey, with the browser's own virtual authenticator: added, used, and removed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.cast import PASSWORD, Cast
from tests.flows.conftest import Guest

pytestmark = pytest.mark.browser
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_device_opens_the_account_until_it_is_removed(
    people: Cast, address: str, signed_in: Guest
) -> None:
    page = signed_in("amel")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    here = address.replace("127.0.0.1", "localhost")
    page.goto(f"{here}/sign-in")
    page.fill("input[name=email]", "amel@example.org")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    expect(page).not_to_have_url(re.compile("/sign-in"))
    page.goto(f"{here}/account")
    page.click("[data-passkey=create]")
    expect(page.locator("input[name=name]")).to_have_value("Chrome sur Linux")
    page.context.clear_cookies()
    page.goto(f"{here}/sign-in?next=/members")
    page.click("[data-passkey=get]")
    page.wait_for_url(f"{here}/members")
    page.goto(f"{here}/account")
    page.click("form[action$='/remove'] button")
    expect(page.locator("form[action$='/remove']")).to_have_count(0)
