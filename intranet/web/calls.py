"""What to say of names in a text that could mean several people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import flash
from flask_babel import gettext as _


def warn_of_unclear(unclear: Iterable[tuple[str, Sequence[str]]]) -> None:
    """Say on the next page for which words nobody was told, the names that they could mean, and
    how to call one of them."""
    for words, names in unclear:
        said = _(
            "“@%(words)s” may be %(names)s: nobody was told. Write the whole name in an answer.",
            words=words,
            names=", ".join(names),
        )
        flash(said, "warning")
