"""Who puts the words in order under which pages are filed."""

from __future__ import annotations

from intranet.core.policy import Verdict
from intranet.core.transaction import Reader
from intranet.wiki.policy import may_write


def may_rename_tag(reader: Reader) -> Verdict:
    """Writers may give a tag another name, or the name of another one, on the pages they read."""
    return may_write(reader)
