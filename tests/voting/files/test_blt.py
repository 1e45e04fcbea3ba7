import pytest

from intranet.voting.files.blt import read_blt
from intranet.voting.files.sheet import UnreadableBox
from intranet.voting.papers import PaperState

FOUR = """\
4 2            # four candidates, two seats
-3             # Cy has withdrawn
3 1 4 0
(b17) 4 1 3 2 0
1 3 = 4 - 1 0
2 3 0          # only Cy: nothing is left
1 0
0
"Ann #1"
"Bo" "Cy"
"Dan"
"A title"
"""


def test_a_file_with_every_part_is_read() -> None:
    sheet = read_blt(FOUR)
    assert (sheet.candidates, sheet.seats) == (("Ann #1", "Bo", "Dan"), 2)
    assert sheet.withdrawn == ("Cy",)
    assert [(paper.copies, dict(paper.marks)) for paper in sheet.papers] == [
        (3, {"Ann #1": 1, "Dan": 2}),
        (4, {"Ann #1": 1, "Bo": 3}),
        (1, {"Dan": 1, "Ann #1": 3}),
        (2, {}),
        (1, {}),
    ]
    assert [paper.state for paper in sheet.papers[3:]] == [PaperState.BLANK] * 2


def test_t84_who_withdrew_is_on_no_ballot_when_the_count_begins() -> None:
    assert all("Cy" not in paper.marks for paper in read_blt(FOUR).papers)


def test_a_ballot_may_go_over_several_lines() -> None:
    sheet = read_blt('\ufeff2 1\r\n2 1\r\n2 0\r\n0\r\n"A"\r\n"B"\r\n')
    assert dict(sheet.papers[0].marks) == {"A": 1, "B": 2}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("# nothing\n", "empty"),
        ("2\n1 1 0\n0\n", "line 1: the numbers of candidates and seats"),
        ("two 1\n", "line 1: “two” is not a number"),
        ('2 1\n1 3 0\n0\n"A"\n"B"\n', "line 2: there is no candidate 3, only 2"),
        ('2 1\n1 1 1 0\n0\n"A"\n"B"\n', "line 2: candidate 1 is twice"),
        ('2 1\n1 1=1 0\n0\n"A"\n"B"\n', "line 2: candidate 1 is twice"),
        ('2 1\n1.5 1 0\n0\n"A"\n"B"\n', "line 2: “1.5” is not a number"),
        ('2 1\n1 A 0\n0\n"A"\n"B"\n', "line 2: “A” is not a number"),
        ("2 1\n1 1 0\n", "line 2: the ballots have no end"),
        ("2 1\n1 1\n", "line 2: the ballots have no end"),
        ("2 1\n", "line 1: the ballots have no end"),
        ('2 1\n1 1 0\n0\n"A"\n', "line 4: 1 names for 2 candidates"),
        ('2 1\n1 1 0\n0\n"A"\n"A"\n', "two candidates called “A”"),
        ("2 1\n1 1 0\n0\nA\nB\n", "line 4: “A” is not a name in quotes"),
        ('2 1\n1 1 0\n0\n"A\n"B"\n', "line 4: a name that does not end"),
        ("-1 1\n", "line 1: “-1” is not a number"),
        ('2 1\n-5\n0\n"A"\n"B"\n', "line 2: there is no candidate 5"),
        ("0 1\n0\n", "there is no candidate"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(text: str, said: str) -> None:
    with pytest.raises(UnreadableBox, match=said):
        read_blt(text)
