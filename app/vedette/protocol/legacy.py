"""Bodies of ``/store/``, which SDKs sent before there were envelopes. Bytes in, bytes out.

Whatever form they have, they leave here as the JSON of one event, to be wrapped into an envelope, so that
everything later walks one path. Source: getsentry/relay, the store endpoint.
"""

import base64
import binascii
from collections.abc import Sequence

import orjson

from vedette.domain.json import JsonObject
from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol.encodings import Encoding, decode
from vedette.protocol.envelope import normalise_event_id
from vedette.protocol.json_text import replace_bare_words, replace_lone_surrogates

ENVELOPE_TYPE = "application/x-sentry-envelope"

_PYTHON_CLIENTS = ("raven-python/", "sentry-python/")
_GZIP_MAGIC = b"\x1f\x8b"
_BLANK = b" \t\r\n"
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
# The item types an event's own ``type`` can ask for; the others (default, error, csp…) are events.
_OWN_ITEM_TYPES = frozenset({"transaction", "feedback"})


def is_envelope_type(content_type: str | None) -> bool:
    """Whether a store body is an envelope by its Content-Type, and so not for this module."""
    return (content_type or "").partition(";")[0].strip().lower() == ENVELOPE_TYPE


def store_body_to_event(body: bytes, content_type: str | None, client: str | None, limit: int) -> bytes:
    """Return the event's JSON out of a store *body* (already freed of its Content-Encoding).

    The body is JSON, base64 of JSON, or base64 of zlib or gzip data; compression without base64 is taken
    too. It is decompressed once, to *limit* bytes at most. Raises IngestError: EMPTY_BODY, BAD_JSON,
    BAD_ENCODING, TOO_LARGE; BAD_ENVELOPE when the content type says envelope.
    """
    if is_envelope_type(content_type):
        raise IngestError(Reason.BAD_ENVELOPE, "an envelope, not a store body")
    text = body.strip(_BLANK)
    if not text:
        raise IngestError(Reason.EMPTY_BODY, "empty request body")
    if len(text) > limit:
        raise IngestError(Reason.TOO_LARGE, f"request content exceeded size limits ({limit} bytes)")
    if not text.startswith(b"{"):
        text = _unpack(text, limit)
    if (client or "").lower().startswith(_PYTHON_CLIENTS):
        text = replace_bare_words(text)
    try:
        _parse(text)
    except IngestError:
        if (repaired := replace_lone_surrogates(text)) == text:
            raise
        _parse(repaired)
        return repaired
    return text


def sentry_data_from_query(query: Sequence[tuple[str, str]]) -> bytes:
    """Return the store body a GET carries as ``sentry_data``. Raises IngestError(EMPTY_BODY)."""
    for name, value in query:
        if name == "sentry_data" and value:
            # A plus sign that nobody escaped arrives as a blank.
            return value.encode() if value.lstrip().startswith("{") else value.replace(" ", "+").encode()
    raise IngestError(Reason.EMPTY_BODY, "empty request body: no sentry_data")


def event_identity(event_json: bytes) -> tuple[str | None, str]:
    """Return the id (32 hex, None if absent or none) and the item type of the event *event_json*.

    Raises IngestError(BAD_JSON).
    """
    event = _parse(event_json)
    event_id = event.get("event_id")
    kind = event.get("type")
    return (
        normalise_event_id(event_id) if isinstance(event_id, str) else None,
        kind if isinstance(kind, str) and kind in _OWN_ITEM_TYPES else "event",
    )


def wrap_event(event_json: bytes, event_id: str, type: str = "event") -> bytes:  # noqa: A002 (the item header's name)
    """Return an envelope holding the one item *event_json*, byte for byte."""
    header = orjson.dumps({"event_id": event_id})
    item_header = orjson.dumps({"type": type, "length": len(event_json)})
    return b"\n".join((header, item_header, event_json, b""))


def _unpack(text: bytes, limit: int) -> bytes:
    """Return what base64 or compression hides in *text*."""
    packed = text if _compression(text) else _from_base64(text)
    if (encoding := _compression(packed)) is None:
        return packed.strip(_BLANK)
    return decode(packed, encoding, limit).strip(_BLANK)


def _compression(data: bytes) -> Encoding | None:
    if data.startswith(_GZIP_MAGIC):
        return Encoding.GZIP
    if len(data) > 2 and data[0] == 0x78 and (data[0] << 8 | data[1]) % 31 == 0:
        return Encoding.DEFLATE
    return None


def _from_base64(text: bytes) -> bytes:
    compact = text.translate(_URL_SAFE, _BLANK).rstrip(b"=")
    try:
        return base64.b64decode(compact + b"=" * (-len(compact) % 4), validate=True)
    except binascii.Error as error:
        raise IngestError(Reason.BAD_JSON, "invalid JSON data: neither a JSON object nor base64") from error


def _parse(text: bytes) -> JsonObject:
    try:
        event = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise IngestError(Reason.BAD_JSON, f"invalid JSON data: {error}") from error
    if not isinstance(event, dict):
        raise IngestError(Reason.BAD_JSON, "invalid JSON data: not an object")
    return event
