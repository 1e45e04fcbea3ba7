"""A place for a limited number of things; the one put there first makes room for the next."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Generic, TypeVar

Key = TypeVar("Key")
Thing = TypeVar("Thing")


class Shelf(Generic[Key, Thing]):
    """Things by their keys, shared between threads, never more than `most` of them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: OrderedDict[Key, Thing] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Thing | None:
        """The thing under this key, if it is still there."""
        return self._things.get(key)

    def put(self, key: Key, thing: Thing) -> None:
        """Lay a thing down under this key."""
        with self._lock:
            self._things[key] = thing
            while len(self._things) > self._most:
                self._things.popitem(last=False)

    def clear(self) -> None:
        """Take everything away."""
        with self._lock:
            self._things.clear()
