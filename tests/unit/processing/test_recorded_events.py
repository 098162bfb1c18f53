"""A recording's events read as their text comes: the same ones whatever the pieces, and little held."""

import json
import tracemalloc
from collections.abc import Iterator
from itertools import islice
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.any_json import ANY_JSON
from vedette.domain.outcomes import IngestError, Reason
from vedette.processing import recorded_events
from vedette.processing.recorded_events import iter_events

EVENTS: list[Any] = [
    {"type": 0, "data": {"text": "ü\n[]{},"}},
    5,
    None,
    [1],
    1234567890123,
    {"type": 4, "data": {"href": "http://ä/"}},
]
SIZES = (1, 2, 3, 7, 1000)


def cut(text: bytes, size: int) -> Iterator[bytes]:
    for at in range(0, len(text), size):
        yield text[at : at + size]


@pytest.fixture(params=[1 << 20, 0], ids=["at once", "one by one"])
def _both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorded_events, "READ_AT_ONCE", request.param)


@pytest.mark.usefixtures("_both_ways")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "text", [orjson.dumps(EVENTS), json.dumps(EVENTS, indent=2).encode(), b" [ ] ", b"[]", b"[12345]"]
)
def test_the_events_are_the_same_whatever_the_pieces(text: bytes, size: int) -> None:
    assert list(iter_events(cut(text, size))) == orjson.loads(text)


@pytest.mark.usefixtures("_both_ways")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"{}", Reason.BAD_REPLAY),
        (b"5", Reason.BAD_REPLAY),
        (b"[", Reason.BAD_JSON),
        (b"[1", Reason.BAD_JSON),
        (b"[1 2]", Reason.BAD_JSON),
        (b"[1,]", Reason.BAD_JSON),
        (b"[{]", Reason.BAD_JSON),
        (b'["\xff"]', Reason.BAD_JSON),
        (b'["\xc3', Reason.BAD_JSON),
        (b'[{"a":"', Reason.BAD_JSON),
    ],
)
def test_what_is_no_array_of_events_is_refused(text: bytes, reason: Reason, size: int) -> None:
    with pytest.raises(IngestError) as caught:
        list(iter_events(cut(text, size)))
    assert caught.value.reason is reason


@pytest.mark.usefixtures("_both_ways")
def test_nothing_at_all_and_arrays_in_arrays_are_refused() -> None:
    for text in (b"", b"[" * 100_000):
        with pytest.raises(IngestError):
            list(iter_events((text,)))


@pytest.mark.usefixtures("_both_ways")
def test_only_so_many_events_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorded_events, "MOST_EVENTS", 30)
    assert len(list(iter_events((orjson.dumps([{}] * 50),)))) == 30


@pytest.mark.parametrize("size", SIZES[:-1])
def test_an_event_too_large_is_passed_over_and_what_follows_is_read(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorded_events, "READ_AT_ONCE", 0)
    monkeypatch.setattr(recorded_events, "LARGEST_EVENT", 50)
    large = {"type": 2, "data": [{"text": 'a "quoted\\" [bracket', "n": [n, {}]} for n in range(20)]}
    text = orjson.dumps([{"type": 4}, large, {"type": 5}])
    assert list(iter_events(cut(text, size))) == [{"type": 4}, {}, {"type": 5}]
    with pytest.raises(IngestError) as caught:
        list(iter_events(cut(text[:-30], size)))
    assert caught.value.reason is Reason.BAD_JSON


def test_a_large_text_is_no_large_event_and_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorded_events, "READ_AT_ONCE", 0)
    monkeypatch.setattr(recorded_events, "LARGEST_EVENT", 50)
    assert list(iter_events(cut(orjson.dumps(["x" * 500]), 3))) == ["x" * 500]


def pages() -> Iterator[bytes]:
    """A page of 6 MB and 20 MB of small events."""
    nodes = orjson.dumps([{"id": 1, "tag": "p"}] * 1_000)[1:-1]
    yield b'[{"type":2,"data":['
    for n in range(250):
        yield (b"," if n else b"") + nodes
    yield b"]}"
    event = orjson.dumps({"type": 3, "data": {"source": 0, "texts": [{"value": "x" * 900}]}})
    for _ in range(20):
        yield (b"," + event) * 1_000
    yield b"]"


def test_what_is_held_does_not_grow_with_the_recording() -> None:
    tracemalloc.start()
    try:
        count = sum(1 for _ in iter_events(pages()))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 20_001
    assert peak < 24 << 20


@settings(max_examples=150, derandomize=True, deadline=None)
@given(
    st.lists(ANY_JSON, max_size=4) | ANY_JSON,
    st.integers(0, 40),
    st.sampled_from(SIZES),
    st.sampled_from([0, 9, 99]),
)
def test_any_json_is_read_as_a_whole_and_in_pieces_alike(
    events: Any, short: int, size: int, large: int
) -> None:
    text = orjson.dumps(events)
    text = text[: len(text) - short // 4 if short < 20 else None]
    patch = pytest.MonkeyPatch()
    try:
        patch.setattr(recorded_events, "READ_AT_ONCE", 0)
        patch.setattr(recorded_events, "LARGEST_EVENT", large)
        found = list(islice(iter_events(cut(text, size)), 100))
    except IngestError:
        with pytest.raises(ValueError, match=r"."):
            _array(text)
        return
    finally:
        patch.undo()
    assert [one for one in found if one != {}] == [
        one for one, read in zip(_array(text), found, strict=True) if read != {}
    ]


def _array(text: bytes) -> list[Any]:
    value = json.loads(text)
    if not isinstance(value, list):
        raise ValueError("no array")  # noqa: TRY004 - as json raises
    return value
