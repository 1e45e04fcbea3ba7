"""Proxies, voices given by proxy and advice, beside the votes they belong to."""

from __future__ import annotations

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.export.folder import Folder
from intranet.members.models import Body
from intranet.polls.advice import queries as advice
from intranet.polls.proxies import voice_queries
from intranet.polls.proxies.models import Proxy

COLUMNS = (
    "id",
    "giver_id",
    "holder_id",
    "origin_kind",
    "origin_id",
    "starts_on",
    "ends_on",
    "state",
    "given_at",
    "answered_at",
    "ended_at",
)


def write_proxies(reader: Reader, folder: Folder) -> None:
    """proxies.csv: who lent their voice to whom, for what, and how it ended; never what was said
    with it, nor whether it was used in a secret vote."""
    query = select(Proxy, Body.code).join(Body, Body.id == Proxy.body_id).order_by(Proxy.id)
    folder.write_table(
        "proxies.csv",
        ("body", *COLUMNS),
        (
            (code, *(getattr(proxy, name) for name in COLUMNS))
            for proxy, code in reader.session.execute(query)
        ),
    )


def by_proxy(reader: Reader, poll_id: int) -> dict[str, object]:
    """How many voices were given by proxy, and for whom by whom as far as secrecy allows."""
    voices = voice_queries.voices(reader, poll_id)
    pairs = [{"giver": one.giver, "holder": one.holder} for one in voices.represented]
    return {"by_proxy": voices.by_proxy, "represented": pairs}


def advice_on(reader: Reader, poll_id: int) -> dict[str, object] | None:
    """The advice given beside a vote, with its own count; None when nobody was asked."""
    card = advice.advice(reader, poll_id)
    if not card.asked:
        return None
    return {
        "asked": list(card.names),
        "positions": [
            {"name": line.name, "option": line.option, "reason": line.reason}
            for line in card.positions
        ],
        "outcome": card.outcome.to_json() if card.outcome else None,
    }
