"""Stored events read again, with the rules their project has now."""

from vedette.api.reading import explain_event, read_whole_event
from vedette.processing.grouping import Component
from vedette.store.engine import Reader
from vedette.store.queries.events import find_event

from .conftest import Desk


async def test_an_event_groups_by_the_rules_of_its_project(desk: Desk) -> None:
    number = bytes.fromhex(desk.error())
    rules = {"fingerprint_rules": "type:ValueError -> own", "stack_trace_rules": "function:valueerror -app"}
    reader = Reader(desk.workspace.database)
    try:
        row = find_event(reader.db, number)
        assert row is not None
        before = read_whole_event(reader.db, desk.workspace, row)
        await desk.call("project.rules", {"id": 1, "change": rules})
        after = read_whole_event(reader.db, desk.workspace, row)
        explained = explain_event(reader.db, desk.workspace, row)
    finally:
        reader.close()
    assert before.grouping is not None
    assert before.grouping.variant == "system"
    assert after.grouping is not None
    assert after.grouping.variant == "fingerprint"
    frames = [each.event["exception"]["values"][0]["stacktrace"]["frames"] for each in (before, after)]
    assert [frame["in_app"] for (frame,) in frames] == [True, False]
    assert explained.grouping == after.grouping
    assert [each.id for each in explained.tree.values if isinstance(each, Component)][
        -1
    ] == "custom-fingerprint"
