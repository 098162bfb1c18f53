"""A recording out of its item: header, compression, and the parts of a phone's video."""

import contextlib
import gzip
import zlib
from typing import Any

import msgpack
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol.recordings import decode_recording, segment_id_of, split_video

TEXT = b'[{"type":4,"timestamp":1795416110445,"data":{"href":"http://a/"}}]'
LIMIT = 1 << 20


@pytest.mark.parametrize("pack", [bytes, zlib.compress, gzip.compress, lambda data: b"\n " + data])
def test_a_recording_comes_plain_as_zlib_and_as_gzip(pack: Any) -> None:
    number, text = decode_recording(b'{"segment_id":3}\n' + pack(TEXT), LIMIT)
    assert (number, text.strip()) == (3, TEXT)


def test_every_level_of_zlib_is_known_by_its_header() -> None:
    for level in range(10):
        assert decode_recording(b"{}\n" + zlib.compress(TEXT, level), LIMIT) == (None, TEXT)


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        (b"", "no header line"),
        (b"x" * 9000, "no header line"),
        (b"[]\n[]", "no JSON object"),
        (b"{oops\n[]", "no JSON object"),
        (b"{}\n", "it is empty"),
        (b"{}\n  \n", "it is empty"),
        (b"{}\n<xml/>", "neither JSON, zlib nor gzip"),
    ],
)
def test_what_is_no_recording_is_refused_with_a_sentence(payload: bytes, words: str) -> None:
    with pytest.raises(IngestError) as caught:
        decode_recording(payload, LIMIT)
    assert caught.value.reason is Reason.BAD_REPLAY
    assert words in caught.value.detail


@pytest.mark.parametrize("pack", [bytes, zlib.compress, gzip.compress])
def test_decoding_stops_at_the_limit(pack: Any) -> None:
    bomb = pack(b"[" + b" " * 100_000 + b"]")
    with pytest.raises(IngestError) as caught:
        decode_recording(b"{}\n" + bomb, 10_000)
    assert caught.value.reason is Reason.TOO_LARGE


def test_a_recording_cut_short_is_refused() -> None:
    with pytest.raises(IngestError) as caught:
        decode_recording(b"{}\n" + zlib.compress(TEXT)[:-6], LIMIT)
    assert caught.value.reason is Reason.BAD_ENCODING


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (0, 0),
        (7, 7),
        (7.0, 7),
        (7.5, None),
        (-1, None),
        (True, None),
        ("7", None),
        (1 << 40, None),
        (None, None),
    ],
)
def test_a_segment_has_a_number_from_zero(value: Any, number: int | None) -> None:
    assert segment_id_of(value) == number


def packed(**parts: Any) -> bytes:
    return bytes(msgpack.packb(parts))


VIDEO = bytes(range(256)) * 300


def test_the_parts_of_a_video_item_are_found_with_the_videos_place() -> None:
    payload = packed(replay_event=b"{}", extra=1, replay_recording=b"{}\n[]", replay_video=VIDEO)
    parts = split_video(payload)
    start, length = parts.video
    assert (parts.event, parts.recording) == (b"{}", b"{}\n[]")
    assert payload[start : start + length] == VIDEO


def test_texts_in_the_place_of_bytes_are_taken_as_such() -> None:
    payload = packed(replay_video=b"mp4", replay_event="{}", replay_recording="{}\n[]")
    parts = split_video(payload)
    assert (parts.event, parts.recording) == (b"{}", b"{}\n[]")


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\x81",
        b"\xc0",
        b"[1]",
        packed(replay_event=b"{}"),
        packed(replay_event=1, replay_recording=b"", replay_video=b""),
        packed(replay_event=b"{}", replay_recording=b"x", replay_video=VIDEO)[:-9],
        bytes(msgpack.packb({str(n): b"" for n in range(500)})),
        bytes(msgpack.packb({"replay_event": [[[]]]})),
        b"\xdf\xff\xff\xff\xff",
        b"\x81\xa1a\xc6\xff\xff\xff\xff",
        bytes(msgpack.packb({"a": msgpack.ExtType(5, b"x" * 50)})),
        b"\x91" * 5000,
    ],
)
def test_a_map_that_is_not_what_it_should_be_is_refused(payload: bytes) -> None:
    with pytest.raises(IngestError) as caught:
        split_video(payload)
    assert caught.value.reason is Reason.BAD_REPLAY


@settings(max_examples=200, derandomize=True, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from(
        [b"", b'{"segment_id":1}\n', b"{}\n\x1f\x8b\x08", b"{}\n\x78\x9c", b"\x83\xacreplay_event"]
    ),
)
def test_no_bytes_raise_anything_but_an_ingest_error(data: bytes, before: bytes) -> None:
    for read in (lambda payload: decode_recording(payload, 1_000), split_video):
        with contextlib.suppress(IngestError):
            read(before + data)
