"""The form of an act filled with the wording that counts now."""

from __future__ import annotations

from collections.abc import Mapping

from intranet.proposals.acts.desk import ActDesk
from intranet.proposals.acts.typed import ActForm
from intranet.proposals.kinds.election import Candidacy
from intranet.proposals.kinds.mandate import Task
from intranet.proposals.kinds.new_rule import RulePlace
from intranet.proposals.kinds.reorder import NewPlace
from intranet.proposals.kinds.several import rule_changes
from intranet.proposals.kinds.status import NewStatus
from intranet.proposals.planned import as_fields
from intranet.wiki import rules


def filled(desk: ActDesk) -> ActForm:
    """The form with what the proposal on the desk says now."""
    assert desk.proposal is not None  # noqa: S101
    version, form = desk.proposal.version, ActForm.blank(desk)
    form.values |= {
        "title": version.title,
        "motivation": version.motivation,
        "text": version.text,
        "procedure": desk.proposal.procedure_key,
        "audience": desk.proposal.audience,
        "effective_on": version.effective_on.isoformat() if version.effective_on else "",
        "review_on": version.review_on.isoformat() if version.review_on else "",
        "ends_on": version.ends_on.isoformat() if version.ends_on else "",
        "past_because": version.past_because,
        **as_fields(version.actions),
        "seats": str(version.seats),
        "number": " ".join(number for _, number in version.links),
    }
    form.values |= _own(desk.kind, version.particulars)
    if desk.kind in ("repeal", "reorder"):
        # The words added stand behind the sentence that says what would be done.
        form.values["text"] = version.text.partition("\n\n")[2]
    if desk.kind == "election":
        people = Candidacy.from_text(version.particulars).people
        form.candidates = tuple(map(str, people))
    form.texts |= _texts(desk)
    return form


def _own(kind: str, particulars: str) -> dict[str, str]:
    """The fields that only this kind has."""
    if kind == "mandate":
        task = Task.from_text(particulars)
        chosen = {"act": task.act.value, "person": task.person_id, "mandate": task.mandate_id}
        term = {"own_role": task.role, "body": task.body_id, "until": task.until}
        return _plain({**chosen, **term, "text": task.words})
    if kind == "election":
        told = Candidacy.from_text(particulars)
        return _plain(
            {"own_role": told.role, "body": told.body_id, "until": told.until, "text": told.words}
        )
    if kind == "status":
        asked = NewStatus.from_text(particulars)
        person = {"person": asked.person_id, "name": asked.name}
        return _plain({**person, "status": asked.status.value, "text": asked.words})
    if kind == "new_rule":
        place = RulePlace.from_text(particulars)
        named = {"rule_title": place.title, "parent": place.parent_id}
        return _plain({**named, "layer": place.layer.value})
    if kind == "reorder":
        after = NewPlace.from_text(particulars).after_id
        return {"after": "first" if after is None else str(after)}
    return {}


def _plain(values: Mapping[str, object]) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _texts(desk: ActDesk) -> dict[int, str]:
    """The words proposed for each rule, where its changes still fit; else its present ones."""
    assert desk.proposal is not None  # noqa: S101
    found = {}
    proposed = {one.page_id: one for one in rule_changes(desk.proposal.version.particulars)}
    for rule in desk.rules:
        change = proposed.get(rule.page_id)
        if change and all(rules.still_fits(rule, one) for one in change.changes):
            found[rule.page_id] = rules.text_after(rule, change.changes).removeprefix(rule.header)
    return found
