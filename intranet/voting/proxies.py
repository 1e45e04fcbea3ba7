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


def allowed_proxies(member_count: int, own_cap: int | None) -> int:
    """The most proxies one member may hold where a procedure has a cap of its own.

    None leaves the law's cap, 0 allows no proxy; a cap above the law's changes nothing.
    Nobody on the roll: no proxy.
    """
    if member_count < 1:
        return 0
    by_law = proxy_cap(member_count)
    return by_law if own_cap is None else min(own_cap, by_law)
