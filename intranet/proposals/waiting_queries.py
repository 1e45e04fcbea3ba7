"""What waits for one person to decide: votes to give."""

from __future__ import annotations

from intranet.core.transaction import Reader
from intranet.polls import queries as polls
from intranet.polls.advice import queries as advice
from intranet.polls.advice.queries import AskedAdvice
from intranet.polls.proxies import queries as proxies
from intranet.polls.proxies.queries import VoiceToGive
from intranet.polls.queries import MyPoll
from intranet.proposals.models import ORIGINS
from intranet.proposals.queries import titles


def votes_to_give(reader: Reader) -> list[MyPoll]:
    """The open polls on whose roll the reader stands, on proposals they may read."""
    mine = polls.my_open_polls(reader)
    known = titles(reader, {poll.origin_id for poll in mine})
    return [poll for poll in mine if poll.origin_kind in ORIGINS and poll.origin_id in known]


def voices_to_give(reader: Reader) -> list[VoiceToGive]:
    """The voices of others that the reader may give now, on proposals they may read."""
    carried = proxies.to_use(reader)
    known = titles(reader, {voice.origin_id for voice in carried})
    return [v for v in carried if v.origin_kind in ORIGINS and v.origin_id in known]


def advice_to_give(reader: Reader) -> list[AskedAdvice]:
    """The votes on which the reader was asked for advice, on proposals they may read."""
    asked = advice.awaited(reader)
    known = titles(reader, {one.origin_id for one in asked})
    return [one for one in asked if one.origin_kind in ORIGINS and one.origin_id in known]
