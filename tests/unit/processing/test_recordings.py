"""What a recording shows: its moments, their kinds, and their sum."""

import zlib
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.any_json import ANY_JSON
from tests.support.corpus import CHOSEN
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.replays import FrameKind
from vedette.processing import recorded_events, recordings
from vedette.processing.recordings import moment, read_frame, summarise
from vedette.protocol.encodings import Encoding, iter_decode

AT = 1795416111.258


def crumb(category: str, **payload: Any) -> dict[str, Any]:
    payload = {"timestamp": AT, "type": "default", "category": category} | payload
    return {"type": 5, "timestamp": round(AT * 1000), "data": {"tag": "breadcrumb", "payload": payload}}


def span(op: str, description: str = "", **data: Any) -> dict[str, Any]:
    payload = {
        "op": op,
        "description": description,
        "startTimestamp": AT,
        "endTimestamp": AT + 1,
        "data": data,
    }
    return {"type": 5, "timestamp": AT, "data": {"tag": "performanceSpan", "payload": payload}}


def slow(tag: str = "button", **data: Any) -> dict[str, Any]:
    values = {"node": {"tagName": tag}, "timeAfterClickMs": 7000, "endReason": "timeout", "clickCount": 1}
    return crumb("ui.slowClickDetected", data=values | data)


def recorded(file: str) -> bytes:
    body = (CHOSEN / "browser-garden11-replay" / file).read_bytes()
    return zlib.decompress(body.partition(b'{"segment_id":')[2].partition(b"\n")[2])


def test_a_browsers_recording_is_summed_up() -> None:
    found = summarise((recorded("007.body"),), 0)
    assert (found.events, found.clicks, found.dead_clicks, found.rage_clicks) == (52, 3, 0, 0)
    assert (found.console_errors, found.requests, found.failed_requests) == (0, 0, 0)
    assert found.urls[0].startswith("http://127.0.0.1:5100/app/index.html?mode=replay")
    assert (found.first, found.last) == (1795416110117500, 1795416115931000)


def test_clicks_that_did_nothing_come_with_the_next_segment() -> None:
    found = summarise((recorded("008.body"),), 1)
    assert (found.clicks, found.dead_clicks, found.rage_clicks) == (0, 2, 1)


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (crumb("ui.click", message="body > button"), FrameKind.CLICK),
        (crumb("ui.tap"), FrameKind.CLICK),
        (crumb("ui.multiClick"), FrameKind.CLICK),
        (slow(), FrameKind.DEAD_CLICK),
        (slow("INPUT"), FrameKind.DEAD_CLICK),
        (slow(clickCount=5), FrameKind.RAGE_CLICK),
        (slow("div"), FrameKind.CLICK),
        (slow(timeAfterClickMs=3000), FrameKind.CLICK),
        (slow(endReason="mutation"), FrameKind.CLICK),
        (slow(timeAfterClickMs="long"), FrameKind.CLICK),
        (crumb("ui.input"), FrameKind.INPUT),
        (crumb("console", level="error"), FrameKind.CONSOLE),
        (crumb("navigation"), FrameKind.NAVIGATION),
        (span("navigation.navigate", "http://a/"), FrameKind.NAVIGATION),
        (span("resource.fetch", "http://a/", statusCode=200), FrameKind.NETWORK),
        (span("resource.xhr"), FrameKind.NETWORK),
        (span("resource.script"), FrameKind.RESOURCE),
        (span("web-vital", "largest-contentful-paint"), FrameKind.WEB_VITAL),
        (span("largest-contentful-paint"), FrameKind.WEB_VITAL),
        (span("paint", "first-paint"), FrameKind.PAINT),
        (span("memory"), FrameKind.MEMORY),
        (crumb("replay.mutations"), FrameKind.MUTATIONS),
        (crumb("replay.hydrate-error"), FrameKind.HYDRATION),
        (crumb("sentry.feedback"), FrameKind.FEEDBACK),
        (crumb("device.battery"), FrameKind.OTHER),
    ],
)
def test_moments_have_their_kinds(event: dict[str, Any], kind: FrameKind) -> None:
    frame = read_frame(event)
    assert frame is not None
    assert frame.kind is kind
    assert frame.at == round(AT * 1e6)


def test_a_span_has_an_end_and_a_breadcrumb_its_level_and_data() -> None:
    frame = read_frame(span("resource.fetch", "http://a/", statusCode=500))
    assert frame is not None
    assert (frame.end, frame.message, frame.data) == (round((AT + 1) * 1e6), "http://a/", {"statusCode": 500})
    frame = read_frame(crumb("console", level="warning", message="hm", data={"arguments": [1]}))
    assert frame is not None
    assert (frame.end, frame.level, frame.message, frame.data) == (None, "warning", "hm", {"arguments": [1]})


