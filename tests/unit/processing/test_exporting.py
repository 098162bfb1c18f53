"""What leaves by copying and saving is scrubbed unless the project wants otherwise."""

from typing import TYPE_CHECKING

import orjson

from vedette.processing.exporting import (
    Naming,
    NamingExporter,
    RowExporter,
    export_event,
    export_payload,
    export_span,
)
from vedette.processing.rules import ProjectRules, checked_rules

if TYPE_CHECKING:
    from vedette.domain.json import JsonObject

SENT = {"extra": {"password": "hunter2", "a": 1}, "exception": {"values": [{"type": "E", "value": "x"}]}}
OFF = checked_rules(ProjectRules(), {"scrubOnExport": False})


def test_an_event_leaves_scrubbed_and_stays_as_it_is() -> None:
    event = orjson.loads(orjson.dumps(SENT))
    given = export_event(event, ProjectRules())
    assert given["extra"] == {"password": "[Filtered]", "a": 1}
    assert event == SENT


def test_a_payload_keeps_its_bytes_where_nothing_is_found() -> None:
    payload = b'{ "extra" : {"a": 1} }'
    assert export_payload("event", payload, ProjectRules()) is payload
    given = export_payload("event", orjson.dumps(SENT), ProjectRules())
    assert orjson.loads(given)["extra"]["password"] == "[Filtered]"


def test_a_project_can_want_it_whole() -> None:
    assert export_event(SENT, OFF) is SENT
    payload = orjson.dumps(SENT)
    assert export_payload("event", payload, OFF) is payload


def test_a_span_leaves_scrubbed_also_in_what_was_sent() -> None:
    data = {"db.password": "hunter2", "rows": 3}
    details: JsonObject = {"op": "db", "data": data, "tags": {}, "raw": {"op": "db", "data": data}}
    given = export_span(details, ProjectRules())
    assert given["data"] == given["raw"]["data"] == {"db.password": "[Filtered]", "rows": 3}
    assert data["db.password"] == "hunter2"
    assert export_span(details, OFF) is details


def test_an_attachment_is_scrubbed_by_rules_that_name_it_alone() -> None:
    config = {"applications": {"$attachments.'log.txt'": ["@creditcard:mask"]}}
    rules = checked_rules(ProjectRules(), {"relayPiiConfig": orjson.dumps(config).decode()})
    payload = b"paid with 4111 1111 1111 1111"
    assert b"4111" not in export_payload("attachment", payload, rules, name="log.txt")
    assert export_payload("attachment", payload, rules, name="other.txt") is payload


def test_rows_lose_secrets_by_their_columns_and_keep_their_figures() -> None:
    rows: list[JsonObject] = [
        {"id": "a" * 32, "message": "paid with 4111 1111 1111 1111", "api_key": "x", "sum(token=)": 7}
    ]
    exporter = RowExporter([ProjectRules(), ProjectRules(), OFF])
    (record,) = exporter.of_records(rows)
    assert record == {
        "id": "a" * 32,
        "message": "paid with [creditcard]",
        "api_key": "[Filtered]",
        "sum(token=)": 7,
    }
    (event,) = exporter.of_events(rows)
    assert event["api_key"] == "x"  # a tag, as it stays in an event
    assert RowExporter([OFF]).of_records(rows) == rows
    assert rows[0]["api_key"] == "x"


def test_issues_are_called_by_what_may_leave() -> None:
    exporter = NamingExporter(ProjectRules())
    message = Naming("paid with 4111 1111 1111 1111", "", "", "pay")
    assert exporter.of(message) == Naming("paid with [creditcard]", "", "", "pay")
    error = Naming("ValueError: mail ada@shop.example", "ValueError", "mail ada@shop.example", "pay")
    assert exporter.of(error) is error  # values of exceptions are scrubbed by rules of one's own alone
    config = {"applications": {"$error.value": ["@email:replace"]}}
    rules = checked_rules(ProjectRules(), {"relayPiiConfig": orjson.dumps(config).decode()})
    found = NamingExporter(rules).of(error)
    assert (found.title, found.value) == ("ValueError: mail [email]", "mail [email]")
    assert NamingExporter(OFF).of(message) is message
