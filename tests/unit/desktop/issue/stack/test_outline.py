"""The chain or tree of exceptions."""

from typing import Any

from tests.support.issue_desk import recorded_events
from vedette.desktop.issue.stack.outline import OutlineRow, is_tree, outline


def shown(rows: tuple[OutlineRow, ...]) -> list[tuple[int, str, str]]:
    return [(row.depth, row.relation, row.title) for row in rows]


def test_a_chain_begins_with_what_was_raised_and_names_its_cause() -> None:
    (event,) = recorded_events("py-shop-chained")
    assert shown(outline(event)) == [
        (0, "", "RuntimeError: shop is not configured"),
        (0, "caused by", "FileNotFoundError: [Errno 2] No such file or directory: '/nonexistent/shop.ini'"),
    ]
    assert not is_tree(outline(event))


def test_a_group_is_a_tree_that_counts_its_members() -> None:
    (event,) = recorded_events("py-shop-group")
    rows = outline(event)
    assert shown(rows) == [
        (0, "", "ExceptionGroup: 3 orders failed"),
        (1, "1 of 2", "ValueError: card 1 declined"),
        (1, "2 of 2", "ExceptionGroup: warehouse"),
        (2, "1 of 2", "OutOfStock: item 2 is gone"),
        (2, "2 of 2", "ValueError: card 3 declined"),
    ]
    assert [row.members for row in rows] == [2, 0, 2, 0, 0]
    assert is_tree(rows)
    assert rows[2].sentence == "2 of 2 ExceptionGroup: warehouse, a group of 2 exceptions"


def test_a_cause_in_javascript_is_named_as_one() -> None:
    events = [event for event in recorded_events("node11-cafe-cause") if event.get("exception")]
    assert [row.relation for row in outline(events[0])] == ["", "caused by"]


def test_an_exception_raised_while_another_was_handled_says_so() -> None:
    event = with_ids(("KeyError", 0, None, None), ("ValueError", 1, 0, "__context__"))
    assert shown(outline(event)) == [(0, "", "KeyError"), (0, "while handling", "ValueError")]


def test_a_group_with_a_cause_tells_members_from_the_cause() -> None:
    event = with_ids(
        ("Group", 0, None, None), ("A", 1, 0, "exceptions[0]"), ("B", 2, 0, "__cause__"), group=0
    )
    assert shown(outline(event)) == [(0, "", "Group"), (1, "1 of 1", "A"), (0, "caused by", "B")]


def test_ids_that_run_in_a_circle_or_repeat_fall_back_to_the_chain() -> None:
    circle = with_ids(("A", 0, 1, None), ("B", 1, 0, None))
    twice = with_ids(("A", 0, None, None), ("B", 0, None, None))
    assert [row.title for row in outline(circle)] == ["A", "B"]
    assert [row.title for row in outline(twice)] == ["A", "B"]


def test_broken_entries_are_left_out_and_places_stay_as_sent() -> None:
    event = {"exception": {"values": [None, {"type": "A"}, {"value": "words\nmore"}]}}
    assert [(row.at, row.title) for row in outline(event)] == [(2, "words"), (1, "A")]
    assert outline({}) == ()


def with_ids(*told: tuple[str, int, int | None, str | None], group: int | None = None) -> dict[str, Any]:
    """Return an event whose exceptions are given as raised first; the protocol wants them last."""
    values = []
    for kind, number, parent, source in told:
        mechanism = {"type": "x", "exception_id": number, "parent_id": parent, "source": source}
        if number == group:
            mechanism["is_exception_group"] = True
        values.append({"type": kind, "mechanism": mechanism})
    return {"exception": {"values": values[::-1]}}
