"""Bytes as they were sent: a request's decoded body, and single items of it with their headers."""

from dataclasses import dataclass
from typing import Any

import orjson
import zstandard
from sqlalchemy import Connection, select

from vedette.domain.json import JsonObject
from vedette.domain.times import Micros
from vedette.domain.workspace import Workspace
from vedette.store.engine import sql_of
from vedette.store.errors import DamagedError
from vedette.store.queries.stored_bytes import PayloadGoneError as PayloadGoneError
from vedette.store.queries.stored_bytes import StoredBytes
from vedette.store.schema import derived_event, dictionary, event, item, payload, request, sender

_LONGEST_HEADER = 64 << 10
_DECOMPRESSORS = "vedette.decompressors"


@dataclass(frozen=True, slots=True)
class StoredItem:
    """One item with all that is needed to process it again."""

    kind: str
    payload: bytes
    header: JsonObject  # the item's own header, {} outside envelopes
    envelope_header: JsonObject  # {} outside envelopes
    content_type: str | None
    received: Micros
    project: int | None
    ip: str
    client: str


@dataclass(frozen=True, slots=True)
class FoundItem:
    """One item: what it is, whose, and where its payload lies."""

    kind: str
    header: JsonObject  # the item's own header, {} outside envelopes
    content_type: str | None
    project: int | None
    payload: StoredBytes


def read_body(db: Connection, workspace: Workspace, request_id: int) -> bytes:
    """Return a request's body byte for byte, after its content encoding was undone.

    Raises PayloadGoneError when it is no longer kept, DamagedError when it cannot be read.
    Index: primary keys.
    """
    return find_body(db, workspace, request_id).read()


def find_body(db: Connection, workspace: Workspace, request_id: int) -> StoredBytes:
    """Return where a request's body lies, to be read in pieces. Raises as `read_body`; index: as there."""
    inline, parts = _inline(db, request_id)
    if parts is None:
        return StoredBytes(len(inline), (inline,), workspace.blobs)
    pieces: list[bytes | str] = []
    at = 0
    for part in parts:
        if isinstance(part, int):
            pieces.append(inline[at : at + part])
            at += part
        else:
            pieces.append(part)
    return StoredBytes(body_size(db, request_id), tuple(pieces), workspace.blobs)


def read_own_event(db: Connection, event_id: bytes, request_id: int, n: int) -> StoredItem:
    """Return an event that Vedette made by itself, as if it had been sent. Raises PayloadGoneError.

    Index: event_eid, primary key.
    """
    body = read_derived(db, event_id, request_id, n)
    row = db.execute(
        select(event.c.ts, event.c.project).where(event.c.eid == event_id, event.c.request == request_id)
    ).first()
    if body is None or row is None:
        raise _gone(request_id)
    return StoredItem("event", body, {}, {}, None, Micros(row.ts), row.project, "", "")


def body_size(db: Connection, request_id: int) -> int:
    """Return the size of `read_body`. Raises PayloadGoneError. Index: primary key."""
    size: int | None = db.execute(select(payload.c.size).where(payload.c.id == request_id)).scalar()
    if size is None:
        raise _gone(request_id)
    return size


def read_item(db: Connection, workspace: Workspace, request_id: int, n: int) -> StoredItem:
    """Return item *n* of a request; of large items only the one asked for is read.

    Raises PayloadGoneError and DamagedError as `read_body`. Index: primary keys, item(request, n).
    """
    asked = _item_row(db, request_id, n)
    inline, parts = _inline(db, request_id)
    if asked.blob is None and parts is not None and not inline:
        # No item was large enough to lie apart, so the whole body does.
        body, start = read_body(db, workspace, request_id), asked.start
    else:
        body, start = inline, asked.start - _apart_before(db, request_id, asked.start)
    if asked.blob is None:
        data = body[start : start + asked.length]
    else:
        data = StoredBytes(asked.length, (asked.blob,), workspace.blobs).read()
    header, envelope_header = _headers(body, start)
    return StoredItem(
        asked.kind,
        data,
        header,
        envelope_header,
        header.get("content_type") or asked.content_type,
        asked.received,
        asked.project,
        asked.ip or "",
        asked.client or "",
    )


def find_item(db: Connection, workspace: Workspace, request_id: int, n: int) -> FoundItem:
    """Return where item *n* of a request lies, to be read in pieces.

    Raises PayloadGoneError and DamagedError as `read_body`. Index: primary keys, item(request, n).
    """
    asked = _item_row(db, request_id, n)
    inline, parts = _inline(db, request_id)
    if asked.blob is None and parts is not None and not inline:
        # The whole body lies apart, so of the header no more is read than one may be long.
        body = find_body(db, workspace, request_id)
        before = body.part(asked.start - _LONGEST_HEADER, min(asked.start, _LONGEST_HEADER)).read()
        header, _ = _headers(before, len(before))
        found = body.part(asked.start, asked.length)
    else:
        start = asked.start - _apart_before(db, request_id, asked.start)
        header, _ = _headers(inline, start)
        whole = asked.blob or inline[start : start + asked.length]
        found = StoredBytes(asked.length, (whole,), workspace.blobs)
    content_type = header.get("content_type") or asked.content_type
    return FoundItem(asked.kind, header, content_type, asked.project, found)


