"""The wording that a person typed in the form of an act."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from intranet.core.policy import Invalid
from intranet.members.statuses import Status
from intranet.proposals.acts.desk import ActDesk
from intranet.proposals.acts.typed import ActForm
from intranet.proposals.changing import page_changes
from intranet.proposals.kinds.election import Candidacy
from intranet.proposals.kinds.mandate import Act, Task
from intranet.proposals.kinds.new_rule import RulePlace
from intranet.proposals.kinds.reorder import NewPlace
from intranet.proposals.kinds.several import RuleChange, to_text
from intranet.proposals.kinds.status import NewStatus
from intranet.proposals.outlines.sections import Section
from intranet.proposals.planned import actions_from
from intranet.proposals.versions import LONGEST_TITLE, Wording
from intranet.web import act_words
from intranet.wiki.models import Layer


def wording(desk: ActDesk, form: ActForm) -> Wording:
    """The wording typed on this desk. Raises Invalid naming the field."""
    typed = _BY_KIND[desk.kind](desk, form)
    title = form.values["title"].strip() or typed.title
    return replace(
        typed,
        title=title[:LONGEST_TITLE] if not form.values["title"].strip() else title,
        motivation=form.values["motivation"],
        effective_on=form.day("effective_on"),
        review_on=form.day("review_on"),
        ends_on=form.day("ends_on") if desk.may_be_tried else None,
        past_because=form.values["past_because"],
        actions=actions_from(form.values),
        reasons=_answered(desk.sections, form.answers),
    )


def _answered(sections: Sequence[Section], answers: Sequence[str]) -> tuple[Section, ...]:
    texts = [*answers, *[""] * len(sections)]
    return tuple(replace(one, text=text) for one, text in zip(sections, texts, strict=False))


def _said(sentence: str, form: ActForm) -> str:
    """The sentence, then the words that the author adds."""
    return "\n\n".join(filter(None, [sentence, form.values["text"].strip()]))


def _body(desk: ActDesk, form: ActForm) -> tuple[int | None, str]:
    chosen = form.number("body")
    found = next((body for body in desk.bodies if body.id == chosen), None)
    return (found.id, found.name) if found else (None, "")


def _person(desk: ActDesk, number: int | None) -> str:
    found = next((one.name for one in desk.people if one.id == number), None)
    if found is None:
        raise Invalid(person="act_person_missing")
    return found


def _mandate(desk: ActDesk, form: ActForm) -> Wording:
    words = form.values["text"]
    if form.values["act"] not in set(Act):
        raise Invalid(act="act_missing")
    act, until = Act(form.values["act"]), form.day("until")
    if act is Act.GIVE:
        body_id, body = _body(desk, form)
        number = form.number("person")
        person, role = _person(desk, number), form.role()
        task = Task(act, number or 0, role, body_id, until, words=words)
    else:
        chosen = form.number("mandate")
        held = next((one for one in desk.held if one.id == chosen), None)
        if held is None:
            raise Invalid(mandate="mandate_missing")
        person, role, body = held.person, held.role, held.body or ""
        task = Task(act, held.person_id, role, held.body_id, until, held.id, words)
    sentence = act_words.mandate_sentence(act, person, role, body, until)
    title = act_words.mandate_title(act, person, role)
    return Wording(title, text=_said(sentence, form), particulars=task.to_text())


def _election(desk: ActDesk, form: ActForm) -> Wording:
    names = {str(one.id): one.name for one in desk.people}
    chosen = [number for number in dict.fromkeys(form.candidates) if number in names]
    (body_id, body), until, role = _body(desk, form), form.day("until"), form.role()
    seats = form.number("seats")
    if seats is None:
        raise Invalid(seats="seats_unclear")
    people = tuple(map(int, chosen))
    candidacy = Candidacy(role, people, body_id, until, form.values["text"])
    return Wording(
        title=act_words.election_title(role),
        text=_said(act_words.election_sentence(role, body, until), form),
        options=[names[number] for number in chosen],
        seats=seats,
        particulars=candidacy.to_text(),
    )


def _status(desk: ActDesk, form: ActForm) -> Wording:
    if form.values["status"] not in set(desk.statuses):
        raise Invalid(status="status_missing")
    status, number = Status(form.values["status"]), form.number("person")
    typed = " ".join(form.values["name"].split())
    if number is None and not 1 <= len(typed) <= 120:
        raise Invalid(person="act_person_missing")
    name = _person(desk, number) if number else typed
    asked = NewStatus(status, number, "" if number else typed, form.values["text"])
    sentence = act_words.status_sentence(name, status, is_new=number is None)
    title = sentence.rstrip(".")
    return Wording(title, text=_said(sentence, form), particulars=asked.to_text())


def _repeal(desk: ActDesk, form: ActForm) -> Wording:
    numbers = form.values["number"].replace(",", " ").split()
    if not desk.rules and not numbers:
        raise Invalid(number="nothing_chosen_to_repeal")
    title = desk.rules[0].title if desk.rules else ""
    sentence = act_words.repeal_sentence(title, numbers)
    links = () if desk.rules else tuple(("repeals", number) for number in numbers)
    asked = act_words.repeal_title(title, numbers)
    return Wording(asked, text=_said(sentence, form), links=links)


def _reorder(desk: ActDesk, form: ActForm) -> Wording:
    [rule] = desk.rules
    names, typed = dict(desk.neighbours), form.values["after"]
    after = form.number("after")
    if typed != "first" and after not in names:
        raise Invalid(after="place_missing")
    other = names[after] if after is not None else ""
    sentence = act_words.reorder_sentence(rule.title, other, rule.layer)
    title = act_words.reorder_title(rule.title)
    return Wording(title, text=_said(sentence, form), particulars=NewPlace(after).to_text())


def _new_rule(desk: ActDesk, form: ActForm) -> Wording:
    name, parent = " ".join(form.values["rule_title"].split()), form.number("parent")
    if not name or len(name) > 200:
        raise Invalid(rule_title="rule_title_missing")
    if form.values["layer"] not in set(Layer):
        raise Invalid(layer="layer_missing")
    if parent is not None and parent not in dict(desk.places):
        raise Invalid(parent="wiki.parent_unknown")
    layer, key = Layer(form.values["layer"]), form.values["procedure"]
    strong = [one for one in desk.choices if layer in one.procedure.layers]
    if all(one.procedure.key != key for one in strong):
        raise Invalid(procedure="procedure_too_weak_for_the_rank")
    place = RulePlace(name, layer, act_words.language(), parent)
    title = act_words.new_rule_title(name)
    return Wording(title, text=form.values["text"], particulars=place.to_text())


def _several(desk: ActDesk, form: ActForm) -> Wording:
    found = []
    for rule in desk.rules:
        typed = form.texts.get(rule.page_id, rule.body)
        try:
            changes = page_changes(rule, typed)
        except ValueError as error:
            raise Invalid(**{f"new_text-{rule.page_id}": "changes_unclear"}) from error
        if changes:
            found.append(RuleChange(rule.page_id, rule.title, rule.revision_id, changes))
    title = act_words.several_title([one.title for one in found])
    return Wording(title, text=form.values["text"], particulars=to_text(found))


_BY_KIND: Mapping[str, Callable[[ActDesk, ActForm], Wording]] = {
    "mandate": _mandate,
    "election": _election,
    "status": _status,
    "repeal": _repeal,
    "reorder": _reorder,
    "new_rule": _new_rule,
    "several": _several,
}
