"""Coming in and leaving."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.cast import PASSWORD, Cast


def test_a_member_signs_in_and_sees_their_name(client: FlaskClient, cast: Cast) -> None:
    page = client.sign_in("amel").get("/")
    assert "Amel Benali" in page.get_data(as_text=True)


def test_unknown_address_and_wrong_password_get_the_same_answer(
    client: FlaskClient, cast: Cast
) -> None:
    answers = {
        client.submit("/sign-in", email=email, password=password)
        .get_data(as_text=True)
        .count("ne vont pas")
        for email, password in [("amel@example.org", "faux"), ("personne@example.org", PASSWORD)]
    }
    assert len(answers) == 1


def test_signing_out_ends_the_session_on_the_server(client: FlaskClient, cast: Cast) -> None:
    client.sign_in("amel")
    stolen = client.get_cookie("session")
    client.submit("/sign-out")
    client.set_cookie("session", stolen.value)
    assert client.get("/").status_code == 302
