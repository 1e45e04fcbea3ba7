"""Passkeys without a device: what is forged, unknown or somebody else's opens nothing."""

from __future__ import annotations

import base64
import json

import pytest
from flask.testing import FlaskClient

from intranet.auth.models import Account
from intranet.auth.passkeys.models import Challenge, Passkey
from intranet.core import clock
from intranet.core.db import db
from tests.cast import Cast, acting

PUBLIC = "pQECAyYgASFYIA"


def own_key(person_id: int) -> int:
    with acting(None) as tx:
        account = tx.session.query(Account).filter_by(person_id=person_id).one()
        key = Passkey(
            account_id=account.id,
            credential_id="a2V5",
            public_key=PUBLIC,
            sign_count=0,
            name="x",
            created_at=clock.now(),
        )
        tx.session.add(key)
        tx.session.flush()
        return key.id


def send(client: FlaskClient, path: str, body: str) -> tuple[int, str]:
    headers = {"X-CSRFToken": client.token()}
    answer = client.post(path, data=body, headers=headers, content_type="application/json")
    return answer.status_code, answer.get_data(as_text=True)


def forged(client: FlaskClient) -> str:
    """An answer to a question of ours, by somebody who does not hold the key."""
    asked = json.loads(send(client, "/sign-in/passkey/options", "")[1])
    assert asked["userVerification"] == "required"
    said = {"type": "webauthn.get", "challenge": asked["challenge"], "origin": "http://localhost"}
    data = base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")
    response = {"clientDataJSON": data, "authenticatorData": "AA", "signature": "AA"}
    answer = {"id": "a2V5", "rawId": "a2V5", "type": "public-key", "response": response}
    return json.dumps(answer)


def test_unknown_and_forged_answers_are_refused_alike(client: FlaskClient, cast: Cast) -> None:
    unknown = send(client, "/sign-in/passkey", forged(client))
    own_key(cast.amel)
    answers = {send(client, "/sign-in/passkey", forged(client)), unknown}
    bodies = ("", "[]", '{"id": 1}', "\x00", "[" * 5000)
    answers |= {send(client, "/sign-in/passkey", body) for body in bodies}
    assert len(answers) == 1
    assert answers.pop()[0] == 422
    assert client.get("/account").status_code == 302


def test_questions_are_kept_by_digest_and_asking_is_slowed_down(
    client: FlaskClient, cast: Cast
) -> None:
    said = [send(client, "/sign-in/passkey/options", "") for _ in range(11)]
    assert [status for status, _text in said] == [200] * 10 + [429]
    db.session.rollback()
    assert db.session.query(Challenge).count() == 10
    assert json.loads(said[0][1])["challenge"] not in {
        row.digest for row in db.session.query(Challenge)
    }


@pytest.mark.parametrize("act", ["name", "remove"])
def test_somebody_elses_passkey_does_not_exist_for_me(
    client: FlaskClient, cast: Cast, act: str
) -> None:
    number = own_key(cast.amel)
    client.sign_in("bruno")
    assert client.submit(f"/account/passkeys/{number}/{act}", name="y").status_code == 404


def test_a_wrong_answer_adds_no_passkey(client: FlaskClient, cast: Cast) -> None:
    answer = forged(client)
    client.sign_in("amel")
    assert send(client, "/account/passkeys", answer)[0] == 422
    db.session.rollback()
    assert db.session.query(Passkey).count() == 0
