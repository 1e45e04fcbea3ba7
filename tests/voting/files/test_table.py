import pytest

from intranet.voting.election import ElectionSettings
from intranet.voting.files.marks import mark_reader
from intranet.voting.files.sheet import UnreadableBox, rank
from intranet.voting.files.table import read_table
from intranet.voting.papers import PaperState
from intranet.voting.types import BallotForm


def marks(text: str) -> list[dict[str, int]]:
    return [dict(paper.marks) for paper in read_table(text, rank).papers]


@pytest.mark.parametrize("no_mark", ["", "-", "No opinion", "sans opinion", "  "])
def test_a_cell_without_a_rank_is_no_mark(no_mark: str) -> None:
    assert marks(f"Ann,Bo\n1,{no_mark}\n") == [{"Ann": 1}]


@pytest.mark.parametrize(
    "text",
    [
        "Ann,Bo\n2,1\n",
        "Ann;Bo\r\n2;1\r\n",
        "Ann\tBo\n2\t1\n",
        "\ufeffAnn;Bo\n2;1",
        '"Ann","Bo"\n"2","1"\n',
        "\n\nAnn,Bo\n\n2,1\n\n",
        "Ann , Bo,\n 2, 1 ,\n".replace(",\n", "\n"),
    ],
)
def test_spreadsheets_of_every_kind_are_read(text: str) -> None:
    sheet = read_table(text, rank)
    assert sheet.candidates == ("Ann", "Bo")
    assert marks(text) == [{"Ann": 2, "Bo": 1}]


def test_a_name_may_hold_a_comma() -> None:
    assert read_table('"Doe, Ann",Bo\n1,2\n', rank).candidates == ("Doe, Ann", "Bo")
    assert read_table("Doe, Ann;Bo\n1;2\n", rank).candidates == ("Doe, Ann", "Bo")


@pytest.mark.parametrize("first", ["", "#", "id", "Ballot", "Bulletin", "voter id"])
def test_a_first_column_that_numbers_the_ballots_is_left_alone(first: str) -> None:
    sheet = read_table(f"{first},Ann,Bo\n17,1,2\n", rank)
    assert sheet.candidates == ("Ann", "Bo")
    assert dict(sheet.papers[0].marks) == {"Ann": 1, "Bo": 2}


def test_a_candidate_called_like_a_number_column_is_one_elsewhere() -> None:
    assert read_table("Ann,Id\n1,2\n", rank).candidates == ("Ann", "Id")


def test_a_line_of_cells_without_marks_is_blank_and_an_empty_line_is_nothing() -> None:
    papers = read_table("Ann,Bo\n,\n\n-,No opinion\n1,\n", rank).papers
    assert [paper.state for paper in papers] == [
        PaperState.BLANK,
        PaperState.BLANK,
        PaperState.VALID,
    ]


def test_a_table_without_ballots_is_an_empty_box() -> None:
    assert read_table("Ann,Bo\n", rank).papers == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("\n \n", "empty"),
        ("Ann,Ann\n1,2\n", "line 1: there are two candidates called “Ann”"),
        ("Ann,,Bo\n1,2,3\n", "line 1: candidate 2 has no name"),
        ("id\n1\n", "line 1: there is no candidate"),
        ("Ann,Bo\n1,0\n", "line 2, Bo: a rank is 1 or more"),
        ("Ann,Bo\n1,2\n1,second\n", "line 3, Bo: “second” is not a rank"),
        ("Ann,Bo\n1,1.5\n", "line 2, Bo"),
        ("Ann,Bo\n1,-2\n", "line 2, Bo"),
        ("Ann,Bo\n1,²\n", "line 2, Bo"),
        ("Ann,Bo\n1\n", "line 2: 1 marks for 2 candidates"),
        ("Ann,Bo\n1,2,3\n", "line 2: 3 marks for 2 candidates"),
        ('Ann,Bo\n1,"2\n', "line 2"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(text: str, said: str) -> None:
    with pytest.raises(UnreadableBox, match=said.replace(".", r"\.")):
        read_table(text, rank)


def test_a_cross_is_a_mark() -> None:
    read = mark_reader(BallotForm.CHOOSE, ElectionSettings())
    assert [read(cell) for cell in ("1", "x", "X", "oui", "yes")] == [1] * 5
    assert [read(cell) for cell in ("", "0", "-", "no", "non")] == [None] * 5
    with pytest.raises(ValueError, match="neither a cross"):
        read("2")


def test_a_grade_is_a_word_or_its_number() -> None:
    read = mark_reader(BallotForm.GRADE, ElectionSettings(grades=("Très bien", "Bien", "Non")))
    assert [read(cell) for cell in ("très bien", "Bien", "NON", "3", "1")] == [3, 2, 1, 3, 1]
    assert [read(cell) for cell in ("", "0", "sans opinion")] == [None] * 3
    for wrong in ("4", "Assez bien", "-1"):
        with pytest.raises(ValueError, match="not a grade"):
            read(wrong)


def test_without_words_a_grade_is_a_whole_number() -> None:
    read = mark_reader(BallotForm.GRADE, ElectionSettings())
    assert [read(cell) for cell in ("1", "7", "-")] == [1, 7, None]
    with pytest.raises(ValueError, match="not a whole number"):
        read("7.5")
