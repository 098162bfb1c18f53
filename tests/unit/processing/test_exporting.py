"""What leaves by copying and saving is scrubbed unless the project wants otherwise."""

import orjson

from vedette.processing.exporting import export_event, export_payload
from vedette.processing.rules import ProjectRules, checked_rules

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
