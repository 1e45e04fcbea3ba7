"""Procedures: written as versions, refused when they promise what no count does."""

from __future__ import annotations

from fractions import Fraction

import pytest

from intranet.core.policy import Conflict, Invalid, NotFound, Refused
from intranet.polls import procedure_queries as procedures
from intranet.polls.models import Procedure
from intranet.polls.service import NewProcedure, define_procedure, settings_from_form
from intranet.voting.settings import Settings
from intranet.voting.types import Base, Silence, TieRule
from tests.cast import Cast, acting, as_reader
from tests.polls.balloting import define, happened, rows


def errors(body_id: int, **changes: object) -> dict[str, str]:
    """The codes with which a procedure is refused, by field."""
    with pytest.raises(Invalid) as caught:
        define(body_id, **changes)
    assert rows(Procedure) == 0
    return caught.value.errors


def test_a_changed_procedure_is_a_new_version_and_the_old_one_stays(cast: Cast) -> None:
    first = define(cast.assembly, key="simple")
    second = define(cast.assembly, key="simple", settings=Settings(quorum=Fraction(1, 2)))
    assert first != second
    reader = as_reader(cast.amel)
    versions = procedures.procedure_versions(reader, "simple")
    assert [(card.id, card.version) for card in versions] == [(second, 2), (first, 1)]
    assert [card.settings.quorum for card in versions] == [Fraction(1, 2), None]
    assert [card.id for card in procedures.procedures(reader)] == [second]
    assert procedures.procedure(reader, "simple").id == second
    assert happened()[-2:] == ["ProcedureDefined", "ProcedureDefined"]


def test_a_new_procedure_takes_its_key_from_its_name(cast: Cast) -> None:
    define(cast.assembly, name="Majorité des deux tiers")
    (card,) = procedures.procedures(as_reader(cast.amel))
    assert (card.key, card.version) == ("majorite-des-deux-tiers", 1)


def test_a_new_procedure_does_not_replace_another_of_the_same_name(cast: Cast) -> None:
    define(cast.assembly, name="Majorité simple")
    with pytest.raises(Invalid) as caught:
        define(cast.meeting, name="  majorité  SIMPLE ")
    assert caught.value.errors == {"name": "name_taken"}


@pytest.mark.parametrize("name", ["chloe", "farid", "david", "gwen"])
def test_only_members_with_a_vote_write_procedures(cast: Cast, name: str) -> None:
    new = NewProcedure("À moi", "", cast.assembly, "consent", Settings())
    refused = pytest.raises(Refused, match=r"polls\.only_members_define")
    with refused, acting(getattr(cast, name)) as tx:
        define_procedure(tx, new)
    with acting(cast.amel) as tx:
        define_procedure(tx, new)


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"name": "  "}, {"name": "name_missing"}),
        ({"method": "show_of_hands"}, {"method": "method_unknown"}),
        ({"min_voting_hours": 0}, {"min_voting_hours": "hours_out_of_range"}),
        ({"min_voting_hours": 8761}, {"min_voting_hours": "hours_too_many"}),
        ({"min_discussion_hours": -1}, {"min_discussion_hours": "hours_unclear"}),
        (
            {"name": "", "method": "show_of_hands"},
            {"name": "name_missing", "method": "method_unknown"},
        ),
    ],
)
def test_a_procedure_that_makes_no_sense_is_refused(
    cast: Cast, changes: dict[str, object], refused: dict[str, str]
) -> None:
    assert errors(cast.assembly, **changes) == refused


def test_a_procedure_belongs_to_a_body(cast: Cast) -> None:
    assert errors(999) == {"body_id": "body_unknown"}


@pytest.mark.parametrize(
    ("method", "settings", "unused"),
    [
        ("simple_majority", Settings(threshold=Fraction(2, 3)), {"threshold"}),
        ("simple_majority", Settings(silence=Silence.ADOPTED), {"silence"}),
        ("qualified_majority", Settings(tie=TieRule.CHAIR), {"tie"}),
        ("consent", Settings(strict=False, blank_counts=True), {"strict", "blank_counts"}),
    ],
)
def test_a_setting_that_the_method_does_not_count_is_refused(
    cast: Cast, method: str, settings: Settings, unused: set[str]
) -> None:
    refused = errors(cast.assembly, method=method, settings=settings)
    assert refused == dict.fromkeys(unused, "setting_unused")


def test_a_casting_vote_is_refused_since_it_is_a_second_voice(cast: Cast) -> None:
    assert errors(cast.assembly, settings=Settings(tie=TieRule.CHAIR)) == {"tie": "tie_not_offered"}


def test_a_version_written_meanwhile_is_not_overwritten(cast: Cast) -> None:
    define(cast.assembly, key="simple")
    define(cast.assembly, key="simple", after_version=1)
    with pytest.raises(Conflict, match=r"polls\.procedure_changed"):
        define(cast.assembly, key="simple", after_version=1)
    assert rows(Procedure) == 2


def test_a_name_never_takes_the_address_of_the_form(cast: Cast) -> None:
    define(cast.assembly, name="New")
    (card,) = procedures.procedures(as_reader(cast.amel))
    assert card.key == "procedure-new"


def test_a_setting_that_the_method_counts_is_kept(cast: Cast) -> None:
    settings = Settings(base=Base.REGISTERED, threshold=Fraction(2, 3), strict=False)
    define(cast.assembly, method="qualified_majority", settings=settings)
    (card,) = procedures.procedures(as_reader(cast.amel))
    assert card.settings == settings
    assert [card.votes_needed(people) for people in (3, 6, 9, 10)] == [2, 4, 6, 7]


def test_the_body_has_the_size_it_has_today(cast: Cast) -> None:
    define(cast.assembly)
    reader = as_reader(cast.amel)
    cards = procedures.procedures(reader)
    assert procedures.sizes(reader, cards) == {cards[0].id: len(cast.members)}


def test_an_unknown_procedure_is_not_found(cast: Cast) -> None:
    with pytest.raises(NotFound):
        procedures.procedure(as_reader(cast.amel), "nowhere")
    with pytest.raises(NotFound):
        procedures.procedure_versions(as_reader(cast.amel), "nowhere")


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"threshold": "66%"}, {"threshold": "setting_not_a_fraction"}),
        ({"threshold": "1/3"}, {"threshold": "setting_below_half"}),
        ({"quorum": "3/2"}, {"quorum": "setting_out_of_range"}),
        ({"tie": "mayor"}, {"tie": "setting_unknown_value"}),
        ({"weight": "2"}, {"weight": "setting_unknown_setting"}),
    ],
)
def test_settings_that_mean_nothing_name_their_field(
    values: dict[str, object], refused: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as caught:
        settings_from_form(values)
    assert caught.value.errors == refused
