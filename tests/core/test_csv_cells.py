"""Tables that a spreadsheet opens without running anything."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from intranet.core.csv_cells import BYTE_ORDER_MARK, FORMULA, cell, table


@given(st.text())
def test_no_cell_begins_like_a_formula(text: str) -> None:
    written = cell(text)
    assert not written.startswith(FORMULA)
    assert not written.strip().startswith(FORMULA)
    assert written.endswith(text)


def test_numbers_stay_numbers() -> None:
    assert [cell(-3), cell(None), cell("-3")] == ["-3", "", "'-3"]


def test_a_table_keeps_line_ends_and_quotes() -> None:
    text = table(("a", "b"), [("un\ndeux", 'dit "oui"'), (None, 4)])
    rows = list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))
    assert rows == [["a", "b"], ["un\ndeux", 'dit "oui"'], ["", "4"]]
