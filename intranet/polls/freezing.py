"""What a poll freezes as it opens, and the digests by which it can be shown later."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence

from intranet.core.events import canonical
from intranet.polls.models import Procedure


def digest(*parts: object) -> str:
    """SHA-256, in hexadecimal, of the parts written down in the one canonical way."""
    return hashlib.sha256(canonical(parts).encode()).hexdigest()


def frozen_procedure(procedure: Procedure) -> dict[str, object]:
    """The procedure as it is copied into a poll and into the register.

    Who votes, a cap of proxies, whose advice is asked and how votes run are named where they are
    set only, so that the digests of polls opened before they existed stay what they were.
    """
    named = {
        "electorate": procedure.electorate or None,
        "proxy_cap": procedure.proxy_cap,
        "advisory": procedure.advisory or None,
        "course": json.loads(procedure.course) or None,
    }
    return {
        "key": procedure.key,
        "version": procedure.version,
        "name": procedure.name,
        "method": procedure.method,
        "settings": json.loads(procedure.settings),
        "secret": procedure.secret,
        **{name: value for name, value in named.items() if value is not None},
    }


def electorate_digest(voters: Iterable[int]) -> str:
    """The digest of the people on the roll, by number."""
    return digest(sorted(voters))


def freeze_digest(
    text_digest: str,
    procedure: Procedure,
    electorate: str,
    candidates: Sequence[str] = (),
    seats: int = 1,
    external: Sequence[int] = (),
) -> str:
    """The digest of everything that cannot change while people vote; `external` are the people
    whose voices count for less."""
    frozen: list[object] = [text_digest, frozen_procedure(procedure), electorate]
    if external:
        frozen.append({"external": sorted(external)})
    # A vote on a text has no options: the digests from before there were any stay true.
    return digest(*frozen, list(candidates), seats) if candidates else digest(*frozen)
