"""Bytes as they were sent: whole bodies, single items, large ones apart, and what is gone."""

from uuid import uuid4

import orjson
import pytest
import zstandard

from tests.support.store_rows import FilledStore
from vedette.domain.outcomes import Outcome
from vedette.store.errors import DamagedError
from vedette.store.queries import payloads
from vedette.store.queries.payloads import PayloadGoneError
from vedette.store.writer.records import ItemRecord

HEADER = {"event_id": uuid4().hex, "sent_at": "2026-11-24T10:14:07Z"}


def envelope(*items: tuple[dict[str, object], bytes]) -> tuple[bytes, list[ItemRecord]]:
    """Return an envelope's bytes and where its items lie in it."""
    body = orjson.dumps(HEADER) + b"\n"
    records = []
    for n, (header, payload) in enumerate(items):
        body += orjson.dumps(header) + b"\n"
        records.append(ItemRecord(n, str(header["type"]), len(body), len(payload), Outcome.STORED))
        body += payload + b"\n"
    return body, records


def keep(store: FilledStore, body: bytes, items: list[ItemRecord]) -> int:
    return store.add(*items, body=body, content_type="application/x-sentry-envelope")


SMALL, LARGE, LARGER = b'{"message":"x"}', b"\x00\n\xff" * 50_000, bytes(range(256)) * 1_000
ERROR = ({"type": "event"}, SMALL)
PICTURE = ({"type": "attachment", "filename": "a.png", "content_type": "image/png"}, LARGE)


@pytest.mark.parametrize(
    "items",
    [
        [],
        [ERROR],
        [ERROR, PICTURE],
        [PICTURE, ERROR],
        [ERROR, PICTURE, ({"type": "attachment"}, LARGER), ERROR],
        [PICTURE, PICTURE],
        [ERROR] * 5_000,
    ],
    ids=["none", "one", "large last", "large first", "large between", "the same twice", "many small"],
)
def test_a_body_and_each_item_come_back_byte_for_byte(
    store: FilledStore, items: list[tuple[dict[str, object], bytes]]
) -> None:
    body, records = envelope(*items)
    request = keep(store, body, records)
    assert payloads.read_body(store.db, store.workspace, request) == body
    assert payloads.body_size(store.db, request) == len(body)
    found_body = payloads.find_body(store.db, store.workspace, request)
    assert b"".join(found_body.pieces()) == body
    for start, length in ((0, 10), (3, 400_000), (len(body) - 5, 50), (len(body), 5)):
        assert found_body.part(start, length).read() == body[start : start + length]
    for n, (header, payload) in list(enumerate(items))[:10]:
        item = payloads.read_item(store.db, store.workspace, request, n)
        assert item.payload == payload
        assert item.header == header
        assert item.envelope_header == HEADER
        assert item.kind == header["type"]
        found = payloads.find_item(store.db, store.workspace, request, n)
        assert (found.kind, found.content_type) == (item.kind, item.content_type)
        assert b"".join(found.payload.pieces()) == payload
        assert found.payload.size == len(payload)
        assert (item.ip, item.client, item.project) == ("127.0.0.1", "sentry.python/2.75.0", 1)
    if PICTURE in items:
        picture = payloads.read_item(store.db, store.workspace, request, items.index(PICTURE))
        assert picture.content_type == "image/png"
    if ERROR in items:
        error = payloads.read_item(store.db, store.workspace, request, items.index(ERROR))
        assert error.content_type == "application/x-sentry-envelope"


@pytest.mark.parametrize("payload", [SMALL, LARGER], ids=["small", "large"])
def test_a_body_that_is_no_envelope_has_no_headers(store: FilledStore, payload: bytes) -> None:
    request = store.add(ItemRecord(0, "event", 0, len(payload)), body=payload, path="/api/1/store/")
    item = payloads.read_item(store.db, store.workspace, request, 0)
    assert (item.payload, item.header, item.envelope_header) == (payload, {}, {})


