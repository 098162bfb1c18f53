"""Envelope framing: every rule of the format, and the bytes that break it."""

import mmap
import random
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol.envelope import (
    MAX_HEADER,
    Item,
    find_event_id,
    iter_items,
    normalise_event_id,
    parse_sent_at,
    read_envelope_header,
)

ID = "9ec79c33ec9942ab8353589fcb2e04dc"
HYPHENATED = "9ec79c33-ec99-42ab-8353-589fcb2e04dc"
HEAD = b'{"event_id":"' + ID.encode() + b'"}\n'


def payloads(body: bytes, start: int = 0) -> list[tuple[str, bytes]]:
    return [(item.type, body[item.start : item.end]) for item in iter_items(body, start)]


def items_until_error(body: Any, start: int = 0, max_items: int = 500) -> tuple[list[Item], IngestError]:
    items: list[Item] = []
    with pytest.raises(IngestError) as caught:
        items.extend(iter_items(body, start, max_items=max_items))
    # extend() keeps what came before the error
    return items, caught.value


# the header


def test_the_header_is_read_with_everything_it_names() -> None:
    line = orjson.dumps(
        {
            "event_id": HYPHENATED.upper(),
            "dsn": "http://k@desk/1",
            "sdk": {"name": "sentry.python", "version": "2.75.0"},
            "sent_at": "2026-11-24T10:14:07.5Z",
            "trace": {"trace_id": "0" * 31 + "1"},
            "colour": "blue",
        }
    )
    envelope = read_envelope_header(line + b'\n{"type":"event"}\n{}')
    assert envelope.header_size == len(line) + 1
    assert envelope.event_id == ID
    assert envelope.dsn == "http://k@desk/1"
    assert envelope.sdk == {"name": "sentry.python", "version": "2.75.0"}
    assert envelope.sent_at == 1_795_515_247_500_000
    assert envelope.trace == {"trace_id": "0" * 31 + "1"}
    assert envelope.header["colour"] == "blue"


@pytest.mark.parametrize("body", [b"{}", b"{}\n", b"{}\r\n", b" {} ", b'{"event_id":null,"dsn":null}\n'])
def test_an_envelope_may_be_a_header_only(body: bytes) -> None:
    envelope = read_envelope_header(body)
    assert (envelope.event_id, envelope.dsn, envelope.sdk, envelope.sent_at, envelope.trace) == (None,) * 5
    assert envelope.header_size == len(body)
    assert payloads(body, envelope.header_size) == []


def test_wrong_shapes_that_only_describe_count_as_absent() -> None:
    envelope = read_envelope_header(b'{"sdk":"python","trace":[],"sent_at":"yesterday"}')
    assert (envelope.sdk, envelope.trace, envelope.sent_at) == (None, None, None)


@pytest.mark.parametrize(
    ("body", "detail", "offset"),
    [
        (b"", "missing envelope header", 0),
        (b"\n{}", "missing envelope header", 0),
        (b"\r\n", "missing envelope header", 0),
        (b"[]", "invalid envelope header: not a JSON object", 0),
        (b'"text"\n', "invalid envelope header: not a JSON object", 0),
        (b"<html>\n", "invalid envelope header", 0),
        (b'{"a":tru}\n', "invalid envelope header", 5),
        ('{"é":tru}\n'.encode(), "invalid envelope header", 6),
        (b'{"a":"\xff"}\n', "invalid envelope header", 6),
        (b'{"event_id":"' + ID.encode(), "invalid envelope header", None),
        (b'{"event_id":"xyz"}', "invalid envelope header: invalid event id", 0),
        (b'{"event_id":7}', "invalid envelope header: invalid event id", 0),
        (b'{"dsn":7}', "invalid envelope header: dsn is not a string", 0),
        (b"\x1f\x8b\x08\x00" + bytes(20), "invalid envelope header", 1),
        (b'{"a":"' + b"x" * MAX_HEADER + b'"}\n', "invalid envelope header: longer than", 0),
    ],
)
def test_what_is_no_header_is_a_bad_envelope(body: bytes, detail: str, offset: int | None) -> None:
    with pytest.raises(IngestError) as caught:
        read_envelope_header(body)
    assert (caught.value.reason, caught.value.status) == (Reason.BAD_ENVELOPE, 400)
    assert caught.value.detail.startswith(detail)
    if offset is not None:
        assert caught.value.offset == offset


def test_a_prefix_that_holds_the_header_is_enough() -> None:
    body = HEAD + b'{"type":"event","length":100000}\n' + b"x" * 20
    assert read_envelope_header(body[: len(HEAD) + 3]) == read_envelope_header(body)
    assert read_envelope_header(memoryview(body)).event_id == ID


@pytest.mark.parametrize(
    ("text", "event_id"),
    [
        (ID, ID),
        (ID.upper(), ID),
        (HYPHENATED, ID),
        (ID[:-1], None),
        (ID + "0", None),
        (ID[:-1] + "g", None),
        ("9ec79c33ec99-42ab-8353-589fcb2e04dc", None),
        ("", None),
        (ID + "\n", None),
    ],
)
def test_event_ids_are_32_hex_digits_or_hyphenated(text: str, event_id: str | None) -> None:
    assert normalise_event_id(text) == event_id


