"""The pages of the example: ordinary ones by their authors, rules by the decisions behind them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from functools import partial

from intranet.core.block_changes import BlockChange
from intranet.core.transaction import Transaction
from intranet.example.data import PageFile, Record, first_texts
from intranet.example.story import Step, World
from intranet.wiki import effects, rules, service
from intranet.wiki.effects import NewRule
from intranet.wiki.models import Layer, Page, PageKind
from intranet.wiki.typed import NewPage

MORNING = time(8)
WRITING = time(14)
ENACTING = time(15)


def steps(world: World) -> Iterator[Step]:
    """Pages appear on their day; rules when the decision that makes them applies; a change of a
    rule is written after the meeting that decides it, and applies on its day."""
    decisions, known = world.example.decisions, set[str]()
    texts = first_texts(world.example.pages.values(), decisions.values())
    for page in world.example.pages.values():
        if page.kind == PageKind.ORDINARY:
            moment = world.moment(page.created, WRITING, page.position)
            yield Step(moment, partial(_write, world, page), page.author)
    concluded = {proposal.get("decision") for proposal in world.example.proposals}
    for entry in decisions.values():
        moment = _applies(world, entry)
        for key in entry["touches"]:
            page = world.example.pages[key]
            if key not in known:
                known.add(key)
                yield Step(moment, partial(_enact_first, world, page, texts[key], entry))
                yield Step(moment, partial(_file, world, page), page.author)
            elif entry["key"] not in concluded:
                decided = world.moment(entry["decided_on"], ENACTING)
                yield Step(decided, partial(_enact_change, world, entry))


def _applies(world: World, entry: Record) -> datetime:
    """When a rule begins: on the morning of its day, or after the meeting that decides it."""
    same_day = entry["effective_on"] == entry["decided_on"]
    day = entry["effective_on"] or entry["decided_on"]
    return world.moment(day, ENACTING if same_day else MORNING)


def _place(world: World, page: PageFile, page_id: int, tx: Transaction) -> None:
    """Give a page its place among its siblings, whichever of them came first."""
    world.pages[page.key] = page_id
    tx.session.get_one(Page, page_id).position = page.position


def _write(world: World, page: PageFile, tx: Transaction) -> None:
    new = NewPage(
        title=page.title,
        text=page.text,
        audience=page.audience,
        language=world.example.cooperative["locale"],
        parent_id=world.pages.get(page.parent),
        tags=page.tags,
    )
    _place(world, page, service.create_page(tx, new).id, tx)


def _enact_first(world: World, page: PageFile, text: str, entry: Record, tx: Transaction) -> None:
    rule = NewRule(
        layer=Layer(page.layer),
        title=page.title,
        text=text,
        audience=page.audience,
        language=world.example.cooperative["locale"],
        parent_id=world.pages[page.parent],
    )
    number = world.decisions[entry["key"]]
    author_id = world.people[page.author]
    page_id = effects.create_rule(
        tx, rule, number, entry["effective_on"], author_id, entry["title"]
    )
    _place(world, page, page_id, tx)


def _file(world: World, page: PageFile, tx: Transaction) -> None:
    service.set_tags(tx, world.pages[page.key], (), page.tags)


def _enact_change(world: World, entry: Record, tx: Transaction) -> None:
    page_id = world.pages[entry["page_change"]["page"]]
    effects.enact_revision(
        tx,
        page_id,
        [block_change(tx, page_id, entry["page_change"])],
        world.decisions[entry["key"]],
        entry["effective_on"],
        author_id=None,
        summary=entry["title"],
    )


def block_id(tx: Transaction, page_id: int, text: str) -> str:
    """The id of the paragraph of a rule that reads so. Raises StopIteration when none does."""
    blocks = rules.rule_text(tx, page_id).blocks
    return next(block.id for block in blocks if block.text == text)


def block_change(tx: Transaction, page_id: int, change: Record, by: str = "") -> BlockChange:
    """A `page_change` of the files on the rule as it stands, or with other words instead."""
    found = block_id(tx, page_id, change["replace"])
    return BlockChange("replace", found, change["replace"], by or change["by"])
