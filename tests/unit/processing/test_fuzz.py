"""Any JSON at any known place: only IngestError may escape, and what comes out can be written as JSON."""

import copy
import random
from typing import Any

import orjson
import pytest

from vedette.domain.outcomes import IngestError
from vedette.domain.processed import Arrival
from vedette.processing.pipeline import process_event, process_spans, process_transaction, read_event
from vedette.processing.spans import V2_CONTENT_TYPE, span_details

ARRIVAL = Arrival(
    received=1795414601_000000,
    sent_at=1795414600_000000,
    client="sentry.fuzz/1.0",
    client_ip="127.0.0.1",
    user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0",
    trace={"trace_id": "c" * 32, "environment": "qa"},
)

FRAME = {
    "function": "f",
    "raw_function": "f()",
    "symbol": "_f",
    "module": "shop.till",
    "package": "/srv/app",
    "filename": "till.py",
    "abs_path": "https://shop.example/srv/till.py",
    "lineno": 7,
    "colno": 3,
    "platform": "python",
    "pre_context": ["a", "b"],
    "context_line": "c",
    "post_context": ["d"],
    "in_app": True,
    "vars": {"x": "1"},
    "data": {"orig_in_app": 1},
    "instruction_addr": "0x10",
    "lock": {"type": 1},
}
EVENT: dict[str, Any] = {
    "event_id": "0123456789abcdef0123456789abcdef",
    "type": "error",
    "level": "error",
    "timestamp": 1795414600.5,
    "start_timestamp": 1795414599.5,
    "platform": "python",
    "logger": "till",
    "transaction": "/pay/12",
    "transaction_info": {"source": "url"},
    "server_name": "demo-host",
    "site": "north",
    "release": "shop@1.2.3",
    "dist": "7",
    "environment": "qa",
    "culprit": "till in f",
    "checksum": "abc",
    "fingerprint": ["{{ default }}", "x"],
    "message": "plain",
    "logentry": {"message": "hi %s", "params": ["a"], "formatted": "hi a"},
    "exception": {
        "values": [
            {
                "type": "ValueError",
                "value": "boom",
                "module": "shop",
                "thread_id": 1,
                "stacktrace": {"frames": [FRAME, FRAME], "registers": {"x": "1"}},
                "raw_stacktrace": {"frames": [FRAME]},
                "mechanism": {
                    "type": "generic",
                    "handled": False,
                    "synthetic": False,
                    "exception_id": 0,
                    "parent_id": 1,
                    "is_exception_group": True,
                    "data": {"a": 1},
                    "meta": {
                        "signal": {"number": 11, "code": 1},
                        "mach_exception": {"exception": 1, "code": 2, "subcode": 3},
                        "errno": {"number": 2},
                        "ns_error": {"code": 1, "domain": "x"},
                    },
                },
            },
            {
                "type": "KeyError",
                "mechanism": {"posix_signal": {"signal": 11}, "mach_exception": {"exception": 1}},
            },
        ]
    },
    "stacktrace": {"frames": [FRAME]},
    "threads": {"values": [{"id": 1, "name": "main", "crashed": True, "stacktrace": {"frames": [FRAME]}}]},
    "tags": [["a", "b"], ["environment", "x"]],
    "user": {"id": 7, "email": "a@example.com", "ip_address": "{{auto}}", "geo": {"city": "x"}, "foo": 1},
    "request": {
        "url": "https://shop.example/a?b=1#c",
        "method": "get",
        "headers": {"User-Agent": "curl/8", "cookie": "a=1"},
        "cookies": "a=1",
        "query_string": "b=1",
        "data": '{"x": 1}',
        "env": {"REMOTE_ADDR": "1.2.3.4"},
    },
    "contexts": {
        "trace": {"trace_id": "a" * 32, "span_id": "b" * 16, "op": "task", "status": "ok", "data": {"x": 1}},
        "os": {"raw_description": "Linux 5.1", "rooted": True},
        "runtime": {"name": ".NET Framework", "build": 461814},
        "device": {
            "family": "iPhone",
            "model": "iPhone13,2",
            "processor_count": 8,
            "memory_size": 9,
            "type": "device",
        },
        "response": {"status_code": 200},
        "feedback": {"message": "hm", "url": "https://x"},
    },
    "breadcrumbs": {
        "values": [{"timestamp": 1, "type": "http", "level": "log", "message": "m", "data": {"a": 1}}]
    },
    "debug_meta": {
        "images": [{"type": "elf", "code_id": "aa", "image_addr": 4096, "image_size": 1, "id": "x"}]
    },
    "sdk": {
        "name": "sentry.python",
        "version": "2",
        "integrations": ["django"],
        "settings": {"infer_ip": "auto"},
    },
    "modules": {"a": "1"},
    "extra": {"k": 1},
    "errors": [{"type": "x"}],
    "_meta": {"user": {"ip_address": {"": {"rem": [["!raw", "x"]]}}}},
    "csp": {"effective_directive": "img-src", "blocked_uri": "https://x"},
    "measurements": {"lcp": {"value": 1, "unit": "millisecond"}, "frames_total": {"value": 2}},
}
SPAN = {
    "trace_id": "a" * 32,
    "span_id": "c" * 16,
    "parent_span_id": "b" * 16,
    "segment_id": "b" * 16,
    "is_segment": False,
    "op": "db",
    "description": "SELECT 1",
    "start_timestamp": 1795414599.6,
    "timestamp": 1795414600.0,
    "status": "ok",
    "exclusive_time": 1.5,
    "origin": "manual",
    "tags": {"status": "ok", "http.status_code": "200"},
    "data": {"http.response.status_code": 200, "sentry.op": "db", "sentry.segment.name": "x"},
    "links": [],
    "measurements": {"lcp": {"value": 1}},
}
TRANSACTION = EVENT | {"type": "transaction", "spans": [SPAN, SPAN]}
CONTAINER = {
    "version": 2,
    "items": [
        {
            "trace_id": "a" * 32,
            "span_id": "c" * 16,
            "parent_span_id": "b" * 16,
            "name": "GET x",
            "status": "error",
            "is_segment": True,
            "start_timestamp": 1795414599.6,
            "end_timestamp": 1795414600.0,
            "attributes": {
                "sentry.op": {"value": "http.client", "type": "string"},
                "url.full": {"value": "https://x", "type": "string"},
                "http.request.method": {"value": "GET", "type": "string"},
                "http.response.status_code": {"value": 500, "type": "integer"},
                "sentry.status.message": {"value": "not_found", "type": "string"},
                "sentry.exclusive_time": {"value": 4, "type": "integer"},
                "sentry.segment.id": {"value": "c" * 16, "type": "string"},
                "user.id": {"value": "7", "type": "string"},
                "cache.key": {"value": ["a", "b"], "type": "array"},
                "db.system": {"value": "sqlite", "type": "string"},
            },
            "links": [],
        }
    ],
}
SCALARS: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    7,
    2**63,
    -(2**63),
    1.5,
    -0.5,
    1e300,
    "",
    "?",
    "x",
    "https://",
    "file://a",
    "\ud7ff\n\t",
    "a" * 3000,
    "0x" + "f" * 20,
    "2026-11-23T06:13:52.333192Z",
    "9999-12-31T23:59:59Z",
    "%s %(a)s %d {} {a} {0} %",
    "{{auto}}",
    "Word: text",
    "../..",
]
NESTED: list[Any] = [
    [],
    {},
    [None],
    [[]],
    [["a"]],
    [["a", "b", "c"]],
    [[None, None]],
    [{"a": []}, 5],
    {"": None},
    {"values": None},
    {"values": 5},
    {"values": [5, "x", None, [], {}]},
    {"frames": [5, None, {}, {"function": 5}]},
    {"type": {}, "value": []},
    {"a": {"b": {"c": []}}},
]


