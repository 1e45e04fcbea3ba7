"""What a procedure means today, in words, and the models one can begin from."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest
from flask import Flask
from flask_babel import force_locale

from intranet.polls import procedure_queries as procedures
from intranet.polls import writing
from intranet.polls.procedure_models import Course, NewProcedure, SecondIf
from intranet.polls.procedure_queries import ProcedureCard
from intranet.voting.settings import Settings
from intranet.voting.types import Base, Silence
from intranet.web import procedure_presets
from intranet.web.procedure_words import hours_words, procedure_facts
from tests.cast import Cast, Client, acting, as_reader
from tests.polls.balloting import define


@pytest.fixture
def english(app: Flask, cast: Cast) -> Iterator[Cast]:
    """The words as they stand in the source."""
    with app.test_request_context(), force_locale("en"):
        yield cast


def card(cast: Cast, method: str, settings: Settings, **changes: object) -> ProcedureCard:
    new = NewProcedure("Une", "", cast.assembly, method, settings)
    return procedures.card_of(as_reader(cast.amel), replace(new, **changes))  # type: ignore[arg-type]


def facts(cast: Cast, registered: int, method: str, **changes: object) -> dict[str, str]:
    settings = changes.pop("settings", Settings())
    assert isinstance(settings, Settings)
    return dict(procedure_facts(card(cast, method, settings, **changes), registered))


ABSOLUTE = Settings(base=Base.REGISTERED)
TWO_THIRDS = Settings(base=Base.CAST, threshold=Fraction(2, 3), strict=False)


@pytest.mark.parametrize(
    ("settings", "registered", "words"),
    [
        (ABSOLUTE, 9, "It takes more than half of the 9 people on the roll, so 5 votes for."),
        (ABSOLUTE, 8, "It takes more than half of the 8 people on the roll, so 5 votes for."),
        (ABSOLUTE, 1, "It takes the vote of the one person on the roll."),
        (ABSOLUTE, 0, "Today too few people are on the roll for a text to be adopted."),
        (
            TWO_THIRDS,
            10,
            "It takes at least two thirds of the votes cast for or against: if all 10 people vote "
            "for or against, 7 votes for.",
        ),
    ],
)
def test_the_majority_is_said_with_the_numbers_of_today(
    english: Cast, settings: Settings, registered: int, words: str
) -> None:
    told = facts(english, registered, "qualified_majority", settings=settings)
    assert told["To be adopted"] == words


@pytest.mark.parametrize(
    ("registered", "words"),
    [(1, "today 1 person of 1."), (2, "today 1 person of 2."), (7, "today 4 people of 7.")],
)
def test_the_quorum_is_said_in_people(english: Cast, registered: int, words: str) -> None:
    settings = Settings(quorum=Fraction(1, 2))
    told = facts(english, registered, "simple_majority", settings=settings)
    assert told["Quorum"].endswith(words)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (ABSOLUTE, "Abstaining, voting blank or staying away weighs as a vote against."),
        (
            Settings(base=Base.PRESENT_OR_REPRESENTED),
            "Abstaining or voting blank weighs as a vote against; staying away does not.",
        ),
        (TWO_THIRDS, "Abstaining, voting blank or staying away weighs on neither side."),
        (
            replace(TWO_THIRDS, blank_counts=True),
            "A blank ballot is a vote cast and makes the part harder to reach. Abstaining or "
            "staying away weighs on neither side.",
        ),
    ],
)
def test_what_abstaining_weighs_follows_the_base(
    english: Cast, settings: Settings, words: str
) -> None:
    told = facts(english, 9, "qualified_majority", settings=settings)
    assert told["Abstentions and blank ballots"] == words


def test_a_consent_says_silence_objections_and_their_override(english: Cast) -> None:
    told = facts(english, 6, "consent", settings=Settings(silence=Silence.ADOPTED))
    assert told["To be adopted"] == (
        "Adopted when nobody objects, among the 6 people asked today. "
        "Saying nothing counts as consent."
    )
    assert "until its author lifts it" in told["Objections"]
    assert "As many for as against" not in told
    override = Settings(base=Base.REGISTERED, objection_override=Fraction(3, 4))
    told = facts(english, 6, "consent", settings=override)
    assert told["Objections"].endswith("if everybody takes part, 5 people of 6.")


def test_a_secret_vote_says_when_it_is_too_small(english: Cast) -> None:
    few = facts(english, 4, "simple_majority", secret=True)
    assert few["Secrecy"].endswith("Today they are too few for it.")
    assert "too few" not in facts(english, 5, "simple_majority", secret=True)["Secrecy"]
    assert "Changing one’s vote" not in few


def test_the_second_vote_and_the_next_step_are_named(english: Cast) -> None:
    define(english.assembly, key="second", name="Seconde convocation")
    course = Course(
        second="second",
        second_if=SecondIf.NOT_ADOPTED,
        second_after_hours=15 * 24,
        escalation="second",
    )
    told = facts(english, 9, "simple_majority", course=course)
    assert told["Second vote"] == (
        "If it is not adopted, the same text is voted on again. Opens after 15 days. "
        "Procedure: “Seconde convocation”. Everybody votes anew."
    )
    assert "“Seconde convocation”" in told["If it is not adopted"]


def test_lengths_of_time_are_days_when_they_are_whole(english: Cast) -> None:
    assert [hours_words(n) for n in (0, 1, 24, 36, 168)] == [
        "0 hours",
        "1 hour",
        "1 day",
        "36 hours",
        "7 days",
    ]


@pytest.mark.parametrize("key", [preset.key for preset in procedure_presets.PRESETS])
def test_every_model_can_be_written_as_it_stands(english: Cast, key: str) -> None:
    chosen = procedure_presets.preset(key)
    assert chosen is not None
    reader = as_reader(english.amel)
    new = procedure_presets.as_procedure(reader, chosen)
    assert writing.problems(reader, new) == {}
    assert chosen.source in new.description
    assert all(
        procedure_presets.preset(other) for other in (chosen.second, chosen.escalation) if other
    )


@pytest.mark.parametrize(
    "second", [one for one in procedure_presets.PRESETS if one.second], ids=lambda one: one.key
)
def test_a_model_names_its_second_vote_once_that_is_written(
    english: Cast, second: procedure_presets.Preset
) -> None:
    reader = as_reader(english.amel)
    assert procedure_presets.as_procedure(reader, second).course.second == ""
    followed = procedure_presets.preset(second.second)
    assert followed is not None
    with acting(None) as tx:
        new = procedure_presets.as_procedure(tx, followed)
        writing.write(tx, writing.key_of(new), new)
    reader = as_reader(english.amel)
    told = procedure_presets.as_procedure(reader, second)
    assert told.course.second == writing.key_of(procedure_presets.as_procedure(reader, followed))
    assert writing.problems(reader, told) == {}


def test_the_law_is_what_the_models_say() -> None:
    """The table of general meetings: threshold, base and quorum of each convocation."""
    told = {
        one.key: (
            one.method,
            one.settings.base,
            one.settings.threshold,
            one.settings.strict,
            one.settings.quorum,
            one.secret,
        )
        for one in procedure_presets.PRESETS
        if one.group in ("sarl", "sa")
    }
    half, two_thirds = Fraction(1, 2), Fraction(2, 3)
    quarter, fifth = Fraction(1, 4), Fraction(1, 5)
    all_members, present, cast_votes = Base.REGISTERED, Base.PRESENT_OR_REPRESENTED, Base.CAST
    qualified, simple = "qualified_majority", "simple_majority"
    assert told == {
        "sarl_ago_1": (qualified, all_members, half, True, None, False),
        "sarl_ago_2": (simple, cast_votes, half, True, None, False),
        "sarl_managers": (qualified, all_members, half, True, None, True),
        "sarl_age_1": (qualified, present, two_thirds, False, quarter, False),
        "sarl_age_2": (qualified, present, two_thirds, False, fifth, False),
        "sa_ago_1": (simple, cast_votes, half, True, fifth, False),
        "sa_ago_2": (simple, cast_votes, half, True, None, False),
        "sa_directors": (simple, cast_votes, half, True, fifth, True),
        "sa_age_1": (qualified, cast_votes, two_thirds, False, quarter, False),
        "sa_age_2": (qualified, cast_votes, two_thirds, False, fifth, False),
    }


def test_a_model_fills_the_form_with_its_source_and_its_warning(client: Client, cast: Cast) -> None:
    client.sign_in("amel").submit("/language", language="en")
    page = html.unescape(client.get("/procedures/new?preset=sarl_age_1").text)
    assert "Code de commerce, article L. 223-30" in page
    assert "This is no legal advice." in page
    assert 'value="2/3"' in page
    assert "write that one first" in page
    assert client.get("/procedures/new?preset=nowhere").status_code == 200