@pytest.mark.parametrize(
    ("prefix", "event_id"),
    [
        (HEAD, ID),
        (b' { "event_id" : "' + ID.upper().encode() + b'" , "sdk":', ID),
        (b'{"sdk":{"event_id":"' + b"0" * 32 + b'"},"event_id":"' + HYPHENATED.encode() + b'"}\n', ID),
        (b'{"sent_at":"x","event_id":"' + ID.encode(), None),
        (b'{"event_id":"' + ID.encode() + b'0"}', None),
        (b'{"sdk":{"event_id":"' + ID.encode() + b'"}}\n', None),
        (b"", None),
        (b"\xff\xfe", None),
    ],
)
def test_the_event_id_is_found_quickly(prefix: bytes, event_id: str | None) -> None:
    assert find_event_id(prefix) == event_id


@pytest.mark.parametrize(
    ("value", "micros"),
    [
        ("1970-01-01T00:00:01Z", 1_000_000),
        ("1970-01-01T01:00:01.25+01:00", 1_250_000),
        ("1970-01-01T00:00:01.123456789Z", 1_123_456),
        ("1970-01-01T00:00:01", 1_000_000),
        (" 1970-01-01T00:00:00Z ", 0),
        (1.5, 1_500_000),
        (2, 2_000_000),
        ("1969-12-31T23:59:59Z", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("", None),
        ("now", None),
        (-1, None),
        (1e300, None),
        (True, None),
        (None, None),
        ({}, None),
    ],
)
def test_sent_at_is_a_time_or_nothing(value: object, micros: int | None) -> None:
    assert parse_sent_at(value) == micros


# items


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"type":"event","length":2}\n{}\n', [("event", b"{}")]),
        (b'{"type":"event","length":2}\n{}', [("event", b"{}")]),
        (b'{"type":"event"}\n{}\n', [("event", b"{}")]),
        (b'{"type":"event"}\n{}', [("event", b"{}")]),
        (b'{"type":"event","length":null}\n{}', [("event", b"{}")]),
        (b'{"type":"a","length":0}\n\n{"type":"b","length":0}\n', [("a", b""), ("b", b"")]),
        (b'{"type":"a","length":0}', [("a", b"")]),
        (b'{"type":"a"}', [("a", b"")]),
        (b'{"type":"a"}\n', [("a", b"")]),
        (b'{"type":"a"}\n\n{"type":"b"}\n1', [("a", b""), ("b", b"1")]),
        (b'{"type":"a","length":3}\n1\n2\n{"type":"b"}\n3', [("a", b"1\n2"), ("b", b"3")]),
        (b'{"type":"a","length":2}\r\n1\r\n{"type":"b"}\r\n3\r\n', [("a", b"1\r"), ("b", b"3\r")]),
        (b'\n\n{"type":"a"}\n1\n\n\r\n \n{"type":"b"}\n2\n\n', [("a", b"1"), ("b", b"2")]),
        (b'{"type":"attachment","length":4}\n\0\xff\n\0\n', [("attachment", b"\0\xff\n\0")]),
        ('{"type":"ключ","length":2}\né\n'.encode(), [("ключ", "é".encode())]),
        (b'{"type":"a","filename":"\\udcff"}\n1', [("a", b"1")]),
        (b"", []),
        (b"\n \n", []),
    ],
)
def test_items_are_split(body: bytes, expected: list[tuple[str, bytes]]) -> None:
    assert payloads(body) == expected
    assert payloads(HEAD + body, len(HEAD)) == expected


def test_an_item_knows_its_place_and_header() -> None:
    body = HEAD + b'{"type":"attachment","length":3,"filename":"a.txt"}\nabc\n\n{"type":"event"}\n{}'
    first, second = iter_items(body, len(HEAD))
    assert (first.index, first.header_start, first.start, first.length) == (0, len(HEAD), len(HEAD) + 52, 3)
    assert first.header == {"type": "attachment", "length": 3, "filename": "a.txt"}
    assert body[second.header_start :].startswith(b'{"type":"event"}')
    assert (second.index, second.end) == (1, len(body))


def test_views_and_maps_are_split_like_bytes(tmp_path: Path) -> None:
    body = HEAD + b'\n{"type":"attachment","length":300000}\n' + b"\n" * 300_000 + b'\n{"type":"event"}\n{}\n'
    file = tmp_path / "größe.envelope"
    file.write_bytes(body)
    expected = list(iter_items(body, len(HEAD)))
    assert [item.type for item in expected] == ["attachment", "event"]
    assert list(iter_items(memoryview(body), len(HEAD))) == expected
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        assert list(iter_items(mapped, len(HEAD))) == expected


GOOD = b'{"type":"event","length":2}\n{}\n'


