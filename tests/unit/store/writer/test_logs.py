"""Log records in the store: their rows, their words, their counts."""

from uuid import uuid4

import pytest

from tests.support.builders import MORNING, a_request
from tests.support.records import a_log, some_logs
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.inferred import Inferred
from vedette.domain.times import HOUR, MINUTE
from vedette.store import dialect
from vedette.store.writer.logs import BODY_CHARACTERS
from vedette.store.writer.records import RequestRecord
from vedette.store.writer.writer import StoreWriter


def term(writer: StoreWriter, key: str, value: str) -> int:
    row = writer.raw.execute("SELECT id FROM term WHERE key = ? AND value = ?", (key, value)).fetchone()
    assert row is not None
    return int(row[0])


def found(writer: StoreWriter, match: str) -> list[int]:
    rows = writer.raw.execute("SELECT rowid FROM log_find WHERE log_find MATCH ? ORDER BY rowid", (match,))
    return [row[0] for row in rows]


def fail_after(writer: StoreWriter, request: RequestRecord) -> None:
    """Take *request* into a batch that is not written."""
    with writer.batch():
        writer.add(request)
        raise ZeroDivisionError


def test_a_record_is_a_row_that_leads_to_its_bytes(writer: StoreWriter) -> None:
    trace = uuid4().bytes
    item = some_logs(a_log("first"), a_log("second", trace_id=trace, span_id=trace[:8], severity=17), n=2)
    request = a_request(7, item)
    with writer.batch() as changes:
        writer.add(request)
    rows = writer.raw.execute("SELECT * FROM log ORDER BY id").fetchall()
    environment, release = term(writer, "environment", "qa"), term(writer, "release", "shop@1.0")
    assert rows == [
        (1, 1, 1, MORNING, None, None, 9, "first", environment, release, 7, 2, 0),
        (2, 1, 1, MORNING, trace, trace[:8], 17, "second", environment, release, 7, 2, 1),
    ]
    assert Change(ChangeKind.LOG, (1, 2)) in changes
    assert writer.raw.execute("SELECT ref FROM item WHERE kind = 'log'").fetchall() == [(1,)]


def test_records_are_found_by_words_project_run_level_and_release(writer: StoreWriter) -> None:
    with writer.batch():
        other = writer.projects.of("7", None, "loopback")
        writer.add(a_request(1, some_logs(a_log("pump at 9.5 bar"), a_log("no water", severity=17))))
        writer.add(a_request(2, some_logs(a_log("Pump stopped", environment=None)), project=other))
    assert found(writer, "pump") == [1, 3]
    assert found(writer, '"no water"') == [2]
    assert found(writer, f'pump "{dialect.PROJECT}1"') == [1]
    assert found(writer, f'"{dialect.ANY}"') == [1, 2, 3]
    assert found(writer, f'"{dialect.RUN}1"') == [1, 2, 3]
    assert found(writer, f'"{dialect.TERM}{term(writer, "level", "error")}"') == [2]
    assert found(writer, f'"{dialect.TERM}{term(writer, "environment", "qa")}"') == [1, 2]


def test_numbers_go_on_over_batches_and_after_a_failed_one(writer: StoreWriter) -> None:
    with writer.batch():
        writer.add(a_request(1, some_logs(a_log(), a_log())))
    with pytest.raises(ZeroDivisionError):
        fail_after(writer, a_request(2, some_logs(a_log("lost"))))
    with writer.batch():
        writer.add(a_request(2, some_logs(a_log("kept"))))
    assert writer.raw.execute("SELECT id, body FROM log WHERE id > 2").fetchall() == [(3, "kept")]
    assert writer.raw.execute("SELECT sum(n) FROM log_hour").fetchall() == [(3,)]


def test_records_are_counted_by_level_minute_and_hour(writer: StoreWriter) -> None:
    severities = (0, 1, 4, 5, 24)
    with writer.batch():
        writer.add(a_request(1, some_logs(*(a_log(severity=severity) for severity in severities))))
    with writer.batch():
        writer.add(a_request(2, some_logs(a_log(severity=4, ts=MORNING + MINUTE))))
    hours = writer.raw.execute("SELECT * FROM log_hour ORDER BY level").fetchall()
    hour, minute = MORNING // HOUR, MORNING // MINUTE
    assert hours == [(1, 0, hour, 1), (1, 1, hour, 3), (1, 2, hour, 1), (1, 6, hour, 1)]
    minutes = writer.raw.execute("SELECT bucket, n FROM log_minute WHERE level = 1").fetchall()
    assert minutes == [(minute, 2), (minute + 1, 1)]


def test_of_a_long_body_the_beginning_is_stored_and_found(writer: StoreWriter) -> None:
    with writer.batch():
        writer.add(a_request(1, some_logs(a_log("start " + "x" * BODY_CHARACTERS + " end"))))
    assert writer.raw.execute("SELECT length(body) FROM log").fetchall() == [(BODY_CHARACTERS,)]
    assert found(writer, "start") == [1]
    assert found(writer, "end") == []


def test_what_the_request_told_is_kept_beside(writer: StoreWriter) -> None:
    item = some_logs(a_log(), n=3)
    item.values.append(Inferred((("browser.name", "Firefox"),)))
    with writer.batch():
        writer.add(a_request(4, item))
    rows = writer.raw.execute("SELECT * FROM inferred").fetchall()
    assert rows == [(1, 4, 3, '{"browser.name":"Firefox"}')]


def test_an_empty_container_leaves_nothing(writer: StoreWriter) -> None:
    with writer.batch() as changes:
        writer.add(a_request(1, some_logs()))
    assert [change.kind for change in changes if change.kind is ChangeKind.LOG] == []
    assert writer.raw.execute("SELECT ref FROM item").fetchall() == [(None,)]
