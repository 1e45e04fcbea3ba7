"""A secret in n shares of which any t give it back and fewer tell nothing (pure).

Shamir's scheme, byte by byte, over the field of 256 elements of AES (x^8 + x^4 + x^3 + x + 1).
Source: A. Shamir, How to share a secret, Communications of the ACM 22 (1979).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from functools import reduce

_MODULUS = 0x11B
MOST_SHARES = 255


def _times(a: int, b: int) -> int:
    product = 0
    for bit in range(8):
        # Both factors are secret: the same work is done whatever their bits are.
        product ^= (a << bit) * (b >> bit & 1)
    for bit in range(14, 7, -1):
        product ^= (_MODULUS << bit - 8) * (product >> bit & 1)
    return product


def _inverse(a: int) -> int:
    """a^254, the inverse of a in a field of 256 elements; 0 for 0."""
    result = 1
    for bit in (1, 1, 1, 1, 1, 1, 1, 0):
        result = _times(result, result)
        result = _times(result, a) if bit else result
    return result


def split(secret: bytes, needed: int, shares: int) -> dict[int, bytes]:
    """The shares by their number, from 1. Raises ValueError for numbers that make no sense."""
    if not 1 <= needed <= shares <= MOST_SHARES:
        raise ValueError("the shares needed are at least one and at most all of 255")
    made = {number: bytearray() for number in range(1, shares + 1)}
    for byte in secret:
        line = [byte, *secrets.token_bytes(needed - 1)]
        for number, share in made.items():
            share.append(_at(line, number))
    return {number: bytes(share) for number, share in made.items()}


def _at(line: list[int], x: int) -> int:
    """The polynomial with these coefficients, the constant first, at x."""
    return reduce(lambda value, coefficient: _times(value, x) ^ coefficient, reversed(line), 0)


def join(shares: Mapping[int, bytes]) -> bytes:
    """What these shares give together: the secret when they are enough, noise when they are not.

    Raises ValueError for no shares, numbers out of range or unequal lengths.
    """
    lengths = {len(share) for share in shares.values()}
    if len(lengths) != 1 or not all(1 <= number <= MOST_SHARES for number in shares):
        raise ValueError("these are no shares of one secret")
    weights = {number: _weight(number, list(shares)) for number in shares}
    return bytes(
        reduce(lambda a, b: a ^ b, (_times(shares[n][place], w) for n, w in weights.items()))
        for place in range(lengths.pop())
    )


def _weight(number: int, numbers: list[int]) -> int:
    """The weight of a share in the value of the polynomial at 0 (Lagrange)."""
    others = [other for other in numbers if other != number]
    parts = (_times(other, _inverse(other ^ number)) for other in others)
    return reduce(_times, parts, 1)