@pytest.mark.parametrize(
    ("bad", "detail", "offset"),
    [
        (b'{"type":"a","length":5}\nabcd', "unexpected end of file: the a item says 5 bytes, 4 follow", 24),
        (b'{"type":"a","length":1}', "unexpected end of file", 23),
        (b'{"type":"a","length":18446744073709551615}\n', "unexpected end of file", 43),
        (b'{"type":"a","length":3}\nabcd\n', "missing newline after header or payload", 27),
        (b'{"type":"a","length":2}\nab\r\n', "missing newline after header or payload", 26),
        ('{"type":"a","length":1}\né\n'.encode(), "missing newline after header or payload", 25),
        (b'{"type":"a","length":-1}\n', "invalid item header: length is not a number of bytes", 0),
        (b'{"type":"a","length":1.0}\n', "invalid item header: length is not a number of bytes", 0),
        (b'{"type":"a","length":"1"}\n', "invalid item header: length is not a number of bytes", 0),
        (b'{"type":"a","length":true}\n', "invalid item header: length is not a number of bytes", 0),
        (b'{"length":1}\n1', "invalid item header: missing type", 0),
        (b'{"type":7}\n1', "invalid item header: missing type", 0),
        (b"[]\n1", "invalid item header: not a JSON object", 0),
        (b"{broken\n1", "invalid item header", 1),
        (b"\xff\n", "invalid item header", 0),
        (b"[" * 5000, "invalid item header: depth limit exceeded", None),
        (b'{"type":"' + b"x" * MAX_HEADER + b'"}\n', "invalid item header: longer than", 0),
    ],
)
def test_a_bad_item_is_named_after_the_good_ones_before_it(
    bad: bytes, detail: str, offset: int | None
) -> None:
    start = len(HEAD + GOOD)
    items, error = items_until_error(HEAD + GOOD + bad, len(HEAD))
    assert [item.type for item in items] == ["event"]
    assert (error.reason, error.status) == (Reason.BAD_ITEM, 400)
    assert error.detail.startswith(detail)
    assert error.offset is not None
    if offset is not None:
        assert error.offset == start + offset


def test_more_items_than_allowed_are_refused_after_the_allowed_ones() -> None:
    assert len(list(iter_items(GOOD * 500))) == 500
    items, error = items_until_error(GOOD * 501)
    assert len(items) == 500
    assert (error.reason, error.status) == (Reason.TOO_MANY_ITEMS, 400)
    assert error.detail.startswith("too many individual items")
    assert error.offset == 500 * len(GOOD)
    assert len(items_until_error(GOOD * 3, max_items=2)[0]) == 2


def test_megabytes_of_blank_lines_are_skipped_at_once() -> None:
    body = HEAD + b"\n" * 20_000_000 + GOOD
    assert [item.type for item in iter_items(memoryview(body), len(HEAD))] == ["event"]


# round trip and fuzz

KINDS = st.sampled_from(["event", "attachment", "log", "unheard_of", "ключ"]) | st.text(max_size=8)


@given(st.lists(st.tuples(KINDS, st.binary(max_size=200), st.booleans()), max_size=12), st.booleans())
def test_what_is_framed_comes_apart_again(
    parts: list[tuple[str, bytes, bool]], ends_with_newline: bool
) -> None:
    body = HEAD
    for kind, payload, wants_length in parts:
        has_length = wants_length or b"\n" in payload
        header = {"type": kind} | ({"length": len(payload)} if has_length else {})
        body += orjson.dumps(header) + b"\n" + payload + b"\n"
    if not ends_with_newline and (not parts or parts[-1][1]):
        body = body[:-1]
    envelope = read_envelope_header(body)
    assert payloads(body, envelope.header_size) == [(kind, payload) for kind, payload, _ in parts]


@given(st.binary(max_size=400))
def test_random_bytes_end_in_an_ingest_error_or_in_items(body: bytes) -> None:
    with suppress(IngestError):
        envelope = read_envelope_header(body)
        assert envelope.header_size <= len(body)
    with suppress(IngestError):
        for item in iter_items(body):
            assert 0 <= item.header_start <= item.start <= item.end <= len(body)
    found = find_event_id(body)
    assert found is None or len(found) == 32


def test_mutated_envelopes_end_in_an_ingest_error_or_in_items() -> None:
    chance = random.Random(20261124)
    whole = (
        HEAD
        + b'{"type":"attachment","length":30,"filename":"a"}\n'
        + bytes(range(30))
        + b'\n{"type":"session"}\n{"sid":"1"}\n{"type":"event","length":24}\n{"message":"drawer jams"}\n'
    )
    inserts = [
        b"\n",
        b"{",
        b"}",
        b'"',
        b"\\",
        b"\\ud800",
        b"\xff",
        b"9" * 30,
        b"[" * 2000,
        b'"length":',
        b"\0",
    ]
    refused = 0
    for _ in range(4000):
        body = bytearray(whole)
        for _ in range(chance.randrange(1, 5)):
            at = chance.randrange(len(body) + 1)
            body[at : at + chance.randrange(3)] = chance.choice(inserts)
        cut = bytes(body[: chance.randrange(len(body) + 1)] if chance.random() < 0.3 else body)
        try:
            envelope = read_envelope_header(cut)
            for item in iter_items(cut, envelope.header_size):
                assert envelope.header_size <= item.start <= item.end <= len(cut)
        except IngestError:
            refused += 1
    assert 1000 < refused < 4000
