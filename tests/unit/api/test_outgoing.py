"""Everything the API hands out is scrubbed by its project's rules; as it came only for those who may."""

from typing import Any

import orjson
import pytest
from aiohttp.test_utils import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.api.outgoing import export_body
from vedette.processing.rules import ProjectRules
from vedette.protocol.envelope import iter_items, join_envelope, read_envelope_header

from .conftest import NOON, Desk

Http = TestClient[Any, Any]
EVENT = "c" * 32
REPLAY = "d" * 32
SECRET = b"hunter2"
CARD = "4111 1111 1111 1111"
PROJECT = "/api/0/projects/desk/desk/"
ORG = "/api/0/organizations/desk/"


def fill(desk: Desk) -> None:
    """Send one of everything that can hold a secret, each with it."""
    recording = [
        {
            "type": 5,
            "timestamp": NOON * 1000,
            "data": {
                "tag": "breadcrumb",
                "payload": {
                    "type": "default",
                    "category": "console",
                    "timestamp": NOON,
                    "message": f"paid with {CARD}",
                    "data": {"password": SECRET.decode()},
                },
            },
        }
    ]
    desk.send(
        (
            {"type": "event"},
            {
                "event_id": EVENT,
                "timestamp": NOON,
                "message": f"paid with {CARD}",
                "extra": {"password": SECRET.decode()},
            },
        ),
        ({"type": "attachment", "filename": "notes.txt"}, b"nothing"),
        (
            {"type": "log"},
            {
                "items": [
                    {
                        "timestamp": NOON,
                        "trace_id": "a" * 32,
                        "level": "info",
                        "body": f"paid with {CARD}",
                        "attributes": {"password": {"value": SECRET.decode(), "type": "string"}},
                    }
                ]
            },
        ),
        (
            {"type": "user_report"},
            {"event_id": EVENT, "name": "Ada", "email": "a@b.c", "comments": f"my card {CARD}"},
        ),
        event_id=EVENT,
    )
    desk.send(
        (
            {"type": "replay_event"},
            {
                "type": "replay_event",
                "replay_id": REPLAY,
                "segment_id": 0,
                "timestamp": NOON,
                "replay_start_timestamp": NOON - 1,
                "urls": ["http://shop.local/?password=" + SECRET.decode()],
                "user": {"id": "7", "password": SECRET.decode()},
            },
        ),
        ({"type": "replay_recording"}, b'{"segment_id":0}\n' + orjson.dumps(recording)),
        event_id=REPLAY,
    )


HANDED_OUT = [
    f"{ORG}issues/?query=",
    f"{PROJECT}issues/?query=",
    f"{ORG}issues/1/",
    "/api/0/issues/1/",
    f"{PROJECT}events/{EVENT}/json/",
    f"{ORG}events/{EVENT}/json/",
    f"{PROJECT}events/{EVENT}/",
    f"{ORG}issues/1/events/latest/",
    "/api/0/issues/1/events/latest/",
    f"{ORG}eventids/{EVENT}/",
    f"{PROJECT}events/?full=1&query=level:error",
    f"{ORG}issues/1/events/?full=1",
    "/api/0/issues/1/events/?full=1",
    f"{ORG}events/?dataset=errors&field=message",
    f"{ORG}events/?dataset=logs&field=message&field=password",
    f"{ORG}events-timeseries/?dataset=logs&groupBy=password&topEvents=3&yAxis=count()&statsPeriod=52w",
    f"{ORG}events-stats/?dataset=logs&field=password&topEvents=3&yAxis=count()&statsPeriod=52w",
    f"{ORG}trace-items/stats/?statsType=attributeDistributions&itemType=logs",
    f"{PROJECT}user-feedback/",
    f"{ORG}issues/1/user-reports/",
    f"{PROJECT}events/{EVENT}/user-feedback/",
    f"{ORG}replays/{REPLAY}/",
    f"{PROJECT}replays/{REPLAY}/",
    f"{ORG}replays/",
    f"{PROJECT}replays/{REPLAY}/recording-segments/?download=1",
    f"{PROJECT}replays/{REPLAY}/recording-segments/0/?download=1",
    f"{PROJECT}replays/{REPLAY}/breadcrumbs/",
    "/api/0/requests/1/body/",
    "/api/0/requests/1/items/0/",
    "/api/0/requests/1/items/2/",
    "/api/0/requests/2/body/",
    "/api/0/requests/2/items/1/",
]


def has_secret(data: bytes) -> bool:
    return SECRET in data or CARD.encode() in data


