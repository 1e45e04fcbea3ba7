"""The table of what people are told and how, unless they choose otherwise (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """A kind of thing that people are told, as they choose about it."""

    VOTE = "vote"
    REMINDER = "reminder"
    OBJECTION = "objection"
    MENTION = "mention"
    MINE = "mine"
    RESULT = "result"
    PROPOSAL = "proposal"
    IN_FORCE = "in_force"
    READING = "reading"
    REVIEW = "review"
    WATCHED = "watched"


class Way(StrEnum):
    """How somebody is told. All but the last also stand in the list of the application."""

    MAIL = "mail"
    DAILY = "daily"
    WEEKLY = "weekly"
    APP = "app"
    OFF = "off"


DEFAULTS: Mapping[Kind, Way] = {
    Kind.VOTE: Way.MAIL,
    Kind.REMINDER: Way.MAIL,
    Kind.OBJECTION: Way.MAIL,
    Kind.MENTION: Way.MAIL,
    Kind.MINE: Way.MAIL,
    Kind.RESULT: Way.DAILY,
    Kind.PROPOSAL: Way.DAILY,
    Kind.WATCHED: Way.DAILY,
    Kind.READING: Way.DAILY,
    Kind.IN_FORCE: Way.WEEKLY,
    Kind.REVIEW: Way.WEEKLY,
}
"""Mail at once for what waits for this very person; one mail a day or a week for the rest."""
