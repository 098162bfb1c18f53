"""Issues as text for other programs."""

from pathlib import Path

import orjson

from tests.support.issue_rows import a_row
from vedette.desktop.issues import copying

DESK = Path("Vedette")
OTHER = a_row(id=2, short="SHOP-2", title="Odd *title*\n[x](y)", users=0, n=1, culprit="")


def test_a_copied_row_reads_well_in_a_chat() -> None:
    first, second = copying.as_text([a_row()]).split("\n")
    assert first == "SHOP-1 ValueError: bad currency"
    assert second.startswith(
        "  shop.pay in pay · shop · unhandled · 1,284 events · 212 users · first 2026-11-24 "
    )
    assert " · last 2026-11-24 " in second


def test_several_rows_are_one_below_the_other() -> None:
    rows = [a_row(), OTHER]
    assert copying.as_ids(rows) == "SHOP-1\nSHOP-2"
    assert copying.as_titles(rows) == "ValueError: bad currency\nOdd *title* [x](y)"
    assert copying.as_links(rows, DESK) == "vedette://desk/issues/SHOP-1\nvedette://desk/issues/SHOP-2"
    assert "  shop · unhandled · 1 event · first " in copying.as_text([OTHER])


def test_markdown_links_and_means_nothing_by_the_signs_of_a_title() -> None:
    first, second = copying.as_markdown([a_row(), OTHER], DESK).split("\n")
    assert first.startswith(
        "- [SHOP-1](vedette://desk/issues/SHOP-1) **ValueError: bad currency** — "
        "`shop.pay in pay`, 1,284 events, last "
    )
    assert "**Odd \\*title\\* \\[x\\](y)**" in second


def test_json_is_an_object_for_one_and_a_list_for_several() -> None:
    one = orjson.loads(copying.as_json([a_row()], DESK))
    assert (one["shortId"], one["count"], one["priority"], one["status"]) == (
        "SHOP-1",
        1284,
        "high",
        "unresolved",
    )
    assert [row["shortId"] for row in orjson.loads(copying.as_json([a_row(), OTHER], DESK))] == [
        "SHOP-1",
        "SHOP-2",
    ]
