"""Attributes of what items brought, by record; and that nothing sent makes reading them fail but kindly."""

import copy
import random
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.domain.outcomes import IngestError
from vedette.domain.processed import Arrival
from vedette.domain.times import Micros
from vedette.processing.record_attributes import (
    container_attributes,
    event_attributes,
    span_attributes,
    transaction_attributes,
)

ARRIVAL = Arrival(received=Micros(1_795_414_601_000_000))
ROOT, CHILD = "00f067aa0ba902b7", "53995c3f42cd8ad8"
TRANSACTION: dict[str, Any] = {
    "type": "transaction",
    "event_id": "e" * 32,
    "transaction": "/pay",
    "start_timestamp": 1795414600.0,
    "timestamp": 1795414601.0,
    "tags": {"colour": "red"},
    "measurements": {"lcp": {"value": 1200.5, "unit": "millisecond"}},
    "user": {"id": "7", "email": "ada@example.com"},
    "request": {"method": "GET", "url": "http://shop.example/", "headers": [["Referer", "http://a.example"]]},
    "contexts": {
        "browser": {"name": "Firefox", "version": "120"},
        "trace": {"trace_id": "a" * 32, "span_id": ROOT, "data": {"http.status_code": 200}},
    },
    "spans": [
        {
            "span_id": CHILD.upper(),
            "data": {"db.system": "mysql", "rows": 3},
            "tags": {"rows": "x", "shard": 2},
            "origin": "auto.db",
        },
        "no span",
    ],
}
EVENT: dict[str, Any] = {
    "event_id": "e" * 32,
    "timestamp": 1795414600.0,
    "platform": "python",
    "tags": {"colour": "red"},
    "logger": "till",
    "dist": "7",
    "release": "shop@1",
    "user": {"id": "7", "ip_address": "10.0.0.1", "geo": {"city": "Bonn", "country_code": "DE"}},
    "sdk": {"name": "sentry.python", "version": "2.0"},
    "exception": {
        "values": [
            {"type": "OSError", "value": "first"},
            {
                "type": "ValueError",
                "value": "bad currency",
                "mechanism": {"type": "logging", "handled": True},
                "stacktrace": {
                    "frames": [
                        {"function": "outer", "filename": "a.py"},
                        {"function": "pay", "module": "shop.pay", "filename": "pay.py", "lineno": 7},
                    ]
                },
            },
        ]
    },
}


def test_an_event_has_its_tags_and_the_members_that_are_searched_for() -> None:
    ((event_id, found),) = event_attributes(orjson.dumps(EVENT), ARRIVAL).items()
    assert event_id == b"\xee" * 16
    wanted = {
        "colour": "red", "logger": "till", "dist": "7", "release": "shop@1", "error.value": "bad currency",
        "message": "bad currency", "error.mechanism": "logging", "stack.function": "pay", "stack.lineno": 7,
        "stack.module": "shop.pay", "stack.filename": "pay.py", "user.id": "7", "user.ip": "10.0.0.1",
        "geo.city": "Bonn", "geo.country_code": "DE", "sdk.name": "sentry.python",
    }  # fmt: skip
    assert {name: found.get(name) for name in wanted} == wanted


def test_a_messages_event_has_it() -> None:
    event = {"event_id": "e" * 32, "logentry": {"message": "%s left", "params": ["two"]}}
    (found,) = event_attributes(orjson.dumps(event), ARRIVAL).values()
    assert found["message"] == "two left"


def test_a_transaction_has_attributes_for_itself_and_each_span() -> None:
    found = transaction_attributes(orjson.dumps(TRANSACTION))
    assert set(found) == {bytes.fromhex(ROOT), bytes.fromhex(CHILD)}
    assert len(found) == 2
    root = found[bytes.fromhex(ROOT)]
    wanted = {
        "colour": "red", "browser.name": "Firefox", "measurements.lcp": 1200.5, "http.status_code": 200,
        "http.response.status_code": 200, "user.email": "ada@example.com", "http.method": "GET",
        "http.referer": "http://a.example", "transaction": "/pay",
    }  # fmt: skip
    assert {name: root.get(name) for name in wanted} == wanted
    child = found[bytes.fromhex(CHILD)]
    assert child == {
        "db.system": "mysql", "db.system.name": "mysql", "rows": 3, "shard": 2, "sentry.origin": "auto.db",
    }  # fmt: skip
    assert found.get(b"12345678") is None


