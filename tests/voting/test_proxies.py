import pytest

from intranet.voting.proxies import proxy_cap


@pytest.mark.parametrize(
    ("member_count", "cap"),
    [
        (1, 1),
        (2, 1),
        (7, 1),
        (19, 1),
        (20, 1),
        (39, 1),
        (40, 2),
        (59, 2),
        (60, 3),
        (100, 5),
        (500, 25),
    ],
)
def test_one_proxy_below_twenty_members_then_a_twentieth(member_count: int, cap: int) -> None:
    assert proxy_cap(member_count) == cap


@pytest.mark.parametrize("member_count", [0, -1])
def test_no_cap_without_members(member_count: int) -> None:
    with pytest.raises(ValueError, match="member_count_below_one"):
        proxy_cap(member_count)