def test_a_phones_video_is_a_moment() -> None:
    event = {"type": 5, "timestamp": 1795416111258, "data": {"tag": "video", "payload": {"duration": 5000}}}
    frame = read_frame(event)
    assert frame is not None
    assert (frame.kind, frame.data) == (FrameKind.VIDEO, {"duration": 5000})


@pytest.mark.parametrize(
    "event",
    [
        None,
        5,
        {"type": 3, "data": {}},
        {"type": 5},
        {"type": 5, "data": {"tag": "breadcrumb"}},
        {"type": 5, "data": {"tag": "options", "payload": {}}},
        {"type": 5, "data": {"tag": "breadcrumb", "payload": {"category": "x"}}},
    ],
)
def test_what_only_draws_says_nothing(event: Any) -> None:
    assert read_frame(event) is None


def test_console_errors_and_failed_requests_are_counted() -> None:
    events = [
        crumb("console", level="error"),
        crumb("console", level="warning"),
        span("resource.fetch", statusCode=200),
        span("resource.fetch", statusCode=404),
        span("resource.xhr", statusCode=0),
        span("resource.xhr", statusCode=None),
        span("resource.xhr"),
        slow(clickCount=7),
        slow(),
        crumb("ui.click"),
        crumb("ui.multiClick"),
    ]
    found = summarise((orjson.dumps(events),), 0)
    assert (found.console_errors, found.requests, found.failed_requests) == (1, 5, 3)
    assert (found.clicks, found.dead_clicks, found.rage_clicks) == (1, 2, 1)


@pytest.mark.parametrize(
    ("value", "micros"),
    [
        (1795416111258, 1795416111258000),
        (1795416111.258, 1795416111258000),
        (0, None),
        (-5, None),
        (1e300, None),
        ("1795416111", None),
        (True, None),
    ],
)
def test_times_are_seconds_or_milliseconds(value: Any, micros: int | None) -> None:
    assert moment(value) == micros


def test_too_large_a_recording_is_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recordings, "LOOKED_INTO", 100)
    text = orjson.dumps([crumb("ui.click")])
    found = summarise((text,), 4)
    assert (found.is_read, found.events, found.size, found.segment_id) == (False, 0, len(text), 4)


def test_a_large_recording_is_not_looked_into_but_has_to_be_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recordings, "LOOKED_INTO", 100)
    text = orjson.dumps([crumb("ui.click")] * 20_000)
    assert not summarise(iter_decode((zlib.compress(text),), Encoding.DEFLATE, len(text)), 0).is_read
    with pytest.raises(IngestError) as caught:
        summarise(iter_decode((zlib.compress(text),), Encoding.DEFLATE, len(text) - 1), 0)
    assert caught.value.reason is Reason.TOO_LARGE
    with pytest.raises(IngestError) as caught:
        summarise(iter_decode((zlib.compress(text)[:-5],), Encoding.DEFLATE, len(text)), 0)
    assert caught.value.reason is Reason.BAD_ENCODING


def test_only_so_many_pages_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recordings, "MOST_URLS", 10)
    text = orjson.dumps([{"type": 4, "data": {"href": f"http://a/{n}"}} for n in range(50)])
    assert len(summarise((text,), 0).urls) == 10


def test_halves_of_surrogate_pairs_do_not_reach_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorded_events, "READ_AT_ONCE", 0)
    text = rb'[{"type":4,"data":{"href":"http://\ud800/"}}]'
    summarise((text,), 0).urls[0].encode()


PAYLOAD = st.dictionaries(
    st.sampled_from(
        ["timestamp", "category", "message", "level", "data", "op", "startTimestamp", "endTimestamp"]
    ),
    ANY_JSON
    | st.sampled_from(
        [AT, "ui.slowClickDetected", "resource.fetch", "console", {"node": 5, "endReason": "timeout"}]
    ),
)
EVENT = st.fixed_dictionaries(
    {"type": st.sampled_from([4, 5, 3, None]), "timestamp": ANY_JSON | st.just(AT)},
    optional={
        "data": ANY_JSON
        | st.fixed_dictionaries(
            {"tag": st.sampled_from(["breadcrumb", "performanceSpan", "video", 5])},
            optional={"payload": PAYLOAD | ANY_JSON},
        )
    },
)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.lists(EVENT | ANY_JSON, max_size=4) | ANY_JSON, st.integers(0, 40), st.booleans())
def test_no_recording_raises_anything_but_an_ingest_error(events: Any, cut: int, is_cut: bool) -> None:
    text = orjson.dumps(events)
    text = text[: -1 - cut] if is_cut else text
    try:
        found = summarise((text,), 0)
    except IngestError:
        return
    assert found.rage_clicks <= found.dead_clicks
    for event in events:
        frame = read_frame(event)
        assert frame is None or frame.at > 0


def test_the_recorded_scenario_lies_with_the_tests() -> None:
    assert (Path(CHOSEN) / "browser-garden11-replay" / "MANIFEST.json").exists()
