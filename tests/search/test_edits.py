import pytest

from intranet.search.edits import is_one_letter_apart


@pytest.mark.parametrize(
    ("a", "b"),
    [("quorum", "quorom"), ("quorum", "quorums"), ("quorum", "uorum"), ("quorum", "qourum"),
     ("ab", "ba"), ("a", ""), ("quorum", "quorun")],
)  # fmt: skip
def test_one_mistake_either_way(a: str, b: str) -> None:
    assert is_one_letter_apart(a, b)
    assert is_one_letter_apart(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [("quorum", "quorum"), ("quorum", "qorom"), ("abc", "cab"), ("quorum", "quo"), ("abcd", "badc"),
     ("", "ab")],
)  # fmt: skip
def test_none_or_two_mistakes_either_way(a: str, b: str) -> None:
    assert not is_one_letter_apart(a, b)
    assert not is_one_letter_apart(b, a)
