"""Who follows what."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.notices.policy import may_choose
from intranet.notices.watching.models import Watched
from intranet.notices.watching.subjects import subjects


def may_watch(reader: Reader, kind: Watched, number: int) -> Verdict:
    """Everybody who may come in follows what they may read."""
    entered = may_choose(reader)
    if not entered:
        return entered
    known = subjects(reader, [(kind, number)])
    return YES if known else no("notices.not_yours_to_follow")
