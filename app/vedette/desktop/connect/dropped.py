"""Files a user has: which of them can be sent to the station, and as what."""

import gzip
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import orjson

from vedette.desktop.ingest.fixture import body_of_fixture, is_fixture
from vedette.desktop.language import mark, tr
from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError
from vedette.protocol.envelope import iter_items, read_envelope_header

LARGEST = 100 << 20  # bytes of one file
_LATER = {
    ".dmp": mark("Minidumps are not taken yet."),
    ".mdmp": mark("Minidumps are not taken yet."),
    ".vedette": mark("Captures cannot be opened yet."),
}
_GZIP = b"\x1f\x8b"
_OF_EVENTS = ("event_id", "exception", "message", "logentry", "level", "platform", "spans", "transaction")


class NotTakenError(ValueError):
    """A file that cannot be sent; the text says why."""


@dataclass(frozen=True, slots=True)
class Sendable:
    """An envelope, as it is posted. ``headers`` come beside the usual ones."""

    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def read_file(path: Path) -> list[Sendable]:
    """Return what to send of the file at *path*. Raises NotTakenError, OSError."""
    if path.stat().st_size > LARGEST:
        raise NotTakenError(tr("It is larger than 100 MB."))
    if path.suffix.lower() in _LATER:
        raise NotTakenError(tr(_LATER[path.suffix.lower()]))
    data = path.read_bytes()
    if data.startswith(_GZIP):
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error) as error:
            raise NotTakenError(tr("Its compression is damaged.")) from error
    document = _json(data)
    if isinstance(document, dict) and is_fixture(document):
        body, headers = body_of_fixture(document, path)
        return [Sendable(body, headers)]
    return read_sendables(data, document)


def read_sendables(data: bytes, document: JsonValue) -> list[Sendable]:
    """Return what to send of *data*; *document* is its JSON, None if it is none. Raises NotTakenError."""
    if not data.strip():
        raise NotTakenError(tr("It is empty."))
    if is_envelope(data):
        return [Sendable(data)]
    events = document if isinstance(document, list) else [document]
    found = [Sendable(wrapped(event)) for event in events if isinstance(event, dict) and _is_event(event)]
    if not found or len(found) != len(events):
        raise NotTakenError(tr("It is neither an envelope nor the JSON of an event."))
    return found


def is_envelope(data: bytes) -> bool:
    """Whether *data* reads as an envelope with at least one item."""
    try:
        return any(True for _ in iter_items(data, read_envelope_header(data).header_size))
    except IngestError:
        return False


def wrapped(event: JsonObject) -> bytes:
    """Return the envelope an SDK would send *event* in."""
    kind = "transaction" if event.get("type") == "transaction" else "event"
    event_id = str(event.get("event_id") or uuid4().hex).replace("-", "")
    payload = orjson.dumps({**event, "event_id": event_id})
    head = orjson.dumps({"event_id": event_id})
    return b"\n".join((head, orjson.dumps({"type": kind, "length": len(payload)}), payload, b""))


def _is_event(document: JsonObject) -> bool:
    return any(name in document for name in _OF_EVENTS)


def _json(data: bytes) -> JsonValue:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
