"""Bodies as digest works on them: what is large lies in files, and leaves none behind."""

import gzip
import logging
import os
from pathlib import Path

import orjson
import pytest
import zstandard

from tests.support.builders import MORNING
from vedette.digest import bodies as module
from vedette.digest.bodies import IN_MEMORY, Bodies
from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol.encodings import Encoding
from vedette.protocol.envelope import iter_items, join_envelope, read_envelope_header
from vedette.protocol.uploads import REFERENCE_TYPE
from vedette.store.errors import DiskFullError
from vedette.store.spool import Spooled

LARGE = os.urandom(64 << 10) * 100  # 6.4 MB
LIMIT = 10 << 20


def entry(body: bytes | None = None, file: str | None = None) -> Spooled:
    return Spooled(1, MORNING, "envelope", b"{}", body, file)


def test_a_small_body_is_the_entrys_own(tmp_path: Path) -> None:
    assert Bodies(tmp_path).wire(entry(b"abc")) == b"abc"
    assert Bodies(tmp_path).wire(entry()) == b""


def test_a_file_is_mapped_until_it_is_released(tmp_path: Path) -> None:
    (tmp_path / "x.body").write_bytes(b"abc" * 1000)
    (tmp_path / "empty.body").write_bytes(b"")
    bodies = Bodies(tmp_path)
    assert bodies.wire(entry(file="empty.body")) == b""
    wire = bodies.wire(entry(file="x.body"))
    assert isinstance(wire, memoryview)
    assert wire == b"abc" * 1000
    assert bodies.decoded(wire, Encoding.IDENTITY, LIMIT) is wire
    wire.release()
    bodies.release()
    (tmp_path / "x.body").unlink()


def test_a_file_that_is_gone_is_an_empty_body(tmp_path: Path) -> None:
    assert Bodies(tmp_path).wire(entry(file="x.body")) == b""


@pytest.mark.parametrize("encode", [gzip.compress, zstandard.compress])
def test_a_body_that_decodes_to_much_goes_to_a_file_of_its_own(tmp_path: Path, encode) -> None:  # type: ignore[no-untyped-def]
    bodies = Bodies(tmp_path)
    encoding = Encoding.GZIP if encode is gzip.compress else Encoding.ZSTD
    decoded = bodies.decoded(encode(LARGE), encoding, LIMIT)
    assert decoded == LARGE
    (file,) = tmp_path.iterdir()
    assert file.suffix == ".part"  # which the station removes should digest die now
    del decoded
    bodies.release()
    assert list(tmp_path.iterdir()) == []


def test_a_body_that_could_have_been_large_and_is_not_stays_in_memory(tmp_path: Path) -> None:
    decoded = Bodies(tmp_path).decoded(gzip.compress(b"a" * 100_000), Encoding.GZIP, LIMIT)
    assert decoded == b"a" * 100_000
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("wire", "limit", "reason"),
    [
        (gzip.compress(LARGE), len(LARGE) - 1, Reason.TOO_LARGE),
        (gzip.compress(LARGE)[:-5], LIMIT, Reason.BAD_ENCODING),
    ],
)
def test_a_body_that_cannot_be_decoded_leaves_no_file(
    tmp_path: Path, wire: bytes, limit: int, reason: Reason
) -> None:
    bodies = Bodies(tmp_path)
    with pytest.raises(IngestError) as caught:
        bodies.decoded(wire, Encoding.GZIP, limit)
    assert caught.value.reason is reason
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_the_machines_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.secrets, "token_hex", full)
    with pytest.raises(DiskFullError):
        Bodies(tmp_path).decoded(gzip.compress(LARGE), Encoding.GZIP, LIMIT)


def test_a_body_somebody_still_holds_does_not_hinder(tmp_path: Path) -> None:
    (tmp_path / "x.body").write_bytes(b"abc")
    bodies = Bodies(tmp_path)
    wire = bodies.wire(entry(file="x.body"))
    bodies.release()
    assert bytes(wire) == b"abc"


def test_a_file_that_cannot_be_removed_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("in use")

    monkeypatch.setattr(Path, "unlink", refuse)
    with caplog.at_level(logging.WARNING):
        module.remove(tmp_path / "x.body")
    assert "in use" in caplog.text
    caplog.clear()


# ---------------------------------------------------------------- uploads

ID = "0123456789abcdef" * 2


def referring(tmp_path: Path, content: bytes | None = b"uploaded\nbytes") -> bytes:
    """Return an envelope that refers to an upload of *content*, None: which is not there."""
    (tmp_path / "uploads").mkdir()
    if content is not None:
        (tmp_path / "uploads" / f"{ID}.done").write_bytes(content)
        (tmp_path / "uploads" / f"{ID}.json").write_bytes(b"{}")
    header = {"type": "attachment", "filename": "core.bin", "content_type": REFERENCE_TYPE}
    reference = orjson.dumps({"location": f"/api/1/upload/{ID}/", "content_type": "application/x-dmp"})
    event = ({"type": "event"}, b'{"message":"x"}')
    return join_envelope({"event_id": "a" * 32}, [(header, reference), event])


def test_an_upload_takes_the_place_of_the_reference_to_it(tmp_path: Path) -> None:
    bodies = Bodies(tmp_path)
    whole = bodies.with_uploads(referring(tmp_path))
    items = list(iter_items(whole, read_envelope_header(whole).header_size))
    assert [item.type for item in items] == ["attachment", "event"]
    assert [bytes(whole[item.start : item.end]) for item in items] == [
        b"uploaded\nbytes",
        b'{"message":"x"}',
    ]
    assert (items[0].header["content_type"], items[0].header["filename"]) == ("application/x-dmp", "core.bin")
    del whole
    bodies.release()
    bodies.drop_used(is_stored=False)
    assert len(list((tmp_path / "uploads").iterdir())) == 2
    bodies.with_uploads(referring_again())
    bodies.release()
    bodies.drop_used(is_stored=True)
    assert list((tmp_path / "uploads").iterdir()) == []
    assert [path.name for path in tmp_path.iterdir()] == ["uploads"]


def referring_again() -> bytes:
    header = {"type": "attachment", "content_type": REFERENCE_TYPE}
    return join_envelope({}, [(header, orjson.dumps({"location": f"/api/1/upload/{ID}/"}))])


def test_a_reference_to_nothing_stays(tmp_path: Path) -> None:
    body = referring(tmp_path, None)
    assert Bodies(tmp_path).with_uploads(body) is body
    broken = body + b'{"type"'
    assert Bodies(tmp_path).with_uploads(broken) is broken


def test_an_upload_is_used_once_in_an_envelope(tmp_path: Path) -> None:
    twice = referring(tmp_path) + referring_again().partition(b"\n")[2] * 9
    whole = bytes(Bodies(tmp_path).with_uploads(twice))
    assert whole.count(b"uploaded\nbytes") == 1
    assert len(list(iter_items(whole, read_envelope_header(whole).header_size))) == 11


def test_a_large_envelope_may_refer_to_an_upload_too(tmp_path: Path) -> None:
    large = b'{"type":"attachment","length":%d}\n%s\n' % (IN_MEMORY, bytes(IN_MEMORY))
    body = memoryview(referring(tmp_path) + large)
    whole = Bodies(tmp_path).with_uploads(body)
    payloads = [
        bytes(whole[i.start : i.end]) for i in iter_items(whole, read_envelope_header(whole).header_size)
    ]
    assert b"uploaded\nbytes" in payloads
    assert payloads[-1] == bytes(IN_MEMORY)
