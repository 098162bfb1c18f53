"""Size limits by item type."""

import pytest

from vedette.protocol.limits import MIB, Limits, limit_for


@pytest.mark.parametrize(
    ("item_type", "size"),
    [
        ("event", 16 * MIB),
        ("transaction", 16 * MIB),
        ("feedback", 16 * MIB),
        ("attachment", 200 * MIB),
        ("client_report", 100 * 1024),
        ("check_in", 100 * 1024),
        ("session", 10 * MIB),
        ("sessions", 10 * MIB),
        ("profile", 50 * MIB),
        ("log", 12 * MIB),
        ("span", 12 * MIB),
        ("trace_metric", 12 * MIB),
        ("statsd", MIB),
        ("replay_recording", 10 * MIB),
        ("replay_video", 15 * MIB),
        ("unheard_of", 200 * MIB),
    ],
)
def test_each_item_type_has_its_limit(item_type: str, size: int) -> None:
    assert limit_for(item_type) == Limits().limit_for(item_type) == size


def test_limits_can_be_set() -> None:
    limits = Limits(body=1000, event=10)
    assert (limit_for("event", limits), limit_for("unheard_of", limits)) == (10, 1000)


def test_bodies_are_bounded_as_promised() -> None:
    assert (Limits().body, Limits().wire, Limits().items) == (200 * MIB, 200 * MIB, 500)


def test_limits_are_read_from_a_map_that_may_hold_anything() -> None:
    given = {"event": 10, "span": 0, "log": "5", "profile": True, "unheard": 3, "wire": 7}
    assert Limits.of(given) == Limits(event=10, wire=7)
    assert Limits.of(None) == Limits.of([]) == Limits()
