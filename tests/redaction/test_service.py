"""Words that name a person go for ever; number, dates, digests and chain remain."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from intranet import subscriptions
from intranet.audit.checks import checks
from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.deliveries import drain
from intranet.core.policy import Conflict, Invalid, NotFound, Refused
from intranet.core.transaction import reader
from intranet.corrections import service as corrections
from intranet.decisions import page_queries
from intranet.decisions.models import Decision
from intranet.export.folder import Folder
from intranet.export.whole import reader_like, write_all
from intranet.members.statuses import Audience
from intranet.proposals.suggestions import service as suggestions
from intranet.proposals.suggestions.ballots import service as ballots
from intranet.proposals.talks import service as talks
from intranet.redaction import service
from intranet.wiki.corrections.models import Correction, Mended
from intranet.wiki.offers import service as offers
from intranet.wiki.offers.queries import offer_page
from intranet.wiki.trash.service import take_from_trash, trash_page
from intranet.wiki.typed import TextChange
from tests.cast import Cast, Client, acting, as_reader
from tests.decisions.register import entered
from tests.proposals import stage as stages
from tests.proposals.suggestions.suggesting import on_a_ballot, suggested
from tests.rulebook.test_queries import change
from tests.wiki.writing import head_id, page_id, revise, rule, write

NAME = "Hippolyte"


def everywhere(app: Flask) -> list[str]:
    """The tables that hold the name."""
    found = []
    with db.engine.connect() as connection:
        for table in db.Model.metadata.tables.values():  # type: ignore[attr-defined]
            for row in connection.execute(table.select()):
                if any(NAME in str(value) for value in row):
                    found.append(table.name)
    return sorted(set(found))


def problems() -> list[str]:
    look = reader(SYSTEM)
    found = [problem for check in checks(look) for problem in check.problems]
    look.session.rollback()
    return found


def decided(cast: Cast) -> tuple[int, str]:
    """A resolution that names somebody, adopted; its proposal and number."""
    stage = stages.set_up(cast)
    proposal = stages.a_resolution(stage, text=f"{NAME} nous prête 3 000 €.")
    stages.decide(stage, proposal)
    with acting(None) as tx:
        return proposal, tx.session.query(Decision.number).filter_by(origin_id=proposal).one()[0]


def test_the_words_of_a_decision_go_from_every_table_and_the_register_verifies(
    app: Flask, client: Client, cast: Cast, tmp_path: Path
) -> None:
    proposal, number = decided(cast)
    before = page_queries.decision(as_reader(cast.amel), number)
    assert "text_body" in everywhere(app)
    with acting(cast.bruno) as tx:
        service.redact_decision(tx, number, "À la demande  de la personne.")
    assert everywhere(app) == []
    page = page_queries.decision(as_reader(cast.amel), number)
    assert page.removal is not None
    assert (page.removal.by, page.removal.because) == (
        "Bruno Costa",
        "À la demande de la personne.",
    )
    for name in ("number", "text_digest", "text_voted_digest", "outcome", "state", "decided_on"):
        assert getattr(page, name) == getattr(before, name)
    assert problems() == []
    drain(subscriptions.REACTIONS)
    (tmp_path / "export").mkdir()
    write_all(reader_like(Audience.MEMBERS), Folder(tmp_path / "export"), every_text=True)
    for path in (tmp_path / "export").rglob("*.*"):
        assert NAME not in path.read_text(), path
    browser = client.sign_in("amel")
    for address in (f"/decisions/{number}", f"/proposals/{proposal}", f"/search?q={NAME}"):
        answer = browser.get(address)
        assert answer.status_code == 200
        assert "3 000 €" not in answer.get_data(as_text=True)
    assert "demande de la personne" in browser.get(f"/decisions/{number}").get_data(as_text=True)
    instance = Path(app.instance_path)
    if "sqlite" in str(db.engine.url):
        assert NAME.encode() not in (instance / "intranet.db").read_bytes()
        assert NAME.encode() not in (instance / "intranet.db-wal").read_bytes()


def test_what_a_kind_and_an_outline_keep_of_the_words_goes_too(
    app: Flask, client: Client, cast: Cast
) -> None:
    stage = stages.set_up(cast)
    browser = client.sign_in("amel")
    typed = {"text": f"{NAME} s’en va.", "section-0": f"{NAME} part.", "outline": "expense"}
    task = {"act": "give", "person": cast.esther, "role": "manager", "procedure": "absolute"}
    answer = browser.submit(
        "/proposals/acts/mandate", audience="workers", then="submit", **typed, **task
    )
    proposal = int(answer.location.rsplit("/", 1)[1])
    stages.decide(stage, proposal)
    with acting(None) as tx:
        number = tx.session.query(Decision.number).filter_by(origin_id=proposal).one()[0]
        stored = tx.session.execute(text("SELECT reasons, particulars FROM proposal_version")).one()
    assert all(NAME in column for column in stored)
    with acting(cast.bruno) as tx:
        service.redact_decision(tx, number, "RGPD")
    assert everywhere(app) == []
    for path in ("", "/versions"):
        assert browser.get(f"/proposals/{proposal}{path}").status_code == 200


@pytest.mark.parametrize("kind", ["new_rule", "several", "election", "status"])
def test_a_proposal_emptied_of_its_words_still_has_its_page(
    client: Client, cast: Cast, kind: str
) -> None:
    proposal, number = decided(cast)
    with acting(cast.bruno) as tx:
        service.redact_decision(tx, number, "RGPD")
        tx.session.execute(text("UPDATE proposal SET kind = :kind"), {"kind": kind})
    answer = client.sign_in("amel").get(f"/proposals/{proposal}")
    assert answer.status_code == 200
    assert '#eye-off"' in answer.get_data(as_text=True), "the page says that its words went"


def test_a_correction_loses_the_words_of_the_text_that_goes(client: Client, cast: Cast) -> None:
    stage = stages.set_up(cast)
    block = stages.rule(stage).blocks[0]
    mended = Mended(stage.page_id, block.id, block.text, block.text.replace("jours", "jour"))
    with acting(cast.chloe) as tx:
        correction = corrections.correct_rule(tx, mended, "Une lettre de trop.")
    with acting(cast.bruno) as tx:
        service.redact_revision(tx, stages.rule(stage).slug, 1, "RGPD")
    with acting(None) as tx:
        kept = tx.session.get_one(Correction, correction)
        assert (kept.old_text, kept.new_text, kept.reason) == ("", "", "Une lettre de trop.")
    shown = client.sign_in("amel").get("/corrections").get_data(as_text=True)
    assert "Une lettre de trop." in shown
    assert "télétravailler" not in shown
    assert f"/corrections/{correction}/end" not in shown
    with pytest.raises(Conflict), acting(cast.bruno) as tx:
        corrections.revoke_correction(tx, correction, "C’était juste.")


def test_only_a_mandate_holder_removes_with_a_reason_and_once(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        number = entered(tx, cast, "Prime", text=f"Une prime à {NAME}.").number
        hidden = entered(tx, cast, "Paie", text=f"La paie de {NAME}.", audience="members").number
    with pytest.raises(Refused) as refused, acting(cast.amel) as tx:
        service.redact_decision(tx, number, "RGPD")
    assert refused.value.verdict.reason == "redaction.mandate_holders_redact"
    with pytest.raises(Refused), acting(cast.chloe) as tx:
        service.redact_decision(tx, hidden, "RGPD")
    with pytest.raises(Invalid), acting(cast.bruno) as tx:
        service.redact_decision(tx, number, "  ")
    with pytest.raises(NotFound), acting(cast.bruno) as tx:
        service.redact_decision(tx, "AG-1999-001", "RGPD")
    assert everywhere(app) != []
    with acting(cast.bruno) as tx:
        service.redact_decision(tx, number, "RGPD")
    with pytest.raises(Conflict) as again, acting(cast.bruno) as tx:
        service.redact_decision(tx, number, "RGPD")
    assert again.value.reason == "redaction.nothing_left"
    with pytest.raises(Conflict) as back, acting(cast.amel) as tx:
        entered(tx, cast, "Prime", text=f"Une prime à {NAME}.")
    assert back.value.reason == "texts.were_removed"


def test_an_earlier_text_of_a_page_goes_and_the_present_one_first_needs_another(
    app: Flask, client: Client, cast: Cast
) -> None:
    slug = write(cast.amel, "Clés", f"{NAME} a les clés.")
    with pytest.raises(Conflict) as still, acting(cast.bruno) as tx:
        service.redact_revision(tx, slug, 1, "RGPD")
    assert still.value.values == {"page": "Clés"}
    revise(cast.amel, slug, "Le bureau a les clés.")
    browser = client.sign_in("bruno")
    form = f"/wiki/{slug}/revisions/1/redaction"
    assert browser.get(form).status_code == 200
    assert browser.submit(form, because="RGPD").status_code == 422
    assert "text_body" in everywhere(app)
    assert browser.submit(form, because="RGPD", sure="1").status_code == 303
    assert everywhere(app) == []
    for path in ("revisions/1", "compare?from=1&to=2", "history", ""):
        answer = browser.get(f"/wiki/{slug}/{path}" if path else f"/wiki/{slug}")
        assert answer.status_code == 200, path
        assert NAME not in answer.get_data(as_text=True)
    assert "RGPD" in browser.get(f"/wiki/{slug}/revisions/1").get_data(as_text=True)
    assert problems() == []


def test_earlier_texts_of_a_rule_go_from_the_history_of_its_paragraphs(
    app: Flask, client: Client, cast: Cast
) -> None:
    kept = f"{NAME} a les clés."
    page = rule("Clés", f"On sonne.\n\n{kept}\n", "AG-2024-001", date(2024, 1, 1))
    change(page, kept, "Le bureau a les clés.", "AG-2025-001", date(2025, 1, 1))
    assert "paragraph_change" in everywhere(app)
    with acting(cast.bruno) as tx:
        service.redact_revision(tx, "cles", 1, "RGPD")
        block = tx.session.scalar(
            text("SELECT block_id FROM paragraph_change WHERE act = 'changed'")
        )
    assert everywhere(app) == []
    browser = client.sign_in("bruno")
    for path in (
        "/rulebook?on=2024-03-01",
        "/rulebook/comparison?from=2024-03-01&to=2025-03-01",
        f"/wiki/cles/paragraphs/{block}",
    ):
        answer = browser.get(path)
        assert answer.status_code == 200, path
        assert NAME not in answer.get_data(as_text=True)
    assert "Le bureau a les clés." in browser.get(path).get_data(as_text=True)
    assert [one for one in problems() if "not in the register" not in one] == []


def test_what_was_suggested_about_the_text_of_a_decision_goes_with_it(
    app: Flask, client: Client, cast: Cast
) -> None:
    stage = stages.set_up(cast)
    proposal = stages.a_resolution(stage, text=f"{NAME} nous prête 3 000 €.")
    suggested(cast.bruno, proposal, NAME, f"La cousine de {NAME}", f"{NAME} le veut.")
    suggested(cast.esther, proposal, NAME, f"Le cousin de {NAME}")
    ballot = on_a_ballot(stage, proposal, 1)
    with acting(cast.amel) as tx:
        ballots.call_off(tx, ballot, "Trop tôt.")
        talks.sum_up(tx, proposal, f"{NAME} prêterait.")
        for suggestion in (1, 2):
            suggestions.decline(tx, proposal, suggestion, f"{NAME} ne veut pas.")
    stages.decide(stage, proposal)
    with acting(None) as tx:
        number = tx.session.query(Decision.number).filter_by(origin_id=proposal).one()[0]
    with pytest.raises(DatabaseError), acting(None) as tx:
        tx.session.execute(text("UPDATE suggestion_step SET changes = '[]', step = 'x'"))
    with acting(cast.bruno) as tx:
        service.redact_decision(tx, number, "RGPD")
    assert everywhere(app) == []
    assert problems() == []
    browser = client.sign_in("bruno")
    for path in (f"/proposals/{proposal}", f"/proposals/{proposal}/amendments/votes/{ballot}"):
        assert browser.get(path).status_code == 200, path


def test_a_rule_that_still_says_it_keeps_its_decision_readable(app: Flask, cast: Cast) -> None:
    stage = stages.set_up(cast)
    proposal = stages.an_amendment(stage)
    stages.decide(stage, proposal)
    with acting(None) as tx:
        number = tx.session.query(Decision.number).filter_by(origin_id=proposal).one()[0]
    with pytest.raises(Conflict) as still, acting(cast.bruno) as tx:
        service.redact_decision(tx, number, "RGPD")
    assert still.value.reason == "redaction.still_in_use"


def test_a_wording_is_emptied_whole_or_not_touched(app: Flask, cast: Cast) -> None:
    stages.a_resolution(stages.set_up(cast))
    for update in ("text = ''", "title = ''", "text = 'x', motivation = ''"):
        with pytest.raises(DatabaseError), acting(None) as tx:
            tx.session.execute(text(f"UPDATE proposal_version SET {update}"))


def test_words_that_vanish_without_the_journal_are_told_by_the_audit(
    app: Flask, cast: Cast
) -> None:
    with acting(cast.amel) as tx:
        number = entered(tx, cast, "Prime", text=f"Une prime à {NAME}.").number
    with db.engine.begin() as connection:
        gone = text("UPDATE text_body SET body = '', redacted_because = 'x' WHERE body LIKE 'Une%'")
        connection.execute(gone)
    digest = page_queries.decision(as_reader(cast.amel), number).text_digest
    assert problems() == [f"the journal does not say that the text {digest} was removed"]


def test_the_page_asks_twice_and_tells_what_stays(client: Client, cast: Cast) -> None:
    _proposal, number = decided(cast)
    browser = client.sign_in("bruno")
    path = f"/decisions/{number}/redaction"
    assert f"/decisions/{number}/redaction" in browser.get(f"/decisions/{number}").get_data(
        as_text=True
    )
    assert browser.submit(path, because="RGPD").status_code == 422
    assert browser.submit(path, sure="1").status_code == 422
    assert browser.submit(path, because="RGPD", sure="1").status_code == 303
    assert browser.submit(path, because="RGPD", sure="1").status_code == 422


def test_what_a_rule_includes_goes_from_its_earlier_texts_and_never_from_its_present_one(
    app: Flask, cast: Cast
) -> None:
    write(cast.amel, "Contacts", f"Appeler {NAME}.")
    number = rule("Accueil", "Un.\n\n![[Contacts]]\n\nFin.\n")
    revise(cast.amel, "contacts", "Appeler l’accueil.")
    with pytest.raises(Conflict), acting(cast.bruno) as tx:
        service.redact_revision(tx, "contacts", 1, "Demande")
    change(number, "![[Contacts]]", "Voir les contacts.", "AG-2026-002", date(2026, 2, 1))
    with acting(cast.bruno) as tx:
        service.redact_revision(tx, "contacts", 1, "Demande")
    assert everywhere(app) == []


def test_what_was_suggested_on_a_text_goes_with_its_words(
    app: Flask, client: Client, cast: Cast
) -> None:
    slug = write(cast.amel, "Équipe", f"{NAME} ouvre.\n\nOn ferme tard.\n")
    number, base = page_id(slug), head_id(slug)
    why = f"{NAME} me l’a dit"
    with acting(cast.chloe) as tx:
        change = TextChange(base, f"{NAME} ouvre.\n\nOn ferme tôt.\n", why)
        waiting = offers.offer_change(tx, number, change)
        declined = offers.offer_change(tx, number, change)
    revise(cast.amel, slug, "On ouvre.\n\nOn ferme tard.\n")
    newest_id = head_id(slug)
    with acting(cast.chloe) as tx:
        later = TextChange(newest_id, "On ouvre.\n\nOn ferme à midi.\n", "Mieux")
        other = offers.offer_change(tx, number, later)
    with acting(cast.amel) as tx:
        offers.decline_offer(tx, declined, f"{NAME} ferme tard")
    with acting(cast.bruno) as tx:
        service.redact_revision(tx, slug, 1, "À sa demande")
    assert everywhere(app) == []
    browser = client.sign_in("chloe")
    for offer, state in ((waiting, "declined"), (declined, "declined"), (other, "waiting")):
        found = offer_page(as_reader(cast.chloe), offer)
        assert (found.card.state, found.card.is_emptied) == (state, state == "declined")
        assert browser.get(f"/wiki/suggestions/{offer}").status_code == 200
    assert browser.get(f"/wiki/{slug}/suggestions").status_code == 200
    assert problems() == []


def test_a_page_in_the_trash_loses_its_last_text_too(
    app: Flask, client: Client, cast: Cast
) -> None:
    slug = write(cast.amel, "Équipe", f"{NAME} ouvre.\n")
    number = page_id(slug)
    with pytest.raises(Conflict), acting(cast.bruno) as tx:
        service.redact_revision(tx, slug, 1, "À sa demande")
    with acting(cast.amel) as tx:
        trash_page(tx, number, "Une erreur")
    browser = client.sign_in("bruno")
    assert f"/wiki/{slug}/revisions/1/redaction" in browser.get(f"/wiki/{slug}").get_data(True)
    browser.submit(f"/wiki/{slug}/revisions/1/redaction", because="À sa demande", sure="1")
    assert everywhere(app) == []
    assert "À sa demande" in browser.get(f"/wiki/{slug}").get_data(as_text=True)
    with acting(cast.amel) as tx:
        take_from_trash(tx, number)
    assert "À sa demande" in browser.get(f"/wiki/{slug}").get_data(as_text=True)
    assert revise(cast.amel, slug, "On ouvre.\n").changed
    assert problems() == []
