"""What of the wiki is open to those who read nothing else of it."""

from __future__ import annotations

from intranet.core.transaction import Reader
from intranet.members.queries import today
from intranet.members.statuses import Audience, Right
from intranet.wiki.tree import Node, tree


def open_pages(reader: Reader) -> tuple[Node, ...]:
    """The upper pages, for those who read no more than what is open; none for all others, who have
    the whole wiki."""
    if Audience.WORKERS in reader.actor.audiences or not reader.actor.has(Right.READ):
        return ()
    return tree(reader, today(reader)).roots
