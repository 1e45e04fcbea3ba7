"""A place with limited room for things; those put there first make room for the next."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Thing = TypeVar("Thing")


class Shelf(Generic[Key, Thing]):
    """Things by their keys, shared between threads, which never need more than the room there is.

    `room` counts things, or what `size` says of each.
    """

    def __init__(self, room: int, size: Callable[[Thing], int] = lambda _thing: 1) -> None:
        self._free = room
        self._size = size
        self._things: OrderedDict[Key, Thing] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Thing | None:
        """The thing under this key, if it is still there."""
        return self._things.get(key)

    def put(self, key: Key, thing: Thing) -> None:
        """Lay a thing down under this key."""
        with self._lock:
            self._take(key)
            self._things[key] = thing
            self._free -= self._size(thing)
            while self._free < 0:
                self._take(next(iter(self._things)))

    def clear(self) -> None:
        """Take everything away."""
        with self._lock:
            while self._things:
                self._take(next(iter(self._things)))

    def _take(self, key: Key) -> None:
        thing = self._things.pop(key, None)
        if thing is not None:
            self._free += self._size(thing)
