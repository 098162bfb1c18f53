"""Which door a path leads to."""

import pytest

from vedette.station.endpoints import Door, Endpoint, find_door


@pytest.mark.parametrize(
    ("path", "door"),
    [
        ("/api/1/envelope/", Door(Endpoint.ENVELOPE, "1")),
        ("/api/shop/envelope", Door(Endpoint.ENVELOPE, "shop")),
        ("//api//1///store//", Door(Endpoint.STORE, "1")),
        ("/api/store/", Door(Endpoint.STORE)),
        ("/stream", Door(Endpoint.STREAM)),
        ("/health", Door(Endpoint.HEALTH)),
        ("/api/0/relays/live/", Door(Endpoint.HEALTH)),
        ("/api/1/minidump/", Door(Endpoint.LATER, "1", "minidump")),
        ("/api/1/cron/nightly/", Door(Endpoint.LATER, "1", "cron")),
        ("/api/1/events/ab/attachments/", Door(Endpoint.LATER, "1", "attachments")),
        ("/api/1/integration/otlp/v1/logs", Door(Endpoint.LATER, "1", "otlp/v1/logs")),
        ("/v1/metrics", Door(Endpoint.LATER, None, "otlp/v1/metrics")),
        ("/api/0/envelope/", Door(Endpoint.NONE)),
        ("/api/1/envelope/more", Door(Endpoint.NONE)),
        ("/", Door(Endpoint.NONE)),
        ("", Door(Endpoint.NONE)),
    ],
)
def test_a_path_leads_to_its_door(path: str, door: Door) -> None:
    assert find_door(path) == door
