"""What a row of linked items says, to the eye and aloud."""

import pytest

from tests.support.builders import MORNING
from vedette.desktop.linked.columns import columns, sentence, what
from vedette.desktop.widgets.relative_time import exact
from vedette.store.queries.linked_items import MOST_COUNTED, LinkedItem


def a_row(
    kind: str = "attachment", title: str = "log.txt", count: int = 1, size: int | None = 7
) -> LinkedItem:
    return LinkedItem(kind, 3, 1, MORNING, title, count, size)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (a_row(), "log.txt"),
        (a_row(title=""), "—"),
        (a_row("feedback", "one\ntwo"), "one⏎two"),
        (a_row("transaction", "GET /cart", 31), "GET /cart · 31 spans"),
        (a_row("span", "", 2), "2 spans"),
        (a_row("log", "till opened", 1), "till opened"),
        (a_row("log", "till opened", 1_284), "1,284 records, the first: till opened"),
        (a_row("otlp_logs", "hi", MOST_COUNTED), "10,000+ records, the first: hi"),
        (a_row("trace_metric", "orders.paid", 5), "5 points, the first: orders.paid"),
        (a_row("profile_chunk", "", 900), "900 samples"),
        (a_row("attachment", "{count} <b>", 1), "{count} <b>"),
        (a_row("log", "{title}", 2), "2 records, the first: {title}"),
    ],
)
def test_what_an_item_is(row: LinkedItem, says: str) -> None:
    assert what(row) == says


def test_a_row_is_read_out_with_kind_time_and_size() -> None:
    assert sentence(a_row()) == f"Attachment, log.txt, {exact(MORNING)[:19]}, 7 B"
    assert sentence(a_row("session", "", size=None)) == f"Session, {exact(MORNING)[:19]}"


def test_the_cells_of_a_row() -> None:
    texts = [column.text(a_row("new_kind")) for column in columns() if column.text is not None]
    assert texts == ["new_kind", "log.txt", exact(MORNING)[:19], "7 B"]
    size = columns()[-1].text
    assert size is not None
    assert size(a_row(size=None)) == "—"
