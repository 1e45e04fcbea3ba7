from fractions import Fraction
from pathlib import Path

import pytest

from intranet.voting import methods
from intranet.voting.registry import UnknownMethod, all_methods, method, unused_settings
from intranet.voting.settings import Settings
from intranet.voting.types import Base, Silence


def test_every_file_of_the_folder_is_a_method() -> None:
    files = {path.stem for path in Path(methods.__path__[0]).glob("*.py")} - {"__init__"}
    assert {one.key for one in all_methods()} == files
    assert {"consent", "qualified_majority", "simple_majority"} <= files


def test_a_method_is_found_by_its_key() -> None:
    assert method("consent").key == "consent"


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
