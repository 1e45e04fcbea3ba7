import pytest

from intranet.voting.election import ElectionSettings
from intranet.voting.files.reading import read_ballots
from intranet.voting.files.sheet import UnreadableBox
from intranet.voting.types import BallotForm

RULES = ElectionSettings()
BLT = '2 1\n1 2 0\n0\n"A"\n"B"\n'


@pytest.mark.parametrize("name", ["box.blt", "box.BLT", "box.txt", "box"])
def test_a_blt_file_is_known_by_its_name_or_its_first_line(name: str) -> None:
    assert read_ballots(BLT, name, BallotForm.RANK, RULES).candidates == ("A", "B")
    assert read_ballots(f"# box\n\n{BLT}", name, BallotForm.RANK, RULES).seats == 1


def test_a_file_called_csv_is_a_table_even_with_numbers_for_names() -> None:
    sheet = read_ballots("1 2\n1\n", "box.csv", BallotForm.RANK, RULES)
    assert sheet.candidates == ("1 2",)


def test_rankings_are_no_grades() -> None:
    for text, name in ((BLT, "box.blt"), ("Option 1: A\nV: 1\n", "tally.txt")):
        with pytest.raises(UnreadableBox, match="rankings"):
            read_ballots(text, name, BallotForm.GRADE, RULES)


def test_an_empty_file_is_said_to_be_empty() -> None:
    for name in ("box.csv", "box.blt", "tally.txt"):
        with pytest.raises(UnreadableBox, match="empty"):
            read_ballots("\ufeff \n", name, BallotForm.RANK, RULES)
