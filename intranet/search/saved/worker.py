"""The searches that somebody kept go with them when they are erased."""

from __future__ import annotations

from intranet.core.forgetting import forgetting
from intranet.search.saved.models import SavedSearch

FORGETTING = forgetting("search", SavedSearch)
