"""What is voted can be written into the rule: the page it makes can be shown."""

from __future__ import annotations

import pytest

from intranet.core.block_changes import BlockChange
from intranet.core.markdown import LIMIT_CHARACTERS, TooLong, refuse_too_long, render
from intranet.core.markdown_links import NoLinks
from intranet.core.policy import Conflict
from intranet.proposals import queries
from tests.cast import as_reader
from tests.proposals import stage as on
from tests.proposals.stage import Stage
from tests.wiki.writing import TODAY, enact

HALF = "Un mot. " * (LIMIT_CHARACTERS // 16)
NEARLY = HALF[: len(HALF) - 100]


@pytest.mark.parametrize("source", ["x" * (LIMIT_CHARACTERS + 1), "- a\n" * 16_000, "&" * 50_001])
def test_a_text_that_would_not_be_shown_is_refused_without_showing_it(source: str) -> None:
    with pytest.raises(TooLong):
        refuse_too_long(source)
    with pytest.raises(TooLong):
        render(source, NoLinks(), language="fr")
    refuse_too_long("---\ntitle: Un\n---\n\nUn texte.[^1]\n\n[^1]: Une note.\n")


def issues(stage: Stage, proposal_id: int) -> list[str]:
    return [one.code for one in queries.proposal(as_reader(stage.cast.amel), proposal_id).issues]


def insertion(stage: Stage, text: str, position: int) -> BlockChange:
    return BlockChange("insert_after", on.rule(stage).blocks[position].id, "", text)


def test_a_change_that_makes_the_rule_too_long_does_not_open(stage: Stage) -> None:
    enact(stage.page_id, [insertion(stage, HALF, 0)], stage.origin, TODAY)
    fits = on.an_amendment(stage, change=insertion(stage, NEARLY, 0))
    too_long = on.an_amendment(stage, change=insertion(stage, HALF, 0))
    assert issues(stage, fits) == []
    assert issues(stage, too_long) == ["rule_too_long"]
    with pytest.raises(Conflict) as caught:
        on.open_it(stage, too_long)
    assert caught.value.reason == "proposals.not_ready"


def test_two_changes_that_fit_one_by_one_and_not_together_end_in_a_conflict_with_words(
    stage: Stage,
) -> None:
    enact(stage.page_id, [insertion(stage, HALF, 0)], stage.origin, TODAY)
    pair = [on.an_amendment(stage, change=insertion(stage, NEARLY, at)) for at in (0, 2)]
    polls = [on.open_it(stage, one) for one in pair]
    for poll_id in polls:
        for person in stage.cast.members:
            on.cast_one(poll_id, person, "for")
        on.end(poll_id)
    on.conclude(pair[0])
    with pytest.raises(Conflict) as caught:
        on.conclude(pair[1])
    assert caught.value.reason == "wiki.rule_too_long"
    assert queries.proposal(as_reader(stage.cast.amel), pair[1]).state == "voting"
