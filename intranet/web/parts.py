"""A page without its person: the same for everybody with the same rights and language.

What belongs to one person is the menu with their name and the token of their forms. All the rest
is made once and put together with them again for each.
"""

from __future__ import annotations

import hashlib
import zlib
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

    def pressed(self) -> Pressed:
        """The same in a fifth of the room."""
        before, after = (zlib.compress(part, 1) for part in (self.before, self.after))
        return Pressed(before, after, self.digest)


@dataclass(frozen=True)
class Pressed:
    """Parts of a page as they are kept; to take them out again is quicker than to send them."""

    before: bytes
    after: bytes
    digest: bytes

    def parts(self) -> Parts:
        """The parts as they were."""
        return Parts(zlib.decompress(self.before), zlib.decompress(self.after), self.digest)

    @property
    def size(self) -> int:
        """The bytes that they need, and some for their place."""
        return len(self.before) + len(self.after) + 1024


def tag(page: Parts | Pressed, mine: Mine) -> str:
    """A word that is another one as soon as anything in this person's page would be."""
    return hashlib.blake2b(mine.seal + page.digest, digest_size=16).hexdigest()


def without_person(page: str, token: str) -> Parts | None:
    """Take one person's menu and token out of a page; None when it has no place for a menu."""
    before, begin, rest = page.encode().partition(BEGIN)
    _menu, end, after = rest.partition(END)
    if not (begin and end):
        return None
    before, after = (part.replace(token.encode(), TOKEN) for part in (before, after))
    return Parts(before, after, hashlib.blake2b(before + after, digest_size=16).digest())
