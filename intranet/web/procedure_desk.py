"""What lies beside the form of a procedure: presets to begin from, and what it lets choose."""

from __future__ import annotations

from collections.abc import Mapping

from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members import status_queries
from intranet.members.statuses import ADVISORY_STATUSES, Status
from intranet.polls import procedure_queries as procedures
from intranet.voting import registry
from intranet.web import procedure_presets
from intranet.web.course_fields import kinds
from intranet.web.election_fields import offered
from intranet.web.procedure_form import ProcedureForm
from intranet.wiki.models import Layer


def from_preset(reader: Reader, asked: Mapping[str, str]) -> ProcedureForm:
    """A new procedure, begun from the preset that the address names, or from nothing."""
    chosen = procedure_presets.preset(asked.get("preset", ""))
    if chosen is None:
        return ProcedureForm.blank()
    return ProcedureForm.told(procedure_presets.as_procedure(reader, chosen))


def choices(reader: Reader, form: ProcedureForm) -> dict[str, object]:
    """What the form of a procedure lets choose: bodies, methods, ranks, and other procedures."""
    return {
        "bodies": members.bodies(reader),
        "methods": [method.key for method in registry.offered_methods()],
        "elections": offered(),
        "layers": list(Layer),
        "statuses": [status for status in Status if status is not Status.FORMER],
        "people": status_queries.people_here(reader, members.today(reader)),
        "advisory_statuses": ADVISORY_STATUSES,
        "kinds": kinds(),
        "others": [
            (card.key, f"{card.name} — {card.body_name}")
            for card in procedures.procedures(reader)
            if card.key != form.values["key"]
        ],
    }
