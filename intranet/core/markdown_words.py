"""The few words that rendering itself puts into a page, in the language asked for.

Rendered HTML is kept with a revision, so it cannot wait for the reader's request: the words come
from the same catalogues as the interface, read without the web framework."""

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

CATALOGUES = Path(__file__).resolve().parents[1] / "translations"


@dataclass(frozen=True)
class Words:
    """Sentences with their places: {title}, {name}, and {} for a footnote's number."""

    callouts: Mapping[str, str]
    missing_page: str
    missing_image: str
    back_to_text: str


@lru_cache(maxsize=8)
def words(language: str) -> Words:
    """The words in this language; English when its catalogue is missing."""
    _ = gettext.translation("messages", CATALOGUES, [language], fallback=True).gettext
    return Words(
        callouts={
            "note": _("Note"),
            "tip": _("Tip"),
            "important": _("Important"),
            "warning": _("Warning"),
            "caution": _("Caution"),
        },
        missing_page=_("The page “{title}” does not exist yet. Create it."),
        missing_image=_("This picture is missing: {name}"),
        back_to_text=_("Back to the text of note {}"),
    )
