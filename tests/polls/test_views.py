"""The pages where members write how they decide."""

from __future__ import annotations

import html
import re
from fractions import Fraction

import pytest

from intranet.core.policy import NotFound
from intranet.polls import procedure_queries as procedures
from intranet.polls import queries
from intranet.polls.models import Procedure
from intranet.voting.settings import Settings
from intranet.voting.types import Base, Silence
from tests.cast import Cast, Client, as_reader
from tests.polls.balloting import define, open_poll, rows

TYPED = {
    "name": "Deux tiers de l’assemblée",
    "description": "Pour ce qui engage tout le monde.",
    "method": "qualified_majority",
    "base": "registered",
    "threshold": "2 / 3",
    "strict": "at_least",
    "silence": "nothing",
    "objection_override": "",
    "quorum": "1/2",
    "min_discussion_hours": "168",
    "min_voting_hours": "72",
    "layers": ["operating_rules", "statutes"],
}


def text(answer: object) -> str:
    """The page as people read it, without the marks of HTML in its words."""
    return html.unescape(answer.get_data(as_text=True))  # type: ignore[attr-defined]


def value(page: str, name: str) -> str:
    """What a text field of the page holds."""
    found = re.search(rf'<input class="input[^>]* name="{name}"[^>]* value="([^"]*)"', page)
    assert found, f"no field {name}"
    return found[1]


def in_english(client: Client, name: str) -> Client:
    """Somebody of the cast who reads the words as they stand in the source."""
    client.sign_in(name).submit("/language", language="en")
    return client


def is_checked(page: str, name: str, option: str) -> bool:
    """Whether a box or a circle of the page is filled."""
    found = re.search(rf'<input type="\w+" id="[^"]+" name="{name}" value="{option}"([^>]*)>', page)
    assert found, f"no choice {name}={option}"
    return "checked" in found[1]


def test_a_member_writes_a_procedure_and_reads_what_it_means_today(
    client: Client, cast: Cast
) -> None:
    in_english(client, "amel")
    answer = client.submit("/procedures", body_id=cast.assembly, secret="1", **TYPED)
    assert (answer.status_code, answer.location) == (303, "/procedures")
    (card,) = procedures.procedures(as_reader(cast.amel))
    assert (card.key, card.version) == ("deux-tiers-de-l-assemblee", 1)
    assert card.settings == Settings(Base.REGISTERED, Fraction(2, 3), False, Fraction(1, 2))
    assert (card.secret, card.min_discussion_hours, card.min_voting_hours) == (True, 168, 72)
    assert card.layers == ("statutes", "operating_rules")
    page = text(client.get("/procedures"))
    assert "It takes at least two thirds of the 3 people on the roll, so 2 votes for." in page
    assert f'href="/procedures/{card.key}/new-version"' in page
    assert 'href="/procedures/new"' in page


def test_a_procedure_by_consent_keeps_its_silence_and_its_override(
    client: Client, cast: Cast
) -> None:
    client.sign_in("bruno")
    typed = TYPED | {
        "method": "consent",
        "base": "cast",
        "threshold": "",
        "strict": "more_than",
        "silence": "adopted",
        "objection_override": "3/4",
        "quorum": "",
        "layers": [],
    }
    assert client.submit("/procedures", body_id=cast.meeting, **typed).status_code == 303
    (card,) = procedures.procedures(as_reader(cast.amel))
    assert card.settings == Settings(silence=Silence.ADOPTED, objection_override=Fraction(3, 4))
    assert (card.secret, card.layers) == (False, ())


def test_the_form_offers_the_bodies_and_methods_and_leaves_ties_as_they_are(
    client: Client, cast: Cast
) -> None:
    page = text(client.sign_in("amel").get("/procedures/new"))
    assert f'<option value="{cast.assembly}">Assemblée générale</option>' in page
    for method in ("simple_majority", "qualified_majority", "consent"):
        assert not is_checked(page, "method", method)
    assert is_checked(page, "base", "cast")
    assert not is_checked(page, "tie", "draw")
    assert not is_checked(page, "tie", "new_round")


@pytest.mark.parametrize("name", ["chloe", "farid", "gwen"])
def test_somebody_without_a_vote_gets_the_reason_and_no_form(
    client: Client, cast: Cast, name: str
) -> None:
    define(cast.assembly, key="simple")
    client.sign_in(name)
    for path in ("/procedures/new", "/procedures/simple/new-version"):
        answer = client.get(path)
        assert answer.status_code == 403
        assert 'action="/procedures"' not in text(answer)
    answer = client.submit("/procedures", body_id=cast.assembly, **TYPED)
    assert answer.status_code == 403
    assert rows(Procedure) == 1


