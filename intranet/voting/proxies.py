"""How many voices of others one member may carry."""

from __future__ import annotations

_SMALL_COOPERATIVE = 20


def proxy_cap(member_count: int) -> int:
    """The most proxies one member may hold, besides their own vote.

    One below 20 members, then one twentieth of the members, rounded down: law 78-763 of
    19 July 1978 on worker cooperatives, section on assemblies. The statutes may ask for less.
    Raises ValueError when there is no member.
    """
    if member_count < 1:
        raise ValueError("member_count_below_one")
    return 1 if member_count < _SMALL_COOPERATIVE else member_count // _SMALL_COOPERATIVE
