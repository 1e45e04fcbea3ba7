"""S4: OpenID Connect against a small provider on this machine, through its whole road."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask, request
from joserfc import jwk, jwt
from werkzeug.serving import make_server

from intranet.auth.invitations import service as invitations
from intranet.auth.invitations.service import Guest
from intranet.auth.models import Account
from intranet.core.db import db
from tests.browser import LOOKS
from tests.cast import Cast, Client, acting
from tests.journal import happened


@dataclass
class Provider:
    """What the provider says, and what it was asked; a test may let it lie."""

    issuer: str = ""
    subject: str = "42"
    lies: dict[str, object] = field(default_factory=dict)
    configuration: dict[str, object] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    exchanged: dict[str, str] = field(default_factory=dict)


def serve(provider: Provider) -> Flask:
    app, key = Flask("provider"), jwk.RSAKey.generate_key(2048, {"kid": "k"})

    @app.get("/.well-known/openid-configuration")
    def configuration() -> dict[str, Any]:
        own = provider.issuer
        return {
            "issuer": own,
            "authorization_endpoint": f"{own}/authorize",
            "token_endpoint": f"{own}/token",
            "jwks_uri": f"{own}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
            **provider.configuration,
        }

    @app.get("/keys")
    def keys() -> dict[str, Any]:
        return {"keys": [key.as_dict(private=False)]}

    @app.post("/token")
    def token() -> dict[str, Any]:
        provider.exchanged = request.form.to_dict()
        now = int(time.time())
        claims = {
            "iss": provider.issuer,
            "sub": provider.subject,
            "aud": "intranet",
            "iat": now,
            "exp": now + 60,
            "nonce": provider.asked["nonce"],
            "email": "amel@example.org",
            "email_verified": True,
        }
        signed = jwt.encode({"alg": "RS256", "kid": "k"}, {**claims, **provider.lies}, key)
        return {"access_token": "x", "token_type": "Bearer", "id_token": signed}

    return app


@pytest.fixture
def provider(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """A provider, and the application set to use it."""
    known = Provider()
    server = make_server("127.0.0.1", 0, serve(known), threaded=True)
    known.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=[LOOKS], daemon=True)
    thread.start()
    settings = app.extensions["settings"]
    before = {name: getattr(settings, name) for name in ("oidc_issuer", "oidc_client_id")}
    object.__setattr__(settings, "oidc_issuer", known.issuer)
    object.__setattr__(settings, "oidc_client_id", "intranet")
    yield known
    for name, value in before.items():
        object.__setattr__(settings, name, value)
    app.extensions.pop("intranet.single_sign_on", None)
    server.shutdown()
    thread.join()
    server.server_close()


def visitor(app: Flask) -> Client:
    app.test_client_class = Client
    return app.test_client()  # type: ignore[return-value]


def go(browser: Client, provider: Provider, target: str = "/", **changed: str) -> Any:
    """To the provider and back; the last answer."""
    away = browser.get("/sign-in/provider", query_string={"next": target}).headers["Location"]
    provider.asked = {name: said[0] for name, said in parse_qs(urlsplit(away).query).items()}
    back = {"code": "c", "state": provider.asked["state"], **changed}
    return browser.get("/sign-in/provider/back", query_string=back)


def link(app: Flask, provider: Provider, name: str) -> int:
    browser = visitor(app).sign_in(name)
    assert go(browser, provider).headers["Location"] == "/account/provider"
    assert "42" in browser.get("/account/provider").get_data(as_text=True)
    return int(browser.submit("/account/provider").status_code)


def is_in(browser: Client) -> bool:
    return browser.get("/account").status_code == 200


def test_s4_a_linked_account_opens_by_issuer_and_subject(
    app: Flask, cast: Cast, provider: Provider
) -> None:
    assert link(app, provider, "bruno") == 303
    other = visitor(app)
    assert go(other, provider, "/members").headers["Location"] == "/members"
    assert "Bruno Costa" in other.get("/").get_data(as_text=True)
    assert provider.asked["code_challenge_method"] == "S256"
    assert provider.exchanged["code_verifier"]
    assert other.submit("/account/provider/removal").status_code == 303
    assert not is_in_after(app, provider)


def is_in_after(app: Flask, provider: Provider) -> bool:
    browser = visitor(app)
    go(browser, provider)
    return is_in(browser)


def test_s4_an_address_alone_opens_nothing_and_makes_no_account(
    app: Flask, cast: Cast, provider: Provider
) -> None:
    before = db.session.query(Account).count()
    browser = visitor(app)
    assert go(browser, provider).headers["Location"] == "/sign-in"
    assert "invitation" in browser.get("/sign-in").get_data(as_text=True)
    assert not is_in(browser)
    assert db.session.query(Account).count() == before


def test_s4_coming_back_links_nothing_before_a_button_is_pressed(
    app: Flask, cast: Cast, provider: Provider
) -> None:
    go(visitor(app).sign_in("bruno"), provider)
    assert "IdentityLinked" not in happened()
    assert not is_in_after(app, provider)


@pytest.mark.parametrize(
    "lies",
    [
        {"nonce": "another"},
        {"aud": "another"},
        {"aud": ["another"], "azp": "intranet"},
        {"sub": None},
        {"iss": "https://elsewhere.example"},
        {"exp": 1},
    ],
)
def test_s4_what_cannot_be_checked_opens_nothing(
    app: Flask, cast: Cast, provider: Provider, lies: dict[str, object]
) -> None:
    link(app, provider, "bruno")
    provider.lies = lies
    assert not is_in_after(app, provider)


@pytest.mark.parametrize("broken", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
def test_s4_a_provider_that_is_not_complete_opens_nothing_and_that_is_said(
    app: Flask, cast: Cast, provider: Provider, broken: str
) -> None:
    provider.configuration = {broken: None}
    browser = visitor(app)
    away = browser.get("/sign-in/provider").headers["Location"]
    asked = parse_qs(urlsplit(away).query)
    if away != "/sign-in":
        back = {"code": "c", "state": asked["state"][0]}
        provider.asked = {"nonce": asked["nonce"][0]}
        answer = browser.get("/sign-in/provider/back", query_string=back)
        assert answer.headers["Location"] == "/sign-in"
    with browser.session_transaction() as session:
        assert [kind for kind, _words in session["_flashes"]] == ["error"]
    assert not is_in(browser)


def test_s4_another_state_or_a_refusal_opens_nothing(
    app: Flask, cast: Cast, provider: Provider
) -> None:
    link(app, provider, "bruno")
    for changed in ({"state": "another"}, {"error": "access_denied"}):
        browser = visitor(app)
        assert go(browser, provider, **changed).headers["Location"] == "/sign-in"
        assert not is_in(browser)


def test_s4_one_identity_opens_one_account(app: Flask, cast: Cast, provider: Provider) -> None:
    assert link(app, provider, "bruno") == 303
    assert link(app, provider, "amel") == 409


NOE = Guest("noe@example.org", "Noé Vial", "employee")


def invited(cast: Cast) -> str:
    """The address of a new invitation."""
    with acting(cast.amel) as tx:
        return f"/invitations/{invitations.invite(tx, NOE).token}"


def come_in(browser: Client, provider: Provider, link: str, name: str = "Noé Vial") -> Any:
    """Press the button of an invitation, and come back from the provider."""
    away = browser.submit(f"{link}/provider", name=name).headers["Location"]
    provider.asked = {name: said[0] for name, said in parse_qs(urlsplit(away).query).items()}
    back = {"code": "c", "state": provider.asked["state"]}
    return browser.get("/sign-in/provider/back", query_string=back)


def test_s4_an_invitation_is_accepted_at_the_provider_without_a_password(
    app: Flask, cast: Cast, provider: Provider
) -> None:
    link_to, noe = invited(cast), visitor(app)
    assert f"{link_to}/provider" in noe.get(link_to).text
    assert come_in(noe, provider, link_to, "Noé V.").headers["Location"] == "/"
    page = noe.get("/account").text
    assert "noe@example.org" in page
    assert 'name="new_password"' not in page
    assert happened()[-4:] == [
        *("PersonInvited", "InvitationAccepted", "IdentityLinked", "SignedInHere")
    ]
    assert go(visitor(app), provider, "/members").headers["Location"] == "/members"
    assert visitor(app).get(link_to).status_code == 404
    for guess in ("", "nobody has this password"):
        answer = visitor(app).submit("/sign-in", email="noe@example.org", password=guess)
        assert answer.status_code != 302
    assert noe.submit("/account/provider/removal").status_code == 403, "the only way in"


def test_s4_whose_identity_opens_an_account_accepts_no_second_one(
    app: Flask, cast: Cast, provider: Provider
) -> None:
    link(app, provider, "bruno")
    link_to, browser = invited(cast), visitor(app)
    assert come_in(browser, provider, link_to).headers["Location"] == "/sign-in"
    assert visitor(app).get(link_to).status_code == 200, "the invitation still waits"
    assert not is_in(browser)


def test_s4_an_abandoned_invitation_is_not_accepted_by_a_later_sign_in(
    app: Flask, cast: Cast, provider: Provider
) -> None:
    link_to, browser = invited(cast), visitor(app)
    browser.submit(f"{link_to}/provider", name="Noé Vial")
    assert go(browser, provider).headers["Location"] == "/sign-in"
    assert visitor(app).get(link_to).status_code == 200
    assert come_in(browser, provider, link_to, " ").headers["Location"] == link_to
    assert come_in(browser, provider, "/invitations/x").headers["Location"] == "/sign-in"
    assert not is_in(browser)


def test_l1_the_way_back_stays_on_this_site(app: Flask, cast: Cast, provider: Provider) -> None:
    link(app, provider, "bruno")
    assert go(visitor(app), provider, "//evil.example").headers["Location"] == "/"


def test_without_a_provider_there_is_no_such_page(app: Flask, cast: Cast) -> None:
    assert visitor(app).get("/sign-in/provider").status_code == 404
    assert "/sign-in/provider" not in visitor(app).get("/sign-in").get_data(as_text=True)
