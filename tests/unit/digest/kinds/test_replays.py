"""Segments of replays: what belongs together is one, what stands alone is invalid."""

from typing import Any

import msgpack
import orjson
import pytest

from tests.unit.digest.kinds.conftest import ReadItems
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.replays import ReplaySegment

EVENT = {"replay_id": "dd" * 16, "segment_id": 1, "timestamp": 1795416115.9}


def recording(segment: int | None = 1, events: Any = ()) -> bytes:
    header = {} if segment is None else {"segment_id": segment}
    return orjson.dumps(header) + b"\n" + orjson.dumps(list(events))


def test_an_event_and_its_recording_are_one_segment(read_items: ReadItems) -> None:
    payload = {"category": "ui.click", "timestamp": 1795416112}
    click = {"type": 5, "timestamp": 1795416112000, "data": {"tag": "breadcrumb", "payload": payload}}
    event, film = read_items(("replay_event", EVENT), ("replay_recording", recording(1, [click])))
    (segment,) = event.values
    assert film.values == [segment]
    assert isinstance(segment, ReplaySegment)
    assert (segment.event.segment_id, segment.recording.clicks) == (1, 1)
    assert (segment.event_item, segment.recording_item) == (0, 1)
    assert {event.outcome, film.outcome} == {Outcome.STORED}


@pytest.mark.parametrize("segment", [1, None])
def test_order_does_not_matter_and_a_header_may_name_no_segment(
    read_items: ReadItems, segment: int | None
) -> None:
    film, event = read_items(("replay_recording", recording(segment)), ("replay_event", EVENT))
    (found,) = event.values
    assert isinstance(found, ReplaySegment)
    assert (found.event_item, found.recording_item) == (1, 0)
    assert film.outcome is Outcome.STORED


def test_two_segments_in_one_envelope_find_their_own(read_items: ReadItems) -> None:
    items = read_items(
        ("replay_event", EVENT),
        ("replay_event", EVENT | {"segment_id": 2}),
        ("replay_recording", recording(2)),
        ("replay_recording", recording(1)),
    )
    pairs = [(s.event_item, s.recording_item) for item in items[:2] for s in item.values]  # type: ignore[attr-defined]
    assert pairs == [(0, 3), (1, 2)]


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([("replay_event", EVENT)], "the envelope has none"),
        ([("replay_recording", recording())], "the envelope has none"),
        ([("replay_event", EVENT), ("replay_recording", recording(5))], "invalid or another's"),
    ],
)
def test_one_alone_is_invalid_with_a_sentence(
    read_items: ReadItems, items: list[tuple[str, Any]], words: str
) -> None:
    for found in read_items(*items):
        assert (found.outcome, found.reason, found.values) == (Outcome.INVALID, Reason.BAD_REPLAY, [])
        assert found.detail
        assert words in found.detail


def test_a_broken_half_keeps_its_own_reason_and_invalidates_the_other(read_items: ReadItems) -> None:
    event, film = read_items(("replay_event", {"segment_id": "x"}), ("replay_recording", recording()))
    assert event.detail
    assert film.detail
    assert "replay_id" in event.detail or "segment_id" in event.detail
    assert "invalid or another's" in film.detail
    event, film = read_items(("replay_event", EVENT), ("replay_recording", b"{}\n[oops"))
    assert (film.reason, event.reason) == (Reason.BAD_JSON, Reason.BAD_REPLAY)


def test_a_phones_segment_comes_with_its_video(read_items: ReadItems) -> None:
    parts = {
        "replay_event": orjson.dumps(EVENT),
        "replay_recording": recording(),
        "replay_video": b"mp4" * 50,
    }
    payload = msgpack.packb(parts)
    (item,) = read_items(("replay_video", payload))
    (segment,) = item.values
    assert isinstance(segment, ReplaySegment)
    assert segment.video is not None
    start, length = segment.video
    assert payload[start : start + length] == b"mp4" * 50
    assert segment.event_item == segment.recording_item == 0


def test_a_video_without_its_event_is_invalid(read_items: ReadItems) -> None:
    (item,) = read_items(("replay_video", msgpack.packb({"replay_video": b"x"})))
    assert (item.outcome, item.reason) == (Outcome.INVALID, Reason.BAD_REPLAY)


def test_other_envelopes_are_left_alone(read_items: ReadItems) -> None:
    (item,) = read_items(("event", {"message": "hello"}))
    assert item.outcome is Outcome.STORED
