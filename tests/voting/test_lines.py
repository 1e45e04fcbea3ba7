import re
from pathlib import Path
from string import Formatter

import pytest

from intranet.voting.election_lines import ELECTION_CODES, ELECTION_VERDICTS, RANKED_CODES
from intranet.voting.lines import ARITHMETIC_CODES, LINE_CODES, VERDICT_CODES, Line, line

PAGE = Path(__file__).parents[2] / "docs" / "methods.md"
ROW = re.compile(r"^\| `(\w+)` \| (.+) \|$", re.MULTILINE)


def test_a_line_holds_exactly_the_values_of_its_code() -> None:
    with pytest.raises(ValueError, match="adopted_consent"):
        Line("adopted_consent", {"in_favour": 3})
    with pytest.raises(ValueError, match="adopted_consent"):
        Line("adopted_consent", {"in_favour": 3, "asked": 4, "mood": "good"})
    with pytest.raises(ValueError, match="unheard_of"):
        Line("unheard_of", {})


def test_a_line_picks_what_it_needs() -> None:
    values = {"in_favour": 3, "asked": 4, "silent": 1}
    assert line("adopted_consent", values).values == {"in_favour": 3, "asked": 4}


def test_the_values_of_a_line_cannot_change() -> None:
    values: dict[str, int | str] = {"silent": 1}
    one = Line("rejected_silence", values)
    values["silent"] = 2
    assert one.values["silent"] == 1


def test_a_code_is_in_one_table_only() -> None:
    tables = (VERDICT_CODES, ARITHMETIC_CODES, ELECTION_VERDICTS, ELECTION_CODES, RANKED_CODES)
    codes = [code for table in tables for code in table]
    assert len(codes) == len(set(codes))
    assert set(codes) == set(LINE_CODES)


def test_the_page_for_translators_has_each_sentence_with_exactly_its_values() -> None:
    sentences = dict(ROW.findall(PAGE.read_text(encoding="utf-8")))
    assert set(sentences) == set(LINE_CODES)
    for code, sentence in sentences.items():
        names = {name for _, name, _, _ in Formatter().parse(sentence) if name}
        assert names == set(LINE_CODES[code]), code
