"""Every way a request can end: JSON of one form, whatever went wrong."""

import io
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, NotRequired, TypedDict

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from vedette.api.app import add_routes
from vedette.api.context import ApiContext, CommandError, local_tokens
from vedette.api.limits import MAX_BODY
from vedette.api.paging import Page
from vedette.api.parameters import NoParameters
from vedette.api.readers import ClosedError, ReaderPool
from vedette.api.routing import Call, Operation, operation
from vedette.api.schema import Between
from vedette.domain.workspace import Workspace
from vedette.store.engine import QueryTimeoutError
from vedette.store.errors import DatabaseBusyError


@dataclass(frozen=True, slots=True)
class Query:
    limit: Annotated[int, Between(1, 9)] = 5


class Body(TypedDict):
    name: str
    size: NotRequired[int]


TROUBLES: dict[str, Callable[[], Exception]] = {
    "timeout": lambda: QueryTimeoutError("the question took longer than 5 s"),
    "busy": lambda: DatabaseBusyError("Another program holds Vedette's database."),
    "closed": lambda: ClosedError("closed"),
    "slow": lambda: TimeoutError(),
    "command": lambda: CommandError("taken", "That is taken."),
    "bug": lambda: ZeroDivisionError("oops"),
}


@operation("GET", "/test/list/")
async def list_things(call: Call[Query, None]) -> Page[int]:
    """Some numbers"""
    return Page(list(range(call.query.limit)), after=(call.query.limit,), hits=9)


@operation("POST", "/test/things/", scopes=("event:write",), status=201)
async def make_thing(call: Call[NoParameters, Body]) -> Body:
    """Make a thing"""
    return call.body


@operation("PUT", "/test/things/")
async def change_things(call: Call[NoParameters, None]) -> None:
    """Nothing to say"""


@operation("GET", "/test/trouble/{kind}/")
async def be_in_trouble(call: Call[NoParameters, None]) -> Body:
    """Fail"""
    raise TROUBLES[call.place("kind")]()


OPERATIONS: tuple[Operation, ...] = (list_things, make_thing, change_things, be_in_trouble)


@pytest_asyncio.fixture
async def http(tmp_path: Path) -> AsyncIterator[TestClient[Any, Any]]:
    readers = ReaderPool(tmp_path / "vedette.db", threads=1)

    async def no_command(name: str, arguments: dict[str, Any], /) -> Any:
        raise AssertionError(name)

    async def no_envelope(project: str, envelope: bytes, /) -> None:
        raise AssertionError(project)

    async def feed(request: web.Request) -> web.StreamResponse:
        return web.Response(text=": hello\n\n", content_type="text/event-stream")

    context = ApiContext(
        readers=readers,
        call=no_command,
        workspace=Workspace(tmp_path),
        tokens=local_tokens("t0ken"),
        base_url=lambda request: "http://station:8969",
        check_access=lambda request: (
            "Foreign host." if request.headers.get("Host") == "evil.example" else None
        ),
        feed=feed,
        submit=no_envelope,
    )
    app = web.Application()
    add_routes(app, context, OPERATIONS)
    async with TestClient(TestServer(app), headers={"Authorization": "Bearer t0ken"}) as http:
        yield http
    readers.close()


async def test_a_page_has_its_link_and_the_exact_content_type(http: TestClient[Any, Any]) -> None:
    answer = await http.get("/api/0/test/list/?limit=2")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Hits"] == "9"
    assert 'rel="next"; results="true"; cursor="2:0:0"' in answer.headers["Link"]
    assert await answer.json() == [0, 1]


@pytest.mark.parametrize(
    "path", ["/api/0/test/list", "/api/0/test/list/", "/api/0", "/api/0/", "/api/0/openapi.json"]
)
async def test_paths_answer_with_and_without_the_last_slash(http: TestClient[Any, Any], path: str) -> None:
    assert (await http.get(path)).status == 200


@pytest.mark.parametrize(
    "path", ["/api/0/nothing/", "/api/0/test//list/", "/api/0/test/list//", "/api/0/test/%00/"]
)
async def test_what_is_not_there_is_a_404_in_json(http: TestClient[Any, Any], path: str) -> None:
    answer = await http.get(path)
    assert answer.status == 404
    assert await answer.json() == {"detail": "The requested resource does not exist"}


