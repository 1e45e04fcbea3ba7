"""Everybody takes away what is kept about them: all of it, theirs alone, without a secret."""

from __future__ import annotations

import io
import json
from zipfile import ZipFile

from intranet.auth.models import Account, SignIn
from intranet.core.db import db
from intranet.core.generation import generation
from intranet.membership.integration.service import DossierWords, discuss, open_dossier
from intranet.wiki import service as wiki
from intranet.wiki.typed import TextChange
from tests.cast import Cast, Client, acting
from tests.membership.test_erasure import leaves, own_things
from tests.proposals import stage as on
from tests.proposals.stage import set_up
from tests.wiki.writing import head_id, page_id, write

THEIRS = "Un paragraphe d’Amel, que Chloé n’a pas écrit."
MINE = "Un paragraphe de Chloé."
ABOUT_ME = "Ce que Bruno pense de Chloé"


def taken(client: Client) -> dict[str, str]:
    """The files that come with the answer, by path."""
    answer = client.get("/account/data.zip")
    assert answer.status_code == 200, answer.status_code
    assert "no-store" in answer.headers["Cache-Control"]
    with ZipFile(io.BytesIO(answer.data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def lived(cast: Cast) -> None:
    """What Chloé did here, among what others did."""
    slug = write(cast.amel, "Atelier", THEIRS)
    page, change = page_id(slug), TextChange(head_id(slug), f"{THEIRS}\n\n{MINE}")
    with acting(cast.chloe) as tx:
        wiki.revise_page(tx, page, change)
        dossier = open_dossier(tx, cast.chloe, DossierWords("member_employee", "Mon souhait"))
    with acting(cast.bruno) as tx:
        discuss(tx, dossier, ABOUT_ME, "fr")
    own_things(cast, cast.chloe, page)


def test_all_that_is_kept_about_a_person_is_in_one_file_and_nothing_of_others(
    client: Client, cast: Cast
) -> None:
    lived(cast)
    files = taken(client.sign_in("chloe"))
    whole = "".join(files.values())
    assert json.loads(files["profile.json"])["name"] == "Chloé Martin"
    assert json.loads(files["kept/account.json"])[0]["email"] == "chloe@example.org"
    assert {"kept/status_period.json", "kept/dossier.json", "kept/favourite.json"} <= set(files)
    assert {"kept/watch.json", "kept/saved_search.json", "kept/kept_typing.json"} <= set(files)
    assert MINE in whole
    assert "Mon souhait" in whole
    assert THEIRS not in whole
    assert ABOUT_ME not in whole
    assert "amel@" not in whole
    account = db.session.query(Account).filter_by(person_id=cast.chloe).one()
    digests = [one.token_digest for one in db.session.query(SignIn)]
    assert not [secret for secret in (account.password_hash, *digests) if secret in whole]


def test_proposals_and_open_ballots_are_in_it(client: Client, cast: Cast) -> None:
    stage = set_up(cast)
    proposal = on.a_resolution(stage)
    poll = on.open_it(stage, proposal)
    on.cast_one(poll, cast.amel, "for")
    files = taken(client.sign_in("amel"))
    assert [one["choice"] for one in json.loads(files["ballots.json"])] == ["for"]
    assert f"proposals/{proposal}-1.md" in files
    assert json.loads(taken(client.sign_in("bruno"))["ballots.json"]) == []


def test_who_has_left_takes_their_data_too_and_asking_changes_nothing(
    client: Client, cast: Cast
) -> None:
    lived(cast)
    leaves(cast.chloe)
    client.sign_in("chloe")
    client.get("/account")
    before = generation(db.session())
    db.session.rollback()
    files = taken(client)
    assert MINE in "".join(files.values())
    assert generation(db.session()) == before
