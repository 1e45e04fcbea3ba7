"""Whether a procedure that somebody would propose could be written at all."""

from __future__ import annotations

from intranet.core.policy import Invalid
from intranet.core.transaction import Reader
from intranet.polls import writing
from intranet.polls.procedure_models import NewProcedure


def checked(reader: Reader, new: NewProcedure) -> NewProcedure:
    """The procedure itself. Raises Invalid naming every field that is wrong."""
    errors = writing.problems(reader, new)
    if not new.key and not errors and writing.last_version(reader, writing.key_of(new)):
        errors = {"name": "name_taken"}
    if errors:
        raise Invalid(**errors)
    return new
