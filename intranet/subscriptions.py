"""The table of everything the application does on its own: which event wakes which reaction."""

from __future__ import annotations

from collections.abc import Mapping

from intranet.core.deliveries import Reaction
from intranet.core.events import Event
from intranet.wiki import worker as wiki_worker
from intranet.wiki.events import LinksOutdated

SUBSCRIPTIONS: Mapping[type[Event], tuple[Reaction, ...]] = {
    LinksOutdated: (wiki_worker.REDRAWING,),
}
"""Read this table to know everything the application does on its own.

A reaction not listed here does not exist.
"""

REACTIONS: Mapping[str, Reaction] = {
    reaction.name: reaction for reactions in SUBSCRIPTIONS.values() for reaction in reactions
}


def consumers_of(event: Event) -> tuple[str, ...]:
    """The names of the reactions that follow an event."""
    return tuple(reaction.name for reaction in SUBSCRIPTIONS.get(type(event), ()))
