"""What happens to proxies. Using one in a secret vote leaves no event."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class ProxyGiven(Event):
    """A member offered their voice to another one."""

    proxy_id: int


@dataclass(frozen=True)
class ProxyAccepted(Event):
    """The holder will vote in the giver's name."""

    proxy_id: int


@dataclass(frozen=True)
class ProxyRefused(Event):
    """The holder will not vote in the giver's name."""

    proxy_id: int


@dataclass(frozen=True)
class ProxyRevoked(Event):
    """The giver took their voice back."""

    proxy_id: int


@dataclass(frozen=True)
class ProxyReturned(Event):
    """The voice came back to its giver: the holder gave it back or left the cooperative."""

    proxy_id: int
    because: str


@dataclass(frozen=True)
class ProxyUsed(Event):
    """The holder cast the first ballot with it in an open vote."""

    proxy_id: int
    poll_id: int


@dataclass(frozen=True)
class ProxyOvertaken(Event):
    """The giver voted after the holder in an open vote: the giver's ballot counts."""

    proxy_id: int
    poll_id: int
