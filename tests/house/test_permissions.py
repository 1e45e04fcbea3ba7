"""Permissions are documented, refusals have a reason in words, and routes are closed."""

from __future__ import annotations

import ast

import pytest
from flask import Flask

from intranet.web import messages
from tests.cast import Cast, Client
from tests.house.source import called, functions, modules, nodes

PUBLIC = {
    "static",
    "auth.sign_in",
    "auth.open_session",
    "auth.waiting",
    "second_factor.code",
    "second_factor.pass_code",
    "passkeys.request_options",
    "passkeys.sign_in",
    "single_sign_on.leave",
    "single_sign_on.back",
    "single_sign_on.leave_invited",
    "resets.forgotten",
    "resets.ask",
    "resets.show",
    "resets.choose",
    "invitations.show",
    "invitations.accept",
    "founding.show",
    "founding.found",
    "health.show",
    "styleguide.show",
    "web.language",
    "notices.stop",
    "notices.stop_now",
    "feeds.news",
    "feeds.deadlines",
    "page_guests.show",
    "page_guests.download",
    "saved_searches.feed",
}
# The program of whoever reads the mail sends it without ever seeing a form (RFC 8058): the secret
# of the link is the proof, and all it can do is to end mails.
WITHOUT_TOKEN = {"notices.stop_now"}


def test_permissions_say_what_they_allow() -> None:
    wrong = [
        f"{module.name}.{function.name}"
        for module in modules()
        for function in functions(module)
        if function.name.startswith("may_") and not ast.get_docstring(function)
    ]
    assert wrong == []


def test_permissions_live_in_policy_files() -> None:
    wrong = [
        f"{module.name}.{function.name}"
        for module in modules()
        for function in functions(module)
        if function.name.startswith("may_") and module.file != "policy"
    ]
    assert wrong == []


def spoken_codes(names: set[str]) -> set[str]:
    """The codes given as first argument to these functions anywhere in the product."""
    return {
        str(node.args[0].value)
        for module in modules()
        for node in nodes(module)
        if isinstance(node, ast.Call)
        and called(node) in names
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def test_every_refusal_has_its_words() -> None:
    assert spoken_codes({"no"}) == set(messages.REASONS)


def test_every_conflict_has_its_words() -> None:
    assert spoken_codes({"Conflict"}) == set(messages.CONFLICTS)


def routes(app: Flask) -> list[tuple[str, str, str]]:
    """Every endpoint with a method and an address made of plausible values."""
    found = []
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        values = {name: _example(rule, name) for name in rule.arguments}
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            found.append((rule.endpoint, method, adapter.build(rule.endpoint, values, method)))
    return found


def _example(rule: object, name: str) -> object:
    converter = rule._converters[name]  # type: ignore[attr-defined]
    return 1 if type(converter).__name__ == "IntegerConverter" else "x"


def test_routes_are_closed_to_strangers(app: Flask, cast: Cast) -> None:
    app.test_client_class = Client
    app.config["WTF_CSRF_ENABLED"] = False
    for endpoint, method, path in routes(app):
        answer = app.test_client().open(path, method=method)
        if endpoint not in PUBLIC:
            assert answer.status_code == 302, (endpoint, method, path)
            assert "/sign-in" in answer.headers["Location"], (endpoint, method, path)


def test_public_routes_are_listed(app: Flask) -> None:
    marked = {
        endpoint
        for endpoint, view in app.view_functions.items()
        if getattr(view, "is_public", False)
    }
    assert marked | {"static"} == PUBLIC


def test_every_change_needs_a_token(app: Flask, cast: Cast) -> None:
    app.test_client_class = Client
    browser = app.test_client().sign_in("amel")
    for endpoint, method, path in routes(app):
        if method == "POST" and endpoint not in WITHOUT_TOKEN:
            assert browser.post(path, data={}).status_code == 400, endpoint


@pytest.mark.parametrize("site", ["cross-site"])
def test_changes_from_another_site_are_refused(app: Flask, cast: Cast, site: str) -> None:
    app.test_client_class = Client
    app.config["WTF_CSRF_ENABLED"] = False
    for endpoint, method, path in routes(app):
        if method == "POST":
            answer = app.test_client().post(path, headers={"Sec-Fetch-Site": site})
            assert answer.status_code == 403, endpoint
