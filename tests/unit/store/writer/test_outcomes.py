"""Outcomes counted by the hour."""

import pytest

from tests.support.builders import a_request, an_event
from vedette.domain.client_reports import Discard
from vedette.domain.outcomes import Outcome, Reason
from vedette.store.writer.outcomes import MOST_DISCARDS, OTHER
from vedette.store.writer.records import ItemRecord
from vedette.store.writer.writer import StoreWriter


def an_item(
    n: int, category: str, outcome: Outcome = Outcome.STORED, reason: Reason | None = None
) -> ItemRecord:
    return ItemRecord(n, "log", 0, 0, outcome=outcome, reason=reason, category=category)


def counted(writer: StoreWriter) -> dict[tuple[str, str, str], int]:
    rows = writer.raw.execute("SELECT outcome, category, reason, sum(n) FROM outcome_hour GROUP BY 1, 2, 3")
    return {(row[0], row[1], row[2]): row[3] for row in rows}


def test_every_item_counts_as_what_it_ended_as(writer: StoreWriter) -> None:
    items = [
        an_item(0, "log_item"),
        an_item(1, "log_item"),
        an_item(2, "default", reason=Reason.STORED_RAW),
        an_item(3, "attachment", Outcome.REFUSED, Reason.TOO_LARGE),
        an_item(4, "span", Outcome.INVALID, Reason.BAD_SPAN),
        an_item(5, "error", Outcome.FILTERED),
    ]
    with writer.batch():
        writer.add(a_request(7, *items))
    assert counted(writer) == {
        ("accepted", "log_item", ""): 2,
        ("accepted", "default", ""): 1,
        ("invalid", "attachment", "too_large"): 1,
        ("invalid", "span", "bad_span"): 1,
        ("filtered", "error", ""): 1,
    }


def test_a_second_event_of_the_same_id_is_no_accepted_one(writer: StoreWriter) -> None:
    event = an_event()
    items = [ItemRecord(n, "event", 0, 0, event=event, category="error") for n in range(2)]
    with writer.batch():
        writer.add(a_request(7, *items))
    assert counted(writer) == {
        ("accepted", "error", ""): 1,
        ("invalid", "error", Reason.DUPLICATE_EVENT.value): 1,
    }


def test_what_clients_dropped_is_added_up_by_reason_and_category(writer: StoreWriter) -> None:
    def a_report(*discards: Discard) -> ItemRecord:
        return ItemRecord(0, "client_report", 0, 0, discards=discards, client_report="words")

    with writer.batch():
        writer.add(
            a_request(7, a_report(Discard("sample_rate", "span", 5), Discard("before_send", "error", 1)))
        )
        writer.add(a_request(8, a_report(Discard("sample_rate", "span", 2))))
        writer.add(
            a_request(
                9,
                a_report(
                    Discard("key_quota", "error", 3, "rate_limited_events"),
                    Discard("localhost", "error", 4, "filtered_events"),
                    Discard("huge", "error", 10**30),
                ),
            )
        )
    assert counted(writer) == {
        ("client_discard", "span", "sample_rate"): 7,
        ("client_discard", "error", "before_send"): 1,
        ("rate_limited", "error", "key_quota"): 3,
        ("filtered", "error", "localhost"): 4,
        ("client_discard", "error", "huge"): 10**12,
    }


def test_reasons_without_end_are_counted_together(writer: StoreWriter) -> None:
    discards = [Discard(f"reason {n}", "error", 2) for n in range(MOST_DISCARDS + 50)]
    with writer.batch():
        writer.add(a_request(7, ItemRecord(0, "client_report", 0, 0, discards=discards, client_report="w")))
    found = counted(writer)
    assert len(found) == MOST_DISCARDS + 1
    assert found["client_discard", OTHER, OTHER] == 100


def test_a_batch_that_fails_counts_nothing(writer: StoreWriter) -> None:
    def fail() -> None:
        with writer.batch():
            writer.add(a_request(7, an_item(0, "span")))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with writer.batch():
        writer.add(a_request(8, an_item(0, "error")))
    assert counted(writer) == {("accepted", "error", ""): 1}
