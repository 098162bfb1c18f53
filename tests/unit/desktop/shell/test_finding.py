"""What a pasted text names."""

import pytest

from tests.support.builders import a_trace, an_event
from tests.support.desktop import desk
from tests.support.store_rows import FilledStore
from vedette.desktop.shell.finding import find_targets
from vedette.desktop.shell.places import Place

__all__ = ["desk"]

EVENT = bytes(range(16))
TRACE = bytes(range(16, 32))


@pytest.fixture
def filled(desk: FilledStore) -> FilledStore:
    desk.add(an_event("ValueError: bad currency", event_id=EVENT))
    desk.add(a_trace(trace_id=TRACE))
    return desk


@pytest.mark.parametrize(
    "text", [EVENT.hex(), f" {EVENT.hex().upper()} ", "00010203-0405-0607-0809-0a0b0c0d0e0f"]
)
def test_an_event_id_leads_to_its_issue_at_that_event(text: str, filled: FilledStore) -> None:
    assert [target.place for target in find_targets(filled.db, text)] == [
        Place("issues", 1, extra=EVENT.hex())
    ]


def test_a_trace_id_leads_to_the_trace(filled: FilledStore) -> None:
    assert [target.place for target in find_targets(filled.db, TRACE.hex())] == [Place("traces", TRACE.hex())]


@pytest.mark.parametrize("text", ["DESK-1", "desk-1", "vedette://desk/issues/DESK-1"])
def test_a_short_id_or_a_link_leads_to_the_issue(text: str, filled: FilledStore) -> None:
    (target,) = find_targets(filled.db, text)
    assert target.place == Place("issues", 1)
    assert (target.title, target.more) == ("ValueError: bad currency", "DESK-1")


def test_a_link_may_name_the_event(filled: FilledStore) -> None:
    (target,) = find_targets(filled.db, f"see vedette://desk/issues/DESK-1?event={EVENT.hex()}&run=last")
    assert target.place == Place("issues", 1, extra=EVENT.hex())


def test_words_find_issues_and_nonsense_finds_nothing(filled: FilledStore) -> None:
    assert [target.place.id for target in find_targets(filled.db, "currency")] == [1]
    for text in ("", "c", "DESK-99", "ff" * 16, 'is:nonsense "', "((("):
        assert find_targets(filled.db, text) == []
