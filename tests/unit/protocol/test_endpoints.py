"""Which door a path leads to."""

import pytest

from vedette.protocol.endpoints import Door, Endpoint, find_door


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
        ("/tunnel", Door(Endpoint.STREAM)),
        ("/t", Door(Endpoint.STREAM)),
        ("/t/abc/", Door(Endpoint.STREAM, key="abc")),
        ("/t/abc/more", Door(Endpoint.NONE)),
        ("/api/1/security/", Door(Endpoint.SECURITY, "1")),
        ("/api/1/csp-report", Door(Endpoint.SECURITY, "1")),
        ("/api/1/nel/", Door(Endpoint.NEL, "1")),
        ("/api/1/minidump/", Door(Endpoint.MINIDUMP, "1")),
        ("/api/1/minidump", Door(Endpoint.MINIDUMP, "1")),
        ("/api/1/playstation/", Door(Endpoint.PLAYSTATION, "1")),
        ("/api/1/unreal/abc/", Door(Endpoint.UNREAL, "1", key="abc")),
        ("/api/1/unreal/", Door(Endpoint.NONE)),
        ("/api/1/cron/nightly/", Door(Endpoint.CRON, "1", slug="nightly")),
        ("/api/1/cron/nightly/abc", Door(Endpoint.CRON, "1", key="abc", slug="nightly")),
        ("/api/1/events/ab/attachments/", Door(Endpoint.ATTACHMENTS, "1", event_id="ab")),
        ("/api/1/integration/otlp/v1/traces", Door(Endpoint.OTLP_TRACES, "1")),
        ("/api/1/integration/otlp/v1/logs/", Door(Endpoint.OTLP_LOGS, "1")),
        ("/api/1/integration/vercel/logs", Door(Endpoint.VERCEL, "1")),
        ("/api/1/upload/", Door(Endpoint.UPLOAD, "1")),
        ("/api/1/upload/abc/", Door(Endpoint.UPLOAD, "1", upload="abc")),
        ("/v1/traces", Door(Endpoint.OTLP_TRACES)),
        ("/v1/metrics/", Door(Endpoint.OTLP_METRICS)),
        ("/api/embed/error-page/", Door(Endpoint.FEEDBACK)),
        ("/api/0/projects/desk/shop/user-feedback/", Door(Endpoint.FEEDBACK, "shop")),
        ("/api/0/projects/desk/shop/", Door(Endpoint.NONE)),
        ("/api/0/envelope/", Door(Endpoint.NONE)),
        ("/api/1/envelope/more", Door(Endpoint.NONE)),
        ("/", Door(Endpoint.NONE)),
        ("", Door(Endpoint.NONE)),
    ],
)
def test_a_path_leads_to_its_door(path: str, door: Door) -> None:
    assert find_door(path) == door
