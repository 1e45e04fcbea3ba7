from fractions import Fraction
from pathlib import Path

import pytest

from intranet.voting import methods
from intranet.voting.election import ElectionSettings
from intranet.voting.registry import (
    UnknownMethod,
    all_elections,
    all_methods,
    election,
    method,
    unused_election_settings,
    unused_settings,
)
from intranet.voting.settings import Settings
from intranet.voting.types import Base, Silence


def test_every_file_of_the_folder_is_a_method() -> None:
    files = {path.stem for path in Path(methods.__path__[0]).glob("*.py")} - {"__init__"}
    texts, elections = ({one.key for one in family} for family in (all_methods(), all_elections()))
    assert not texts & elections
    assert texts | elections == files
    assert {"consent", "qualified_majority", "simple_majority"} <= files


def test_a_method_is_found_by_its_key() -> None:
    assert method("consent").key == "consent"


def test_a_method_belongs_to_one_family() -> None:
    assert election("schulze").key == "schulze"
    with pytest.raises(UnknownMethod):
        method("schulze")
    with pytest.raises(UnknownMethod):
        election("consent")


def test_an_election_cannot_promise_what_its_method_does_not_count() -> None:
    settings = ElectionSettings(seats=2, default_option="Nobody", quorum=Fraction(1, 2))
    assert unused_election_settings("schulze", settings) == ()
    assert unused_election_settings("instant_runoff", settings) == ("seats", "default_option")


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(UnknownMethod) as refused:
        method("acclamation")
    assert refused.value.key == "acclamation"


def test_a_procedure_cannot_promise_what_its_method_does_not_count() -> None:
    settings = Settings(base=Base.REGISTERED, threshold=Fraction(2, 3), silence=Silence.ADOPTED)
    assert unused_settings("simple_majority", settings) == ("base", "threshold", "silence")
    assert unused_settings("qualified_majority", settings) == ("silence",)
    assert unused_settings("consent", settings) == ("threshold",)
    assert unused_settings("simple_majority", Settings(quorum=Fraction(1, 2))) == ()
