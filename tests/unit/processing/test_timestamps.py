from typing import Any

import pytest

from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.processed import Arrival
from vedette.processing.normalise import normalise_event
from vedette.processing.shapes import UnfitError
from vedette.processing.timestamps import read_moment

RECEIVED = 1795414600_000000
HOUR = 3600


@pytest.mark.parametrize(
    ("sent", "micros"),
    [
        (0, 0),
        (1795414600, 1795414600_000000),
        (1795414600.123456, 1795414600_123456),
        ("2026-11-23T06:13:52.333192Z", 1795414432_333192),
        ("2026-11-23T06:13:52.333192", 1795414432_333192),
        ("2026-11-23T06:13:52.333192987Z", 1795414432_333192),
        ("2026-11-23T08:13:52+02:00", 1795414432_000000),
        ("2026-11-23 06:13:52", 1795414432_000000),
    ],
)
def test_seconds_and_rfc3339_are_read_to_the_microsecond(sent: Any, micros: int) -> None:
    assert read_moment(sent) == micros


@pytest.mark.parametrize(
    "sent", [None, True, "", "yesterday", [], {}, -1, 1e300, "0001-01-01T00:00:00+14:00", "1969-01-01"]
)
def test_what_is_no_time_is_refused(sent: Any) -> None:
    with pytest.raises(UnfitError):
        read_moment(sent)


def times(event: dict[str, Any], **arrival: Any) -> dict[str, Any]:
    return normalise_event(event, Arrival(received=RECEIVED, **arrival))


def test_a_missing_timestamp_is_the_arrival() -> None:
    assert times({})["timestamp"] == RECEIVED / 1e6


def test_an_unreadable_timestamp_is_the_arrival_and_a_fault() -> None:
    event = times({"timestamp": "soon"})
    assert event["timestamp"] == RECEIVED / 1e6
    assert event["errors"] == [
        {"type": "invalid_data", "name": "timestamp", "value": "soon", "reason": "invalid timestamp"}
    ]


def test_a_time_before_1970_rejects_the_event() -> None:
    with pytest.raises(IngestError) as caught:
        times({"timestamp": -5})
    assert caught.value.reason is Reason.BAD_EVENT


def test_an_old_event_keeps_its_time() -> None:
    event = times({"timestamp": 1000000000}, sent_at=1000000001_000000)
    assert event["timestamp"] == 1000000000
    assert "errors" not in event


def test_an_event_a_minute_ahead_is_believed() -> None:
    assert times({"timestamp": RECEIVED / 1e6 + 60})["timestamp"] == RECEIVED / 1e6 + 60


def test_an_event_from_the_future_moves_to_its_arrival_with_its_breadcrumbs() -> None:
    ahead = RECEIVED / 1e6 + 600
    event = times({"timestamp": ahead, "breadcrumbs": [{"timestamp": ahead - 5}]})
    assert event["timestamp"] == RECEIVED / 1e6
    assert event["breadcrumbs"]["values"][0]["timestamp"] == RECEIVED / 1e6 - 5
    assert [error["type"] for error in event["errors"]] == ["future_timestamp"]


def test_a_clock_that_runs_ahead_is_corrected_by_the_difference() -> None:
    ahead = RECEIVED + 2 * HOUR * 1_000_000
    event = times({"timestamp": ahead / 1e6 - 10}, sent_at=ahead)
    assert event["timestamp"] == RECEIVED / 1e6 - 10
    assert [error["type"] for error in event["errors"]] == ["clock_drift"]


def test_a_clock_ahead_by_less_than_55_minutes_is_believed() -> None:
    event = times({"timestamp": RECEIVED / 1e6}, sent_at=RECEIVED + 54 * 60 * 1_000_000)
    assert "errors" not in event
