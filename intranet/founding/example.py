"""The example cooperative, where this installation of the product brings one along."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

LOADER = "intranet.example.loader"

IS_AVAILABLE = find_spec("intranet.example") is not None and find_spec(LOADER) is not None
"""Whether the set-up can offer to begin with the example."""


def load(app: object, tell: Callable[[int, int], None] = lambda _done, _of: None) -> None:
    """Add the people, rules, proposals and decisions of the example to a founded cooperative.

    `tell` is told after each step how many are done, and of how many.
    """
    import_module(LOADER).load(app, tell)
