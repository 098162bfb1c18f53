"""Requests recorded from real clients, from wire bytes to items. Origin: tests/data/wire/README.md."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import orjson
import pytest

from vedette.protocol.auth import read_auth
from vedette.protocol.client_report import parse_client_report, summarise_discards
from vedette.protocol.encodings import decode, decode_prefix, iter_decode, measure, normalise_encoding
from vedette.protocol.envelope import find_event_id, iter_items, read_envelope_header
from vedette.protocol.legacy import event_identity, store_body_to_event, wrap_event

WIRE = Path(__file__).parents[2] / "data" / "wire"
REQUESTS = json.loads((WIRE / "requests.json").read_text("utf-8"))
LIMIT = 1 << 20


def to_envelope(request: dict[str, Any]) -> bytes:
    """Return the request's body as an envelope, the way a server would."""
    wire = (WIRE / f"{request['name']}.body").read_bytes()
    headers = request["headers"]
    body = decode(wire, normalise_encoding(headers.get("content-encoding")), LIMIT)
    assert len(body) == request["decoded_size"]
    if not request["path"].endswith("/store/"):
        return body
    auth = read_auth(headers, parse_qsl(request["query"]))
    assert auth is not None
    event = store_body_to_event(body, headers.get("content-type"), auth.client, LIMIT)
    event_id, item_type = event_identity(event)
    assert event_id is not None
    return wrap_event(event, event_id, item_type)


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: request["name"])
def test_each_recorded_request_comes_apart(request_: dict[str, Any]) -> None:
    body = to_envelope(request_)
    envelope = read_envelope_header(body)
    items = list(iter_items(body, envelope.header_size))
    assert (envelope.event_id, [item.type for item in items]) == (request_["event_id"], request_["items"])
    assert find_event_id(body[:4096]) == request_["event_id"]
    for item in items:
        assert isinstance(orjson.loads(body[item.start : item.end]), dict)


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: request["name"])
def test_each_recorded_request_has_one_set_of_credentials(request_: dict[str, Any]) -> None:
    auth = read_auth(request_["headers"], parse_qsl(request_["query"]))
    assert auth is not None
    assert auth.public_key == "c0ffee00c0ffee00c0ffee00c0ffee00"
    assert auth.source == ("query" if request_["query"] else "x-sentry-auth")


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: request["name"])
def test_chunks_and_prefixes_of_recorded_bodies_agree_with_the_whole(request_: dict[str, Any]) -> None:
    wire = (WIRE / f"{request_['name']}.body").read_bytes()
    encoding = normalise_encoding(request_["headers"].get("content-encoding"))
    body = decode(wire, encoding, LIMIT)
    chunks = [wire[start : start + 61] for start in range(0, len(wire), 61)]
    assert b"".join(iter_decode(chunks, encoding, LIMIT)) == body
    assert decode_prefix(wire, encoding, 300) == body[:300]
    assert measure(wire, encoding, LIMIT) == len(body)


def test_recorded_client_reports_read_as_sentences() -> None:
    sentences = {}
    for request in REQUESTS:
        if request["items"] == ["client_report"]:
            body = to_envelope(request)
            (item,) = iter_items(body, read_envelope_header(body).header_size)
            sentences[request["name"]] = summarise_discards(parse_client_report(body[item.start : item.end]))
    assert sentences == {
        "node-11-chunked": "the SDK dropped 2 error: before_send",
        "python-1.45-gzip": "the SDK dropped 1 error: event_processor",
        "python-2.75-br-client-report": "the SDK dropped 2 error: before_send",
    }