def test_an_employee_without_a_vote_proposes_what_members_decide(
    client: Client, cast: Cast
) -> None:
    define(cast.assembly, key="simple")
    in_english(client, "chloe")
    reason = "Only members with a vote can write procedures."
    assert reason in text(client.get("/procedures/new"))
    for path in ("/procedures", "/procedures/simple"):
        page = text(client.get(path))
        assert "/proposals/procedure/new" in page
        assert "new-version" not in page
        assert 'href="/procedures/new"' not in page


def test_a_sympathiser_reads_every_procedure_and_why_not_more(client: Client, cast: Cast) -> None:
    define(cast.assembly, key="simple")
    in_english(client, "farid")
    page = text(client.get("/procedures"))
    assert "Only members with a vote can write procedures." in page
    assert 'href="/proposals/procedure/new' not in page
    assert client.get("/procedures/simple").status_code == 200
    assert client.get("/proposals/procedure/new").status_code == 403


def test_fractions_and_hours_that_mean_nothing_keep_what_was_typed(
    client: Client, cast: Cast
) -> None:
    client.sign_in("amel")
    typed = TYPED | {"threshold": "66 %", "quorum": "3/2", "min_voting_hours": "trois jours"}
    answer = client.submit("/procedures", body_id=cast.assembly, **typed)
    page = text(answer)
    assert answer.status_code == 422
    for name in ("threshold", "quorum", "min_voting_hours"):
        assert f'id="error-{name}"' in page
        assert value(page, name) == typed[name]
    assert value(page, "name") == TYPED["name"]
    assert TYPED["description"] in page
    assert f'<option value="{cast.assembly}" selected>' in page
    assert is_checked(page, "method", "qualified_majority")
    assert is_checked(page, "base", "registered")
    assert is_checked(page, "strict", "at_least")
    assert is_checked(page, "layers", "statutes")
    assert not is_checked(page, "layers", "work_rules")
    assert not re.search(r'name="secret"[^>]*checked', page)
    assert rows(Procedure) == 0


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"name": " ", "method": "", "threshold": "1/2"}, {"name", "method"}),
        ({"threshold": ""}, {"threshold"}),
        ({"threshold": "1/3"}, {"threshold"}),
        ({"threshold": "1", "strict": "more_than"}, {"threshold"}),
        ({"base": "moon", "silence": "gold"}, {"base", "silence"}),
        ({"objection_override": "1/2"}, {"objection_override"}),
        ({"layers": ["constitution"]}, {"layers"}),
        ({"method": "simple_majority"}, {"threshold", "strict", "base"}),
        ({"body_id": "99999999999999999999"}, {"body_id"}),
        ({"min_discussion_hours": "999999999"}, {"min_discussion_hours"}),
        ({"min_discussion_hours": "-1"}, {"min_discussion_hours"}),
        ({"min_voting_hours": "0"}, {"min_voting_hours"}),
    ],
)
def test_each_field_that_is_wrong_has_its_message(
    client: Client, cast: Cast, changes: dict[str, object], fields: set[str]
) -> None:
    client.sign_in("amel")
    answer = client.submit("/procedures", **({"body_id": cast.assembly} | TYPED | changes))
    assert answer.status_code == 422
    assert set(re.findall(r'id="error-(\w+)"', text(answer))) == fields
    assert rows(Procedure) == 0


def test_a_new_version_keeps_the_old_one(client: Client, cast: Cast) -> None:
    settings = Settings(base=Base.CAST, threshold=Fraction(3, 4), blank_counts=True)
    first = define(
        cast.assembly,
        key="strong",
        name="Forte",
        method="qualified_majority",
        settings=settings,
        layers=("statutes",),
    )
    in_english(client, "amel")
    page = text(client.get("/procedures/strong/new-version"))
    assert (value(page, "name"), value(page, "threshold")) == ("Forte", "3/4")
    assert 'name="key" value="strong"' in page
    assert 'name="version" value="1"' in page
    assert re.search(r'name="blank_counts"[^>]*checked', page)
    assert is_checked(page, "layers", "statutes")
    typed = TYPED | {"key": "strong", "version": "1", "name": "Plus forte"}
    assert client.submit("/procedures", body_id=cast.assembly, **typed).status_code == 303

    reader = as_reader(cast.amel)
    newer, older = procedures.procedure_versions(reader, "strong")
    assert (newer.version, newer.name) == (2, "Plus forte")
    assert newer.settings.threshold == Fraction(2, 3)
    assert (older.id, older.name, older.settings) == (first, "Forte", settings)
    page = text(client.get("/procedures/strong"))
    assert page.index("at least two thirds") < page.index("more than three quarters")


