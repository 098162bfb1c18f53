"""Inbound filters and the rules of scrubbing over HTTP, and what they do to what comes next."""

from typing import Any

import orjson
import pytest
from aiohttp.test_utils import TestClient

from vedette.api.schema import faults
from vedette.api.shapes.project import Project
from vedette.api.shapes.rules import FILTERS, Filter

from .conftest import Desk

Http = TestClient[Any, Any]
HERE = "/api/0/projects/desk/desk/"


async def get(http: Http, path: str = "") -> Any:
    answer = await http.get(HERE + path)
    assert answer.status == 200, await answer.text()
    return await answer.json()


async def put(http: Http, body: Any, path: str = "", status: int = 200) -> Any:
    answer = await http.put(HERE + path, json=body)
    assert answer.status == status, await answer.text()
    return None if status == 204 else await answer.json()


async def test_all_filters_are_off_at_first(http: Http) -> None:
    listed = await get(http, "filters/")
    assert [one["id"] for one in listed] == list(FILTERS)
    assert all(one["active"] is False for one in listed)
    assert not [fault for one in listed for fault in faults(one, Filter)]


@pytest.mark.parametrize(
    ("name", "body", "active"),
    [
        ("localhost", {"active": True}, True),
        ("legacy-browsers", {"subfilters": ["ie9", "ie10"]}, ["ie10", "ie9"]),
        ("error-message", {"subfilters": ["*boom*"]}, ["*boom*"]),
        ("ip-address", {"subfilters": ["10.0.0.0/8"]}, ["10.0.0.0/8"]),
    ],
)
async def test_a_filter_is_switched(http: Http, name: str, body: Any, active: Any) -> None:
    await put(http, body, f"filters/{name}/", 204)
    assert {one["id"]: one["active"] for one in await get(http, "filters/")}[name] == active
    await put(http, {"active": False}, f"filters/{name}/", 204)
    assert {one["id"]: one["active"] for one in await get(http, "filters/")}[name] is False


async def test_all_old_browsers_at_once(http: Http) -> None:
    await put(http, {"active": True}, "filters/legacy-browsers/", 204)
    assert len({one["id"]: one["active"] for one in await get(http, "filters/")}["legacy-browsers"]) == 8


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("nothing", {"active": True}, 404),
        ("localhost", {}, 400),
        ("localhost", {"active": "yes"}, 400),
        ("error-message", {"active": True}, 400),
        ("legacy-browsers", {"subfilters": ["netscape"]}, 400),
        ("ip-address", {"subfilters": ["here"]}, 400),
    ],
)
async def test_what_no_filter_can_be_is_refused(http: Http, name: str, body: Any, status: int) -> None:
    assert await put(http, body, f"filters/{name}/", status)


async def test_a_filter_counts_from_then_on(desk: Desk, http: Http) -> None:
    desk.error("ValueError: boom")
    await put(http, {"subfilters": ["*boom*"]}, "filters/error-message/", 204)
    desk.error("ValueError: boom")
    answer = await http.get("/api/0/organizations/desk/requests/")
    if answer.status == 404:
        answer = await http.get("/api/0/requests/")
    outcomes = [one["outcome"] for one in await answer.json()]
    assert outcomes[0] == "filtered"
    assert outcomes[1] == "stored"


async def test_a_project_says_what_is_scrubbed(http: Http) -> None:
    shown = await get(http)
    assert not list(faults(shown, Project))
    assert (shown["dataScrubber"], shown["scrubOnIngest"], shown["scrubOnExport"]) == (True, False, True)
    change = {
        "scrubOnIngest": True,
        "sensitiveFields": ["ssid"],
        "safeFields": ["ok"],
        "scrubIPAddresses": True,
        "relayPiiConfig": '{"applications": {"extra.**": ["@email"]}}',
        "trimming": "reference",
        "options": {"filters:releases": "1.*\n2.*", "filters:chunk-load-error": True, "other": 1},
        "name": "Renamed",
    }
    changed = await put(http, change)
    assert changed == await get(http)
    assert not list(faults(changed, Project))
    assert changed["name"] == "Renamed"
    assert orjson.loads(changed["relayPiiConfig"]) == {"applications": {"extra.**": ["@email"]}}
    assert {name: changed[name] for name in ("sensitiveFields", "safeFields", "trimming")} == {
        "sensitiveFields": ["ssid"],
        "safeFields": ["ok"],
        "trimming": "reference",
    }
    assert changed["options"]["filters:releases"] == "1.*\n2.*"
    assert {one["id"]: one["active"] for one in await get(http, "filters/")}["chunk-load-error"] is True


async def test_rules_that_cannot_be_used_change_nothing(http: Http) -> None:
    answer = await put(
        http, {"name": "Other", "relayPiiConfig": '{"applications": {"a..b": []}}'}, status=400
    )
    assert 'invalid syntax near "a..b"' in answer["detail"]
    assert (await get(http))["name"] == "Desk"
    await put(http, {"trimming": "much"}, status=400)


async def test_what_is_scrubbed_on_ingest_is_nowhere(desk: Desk, http: Http) -> None:
    await put(http, {"scrubOnIngest": True})
    event_id = desk.error(extra={"password": "hunter2"}, user={"email": "a@example.com"})
    answer = await http.get(f"{HERE}events/{event_id}/json/")
    text = await answer.text()
    assert answer.status == 200
    assert "hunter2" not in text
    assert "[Filtered]" in text