async def test_a_path_beside_the_api_is_not_ours(http: TestClient[Any, Any]) -> None:
    assert (await http.get("/api/01/")).headers["Content-Type"].startswith("text/plain")


async def test_a_method_nobody_serves_is_told_with_those_that_are(http: TestClient[Any, Any]) -> None:
    answer = await http.delete("/api/0/test/things/")
    assert (answer.status, answer.headers["Allow"]) == (405, "POST,PUT")
    assert await answer.json() == {"detail": 'Method "DELETE" not allowed.'}


async def test_every_operation_asks_for_a_token(http: TestClient[Any, Any]) -> None:
    for path in ("/api/0/", "/api/0/test/list/", "/api/0/feed/", "/api/0/openapi.json"):
        answer = await http.get(path, headers={"Authorization": ""})
        assert answer.status == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert await answer.json() == {"detail": "Authentication credentials were not provided."}
        answer = await http.get(path, headers={"Authorization": "Bearer wrong"})
        assert (answer.status, await answer.json()) == (401, {"detail": "Invalid token"})


async def test_a_foreign_host_is_refused_before_anything_else(http: TestClient[Any, Any]) -> None:
    answer = await http.get("/api/0/", headers={"Host": "evil.example"})
    assert (answer.status, await answer.json()) == (403, {"detail": "Foreign host."})


async def test_bodies_are_checked_member_by_member(http: TestClient[Any, Any]) -> None:
    made = await http.post("/api/0/test/things/", json={"name": "x", "more": 1})
    assert (made.status, await made.json()) == (201, {"name": "x", "more": 1})
    wrong = await http.post("/api/0/test/things/", json={"size": "x"})
    assert wrong.status == 400
    assert await wrong.json() == {
        "name": ["This field is required."],
        "size": ["A valid integer is required."],
    }


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", 400), (b"[]", 400), (b"\xff", 400), (b"", 400), (b"[" * 5000, 400), (b" " * (MAX_BODY + 1), 413)],
)
async def test_a_body_that_is_no_object_is_the_callers_mistake(
    http: TestClient[Any, Any], body: bytes, status: int
) -> None:
    answer = await http.post("/api/0/test/things/", data=io.BytesIO(body))
    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/json"


async def test_nothing_to_say_is_204(http: TestClient[Any, Any]) -> None:
    answer = await http.put("/api/0/test/things/")
    assert (answer.status, await answer.read()) == (204, b"")


@pytest.mark.parametrize(
    ("kind", "status", "text"),
    [
        ("timeout", 503, "Query timeout"),
        ("busy", 503, "Another program holds"),
        ("closed", 503, "stopping"),
        ("slow", 503, "not confirmed"),
        ("command", 409, "That is taken."),
    ],
)
async def test_trouble_is_told_in_a_sentence(
    http: TestClient[Any, Any], kind: str, status: int, text: str
) -> None:
    answer = await http.get(f"/api/0/test/trouble/{kind}/")
    assert answer.status == status
    assert text in (await answer.json())["detail"]


async def test_our_own_bug_is_logged_and_told_without_particulars(
    http: TestClient[Any, Any], caplog: pytest.LogCaptureFixture
) -> None:
    answer = await http.get("/api/0/test/trouble/bug/")
    assert answer.status == 500
    assert "oops" not in await answer.text()
    (record,) = [record for record in caplog.records if record.name == "vedette.api.serving"]
    assert record.getMessage() == "GET /api/0/test/trouble/bug/ failed"


async def test_the_feed_is_the_stations(http: TestClient[Any, Any]) -> None:
    answer = await http.get("/api/0/feed/")
    assert (answer.status, await answer.text()) == (200, ": hello\n\n")


def test_a_handler_must_say_what_it_takes() -> None:
    async def unclear(call: object) -> None:
        """Unclear"""

    with pytest.raises(TypeError, match="takes a Call"):
        operation("GET", "/x/")(unclear)  # type: ignore[arg-type]
