import pytest

from intranet.voting.files.sheet import UnreadableBox
from intranet.voting.files.tally import is_tally, read_tally

SHEET = """\
     Option 1----->: Ann
   /  Option 2---->: Bo: the second
   |/  Option 3--->: None Of The Above
V: 21-
V: --1
V: ---

"""


def test_options_and_ranks_are_read() -> None:
    sheet = read_tally(SHEET)
    assert is_tally(SHEET)
    assert sheet.candidates == ("Ann", "Bo: the second", "None Of The Above")
    assert [dict(paper.marks) for paper in sheet.papers] == [
        {"Ann": 2, "Bo: the second": 1},
        {"None Of The Above": 1},
        {},
    ]


def test_a_table_is_no_tally_sheet() -> None:
    assert not is_tally("Option 1,Option 2\n1,2\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Option 1: A\nV: 12\n", "line 2: 2 ranks for 1 options"),
        ("Option 1: A\nV: 0\n", "line 2: “0” is not a rank"),
        ("Option 1: A\nV: ?\n", "line 2: “\\?” is not a rank"),
        ("Option 2: A\n", "line 1: option 2 is out of its place"),
        ("Option 1: A\nOption 2: A\n", "two candidates called “A”"),
        ("Option 1: A\nsomething\n", "line 2: neither an option nor a ballot"),
        ("V: 1\n", "line 1: 1 ranks for 0 options"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(text: str, said: str) -> None:
    with pytest.raises(UnreadableBox, match=said):
        read_tally(text)
