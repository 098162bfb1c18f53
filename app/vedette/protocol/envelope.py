"""Split a Sentry envelope into items. Bytes in, values out: no socket, no clock, no store.

Source: getsentry/develop, "Envelopes" (serialization, headers); getsentry/relay for the error texts.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from mmap import mmap

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.times import LATEST, Micros, from_datetime, from_seconds
from vedette.protocol.json_text import replace_lone_surrogates

MAX_ITEMS = 500
MAX_HEADER = 1 << 20  # bytes of one header line; real ones stay below 20 kB

# Regular expressions search bytes, views and maps alike, at memchr's speed, without copying.
_NEWLINE = re.compile(rb"\n")
_BLANKS = re.compile(rb"[\r\n\t ]*+")
_EVENT_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# Most SDKs write the id first. It ends the string, so a longer value is no id.
_LEADING_ID = re.compile(rb'\s*\{\s*"event_id"\s*:\s*"([0-9A-Fa-f]{32})"\s*[,}]')

_END_OF_FILE = "unexpected end of file"
_NO_NEWLINE = "missing newline after header or payload"


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope header. ``header_size`` is where the items begin; the rest is read out of ``header``."""

    header: JsonObject
    header_size: int
    event_id: str | None  # 32 hex, lower case
    dsn: str | None
    sdk: JsonObject | None
    sent_at: Micros | None
    trace: JsonObject | None  # dynamic sampling context


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its header, and the bytes of the body its payload takes, which are not copied."""

    index: int
    header: JsonObject
    type: str
    start: int
    length: int
    header_start: int

    @property
    def end(self) -> int:
        """The first byte after the payload."""
        return self.start + self.length


def read_envelope_header(body: bytes | memoryview) -> Envelope:
    """Return the header *body* begins with; *body* may be any prefix that holds the header line.

    Raises IngestError(BAD_ENVELOPE) when it is missing, cut short, no JSON object, or holds an event id
    or DSN that can be none.
    """
    end = _find_newline(body, 0)
    line = bytes(body[: min(end, MAX_HEADER + 1)])
    if not line.strip():
        raise IngestError(Reason.BAD_ENVELOPE, "missing envelope header", offset=0)
    header = _parse_header(line, 0, Reason.BAD_ENVELOPE, "invalid envelope header")
    dsn = header.get("dsn")
    if dsn is not None and not isinstance(dsn, str):
        raise IngestError(Reason.BAD_ENVELOPE, "invalid envelope header: dsn is not a string", offset=0)
    return Envelope(
        header=header,
        header_size=min(end + 1, len(body)),
        event_id=_read_event_id(header.get("event_id")),
        dsn=dsn,
        sdk=_object_or_none(header.get("sdk")),
        sent_at=parse_sent_at(header.get("sent_at")),
        trace=_object_or_none(header.get("trace")),
    )


def iter_items(
    body: bytes | memoryview | mmap, start: int = 0, *, max_items: int = MAX_ITEMS
) -> Iterator[Item]:
    """Yield the items of *body* in wire order, from byte *start* (`Envelope.header_size`).

    An item without ``length`` runs to the next newline. Blank lines are skipped. Unknown item types are
    yielded, not dropped. Raises IngestError(BAD_ITEM), after the good items, on a header that is none, a
    payload cut short, or one its ``length`` does not end; IngestError(TOO_MANY_ITEMS) past *max_items*.
    """
    size = len(body)
    index = 0
    position = _skip_blanks(body, start)
    while position < size:
        if index == max_items:
            raise IngestError(
                Reason.TOO_MANY_ITEMS, f"too many individual items (more than {max_items})", offset=position
            )
        item = _read_item(body, position, index)
        yield item
        index += 1
        position = _skip_blanks(body, item.end)


def join_envelope(header: JsonObject, items: Iterable[tuple[JsonObject, bytes]]) -> bytes:
    """Return an envelope of *items*, pairs of header (``length`` is added) and payload, byte for byte."""
    lines = [orjson.dumps(header)]
    for item_header, payload in items:
        lines += [orjson.dumps({**item_header, "length": len(payload)}), payload]
    return b"\n".join((*lines, b""))


def normalise_event_id(text: str) -> str | None:
    """Return the event id *text* in its stored form, 32 lower-case hex digits; None if it is no id."""
    if _EVENT_ID.fullmatch(text) is None:
        return None
    return text.replace("-", "").lower()


def find_event_id(prefix: bytes) -> str | None:
    """Return the event id of the envelope header *prefix* begins with, None if it shows none.

    For a quick answer only: other mistakes in the header go unseen here.
    """
    if match := _LEADING_ID.match(prefix):
        return match[1].decode().lower()
    try:
        return read_envelope_header(prefix).event_id
    except IngestError:
        return None


def parse_sent_at(value: JsonValue) -> Micros | None:
    """Return ``sent_at`` (RFC 3339 text, or seconds) in microseconds; None for anything else.

    Only clock correction needs it, so a bad one is as good as none.
    """
    try:
        if isinstance(value, str):
            moment = from_datetime(datetime.fromisoformat(value.strip()))
            return moment if 0 <= moment <= LATEST else None
        if isinstance(value, int | float) and not isinstance(value, bool):
            return from_seconds(value)
    except (ValueError, OverflowError):
        pass
    return None


def _read_item(body: bytes | memoryview | mmap, position: int, index: int) -> Item:
    newline = _find_newline(body, position)
    line = bytes(body[position : min(newline, position + MAX_HEADER + 1)])
    header = _parse_header(line, position, Reason.BAD_ITEM, "invalid item header")
    kind = header.get("type")
    if not isinstance(kind, str):
        raise IngestError(Reason.BAD_ITEM, "invalid item header: missing type", offset=position)
    start = min(newline + 1, len(body))
    length = header.get("length")
    if length is None:
        return Item(index, header, kind, start, _find_newline(body, start) - start, position)
    if not isinstance(length, int) or isinstance(length, bool) or length < 0:
        raise IngestError(
            Reason.BAD_ITEM, "invalid item header: length is not a number of bytes", offset=position
        )
    if length > len(body) - start:
        raise IngestError(
            Reason.BAD_ITEM,
            f"{_END_OF_FILE}: the {kind[:64]} item says {length} bytes, {len(body) - start} follow",
            offset=start,
        )
    end = start + length
    if end < len(body) and body[end : end + 1] != b"\n":
        raise IngestError(
            Reason.BAD_ITEM,
            f"{_NO_NEWLINE}: the {kind[:64]} item says {length} bytes, but its payload goes on",
            offset=end,
        )
    return Item(index, header, kind, start, length, position)


def _parse_header(line: bytes, offset: int, reason: Reason, text: str) -> JsonObject:
    if len(line) > MAX_HEADER:
        raise IngestError(reason, f"{text}: longer than {MAX_HEADER} bytes", offset=offset)
    try:
        header = orjson.loads(replace_lone_surrogates(line))
    except orjson.JSONDecodeError as error:
        position = offset + _byte_offset(line, error)
        raise IngestError(reason, f"{text}: {error.msg}", offset=position) from error
    if not isinstance(header, dict):
        raise IngestError(reason, f"{text}: not a JSON object", offset=offset)
    return header


def _byte_offset(line: bytes, error: orjson.JSONDecodeError) -> int:
    """The error counts characters; what it says of text that is not UTF-8 is of no use."""
    try:
        return len(line.decode()[: error.pos].encode())
    except UnicodeDecodeError as broken:
        return broken.start


def _read_event_id(value: JsonValue) -> str | None:
    if value is None:
        return None
    event_id = normalise_event_id(value) if isinstance(value, str) else None
    if event_id is None:
        raise IngestError(Reason.BAD_ENVELOPE, "invalid envelope header: invalid event id", offset=0)
    return event_id


def _object_or_none(value: JsonValue) -> JsonObject | None:
    return value if isinstance(value, dict) else None


def _find_newline(body: bytes | memoryview | mmap, start: int) -> int:
    """Return where the line from *start* ends: its newline, or the end of *body*."""
    match = _NEWLINE.search(body, start)
    return len(body) if match is None else match.start()


def _skip_blanks(body: bytes | memoryview | mmap, start: int) -> int:
    match = _BLANKS.match(body, start)
    return start if match is None else match.end()
