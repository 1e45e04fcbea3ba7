"""A page without its person: the same for everybody with the same rights and language.

What belongs to one person is the menu with their name and the token of their forms. All the rest
is made once and put together with them again for each.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

TOKEN = b"{the token of the form}"
BEGIN, END = b"<!--person-->", b"<!--/person-->"


@dataclass(frozen=True)
class Mine:
    """What a page holds of one person: their menu, the token of their forms, and a word that is
    another one as soon as either is."""

    menu: bytes
    token: bytes
    seal: bytes


@dataclass(frozen=True)
class Parts:
    """What stands before and after the menu, the token left out; `digest` names the content."""

    before: bytes
    after: bytes
    digest: bytes

    def together(self, mine: Mine) -> bytes:
        """The page of this person."""
        return b"".join((self.before, mine.menu, self.after)).replace(TOKEN, mine.token)

    def tag(self, mine: Mine) -> str:
        """A word that is another one as soon as anything in this person's page would be."""
        return hashlib.blake2b(mine.seal + self.digest, digest_size=16).hexdigest()


def without_person(page: str, token: str) -> Parts | None:
    """Take one person's menu and token out of a page; None when it has no place for a menu."""
    before, begin, rest = page.encode().partition(BEGIN)
    _menu, end, after = rest.partition(END)
    if not (begin and end):
        return None
    before, after = (part.replace(token.encode(), TOKEN) for part in (before, after))
    return Parts(before, after, hashlib.blake2b(before + after, digest_size=16).digest())
