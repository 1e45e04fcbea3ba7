"""The kinds of proposals, found by looking in the folder `kinds`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping

from intranet.core.policy import Invalid
from intranet.proposals import kinds
from intranet.proposals.kinds.kind import Kind


def _find() -> Mapping[str, Kind]:
    found = {}
    for module in pkgutil.iter_modules(kinds.__path__):
        kind = getattr(importlib.import_module(f"{kinds.__name__}.{module.name}"), "KIND", None)
        if kind is not None:
            found[kind.key] = kind
    return found


_KINDS = _find()


def all_kinds() -> tuple[Kind, ...]:
    """Every kind, by key."""
    return tuple(_KINDS[key] for key in sorted(_KINDS))


def kind(key: str) -> Kind:
    """The kind of this key. Raises Invalid for an unknown one."""
    if key not in _KINDS:
        raise Invalid(kind="kind_unknown")
    return _KINDS[key]
