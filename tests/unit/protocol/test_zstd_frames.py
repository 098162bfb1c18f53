"""Zstandard frames, walked block by block."""

import random
import time

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol import zstd_frames
from vedette.protocol.zstd_frames import ZstdDecoder

TEXT = b'{"event_id":"9ec79c33ec9942ab8353589fcb2e04dc"}\n{"type":"event"}\n{"message":"drawer jammed"}\n'
HEAD = b"\x28\xb5\x2f\xfd\x00\x38"  # magic, no content size, a window of 128 kB


def block(kind: int, size: int, content: bytes, is_last: bool = False) -> bytes:
    return (is_last | kind << 1 | size << 3).to_bytes(3, "little") + content


def skippable(content: bytes, number: int = 0) -> bytes:
    return (0x184D2A50 + number).to_bytes(4, "little") + len(content).to_bytes(4, "little") + content


def decode(wire: bytes, piece: int = 1 << 20) -> bytes:
    decoder = ZstdDecoder()
    parts = []
    for start in range(0, len(wire), piece):
        parts.extend(decoder.feed(wire[start : start + piece]))
    decoder.finish()
    return b"".join(parts)


def refusal(wire: bytes) -> IngestError:
    with pytest.raises(IngestError) as caught:
        decode(wire)
    assert caught.value.reason is Reason.BAD_ENCODING
    return caught.value


@pytest.mark.parametrize("piece", [1, 2, 7, 1 << 20])
def test_raw_and_repeating_blocks_are_decoded(piece: int) -> None:
    wire = HEAD + block(0, 3, b"abc") + block(1, 5, b"x") + block(0, 0, b"") + block(0, 1, b"z", is_last=True)
    assert decode(wire, piece) == b"abcxxxxxz"


@pytest.mark.parametrize("piece", [1, 9, 1 << 20])
def test_skippable_frames_are_skipped_wherever_they_stand(piece: int) -> None:
    wire = skippable(b"ignore", 15) + zstandard.compress(TEXT) + skippable(b"") + zstandard.compress(TEXT)
    assert decode(wire + skippable(b"the end"), piece) == TEXT * 2


@pytest.mark.parametrize(
    "options", [{"write_content_size": False}, {"write_checksum": True}, {"level": 19}, {"level": 1}]
)
@pytest.mark.parametrize("size", [0, 10, 300, 70_000, 400_000])
def test_frame_headers_of_every_kind_are_read(options: dict[str, int], size: int) -> None:
    data = random.Random(size).randbytes(size // 2) * 2
    assert decode(zstandard.ZstdCompressor(**options).compress(data)) == data  # type: ignore[arg-type]


def test_each_step_gives_one_block_at_most() -> None:
    wire = HEAD + block(1, 128 << 10, b"x") * 50 + block(1, 7, b"x", is_last=True)
    assert [len(out) for out in ZstdDecoder().feed(wire)] == [128 << 10] * 50 + [7]


def test_nothing_at_all_is_a_body_of_nothing() -> None:
    assert decode(b"") == b""


@pytest.mark.parametrize(
    ("wire", "detail", "offset"),
    [
        (HEAD[:3], "unexpected end of file", 3),
        (HEAD, "unexpected end of file", 6),
        (HEAD + block(0, 3, b"ab"), "unexpected end of file", 11),
        (HEAD + block(0, 3, b"abc"), "unexpected end of file", 12),
        (skippable(b"ignore")[:-1], "unexpected end of file", 13),
        (skippable(b"ignore")[:6], "unexpected end of file", 6),
        (zstandard.compress(TEXT) + b"tail more", "unknown frame", len(zstandard.compress(TEXT))),
        (b"\x1f\x8b\x08\x00\x00\x00", "unknown frame", 0),
    ],
)
def test_what_is_wrong_is_named_with_its_place(wire: bytes, detail: str, offset: int) -> None:
    error = refusal(wire)
    assert (error.detail, error.offset) == (f"invalid zstd data: {detail}", offset)


@pytest.mark.parametrize(
    "wire",
    [
        HEAD + block(3, 3, b"abc", is_last=True),  # a reserved kind
        HEAD + block(0, 256 << 10, bytes(256 << 10), is_last=True),  # larger than a block may be
        HEAD + block(2, 9, b"\xff" * 9, is_last=True),
        b"\x28\xb5\x2f\xfd\x08\x38" + block(0, 1, b"z", is_last=True),  # a reserved bit
    ],
)
def test_blocks_that_cannot_be_are_refused(wire: bytes) -> None:
    assert refusal(wire).detail.startswith("invalid zstd data: ")


def test_a_window_above_what_http_allows_is_refused() -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=24, write_content_size=False)
    squeeze = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    assert refusal(squeeze.compress(TEXT) + squeeze.flush()).offset == 0


def test_a_dictionary_nobody_has_is_refused() -> None:
    dictionary = zstandard.train_dictionary(2000, [b"drawer %d jammed at the till" % n for n in range(3000)])
    refusal(zstandard.ZstdCompressor(dict_data=dictionary).compress(TEXT))


def test_blocks_without_end_are_refused() -> None:
    began = time.process_time()
    error = refusal(HEAD + block(0, 0, b"") * 1_000_000)
    assert error.detail == "invalid zstd data: too many blocks"
    assert time.process_time() - began < 5


def test_frames_count_as_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zstd_frames, "MAX_BLOCKS", 20)
    assert decode(skippable(b"") * 20) == b""
    refusal(skippable(b"") * 21)
    refusal(zstandard.compress(b"") * 11)  # each a frame header and a block


@given(st.binary(max_size=300), st.integers(1, 64))
def test_random_bytes_end_in_an_ingest_error_or_in_bytes(noise: bytes, piece: int) -> None:
    for wire in (noise, HEAD + noise, b"\x28\xb5\x2f\xfd" + noise):
        try:
            whole = decode(wire)
        except IngestError:
            with pytest.raises(IngestError):
                decode(wire, piece)
        else:
            assert decode(wire, piece) == whole
