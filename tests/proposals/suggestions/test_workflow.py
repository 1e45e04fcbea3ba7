"""Only the steps of the table are possible."""

from __future__ import annotations

from itertools import product

import pytest

from intranet.proposals.suggestions.workflow import LIVE, STEPS, IllegalStep, State, next_state

NAMES = sorted({name for name, _, _ in STEPS})


@pytest.mark.parametrize(("state", "step"), list(product(State, NAMES)))
def test_a_step_is_in_the_table_or_refused(state: State, step: str) -> None:
    known = {(name, source): target for name, source, target in STEPS}
    if (step, state) in known:
        assert next_state(state, step) is known[step, state]
    else:
        with pytest.raises(IllegalStep):
            next_state(state, step)


def test_nothing_leads_out_of_an_end() -> None:
    assert {source for _, source, _ in STEPS} == LIVE
