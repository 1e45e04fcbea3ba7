"""What to say of names in a text that could mean several people."""

from __future__ import annotations

from flask import flash
from flask_babel import gettext as _

from intranet.discussions.mentions import Mentions


def warn_of_unclear(called: Mentions) -> None:
    """Say on the next page whom nobody was told for, and how to call them."""
    for words, names in called.unclear:
        said = _(
            "“@%(words)s” may be %(names)s: nobody was told. Write the whole name in an answer.",
            words=words,
            names=", ".join(names),
        )
        flash(said, "warning")
