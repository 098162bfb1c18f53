"""The document says what is served, all of it and nothing else, and hostile requests never break anything."""

import json
import random
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from vedette.api.app import OPERATIONS, add_routes
from vedette.api.context import ApiContext
from vedette.api.openapi import document
from vedette.api.parameters import NoParameters
from vedette.api.routing import Call, operation

from .conftest import Desk

Http = TestClient[Any, Any]
METHODS = {"get", "post", "put", "delete"}
DOCUMENT = document(OPERATIONS, "1.0")


def described() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, operations in DOCUMENT["paths"].items():
        for method, details in operations.items():
            yield method, path, details


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for one in value.values():
            yield from references(one)
    elif isinstance(value, list):
        for one in value:
            yield from references(one)


async def test_the_document_is_served(http: Http) -> None:
    for path in ("/api/0/openapi.json", "/api/0/openapi.json/"):
        answer = await http.get(path)
        assert answer.headers["Content-Type"] == "application/json"
        assert await answer.json() == json.loads(json.dumps(DOCUMENT))


async def test_every_route_served_is_described_and_the_other_way_round(http: Http) -> None:
    app: web.Application = http.app  # type: ignore[attr-defined]
    served = {
        (route.method.lower(), re.sub(r"\{(\w+)\}", r"{\1}", route.resource.canonical).rstrip("/"))
        for route in app.router.routes()
        if route.resource is not None and route.resource.canonical.startswith("/api/0")
    }
    assert served == {(method, path.rstrip("/")) for method, path, _ in described()}


def test_the_document_has_the_form_openapi_asks_for() -> None:
    assert DOCUMENT["openapi"].startswith("3.1")
    assert {"title", "version"} <= set(DOCUMENT["info"])
    names = [details["operationId"] for _, _, details in described()]
    assert len(names) == len(set(names))
    for method, path, details in described():
        assert method in METHODS
        assert details["summary"], path
        assert not details["summary"].endswith("."), path
        places = {one["name"] for one in details["parameters"] if one["in"] == "path"}
        assert places == set(re.findall(r"\{(\w+)\}", path))
        asked = [(one["name"], one["in"]) for one in details["parameters"]]
        assert len(asked) == len(set(asked)), path
        assert ("requestBody" in details) == (
            method in ("put", "post") and not path.endswith(("/adopt/", "/parse/", "/viewed-by/"))
        ), path
        assert any(status.startswith("2") for status in details["responses"]), path
        assert all("description" in response for response in details["responses"].values())


def test_every_reference_leads_somewhere_and_every_schema_is_used() -> None:
    wanted = set(references(DOCUMENT))
    known = {f"#/components/schemas/{name}" for name in DOCUMENT["components"]["schemas"]}
    assert wanted == known


def test_every_operation_is_reached_with_a_token_and_says_which_scopes() -> None:
    for _, path, details in described():
        (requirement,) = details["security"]
        assert set(requirement) == {"token"}
        if path not in (
            "/api/0/",
            "/api/0/auth/",
            "/api/0/users/me/",
            "/api/0/users/me/regions/",
            "/api/0/openapi.json",
        ):
            assert requirement["token"], path


@operation("GET", "/station/", scopes=("org:read",))
async def show_station(call: Call[NoParameters, None]) -> dict[str, bool]:
    """How the station is"""
    return {"ok": True}


async def test_operations_of_the_station_are_served_and_described_too(context: ApiContext) -> None:
    app = web.Application()
    add_routes(app, context, [show_station])
    async with TestClient(TestServer(app), headers={"Authorization": "Bearer t0ken"}) as http:
        assert await (await http.get("/api/0/station/")).json() == {"ok": True}
        document = await (await http.get("/api/0/openapi.json")).json()
        assert document["paths"]["/api/0/station/"]["get"]["summary"] == "How the station is"


JUNK = [
    "", "0", "-1", "1", "DESK-1", "desk", "latest", "9" * 25, "1e9", "NaN", "\0", "%",
    "'\"; DROP TABLE issue; --", "../../etc/passwd", "a" * 3000, "é\u202e🙂", "<script>", "is:", "[",
    "(((((", "a OR", "!" * 50, "*", "true", "tags[x]:y", "level:>", "0:0:0",
    "1_1:0:0", "9223372036854775807_9223372036854775807:0:0", "-5_-5:0:0",
    "c" * 32, "0000-00-00", "9999-12-31T23:59:59+14:00", "1w", "resolved",
]  # fmt: skip
BODIES: list[Any] = [
    None, {}, [], "x", 7, {"status": "resolved"}, {"status": None}, {"status": {}}, {"blocked": True},
    {"statusDetails": {"ignoreCount": 2**70}}, {"statusDetails": {"inRelease": 7}}, {"blocked": "1"},
    {"name": "x", "platform": [1]}, {"name": "\0" * 3, "colour": 3}, {"isActive": False}, {"isActive": None},
    {"hasSeen": True, "priority": "high"}, {"substatus": "archived_forever"}, {"folder": "\ud800"},
    {"a": {"b": {"c": {}}}},
]  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
async def test_hostile_requests_are_refused_or_answered_and_never_break_anything(
    desk: Desk, http: Http, seed: int
) -> None:
    chance = random.Random(seed)
    desk.error(tags={"x": "y"}, contexts={"trace": {"trace_id": "c" * 32, "span_id": "b" * 16}})
    desk.send(
        ({"type": "event"}, {"message": "hello"}),
        ({"type": "attachment", "filename": "a"}, b"1"),
        event_id="c" * 32,
    )
    for method, path, details in described():
        if path == "/api/0/feed/":
            continue
        for _ in range(4):
            filled = re.sub(r"\{\w+\}", lambda _: quote(chance.choice(JUNK[3:])[:2000], safe=""), path)
            if chance.random() < 0.6:
                filled = path.replace("{org}", "desk").replace("{project}", "desk").replace("{issue}", "1")
                filled = re.sub(r"\{\w+\}", lambda _: chance.choice(["1", "c" * 32]), filled)
            names = [one["name"] for one in details["parameters"] if one["in"] == "query"] or ["x"]
            query = "&".join(
                f"{quote(chance.choice([*names, 'x']))}={quote(chance.choice(JUNK))}"
                for _ in range(chance.randrange(4))
            )
            body = json.dumps(chance.choice(BODIES)).encode() if method != "get" else None
            answer = await http.request(method, f"{filled}?{query}", data=body)
            told = await answer.read()
            assert answer.status < 500 or answer.status == 501, (method, filled, query, body, told)
            if answer.status >= 400:
                assert isinstance(json.loads(told), dict)
                assert b"Traceback" not in told
