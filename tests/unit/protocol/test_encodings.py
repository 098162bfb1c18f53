"""Content encodings: what comes out, what is refused, and how much memory it takes."""

import gzip
import random
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol import encodings
from vedette.protocol.encodings import (
    CHUNK,
    Encoding,
    decode,
    decode_prefix,
    iter_decode,
    measure,
    needs_measuring,
    normalise_encoding,
)

MIB = 1 << 20
TEXT = b'{"event_id":"9ec79c33ec9942ab8353589fcb2e04dc"}\n{"type":"event"}\n{"message":"drawer jammed"}\n'


def raw_deflate(data: bytes) -> bytes:
    squeeze = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return squeeze.compress(data) + squeeze.flush()


def zstd_streamed(data: bytes) -> bytes:
    """A frame without content size, in blocks cut by flushes, with a checksum."""
    squeeze = zstandard.ZstdCompressor(write_checksum=True).compressobj()
    parts = []
    for start in range(0, len(data), 5000):
        parts.append(squeeze.compress(data[start : start + 5000]))
        parts.append(squeeze.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK))
    return b"".join([*parts, squeeze.flush()])


COMPRESS: dict[str, tuple[Encoding, Callable[[bytes], bytes]]] = {
    "identity": (Encoding.IDENTITY, bytes),
    "gzip": (Encoding.GZIP, gzip.compress),
    "gzip members": (Encoding.GZIP, lambda data: gzip.compress(data[:7]) + gzip.compress(data[7:])),
    "deflate": (Encoding.DEFLATE, zlib.compress),
    "raw deflate": (Encoding.DEFLATE, raw_deflate),
    "br": (Encoding.BR, lambda data: brotli.compress(data, quality=5)),
    "zstd": (Encoding.ZSTD, zstandard.compress),
    "zstd streamed": (Encoding.ZSTD, zstd_streamed),
    "zstd frames": (Encoding.ZSTD, lambda data: zstandard.compress(data[:7]) + zstandard.compress(data[7:])),
}
PACKED = [name for name in COMPRESS if name != "identity"]


def noise(size: int, seed: int = 7) -> bytes:
    """Half random, half repeating, so that every kind of block occurs."""
    chance = random.Random(seed)
    return b"".join(
        chance.randbytes(997) if chance.random() < 0.5 else b"drawer jammed " * 71 for _ in range(size // 990)
    )


def reason_of(work: Callable[[], object]) -> IngestError:
    with pytest.raises(IngestError) as caught:
        work()
    return caught.value


def refusal(work: Callable[[], object]) -> IngestError | None:
    try:
        work()
    except IngestError as error:
        return error
    return None


# names


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        (None, Encoding.IDENTITY),
        ("", Encoding.IDENTITY),
        (" ", Encoding.IDENTITY),
        ("identity", Encoding.IDENTITY),
        ("UTF-8", Encoding.IDENTITY),
        ("gzip", Encoding.GZIP),
        ("x-gzip", Encoding.GZIP),
        (" GZip ", Encoding.GZIP),
        ("identity, gzip", Encoding.GZIP),
        ("deflate", Encoding.DEFLATE),
        ("br", Encoding.BR),
        ("zstd", Encoding.ZSTD),
    ],
)
def test_known_names_are_understood(header: str | None, encoding: Encoding) -> None:
    assert normalise_encoding(header) is encoding


@pytest.mark.parametrize("header", ["compress", "lz4", "gzip, br", "gzip;q=1", "*"])
def test_other_names_are_answered_with_415(header: str) -> None:
    error = reason_of(lambda: normalise_encoding(header))
    assert (error.reason, error.status) == (Reason.UNSUPPORTED_ENCODING, 415)


# round trips


@pytest.mark.parametrize("name", COMPRESS)
@pytest.mark.parametrize("size", [0, 1, 40_000, 3 * MIB])
def test_every_encoding_gives_back_the_body(name: str, size: int) -> None:
    encoding, compress = COMPRESS[name]
    data = noise(size)[:size]
    wire = compress(data)
    assert decode(wire, encoding, len(data)) == data
    assert decode(memoryview(wire), encoding, len(data)) == data
    assert measure(wire, encoding, len(data)) == len(data)
    assert b"".join(iter_decode([b"", wire, b""], encoding, len(data))) == data