async def read(http: Http, path: str, token: str = "t0ken", status: int = 200) -> bytes:
    answer = await http.get(path, headers={"Authorization": f"Bearer {token}"})
    data = await answer.read()
    assert answer.status == status, data
    return data


@pytest.mark.parametrize("path", HANDED_OUT)
async def test_nothing_leaves_unscrubbed_unless_it_is_asked_for(desk: Desk, http: Http, path: str) -> None:
    fill(desk)
    raw = f"{path}{'&' if '?' in path else '?'}raw=1"
    assert not has_secret(await read(http, path))
    assert has_secret(await read(http, raw))
    refused = await read(http, raw, "reader", 403)
    assert b"event:admin" in refused
    assert (await http.put(PROJECT, json={"scrubOnExport": False})).status == 200
    assert has_secret(await read(http, path))


async def test_an_attachment_is_scrubbed_by_rules_that_name_it(desk: Desk, http: Http) -> None:
    desk.send(
        ({"type": "event"}, {"message": "hello"}),
        ({"type": "attachment", "filename": "secrets.txt"}, b"password=" + SECRET),
        event_id=EVENT,
    )
    path = f"{PROJECT}events/{EVENT}/attachments/1/?download=1"
    assert await read(http, path) == b"password=" + SECRET
    rules = {
        "rules": {"all": {"type": "pattern", "pattern": "hunter[0-9]", "redaction": {"method": "mask"}}},
        "applications": {"$attachments.'secrets.txt'": ["all"]},
    }
    assert (await http.put(PROJECT, json={"relayPiiConfig": orjson.dumps(rules).decode()})).status == 200
    for place in (path, "/api/0/requests/1/items/1/", "/api/0/requests/1/body/"):
        assert not has_secret(await read(http, place))
    assert await read(http, f"{path}&raw=1") == b"password=" + SECRET
    await read(http, f"{path}&raw=1", "reader", 403)


async def test_an_envelope_stays_one_when_it_is_scrubbed(desk: Desk, http: Http) -> None:
    fill(desk)
    body = await read(http, "/api/0/requests/1/body/")
    whole = await read(http, "/api/0/requests/1/body/?raw=1")
    header = read_envelope_header(body)
    assert header.header == read_envelope_header(whole).header
    kinds = [item.type for item in iter_items(body, header.header_size)]
    assert kinds == ["event", "attachment", "log", "user_report"]


async def test_a_body_without_secrets_leaves_byte_for_byte(desk: Desk, http: Http) -> None:
    body = b'{"event_id":"%s"}\r\n{"type":"event"}\r\n{ "message" : "hello" }\n\n' % EVENT.encode()
    number = desk.receive(body, key=desk.key, project="1")
    assert await read(http, f"/api/0/requests/{number}/body/") == body


async def test_a_refused_body_is_unpacked_to_be_scrubbed(desk: Desk, http: Http) -> None:
    import gzip

    plain = b'{}\n{"type":"event"}\n{"extra":{"password":"%s"}}\n' % SECRET
    packed = gzip.compress(plain)
    number = desk.receive(
        packed, kind="refused", status=401, outcome="refused", reason="unknown_key",
        detail="unknown key", key="f" * 32, encoding="gzip",
    )  # fmt: skip
    left = await read(http, f"/api/0/requests/{number}/body/")
    assert left.startswith(b"{}\n")
    assert SECRET not in left
    assert await read(http, f"/api/0/requests/{number}/body/?raw=1") == packed


RULES = ProjectRules()


@pytest.mark.parametrize(
    "body",
    [
        b'{"extra":{"password":"hunter2"}}',
        b"password=hunter2",
        b'{"csp-report":{"document-uri":"http://x/?password=hunter2"}}',
        b'{}\n{"type":"event"}\n{"extra":{"password":"hunter2"}}\n{"type":\npassword=hunter2',
        join_envelope(
            {}, [({"type": "nonsense"}, b"x"), ({"type": "event"}, b'{"user":{"auth":"hunter2"}}')]
        ),
    ],
)
def test_whatever_came_is_searched(body: bytes) -> None:
    assert b"hunter2" not in export_body(body, RULES)
    assert export_body(body, ProjectRules(scrub_on_export=False)) is body


@settings(derandomize=True, max_examples=100)
@given(st.binary(max_size=200), st.booleans())
def test_no_body_breaks_it(body: bytes, is_envelope: bool) -> None:
    export_body(b'{}\n{"type":"event"}\n' + body if is_envelope else body, RULES)
