"""What every database and every index accepts as text (pure)."""

import re

_REFUSED = re.compile("[\0\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with a space in the place of what PostgreSQL and UTF-8 refuse: NUL, surrogates."""
    return _REFUSED.sub(" ", text)
