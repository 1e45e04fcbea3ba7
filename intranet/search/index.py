"""The index of this installation: one backend for each database, chosen by the settings."""

from __future__ import annotations

from importlib import import_module
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from intranet.search import backends
from intranet.search.port import SearchBackend

_backends: WeakKeyDictionary[Any, SearchBackend] = WeakKeyDictionary()
_names: WeakKeyDictionary[Any, str] = WeakKeyDictionary()


def use(name: str, settings: object, engine: Engine) -> None:
    """Search this database through the backend of this name.

    Raises ModuleNotFoundError for a name that no file of backends/ has.
    """
    module = import_module(f"{backends.__name__}.{name}")
    _backends[engine] = module.create(settings, engine)
    _names[engine] = name


def backend_of(session: Session) -> SearchBackend:
    """The backend behind a session's database."""
    return _backends[session.get_bind()]


def name_of(session: Session) -> str:
    """The name of that backend, as SEARCH_BACKEND says it."""
    return _names[session.get_bind()]
