"""A replay's event: whom and what it shows."""

from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.any_json import ANY_JSON
from tests.support.corpus import CHOSEN
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.processed import Arrival
from vedette.processing.replays import MOST_LISTED, read_replay_event

ARRIVAL = Arrival(received=1795416116_000000)
REPLAY = "dd" * 16


def replay(**changes: Any) -> dict[str, Any]:
    return {
        "type": "replay_event",
        "replay_id": REPLAY,
        "segment_id": 2,
        "replay_type": "buffer",
        "timestamp": 1795416115.9,
        "replay_start_timestamp": 1795416110.1,
        "urls": ["http://a/", "http://b/"],
        "error_ids": ["ab" * 16],
        "trace_ids": ["cd" * 16, "cd" * 16],
    } | changes


def read(**changes: Any) -> Any:
    return read_replay_event(orjson.dumps(replay(**changes)), ARRIVAL)


def test_a_browsers_event_says_who_was_recorded_and_what_happened() -> None:
    body = (CHOSEN / "browser-garden11-replay" / "007.body").read_bytes()
    payload = body.split(b"\n")[2]
    found = read_replay_event(payload, ARRIVAL)
    assert found.replay_id.hex() == "dd478b271f534539bd6fae78fdd2d7f6"
    assert (found.segment_id, found.type) == (0, "session")
    assert (found.started, found.at) == (1795416110_117500, 1795416115_932000)
    assert len(found.error_ids) == 3
    assert [trace.hex() for trace in found.trace_ids] == ["a78b6fcd477841a58ce5d8a43b3effcc"]
    assert (found.environment, found.release, found.names) == ("qa", "garden@4.2.0", ("Pageload",))
    assert found.client.sdk == ("sentry.javascript.browser", "11.12.0")
    assert found.client.browser == ("HeadlessChrome", "156.0.0")
    assert found.client.os[0] == "Linux"
    assert found.client.platform == "javascript"


def test_the_user_is_whom_it_shows() -> None:
    user = {"id": 7, "email": "j@example.com", "username": "joan", "ip_address": "10.0.0.7"}
    person = read(user=user).person
    assert (person.id, person.email, person.username) == ("7", "j@example.com", "joan")
    assert (person.ip_address, person.identity) == ("10.0.0.7", "id:7")


def test_a_device_and_tags_come_from_the_event() -> None:
    device = {"name": "phone", "brand": "Acme", "model": "A1", "family": "A"}
    found = read(contexts={"device": device}, tags={"till": "4"}, platform="java")
    assert found.client.device == ("phone", "Acme", "A1", "A")
    assert ("till", "4") in found.tags


def test_lists_are_cut_and_what_is_no_id_left_out() -> None:
    ids = [f"{n + 1:032x}" for n in range(300)]
    found = read(error_ids=["x", None, *ids], trace_ids="nope", urls=[5, "", *["http://a/"] * 300])
    assert len(found.error_ids) == MOST_LISTED - 2
    assert found.trace_ids == ()
    assert len(found.urls) == MOST_LISTED - 2


def test_a_clock_that_runs_ahead_is_corrected_for_the_start_too() -> None:
    hour = 3_600_000_000
    ahead = Arrival(received=ARRIVAL.received, sent_at=ARRIVAL.received + 2 * hour)
    event = replay(timestamp=1795416115.9 + 7200, replay_start_timestamp=1795416110.1 + 7200)
    found = read_replay_event(orjson.dumps(event), ahead)
    assert found.shift == -2 * hour
    assert (found.started, found.at) == (1795416110_100000, 1795416115_900000)


def test_the_id_may_be_the_events_or_the_envelopes() -> None:
    assert read(replay_id=None, event_id="ee" * 16).replay_id.hex() == "ee" * 16
    payload = orjson.dumps(replay(replay_id=None))
    arrival = Arrival(received=ARRIVAL.received, event_id="ef" * 16)
    assert read_replay_event(payload, arrival).replay_id.hex() == "ef" * 16


def test_an_unknown_type_is_a_session_and_an_unreadable_start_none() -> None:
    found = read(replay_type="film", replay_start_timestamp="soon")
    assert (found.type, found.started) == ("session", None)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"replay_id": None}, "no replay_id"),
        ({"replay_id": "xyz"}, "no replay_id"),
        ({"segment_id": None}, "segment_id"),
        ({"segment_id": -1}, "segment_id"),
        ({"segment_id": "0"}, "segment_id"),
        ({"segment_id": True}, "segment_id"),
        ({"segment_id": 1 << 40}, "segment_id"),
    ],
)
def test_a_segment_nobody_can_place_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(IngestError) as caught:
        read(**changes)
    assert caught.value.reason is Reason.BAD_REPLAY
    assert words in caught.value.detail


@pytest.mark.parametrize("payload", [b"", b"{", b"[]", b"null"])
def test_what_is_no_object_is_refused(payload: bytes) -> None:
    with pytest.raises(IngestError):
        read_replay_event(payload, ARRIVAL)


NAMES = st.sampled_from(
    [*replay(), "user", "tags", "contexts", "sdk", "request", "platform", "release", "event_id", "dist"]
)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.dictionaries(NAMES, ANY_JSON, max_size=5))
def test_no_event_raises_anything_but_an_ingest_error(changes: dict[str, Any]) -> None:
    try:
        found = read(**changes)
    except IngestError:
        return
    for text in (*found.urls, *found.names, *found.client.device, *found.client.sdk, found.person.email):
        text.encode()
