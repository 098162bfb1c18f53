from uuid import UUID

import orjson

from tests.support.builders import MORNING
from vedette.api.sample_event import CLIENT, build_sending
from vedette.domain.json import JsonObject
from vedette.domain.processed import Arrival
from vedette.domain.times import SECOND
from vedette.processing import pipeline
from vedette.protocol.envelope import iter_items, read_envelope_header

DSN = "http://abc@127.0.0.1:8969/1"
UNIQUE = UUID(int=7)


def payloads() -> dict[str, JsonObject]:
    found = {}
    for body in build_sending(DSN, MORNING, UNIQUE).envelopes:
        header = read_envelope_header(body)
        (item,) = iter_items(body, header.header_size)
        found[item.type] = orjson.loads(body[item.start : item.end])
        assert header.dsn == DSN
        assert header.event_id == found[item.type]["event_id"]
    return found


def test_it_is_an_error_with_source_variables_and_breadcrumbs() -> None:
    event = payloads()["event"]
    (exception,) = event["exception"]["values"]
    frames = exception["stacktrace"]["frames"]
    assert all(frame["in_app"] and frame["context_line"] and frame["vars"] for frame in frames)
    assert "/ len(" in frames[-1]["context_line"]
    assert frames[-1]["lineno"] == 14
    assert len(event["breadcrumbs"]["values"]) == 3


def test_error_and_transaction_belong_to_one_trace() -> None:
    found = payloads()
    event, transaction = found["event"], found["transaction"]
    trace = event["contexts"]["trace"]
    assert transaction["contexts"]["trace"] == trace
    assert {span["trace_id"] for span in transaction["spans"]} == {trace["trace_id"]}
    assert {span["parent_span_id"] for span in transaction["spans"]} == {trace["span_id"]}
    assert transaction["start_timestamp"] < transaction["timestamp"] == MORNING / SECOND


def test_processing_makes_of_it_what_it_says() -> None:
    sending = build_sending(DSN, MORNING, UNIQUE)
    arrival = Arrival(
        received=MORNING, event_id=sending.event_id, sent_at=None, sdk=None, client=CLIENT, client_ip=None,
        user_agent=None, trace=None,
    )  # fmt: skip
    found = payloads()
    event = pipeline.process_event(orjson.dumps(found["event"]), arrival)
    assert event.heading.title == "ZeroDivisionError: division by zero"
    assert event.trace_id == bytes.fromhex(sending.trace_id)
    batch = pipeline.process_transaction(orjson.dumps(found["transaction"]), arrival)
    assert len(batch.spans) == 4
    assert batch.invalid == 0


def test_each_sending_has_ids_of_its_own() -> None:
    first, second = build_sending(DSN, MORNING), build_sending(DSN, MORNING)
    assert first.event_id != second.event_id
    assert first.trace_id != second.trace_id
    assert len(first.event_id) == len(first.trace_id) == 32