def test_an_item_header_at_the_very_end_is_read(store: FilledStore) -> None:
    body = orjson.dumps(HEADER) + b'\n{"type":"event"}'
    request = keep(store, body, [ItemRecord(0, "event", len(body), 0)])
    item = payloads.read_item(store.db, store.workspace, request, 0)
    assert (item.payload, item.header, item.envelope_header) == (b"", {"type": "event"}, HEADER)


def test_headers_that_are_no_objects_are_empty(store: FilledStore) -> None:
    body = b'[1]\nnot json\n{"a":1}'
    request = keep(store, body, [ItemRecord(0, "event", 13, 7)])
    item = payloads.read_item(store.db, store.workspace, request, 0)
    assert (item.payload, item.header, item.envelope_header) == (b'{"a":1}', {}, {})


def test_a_large_item_is_read_without_the_others(store: FilledStore) -> None:
    body, records = envelope(PICTURE, ({"type": "attachment"}, LARGER))
    request = keep(store, body, records)
    other = store.db.exec_driver_sql("SELECT blob FROM item WHERE n = 0").scalar_one()
    next(store.workspace.blobs.rglob(f"{other}*")).unlink()
    assert payloads.read_item(store.db, store.workspace, request, 1).payload == LARGER
    with pytest.raises(PayloadGoneError, match="removed by retention"):
        payloads.read_item(store.db, store.workspace, request, 0)
    assert payloads.find_item(store.db, store.workspace, request, 1).payload.read() == LARGER
    with pytest.raises(PayloadGoneError, match="removed by retention"):
        list(payloads.find_item(store.db, store.workspace, request, 0).payload.pieces())
    with pytest.raises(PayloadGoneError, match="removed by retention"):
        payloads.read_body(store.db, store.workspace, request)


def test_bodies_packed_with_a_dictionary_are_read_with_it(store: FilledStore) -> None:
    samples = [
        orjson.dumps({"event_id": uuid4().hex, "n": n, "message": "checkout failed"}) for n in range(500)
    ]
    trained = zstandard.train_dictionary(2_000, samples)
    store.set("INSERT INTO dictionary VALUES(7, ?, 0)", trained.as_bytes())
    packed = zstandard.ZstdCompressor(dict_data=trained).compress(samples[0])
    store.set("INSERT INTO payload VALUES(900, 7, ?, ?, NULL)", len(samples[0]), packed)
    for _ in range(2):
        assert payloads.read_body(store.db, store.workspace, 900) == samples[0]
    store.set("INSERT INTO payload VALUES(901, 8, ?, ?, NULL)", len(samples[0]), packed)
    with pytest.raises(DamagedError, match="Dictionary 8"):
        payloads.read_body(store.db, store.workspace, 901)


def test_what_retention_removed_is_said_to_be_gone(store: FilledStore) -> None:
    body, records = envelope(ERROR)
    request = keep(store, body, records)
    store.set("DELETE FROM payload")
    for question in (payloads.read_body, lambda *a: payloads.read_item(*a, 0)):
        with pytest.raises(PayloadGoneError, match="removed by retention"):
            question(store.db, store.workspace, request)
    with pytest.raises(PayloadGoneError):
        payloads.body_size(store.db, request)
    with pytest.raises(PayloadGoneError):
        payloads.read_item(store.db, store.workspace, request, 5)


def test_damaged_bytes_are_said_to_be_damaged(store: FilledStore) -> None:
    body, records = envelope(ERROR, PICTURE)
    request = keep(store, body, records)
    next(path for path in store.workspace.blobs.rglob("*") if path.is_file()).write_bytes(b"broken")
    with pytest.raises(DamagedError, match="blobs folder"):
        payloads.read_item(store.db, store.workspace, request, 1)
    with pytest.raises(DamagedError, match="blobs folder"):
        list(payloads.find_item(store.db, store.workspace, request, 1).payload.pieces())
    store.set("UPDATE payload SET body = x'00112233'")
    with pytest.raises(DamagedError, match=f"request {request}"):
        payloads.read_body(store.db, store.workspace, request)