def test_streamed_and_single_spans_have_attributes_by_their_ids() -> None:
    container = {
        "items": [
            {"span_id": ROOT, "attributes": {"http.method": {"value": "GET", "type": "string"}}},
            {"span_id": "no", "attributes": {}},
            7,
        ]
    }
    found = span_attributes(orjson.dumps(container))
    assert dict(found) == {bytes.fromhex(ROOT): {"http.method": "GET", "http.request.method": "GET"}}
    single = span_attributes(orjson.dumps({"span_id": ROOT, "data": {"a": 1}}))
    assert single[bytes.fromhex(ROOT)] == {"a": 1}


def test_web_vitals_have_the_older_and_the_newer_name_whoever_sent_them() -> None:
    older = {"lcp": {"value": 312.5, "unit": "millisecond"}, "inp": {"value": 9, "unit": "byte"}, "own": 7}
    newer = {"browser.web_vital.lcp.value": {"value": 312.5, "type": "double"}}
    root = {**TRANSACTION, "measurements": older}
    for found in (
        transaction_attributes(orjson.dumps(root)),
        span_attributes(orjson.dumps({"span_id": ROOT, "measurements": older})),
        span_attributes(orjson.dumps({"items": [{"span_id": ROOT, "attributes": newer}]})),
    ):
        attributes = found[bytes.fromhex(ROOT)]
        assert attributes["measurements.lcp"] == 312.5
        assert attributes["browser.web_vital.lcp.value"] == 312.5
        assert "browser.web_vital.inp.value" not in attributes


def test_a_hundred_thousand_ids_in_another_spelling_are_settled_once() -> None:
    # Settling them for each lookup anew would take hours.
    spans = [
        {"span_id": f"{n:015X}A", "attributes": {"n": {"value": n, "type": "integer"}}}
        for n in range(1, 100_001)
    ]
    found = span_attributes(orjson.dumps({"items": spans}))
    assert sum(found[bytes.fromhex(f"{n:015x}a")]["n"] for n in range(1, 100_001, 50)) == 99_952_000
    assert found.get(bytes(8)) is None


def test_records_of_a_container_have_attributes_by_their_place() -> None:
    container = {"items": [{"attributes": {"a": {"value": 1, "type": "integer"}}}, "odd", {"body": "x"}]}
    found = container_attributes(orjson.dumps(container))
    assert dict(found) == {0: {"a": 1}, 2: {}}
    assert len(found) == 2
    assert found.get(1) is found.get(3) is found.get(-1) is found.get(b"x") is None


@pytest.mark.parametrize("payload", [b"", b"{", b"[]", b"7", b"\xff"])
def test_what_is_no_object_is_refused(payload: bytes) -> None:
    for read in (span_attributes, container_attributes, transaction_attributes):
        with pytest.raises(IngestError):
            read(payload)
    with pytest.raises(IngestError):
        event_attributes(payload, ARRIVAL)


ODD = [None, 7, -1.5, "", "x", True, [], {}, [None], [["a", "b"]], {"a": 1}, {"value": 3}, "e" * 32, ROOT]


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 4))
def test_anything_anywhere_is_read_or_refused(seed: int, changes: int) -> None:
    chance = random.Random(seed)
    event, transaction = copy.deepcopy(EVENT), copy.deepcopy(TRANSACTION)
    for _ in range(changes):
        _spoil(event, chance)
        _spoil(transaction, chance)
    _read(lambda: list(event_attributes(orjson.dumps(event), ARRIVAL).items()))
    for payload in (orjson.dumps(transaction), orjson.dumps({"items": [transaction, event]})):
        _read(lambda payload=payload: list(transaction_attributes(payload).items()))
        _read(lambda payload=payload: list(span_attributes(payload).items()))
        _read(lambda payload=payload: list(container_attributes(payload).items()))


def _read(read: Any) -> None:
    try:
        for _, attributes in read():
            assert isinstance(attributes, dict)
    except IngestError:
        return


def _spoil(value: Any, chance: random.Random) -> None:
    """Replace a member somewhere in *value* by something odd."""
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = chance.choice(keys)
        if isinstance(value[key], dict | list) and value[key] and chance.random() < 0.7:
            value = value[key]
            continue
        value[key] = copy.deepcopy(chance.choice(ODD))
        return
