"""Files a user has become what an SDK would have sent, or a sentence."""

import gzip
from pathlib import Path

import orjson
import pytest

from vedette.desktop.connect.dropped import NotTakenError, read_file
from vedette.protocol.envelope import iter_items, read_envelope_header

EVENT = {"event_id": "c" * 32, "message": "hello", "level": "error"}
ENVELOPE = b'{"event_id":"' + b"c" * 32 + b'"}\n{"type":"event"}\n' + orjson.dumps(EVENT) + b"\n"


def test_an_envelope_goes_as_it_is_also_from_a_gzip_file(tmp_path: Path) -> None:
    (tmp_path / "a.envelope").write_bytes(ENVELOPE)
    (tmp_path / "b.gz").write_bytes(gzip.compress(ENVELOPE))
    for name in ("a.envelope", "b.gz"):
        (found,) = read_file(tmp_path / name)
        assert found.body == ENVELOPE


@pytest.mark.parametrize(
    ("document", "kinds"),
    [
        (EVENT, ["event"]),
        ([EVENT, EVENT], ["event", "event"]),
        ({"type": "transaction", "transaction": "/cart", "spans": []}, ["transaction"]),
        ({"message": "no id"}, ["event"]),
    ],
)
def test_event_json_is_put_into_envelopes(tmp_path: Path, document: object, kinds: list[str]) -> None:
    (tmp_path / "event.json").write_bytes(orjson.dumps(document))
    found = read_file(tmp_path / "event.json")
    items = []
    for sendable in found:
        header = read_envelope_header(sendable.body)
        (item,) = iter_items(sendable.body, header.header_size)
        items.append(item.type)
        payload = orjson.loads(sendable.body[item.start : item.end])
        assert header.event_id == payload["event_id"]
    assert items == kinds


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.json", b"", "empty"),
        ("a.json", b"[1, 2]", "neither an envelope"),
        ("a.txt", b"just words", "neither an envelope"),
        ("a.json", b'{"colour": "red"}', "neither an envelope"),
        ("crash.dmp", b"MDMP", "Minidumps are not taken yet"),
        ("crash.vedette", b"SQLite", "Captures cannot be opened yet"),
        ("a.gz", b"\x1f\x8b\x08broken", "compression is damaged"),
    ],
)
def test_what_cannot_be_sent_says_why(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(NotTakenError, match=why):
        read_file(tmp_path / name)


def test_a_fixture_of_ours_sends_its_body(tmp_path: Path) -> None:
    (tmp_path / "body.bin").write_bytes(ENVELOPE)
    document = {"format": "vedette.request", "body": "../body.bin", "headers": {"Content-Type": "text/plain"}}
    (tmp_path / "request.json").write_bytes(orjson.dumps(document))
    (found,) = read_file(tmp_path / "request.json")
    assert found.body == ENVELOPE
    assert found.headers == {"Content-Type": "text/plain"}