def places(document: Any, found: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Return every place of *document* as (container, key)."""
    for key, value in list(document.items()) if isinstance(document, dict) else list(enumerate(document)):
        found.append((document, key))
        if isinstance(value, (dict, list)):
            places(value, found)
    return found


def broken(base: Any, chance: random.Random) -> bytes:
    """Return *base* as JSON with one to four of its values replaced."""
    document = copy.deepcopy(base)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        container, key = chance.choice(places(document, []))
        value = copy.deepcopy(chance.choice(SCALARS if chance.random() < 0.6 else NESTED))
        if isinstance(container, dict) and chance.random() < 0.1:
            container[str(value)[:40]] = container.pop(key)
        else:
            container[key] = value
    return orjson.dumps(document)


@pytest.mark.parametrize("seed", range(8))
def test_no_event_breaks_the_pipeline(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(250):
        payload = broken(EVENT, chance)
        try:
            processed = process_event(payload, ARRIVAL)
            event = read_event(payload, ARRIVAL)
        except IngestError:
            continue
        assert orjson.loads(orjson.dumps(event))["event_id"] == processed.event_id.hex()
        assert len(dict(processed.tags)) == len(processed.tags)
        assert all(type(text) is str for tag in processed.tags for text in tag)
        heading = processed.heading
        assert all(
            type(text) is str for text in (heading.title, heading.culprit, heading.value, heading.filename)
        )
        assert heading.title
        assert heading.lineno is None or type(heading.lineno) is int
        for text in (
            processed.environment,
            processed.release,
            processed.dist,
            processed.transaction,
            processed.user,
        ):
            assert text is None or type(text) is str


@pytest.mark.parametrize("seed", range(4))
def test_no_transaction_breaks_the_pipeline(seed: int) -> None:
    chance = random.Random(100 + seed)
    for _ in range(250):
        payload = broken(TRANSACTION, chance)
        try:
            batch = process_transaction(payload, ARRIVAL)
            event = read_event(payload, ARRIVAL)
        except IngestError:
            continue
        orjson.dumps(event)
        orjson.dumps(span_details(payload, None, "c" * 16))
        assert batch.segments[0].span is batch.spans[0]
        for span in batch.spans:
            assert type(span.op) is str
            assert type(span.description) is str
            assert span.duration >= 0
            assert 0 <= (span.self_time or 0) <= span.duration


@pytest.mark.parametrize("seed", range(4))
def test_no_span_item_breaks_the_pipeline(seed: int) -> None:
    chance = random.Random(200 + seed)
    for _ in range(250):
        for base, content_type in ((CONTAINER, V2_CONTENT_TYPE), (SPAN, None)):
            payload = broken(base, chance)
            try:
                batches = process_spans(payload, content_type, ARRIVAL)
            except IngestError:
                continue
            orjson.dumps(span_details(payload, content_type, "c" * 16))
            for batch in batches:
                assert len(batch.trace_id) == 16
                assert all(type(span.description) is str and span.duration >= 0 for span in batch.spans)
                assert all(type(segment.name) is str for segment in batch.segments)


@pytest.mark.parametrize("opening", [b'{"a":', b"["])
@pytest.mark.parametrize("levels", [150, 250, 500, 1000, 5000])
def test_deep_nesting_is_cut_or_refused(opening: bytes, levels: int) -> None:
    closing = b"}" if opening[:1] == b"{" else b"]"
    deep = opening * levels + b"1" + closing * levels
    for place in (
        b'{"extra":{"x":%s}}',
        b'{"exception":[{"type":"A","value":%s}]}',
        b'{"fingerprint":[%s]}',
        b'{"user":%s}',
    ):
        payload = place % deep
        try:
            process_event(payload, ARRIVAL)
            event = read_event(payload, ARRIVAL)
        except IngestError:
            assert levels >= 1000
            continue
        orjson.dumps(event)
