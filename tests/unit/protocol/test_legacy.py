"""Store bodies in each form SDKs sent them."""

import base64
import gzip
import zlib

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol.envelope import iter_items, read_envelope_header
from vedette.protocol.legacy import (
    event_identity,
    is_envelope_type,
    sentry_data_from_query,
    store_body_to_event,
    wrap_event,
)

ID = "9ec79c33ec9942ab8353589fcb2e04dc"
# Long enough for base64 with both special characters.
EVENT = orjson.dumps({"event_id": ID, "message": "drawer jammed ~~~???>>>ü", "extra": {"n": list(range(40))}})
LIMIT = 1 << 20


@pytest.mark.parametrize(
    "body",
    [
        EVENT,
        b" \r\n" + EVENT + b"\n",
        base64.b64encode(EVENT),
        base64.b64encode(zlib.compress(EVENT)),
        base64.b64encode(gzip.compress(EVENT)),
        base64.encodebytes(zlib.compress(EVENT)),
        base64.urlsafe_b64encode(zlib.compress(EVENT)).rstrip(b"="),
        base64.b64encode(b"\n" + EVENT),
        zlib.compress(EVENT),
        gzip.compress(EVENT),
    ],
)
def test_every_form_gives_the_event(body: bytes) -> None:
    assert store_body_to_event(body, "application/octet-stream", None, LIMIT) == EVENT


@pytest.mark.parametrize("client", ["raven-python/6.10.0", "sentry-python/0.20", "Raven-Python/5"])
def test_python_clients_may_send_bare_words(client: str) -> None:
    event = store_body_to_event(b'{"a":[NaN,-Infinity],"b":"NaN"}', None, client, LIMIT)
    assert event == b'{"a":[null,null],"b":"NaN"}'


def test_lone_surrogates_are_repaired() -> None:
    assert store_body_to_event(rb'{"a":"\udcff"}', None, None, LIMIT) == rb'{"a":"\ufffd"}'


@pytest.mark.parametrize(
    ("body", "client", "reason", "detail"),
    [
        (b"", None, Reason.EMPTY_BODY, "empty request body"),
        (b" \n", None, Reason.EMPTY_BODY, "empty request body"),
        (b'{"a":NaN}', "raven-js/3.27", Reason.BAD_JSON, "invalid JSON data"),
        (b'{"a":NaN}', None, Reason.BAD_JSON, "invalid JSON data"),
        (b'{"a":', None, Reason.BAD_JSON, "invalid JSON data"),
        (rb'{"a":"\udcff"', None, Reason.BAD_JSON, "invalid JSON data"),
        (b"[1]", None, Reason.BAD_JSON, "invalid JSON data: neither a JSON object nor base64"),
        (b"hello, desk", None, Reason.BAD_JSON, "invalid JSON data: neither a JSON object nor base64"),
        (b"A", None, Reason.BAD_JSON, "invalid JSON data"),
        (base64.b64encode(b"plain text"), None, Reason.BAD_JSON, "invalid JSON data"),
        (base64.b64encode(b"[]"), None, Reason.BAD_JSON, "invalid JSON data: not an object"),
        (base64.b64encode(zlib.compress(EVENT)[:-5]), None, Reason.BAD_ENCODING, "invalid deflate data"),
        (base64.b64encode(gzip.compress(EVENT)[:-5]), None, Reason.BAD_ENCODING, "invalid gzip data"),
        (zlib.compress(bytes(LIMIT + 1)), None, Reason.TOO_LARGE, "request content exceeded size limits"),
        (b"{" + b" " * LIMIT + b"}", None, Reason.TOO_LARGE, "request content exceeded size limits"),
        (zlib.compress(zlib.compress(EVENT)), None, Reason.BAD_JSON, "invalid JSON data"),
    ],
)
def test_other_bodies_are_refused(body: bytes, client: str | None, reason: Reason, detail: str) -> None:
    with pytest.raises(IngestError) as caught:
        store_body_to_event(body, None, client, LIMIT)
    assert caught.value.reason is reason
    assert caught.value.detail.startswith(detail)


def test_envelopes_take_the_other_path() -> None:
    assert is_envelope_type("Application/X-Sentry-Envelope; charset=utf-8")
    assert not is_envelope_type("application/json")
    assert not is_envelope_type(None)
    with pytest.raises(IngestError) as caught:
        store_body_to_event(b"{}", "application/x-sentry-envelope", None, LIMIT)
    assert caught.value.reason is Reason.BAD_ENVELOPE


def test_the_beacon_carries_its_event_in_the_query() -> None:
    packed = base64.b64encode(zlib.compress(EVENT)).decode()
    for value in (packed, packed.replace("+", " "), EVENT.decode()):
        body = sentry_data_from_query([("sentry_key", "k"), ("sentry_data", value)])
        assert store_body_to_event(body, None, None, LIMIT) == EVENT
    for query in ([], [("sentry_data", "")], [("data", packed)]):
        with pytest.raises(IngestError) as caught:
            sentry_data_from_query(query)
        assert caught.value.reason is Reason.EMPTY_BODY


@pytest.mark.parametrize(
    ("event", "identity"),
    [
        ({"event_id": ID}, (ID, "event")),
        ({"event_id": "9EC79C33-EC99-42AB-8353-589FCB2E04DC", "type": "transaction"}, (ID, "transaction")),
        ({"type": "feedback"}, (None, "feedback")),
        ({"event_id": "short", "type": "csp"}, (None, "event")),
        ({"event_id": 7, "type": ["transaction"]}, (None, "event")),
    ],
)
def test_an_event_says_its_id_and_item_type(
    event: dict[str, object], identity: tuple[str | None, str]
) -> None:
    assert event_identity(orjson.dumps(event)) == identity


def test_no_identity_is_read_from_what_is_no_event() -> None:
    with pytest.raises(IngestError) as caught:
        event_identity(b"[]")
    assert caught.value.reason is Reason.BAD_JSON


@given(st.binary(max_size=200).map(lambda noise: b'{"a":"' + noise + b'\n"}'))
def test_a_wrapped_event_is_an_envelope_of_one_item(event: bytes) -> None:
    body = wrap_event(event, ID, "transaction")
    envelope = read_envelope_header(body)
    (item,) = iter_items(body, envelope.header_size)
    assert (envelope.event_id, item.type, body[item.start : item.end]) == (ID, "transaction", event)


@given(st.binary(max_size=300), st.sampled_from([b"", b"{", b"\x1f\x8b", b"\x78\x9c", b"eJ"]))
def test_random_bodies_end_in_an_ingest_error_or_an_event(noise: bytes, start: bytes) -> None:
    try:
        event = store_body_to_event(start + noise, None, "raven-python/1", 2000)
    except IngestError:
        return
    assert isinstance(orjson.loads(event), dict)