@given(
    st.sampled_from(sorted(COMPRESS)), st.binary(max_size=3000), st.lists(st.integers(0, 400), max_size=30)
)
def test_chunks_may_be_cut_anywhere(name: str, data: bytes, cuts: list[int]) -> None:
    encoding, compress = COMPRESS[name]
    wire = compress(data)

    def chunks() -> Iterator[bytes]:
        start = 0
        for cut in cuts:
            yield wire[start : start + cut]
            start += cut
        yield wire[start:]

    assert b"".join(iter_decode(chunks(), encoding, len(data))) == data


@pytest.mark.parametrize("name", PACKED)
def test_bytes_may_come_one_by_one(name: str) -> None:
    encoding, compress = COMPRESS[name]
    wire = compress(TEXT)
    assert b"".join(iter_decode((bytes([byte]) for byte in wire), encoding, 1000)) == TEXT


@pytest.mark.parametrize("name", COMPRESS)
@pytest.mark.parametrize("size", [-1, 0, 1, 100, 4096, 200_000])
def test_a_prefix_is_how_the_body_begins(name: str, size: int) -> None:
    encoding, compress = COMPRESS[name]
    data = noise(100_000)
    assert decode_prefix(compress(data), encoding, size) == data[: max(0, size)]


def test_a_prefix_does_not_decode_the_rest() -> None:
    wire = gzip.compress(bytes(8 * MIB))
    damaged = wire[: len(wire) // 2] + b"\xff" * 100
    assert decode_prefix(damaged, Encoding.GZIP, 1000) == bytes(1000)
    assert reason_of(lambda: decode(damaged, Encoding.GZIP, 9 * MIB)).reason is Reason.BAD_ENCODING


def test_a_prefix_comes_even_behind_a_long_gzip_header() -> None:
    bare = gzip.compress(TEXT, mtime=0)
    named = bare[:3] + b"\x08" + bare[4:10] + b"n" * 5000 + b"\0" + bare[10:]
    assert decode_prefix(named, Encoding.GZIP, 20) == TEXT[:20]


def test_zeros_after_gzip_are_padding() -> None:
    padded = gzip.compress(TEXT) + bytes(600)
    assert decode(padded, Encoding.GZIP, 1000) == TEXT
    assert b"".join(iter_decode([padded[:-300], padded[-300:]], Encoding.GZIP, 1000)) == TEXT


# refusals


@pytest.mark.parametrize("name", PACKED)
def test_a_body_cut_anywhere_is_refused(name: str) -> None:
    encoding, compress = COMPRESS[name]
    wire = compress(TEXT)
    # Whole members and frames are complete bodies.
    complete = {
        "gzip members": {len(gzip.compress(TEXT[:7]))},
        "zstd frames": {len(zstandard.compress(TEXT[:7]))},
    }.get(name, set())
    # No zstd frame at all is a body of nothing.
    for cut in range(1 if encoding is Encoding.ZSTD else 0, len(wire)):
        if cut in complete:
            continue
        error = reason_of(lambda part=wire[:cut]: decode(part, encoding, 1000))  # type: ignore[misc]
        assert (error.reason, error.status) == (Reason.BAD_ENCODING, 400), cut
        assert "unexpected end of file" in error.detail
        assert error.offset == cut


@pytest.mark.parametrize("name", PACKED)
def test_something_after_the_end_is_refused(name: str) -> None:
    encoding, compress = COMPRESS[name]
    wire = compress(TEXT)
    for chunks in ([wire + b"more to come"], [wire, b"more to come"]):
        error = reason_of(lambda chunks=chunks: list(iter_decode(chunks, encoding, 1000)))  # type: ignore[misc]
        assert error.reason is Reason.BAD_ENCODING
        assert error.offset == (None if encoding is Encoding.BR else len(wire))


@pytest.mark.parametrize("name", PACKED)
def test_a_body_of_another_kind_is_refused(name: str) -> None:
    encoding, _ = COMPRESS[name]
    error = reason_of(lambda: decode(b"\xff\xfe" + TEXT, encoding, 1000))
    assert error.reason is Reason.BAD_ENCODING


def test_damage_is_named() -> None:
    wire = bytearray(gzip.compress(TEXT))
    wire[-6] ^= 1
    assert reason_of(lambda: decode(bytes(wire), Encoding.GZIP, 1000)).detail == (
        "invalid gzip data: incorrect data check"
    )
    block = bytearray(zstandard.ZstdCompressor(write_checksum=True).compress(TEXT))
    block[-1] ^= 1
    error = reason_of(lambda: decode(bytes(block), Encoding.ZSTD, 1000))
    assert "checksum" in error.detail
    assert error.offset == len(block) - 4


@pytest.mark.parametrize("name", COMPRESS)
def test_one_byte_over_the_limit_is_too_large(name: str) -> None:
    encoding, compress = COMPRESS[name]
    data = noise(300_000)
    wire = compress(data)
    for work in (decode, measure):
        error = reason_of(lambda work=work: work(wire, encoding, len(data) - 1))  # type: ignore[misc]
        assert (error.reason, error.status) == (Reason.TOO_LARGE, 413)
    got: list[bytes] = []
    with pytest.raises(IngestError):
        got.extend(iter_decode([wire], encoding, len(data) - 1))
    assert b"".join(got) == data[: sum(map(len, got))] != data


# bombs


def gzip_bomb(decoded: int) -> bytes:
    squeeze = zlib.compressobj(9, wbits=31)
    zeros = bytes(MIB)
    return b"".join(squeeze.compress(zeros) for _ in range(decoded // MIB)) + squeeze.flush()


def zstd_bomb(decoded: int) -> bytes:
    """A frame of blocks that repeat one byte 128 kB long, four bytes each: the best the format can do."""
    block = (2 | (128 << 10) << 3).to_bytes(3, "little") + b"\0"
    last = (3 | (128 << 10) << 3).to_bytes(3, "little") + b"\0"
    return b"\x28\xb5\x2f\xfd\x00\x38" + block * (decoded // (128 << 10) - 1) + last


def brotli_bomb(decoded: int) -> bytes:
    squeeze = brotli.Compressor(quality=9, lgwin=24)
    zeros = bytes(16 * MIB)
    parts = [squeeze.process(zeros) for _ in range(decoded // len(zeros))]
    return b"".join(parts) + squeeze.finish()


@pytest.fixture(scope="module")
def bombs() -> dict[str, tuple[Encoding, bytes]]:
    return {
        "gzip": (Encoding.GZIP, gzip_bomb(1024 * MIB)),
        "deflate": (Encoding.DEFLATE, zlib.compress(bytes(64 * MIB), 9)),
        "br": (Encoding.BR, brotli_bomb(256 * MIB)),
        "zstd": (Encoding.ZSTD, zstd_bomb(8192 * MIB)),
    }


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_costs_no_more_than_the_limit(name: str, bombs: dict[str, tuple[Encoding, bytes]]) -> None:
    encoding, wire = bombs[name]
    limit = 8 * MIB
    assert len(wire) < 1.1 * MIB
    for work in (decode, measure):
        began = time.process_time()
        assert reason_of(lambda work=work: work(wire, encoding, limit)).reason is Reason.TOO_LARGE  # type: ignore[misc]
        assert time.process_time() - began < 2


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_memory_stays_within_limit_and_one_step(name: str, bombs: dict[str, tuple[Encoding, bytes]]) -> None:
    encoding, wire = bombs[name]
    limit = 8 * MIB
    for work, bound in ((decode, 1.25 * limit + MIB), (measure, MIB)):
        tracemalloc.start()
        try:
            with pytest.raises(IngestError):
                work(wire, encoding, limit)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < bound


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_no_step_is_larger_than_128_kb(name: str, bombs: dict[str, tuple[Encoding, bytes]]) -> None:
    encoding, wire = bombs[name]
    sizes: list[int] = []
    with pytest.raises(IngestError):
        sizes.extend(map(len, iter_decode([wire], encoding, 32 * MIB)))
    assert CHUNK <= max(sizes) <= 2 * CHUNK


def test_a_whole_gigabyte_is_measured_in_little_memory(bombs: dict[str, tuple[Encoding, bytes]]) -> None:
    encoding, wire = bombs["gzip"]
    tracemalloc.start()
    try:
        assert measure(wire, encoding, 1024 * MIB) == 1024 * MIB
        assert tracemalloc.get_traced_memory()[1] < MIB
    finally:
        tracemalloc.stop()


def test_nested_bombs_are_opened_once() -> None:
    inner = body = gzip_bomb(64 * MIB)
    for _ in range(9):
        inner, body = body, gzip.compress(body)
    assert decode(body, Encoding.GZIP, MIB) == inner


def test_gzip_members_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encodings, "MAX_MEMBERS", 50)
    member = gzip.compress(b"")
    assert decode(member * 50, Encoding.GZIP, 10) == b""
    error = reason_of(lambda: decode(member * 51, Encoding.GZIP, 10))
    assert (error.reason, error.offset) == (Reason.BAD_ENCODING, 50 * len(member))


@pytest.mark.parametrize(
    ("size", "encoding", "limit", "answer"),
    [
        (1000, Encoding.IDENTITY, 1000, False),
        (1001, Encoding.IDENTITY, 1000, True),
        (100, Encoding.GZIP, 103_200, False),
        (100, Encoding.GZIP, 103_199, True),
        (200_000, Encoding.DEFLATE, 200 * MIB, False),
        (210_000, Encoding.DEFLATE, 200 * MIB, True),
        (6400, Encoding.ZSTD, 200 * MIB, False),
        (6401, Encoding.ZSTD, 200 * MIB, True),
        (100, Encoding.BR, 200 * MIB, False),
        (101, Encoding.BR, 200 * MIB, True),
    ],
)
def test_measuring_is_needed_only_where_the_limit_could_be_passed(
    size: int, encoding: Encoding, limit: int, answer: bool
) -> None:
    assert needs_measuring(size, encoding, limit) is answer


def test_no_bomb_beats_the_ratio_measuring_relies_on(bombs: dict[str, tuple[Encoding, bytes]]) -> None:
    sizes = {"gzip": 1024, "deflate": 64, "br": 256, "zstd": 8192}
    for name, (encoding, wire) in bombs.items():
        assert needs_measuring(len(wire), encoding, sizes[name] * MIB - 1)


# fuzz


@pytest.mark.parametrize("name", PACKED)
def test_damaged_bodies_end_in_an_ingest_error_or_in_bytes(name: str) -> None:
    encoding, compress = COMPRESS[name]
    chance = random.Random(f"damage {name}")
    wire = compress(noise(20_000))
    for _ in range(300):
        body = bytearray(wire[: chance.randrange(len(wire)) + 1] if chance.random() < 0.3 else wire)
        for _ in range(chance.randrange(1, 8)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        for work in (decode, measure, decode_prefix):
            error = refusal(lambda work=work, body=body: work(bytes(body), encoding, 50_000))  # type: ignore[misc]
            assert error is None or error.reason in {Reason.BAD_ENCODING, Reason.TOO_LARGE}


@given(st.sampled_from(list(Encoding)), st.binary(max_size=600))
def test_random_bytes_end_in_an_ingest_error_or_in_bytes(encoding: Encoding, body: bytes) -> None:
    for start in (b"", b"\x28\xb5\x2f\xfd", b"\x1f\x8b\x08\x00", b"\x78\x9c"):
        error = refusal(lambda start=start: decode(start + body, encoding, 100_000))  # type: ignore[misc]
        assert error is None or error.reason in {Reason.BAD_ENCODING, Reason.TOO_LARGE}