def read_plain_item(db: Connection, request_id: int, n: int) -> tuple[str, bytes] | None:
    """Return kind and payload of an item whose request lies in one piece; None for others: `read_item`.

    For walks over many: no headers, nothing of the sender, a tenth of the time. Raises DamagedError.
    Index: primary keys, item(request, n).
    """
    raw = db.connection.dbapi_connection.raw  # type: ignore[union-attr]
    row = raw.execute(_PLAIN, (request_id, n)).fetchone()
    if row is None:
        return None
    kind, start, length, number, packed = row
    try:
        body = _decompressor(db, number).decompress(packed)
    except zstandard.ZstdError as error:
        raise DamagedError(f"The stored body of request {request_id} cannot be read: {error}") from error
    return kind, body[start : start + length]


_PLAIN = sql_of(
    select(item.c.kind, item.c.start, item.c.length, payload.c.dictionary, payload.c.body)
    .join(payload, payload.c.id == item.c.request)
    .where(item.c.request == 0, item.c.n == 0, payload.c.parts.is_(None), item.c.blob.is_(None))
)


def read_derived(db: Connection, event_id: bytes, request_id: int, n: int) -> bytes | None:
    """Return the JSON of an event that was made of item *n* of a request; None if it came as an event.

    Raises DamagedError. Index: event_eid, primary key.
    """
    packed = db.execute(
        select(derived_event.c.body)
        .join(event, event.c.id == derived_event.c.id)
        .where(event.c.eid == event_id, event.c.request == request_id, event.c.item == n)
    ).scalar()
    if packed is None:
        return None
    try:
        return zstandard.decompress(packed)
    except zstandard.ZstdError as error:
        raise DamagedError(f"The stored event {event_id.hex()} cannot be read: {error}") from error


def _item_row(db: Connection, request_id: int, n: int) -> Any:
    row = db.execute(
        select(
            item.c.kind,
            item.c.start,
            item.c.length,
            item.c.blob,
            request.c.content_type,
            request.c.received,
            request.c.project,
            sender.c.ip,
            sender.c.client,
        )
        .select_from(item)
        .join(request, request.c.id == item.c.request)
        .outerjoin(sender, sender.c.id == request.c.sender)
        .where(item.c.request == request_id, item.c.n == n)
    ).first()
    if row is None:
        raise _gone(request_id)
    return row


def _apart_before(db: Connection, request_id: int, start: int) -> int:
    """Return how many bytes of the body before *start* lie in blobs."""
    lengths = db.execute(
        select(item.c.length).where(
            item.c.request == request_id, item.c.blob.is_not(None), item.c.start < start
        )
    )
    return sum(lengths.scalars())


def _headers(body: bytes, start: int) -> tuple[JsonObject, JsonObject]:
    """Return the item header that ends before *start*, and the envelope header; {} where there is none."""
    if start == 0:
        return {}, {}
    end = start - 1 if body[start - 1 : start] == b"\n" else start
    begin = body.rfind(b"\n", 0, end) + 1
    if begin == 0:
        return {}, _object(body[:end])
    return _object(body[begin:end]), _object(body[: body.find(b"\n")])


def _object(text: bytes) -> JsonObject:
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}


def _inline(db: Connection, request_id: int) -> tuple[bytes, list[int | str] | None]:
    row = db.execute(
        select(payload.c.dictionary, payload.c.body, payload.c.parts).where(payload.c.id == request_id)
    ).first()
    if row is None:
        raise _gone(request_id)
    try:
        inline = _decompressor(db, row.dictionary).decompress(row.body)
    except zstandard.ZstdError as error:
        raise DamagedError(f"The stored body of request {request_id} cannot be read: {error}") from error
    return inline, None if row.parts is None else orjson.loads(row.parts)


def _decompressor(db: Connection, number: int) -> zstandard.ZstdDecompressor:
    # Kept with the connection, which belongs to one thread and one workspace; so does a decompressor.
    known: dict[int, zstandard.ZstdDecompressor] = db.info.setdefault(_DECOMPRESSORS, {})
    found = known.get(number)
    if found is None:
        found = known[number] = _new_decompressor(db, number)
    return found


def _new_decompressor(db: Connection, number: int) -> zstandard.ZstdDecompressor:
    if number == 0:
        return zstandard.ZstdDecompressor()
    trained = db.execute(select(dictionary.c.bytes).where(dictionary.c.id == number)).scalar()
    if trained is None:
        raise DamagedError(f"Dictionary {number}, with which payloads were packed, is missing.")
    return zstandard.ZstdDecompressor(dict_data=zstandard.ZstdCompressionDict(trained))


def _gone(request_id: int) -> PayloadGoneError:
    return PayloadGoneError(f"The payload of request {request_id} was removed by retention.")