def test_an_open_vote_keeps_the_version_under_which_it_opened(cast: Cast) -> None:
    first = define(cast.assembly, key="strong")
    poll_id = open_poll(first, cast.members)
    define(cast.assembly, key="strong", name="Plus forte")
    reader = as_reader(cast.amel)
    newer, older = procedures.procedure_versions(reader, "strong")
    assert (newer.version, newer.name) == (2, "Plus forte")
    assert queries.poll(reader, poll_id).procedure == older


def test_saving_a_version_without_a_change_of_its_fields_changes_no_setting(
    client: Client, cast: Cast
) -> None:
    define(cast.assembly, key="simple", settings=Settings(quorum=Fraction(1, 4)))
    client.sign_in("amel")
    page = text(client.get("/procedures/simple/new-version"))
    names = ("name", "threshold", "objection_override", "quorum")
    hours = ("min_discussion_hours", "min_voting_hours")
    typed = {name: value(page, name) for name in (*names, *hours)}
    assert typed["threshold"] == ""
    for name, option in re.findall(r'type="radio" id="[^"]+" name="(\w+)" value="(\w+)"', page):
        if is_checked(page, name, option):
            typed[name] = option
    typed |= {"key": "simple", "version": "1"}
    assert client.submit("/procedures", body_id=cast.assembly, **typed).status_code == 303
    newer, older = procedures.procedure_versions(as_reader(cast.amel), "simple")
    assert newer.settings == older.settings


def test_two_people_who_change_the_same_version_do_not_overwrite_each_other(
    client: Client, cast: Cast
) -> None:
    define(cast.assembly, key="simple")
    define(cast.assembly, key="simple")
    client.sign_in("amel")
    answer = client.submit(
        "/procedures", body_id=cast.assembly, **(TYPED | {"key": "simple", "version": "1"})
    )
    assert answer.status_code == 409
    assert value(text(answer), "name") == TYPED["name"]
    assert rows(Procedure) == 2


def test_a_procedure_that_does_not_exist_is_not_found(client: Client, cast: Cast) -> None:
    client.sign_in("amel")
    assert client.get("/procedures/nowhere").status_code == 404
    assert client.get("/procedures/nowhere/new-version").status_code == 404
    answer = client.submit("/procedures", body_id=cast.assembly, **(TYPED | {"key": "nowhere"}))
    assert answer.status_code == 404
    with pytest.raises(NotFound):
        procedures.procedure(as_reader(cast.amel), "nowhere")


CHOOSING = {
    "name": "Choisir par jugement majoritaire",
    "method": "majority_judgment",
    "base": "cast",
    "threshold": "",
    "strict": "more_than",
    "silence": "nothing",
    "quorum": "1/2",
    "min_discussion_hours": "0",
    "min_voting_hours": "24",
    "unmarked": "last",
}


def test_a_member_writes_a_procedure_that_chooses_among_options(client: Client, cast: Cast) -> None:
    in_english(client, "amel")
    typed = CHOOSING | {"body_id": cast.assembly}
    wrong = client.submit("/procedures", **typed)
    assert wrong.status_code == 422
    assert "Write at least two different grades" in text(wrong)
    right = client.submit("/procedures", **typed, grades="Bien\r\n À  rejeter \r\n\r\n")
    assert right.status_code == 303
    (card,) = procedures.procedures(as_reader(cast.amel))
    assert card.election is not None
    assert (card.election.grades, card.election.quorum) == (("Bien", "À rejeter"), Fraction(1, 2))
    assert card.quorum_needed(3) == 2
    assert "the best majority grade is chosen" in text(client.get(f"/procedures/{card.key}"))
    form = text(client.get(f"/procedures/{card.key}/new-version"))
    assert "Bien\nÀ rejeter" in form
    assert is_checked(form, "method", "majority_judgment")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"method": "simple_majority", "grades": "Bien\nMal"}, "grades"),
        ({"method": "approval", "grades": "Bien\nMal"}, "grades"),
        ({"method": "approval", "threshold": "2/3"}, "threshold"),
        ({"method": "score", "highest": "beaucoup"}, "highest"),
    ],
)
def test_a_setting_that_would_not_be_counted_is_refused(
    client: Client, cast: Cast, changes: dict[str, str], field: str
) -> None:
    in_english(client, "amel")
    answer = client.submit("/procedures", **(CHOOSING | {"body_id": cast.assembly} | changes))
    assert answer.status_code == 422
    assert f'href="#field-{field}"' in text(answer)
    assert rows(Procedure) == 0
