"""The way in: a dossier in prose, a talk that its person never reads, one decision, then rights."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from intranet.core.policy import Conflict, Invalid, NotFound, Refused
from intranet.members import effects as members
from intranet.members.queries import today
from intranet.members.statuses import Right, Status
from intranet.membership.integration import queries, service, worker
from intranet.membership.integration.service import DossierWords
from tests.cast import Cast, Client, acting, as_reader
from tests.decisions.register import entered
from tests.journal import happened

WISH = DossierWords("member_employee", "Chloé voudrait **rester**.")
SECRET = "Je doute encore de ce choix"


def begun(cast: Cast, said: DossierWords = WISH) -> int:
    with acting(cast.amel) as tx:
        return service.open_dossier(tx, cast.chloe, said, ["Rencontrer l’équipe"])


def said_of(cast: Cast, dossier_id: int) -> None:
    with acting(cast.bruno) as tx:
        service.discuss(tx, dossier_id, SECRET, "fr")


def test_the_talk_about_somebody_is_hidden_from_them_and_from_the_administrator(
    client: Client, cast: Cast
) -> None:
    dossier = begun(cast)
    said_of(cast, dossier)
    assert queries.dossier(as_reader(cast.chloe), dossier).talk is None
    assert queries.dossier(as_reader(cast.amel), dossier).talk
    with pytest.raises(NotFound):
        queries.dossier(as_reader(cast.gwen), dossier)
    with pytest.raises(Refused), acting(cast.chloe) as tx:
        service.discuss(tx, dossier, "Et moi ?", "fr")
    client.sign_in("chloe")
    own = client.get(f"/integration/{dossier}").get_data(as_text=True)
    assert "rester" in own
    assert SECRET not in own
    assert SECRET not in client.get("/activity", follow_redirects=True).get_data(as_text=True)
    assert SECRET not in client.get("/search?q=doute").get_data(as_text=True)


def test_others_than_those_who_work_here_see_their_own_dossier_only(cast: Cast) -> None:
    dossier = begun(cast)
    assert queries.dossiers(as_reader(cast.farid)) == []
    with pytest.raises(NotFound):
        queries.dossier(as_reader(cast.farid), dossier)
    with acting(cast.farid) as tx:
        service.open_dossier(tx, cast.farid, DossierWords("employee", ""))
    assert [one.person_id for one in queries.dossiers(as_reader(cast.farid))] == [cast.farid]
    with pytest.raises(Refused), acting(cast.farid) as tx:
        service.open_dossier(tx, cast.gwen, WISH)


def test_a_dossier_has_the_steps_of_the_template_which_then_change_for_one_person(
    cast: Cast,
) -> None:
    with acting(cast.amel) as tx:
        service.write_template(tx, "Un café\n\n  Un  projet \n")
    dossier = begun(cast)
    steps = queries.dossier(as_reader(cast.amel), dossier).steps
    assert [one.what for one in steps] == ["Un café", "Un projet"]
    with acting(cast.amel) as tx:
        service.remove_step(tx, dossier, steps[0].id)
        service.add_step(tx, dossier, "Un été", None)
        service.date_step(tx, dossier, steps[1].id, None, date(2026, 3, 2))
    after = queries.dossier(as_reader(cast.amel), dossier)
    assert [(one.what, one.done_on) for one in after.steps] == [
        ("Un projet", date(2026, 3, 2)),
        ("Un été", None),
    ]
    assert (after.line.steps_made, after.line.steps) == (1, 2)


def test_the_decision_is_proposed_by_others_who_work_here_and_not_by_its_person(
    cast: Cast,
) -> None:
    dossier = begun(cast)
    assert queries.dossier(as_reader(cast.bruno), dossier).propose
    assert not queries.dossier(as_reader(cast.chloe), dossier).propose


@pytest.mark.parametrize("name", ["chloe", "farid", "gwen"])
def test_only_members_lead_the_way_and_nobody_their_own(cast: Cast, name: str) -> None:
    dossier = begun(cast)
    with pytest.raises((Refused, NotFound)), acting(getattr(cast, name)) as tx:
        service.add_step(tx, dossier, "Rien", None)


def test_a_sponsor_is_a_member_with_a_vote(cast: Cast) -> None:
    dossier = begun(cast)
    for unsuited in (cast.chloe, cast.farid, cast.david):
        with pytest.raises(Invalid), acting(cast.amel) as tx:
            service.name_sponsor(tx, dossier, unsuited)
    with acting(cast.amel) as tx:
        service.name_sponsor(tx, dossier, cast.esther)
    assert queries.dossier(as_reader(cast.amel), dossier).line.sponsor == "Esther Roux"


def test_the_status_and_its_rights_come_with_the_decision_on_its_day(cast: Cast) -> None:
    dossier = begun(cast)
    day = today(as_reader(cast.amel))
    with acting(None) as tx:
        number = entered(tx, cast, "Chloé devient associée").number
        members.change_status(
            tx, cast.chloe, Status.MEMBER_EMPLOYEE, day + timedelta(days=1), number
        )
    assert worker.follow_now() == 0
    assert not as_reader(cast.chloe).actor.has(Right.VOTE)
    assert queries.dossier(as_reader(cast.amel), dossier).line.outcome == ""


def test_a_dossier_whose_wish_was_granted_closes_once(cast: Cast) -> None:
    dossier = begun(cast)
    day = today(as_reader(cast.amel))
    with acting(None) as tx:
        number = entered(tx, cast, "Chloé devient associée").number
        members.change_status(tx, cast.chloe, Status.MEMBER_EMPLOYEE, day, number)
    assert as_reader(cast.chloe).actor.has(Right.VOTE)
    assert (worker.follow_now(), worker.follow_now()) == (1, 0)
    page = queries.dossier(as_reader(cast.amel), dossier)
    assert (page.line.outcome, page.decision_number) == ("accepted", number)


def test_a_refusal_has_words_a_day_and_a_decision_and_may_be_asked_again(cast: Cast) -> None:
    dossier = begun(cast)
    with pytest.raises(Conflict):
        begun(cast)
    for words, number in (("", ""), ("Pas encore", "AG-2026-999")):
        with pytest.raises(Invalid), acting(cast.amel) as tx:
            service.refuse(tx, dossier, words, number)
    with acting(None) as tx:
        number = entered(tx, cast, "Pas encore").number
    with acting(cast.amel) as tx:
        service.refuse(tx, dossier, "Pas encore, revenez au printemps.", number)
    own = queries.dossier(as_reader(cast.chloe), dossier)
    assert (own.outcome_words[:10], own.decision_number) == ("Pas encore", number)
    assert own.line.outcome_on == today(as_reader(cast.amel))
    assert begun(cast) != dossier


def test_the_first_year_of_work_is_told_once_thirty_days_before(cast: Cast) -> None:
    day = today(as_reader(cast.amel))
    begun(cast, DossierWords("member_employee", "", day - timedelta(days=340)))
    assert (worker.follow_now(), worker.follow_now()) == (1, 0)
    assert happened()[-1] == "ApplicantYearReached"
    assert [one.person for one in queries.to_see(as_reader(cast.amel))] == ["Chloé Martin"]
    assert queries.to_see(as_reader(cast.chloe)) == []


def test_the_year_of_a_leap_day_ends_on_the_first_of_march() -> None:
    assert queries.a_year_after(date(2024, 2, 29)) == date(2025, 3, 1)


def test_a_dossier_is_opened_and_led_by_its_pages(client: Client, cast: Cast) -> None:
    client.sign_in("amel")
    assert client.get("/integration/new").status_code == 200
    assert client.submit("/integration", person="", wish="").status_code == 422
    answer = client.submit("/integration", person=str(cast.chloe), wish="member_employee")
    where = answer.headers["Location"]
    assert client.get(where).status_code == 200
    assert client.submit(f"{where}/steps", what="").status_code == 422
    assert client.submit(f"{where}/steps", what="Un projet", due_on="2026-12-01").status_code == 303
    assert client.submit(f"{where}/sponsor", sponsor=str(cast.bruno)).status_code == 303
    assert client.submit(f"{where}/comments", text=SECRET).status_code == 303
    page = client.get(where).get_data(as_text=True)
    assert SECRET in page
    assert "Un projet" in page
    assert client.get(f"{where}/edit").status_code == 200
    assert client.get("/integration").status_code == 200
    assert client.submit("/integration/steps", steps="Un café").status_code == 303
