"""A replay's recording out of its item: header line and compression undone. Bytes in, values out.

``replay_recording`` is ``{"segment_id": n}``, a line end, then a JSON array: plain, in zlib or in gzip.
``replay_video`` is a msgpack map of the two items of a segment and an MP4. Source: getsentry/relay,
relay-replays and relay-server/src/processing/replays.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import msgpack
import orjson

from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol.encodings import Encoding, decode, iter_decode

LONGEST_HEADER = 4_096
LARGEST_SEGMENT_ID = 1 << 31
_MOST_MEMBERS = 32
_LONGEST_KEY = 256

Payload = bytes | memoryview


@dataclass(frozen=True, slots=True)
class VideoParts:
    """The parts of a ``replay_video`` item; the video as its place in the payload: start, length."""

    event: bytes
    recording: bytes
    video: tuple[int, int]


def split_recording(payload: Payload) -> tuple[int | None, Encoding, memoryview]:
    """Return the header's segment id, and how the recording that follows is encoded, and its bytes.

    Raises IngestError(BAD_REPLAY) for a header that is none, and for a recording that is nothing known.
    """
    view = memoryview(payload)
    line, found, _ = bytes(view[:LONGEST_HEADER]).partition(b"\n")
    if not found:
        raise IngestError(Reason.BAD_REPLAY, "invalid replay recording: it has no header line")
    try:
        header = orjson.loads(line)
    except orjson.JSONDecodeError:
        header = None
    if not isinstance(header, dict):
        raise IngestError(Reason.BAD_REPLAY, "invalid replay recording: its header is no JSON object")
    body = view[len(line) + 1 :]
    return segment_id_of(header.get("segment_id")), _encoding_of(bytes(body[:16])), body


def decode_recording(payload: Payload, limit: int) -> tuple[int | None, bytes]:
    """Return the header's segment id and the JSON text of the recording, at most *limit* bytes.

    Raises IngestError: as `split_recording`, and as `encodings.decode` (TOO_LARGE, BAD_ENCODING).
    """
    segment_id, encoding, body = split_recording(payload)
    return segment_id, decode(body, encoding, limit)


def iter_recording(payload: Payload, limit: int) -> tuple[int | None, Iterator[bytes]]:
    """Return the header's segment id and the JSON text of the recording piece by piece.

    Raises IngestError as `decode_recording` does; what is wrong with the compression, or larger than
    *limit*, when the pieces are asked for.
    """
    segment_id, encoding, body = split_recording(payload)
    return segment_id, iter_decode((body,), encoding, limit)


def segment_id_of(value: object) -> int | None:
    """Return *value* if it can be a segment's number, else None."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < LARGEST_SEGMENT_ID:
        return value
    return None


def _encoding_of(start: bytes) -> Encoding:
    if start[:2] == b"\x1f\x8b":
        return Encoding.GZIP
    # A zlib header names deflate and is a multiple of 31; no JSON array begins so.
    if len(start) >= 2 and start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0:
        return Encoding.DEFLATE
    if start.lstrip()[:1] == b"[":
        return Encoding.IDENTITY
    what = "it is empty" if not start.strip() else "neither JSON, zlib nor gzip"
    raise IngestError(Reason.BAD_REPLAY, f"invalid replay recording: {what}")


def split_video(payload: bytes) -> VideoParts:
    """Return the parts of a ``replay_video`` item. Raises IngestError(BAD_REPLAY)."""
    limit = len(payload)
    unpacker = msgpack.Unpacker(
        max_buffer_size=limit + 1,
        max_bin_len=limit,
        max_str_len=limit,
        max_array_len=0,
        max_map_len=_MOST_MEMBERS,
        max_ext_len=0,
        raw=True,
    )
    unpacker.feed(payload)
    found: dict[bytes, tuple[bytes, int]] = {}
    try:
        for _ in range(unpacker.read_map_header()):
            key, value = unpacker.unpack(), unpacker.unpack()
            if isinstance(key, bytes) and len(key) <= _LONGEST_KEY and isinstance(value, bytes):
                found[key] = value, unpacker.tell() - len(value)
    except (ValueError, msgpack.UnpackException, msgpack.StackError, RecursionError) as error:
        what = str(error)[:100] or type(error).__name__
        raise IngestError(Reason.BAD_REPLAY, f"invalid replay video: {what}") from None
    missing = [name for name in _PARTS if name.encode() not in found]
    if missing:
        raise IngestError(Reason.BAD_REPLAY, f"invalid replay video: {', '.join(missing)} is missing")
    (event, _), (recording, _), (video, start) = (found[name.encode()] for name in _PARTS)
    return VideoParts(event, recording, (start, len(video)))


_PARTS = ("replay_event", "replay_recording", "replay_video")
