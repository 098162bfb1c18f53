"""Releases made over the API as sentry-cli makes them: dates, commits, deploys, and what cannot be."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from tests.unit.api.conftest import Desk
from tests.unit.api.test_sessions import session
from vedette.api.schema import faults
from vedette.api.shapes.release_summary import Commit, Deploy, ReleaseSummary, Repository
from vedette.domain.times import to_iso

Http = TestClient[Any, Any]
PATH = "/api/0/organizations/desk/releases/"
OF_PROJECT = "/api/0/projects/desk/desk/releases/"
ONE = f"{PATH}shop@1.0/"


async def ask(http: Http, method: str, path: str, body: Any = None, status: int = 200) -> Any:
    async with http.request(method, path, json=body) as response:
        text = await response.text()
        assert response.status == status, text
        return await response.json() if text else None


async def make(http: Http, version: str = "shop@1.0", **more: Any) -> Any:
    return await ask(http, "POST", PATH, {"version": version, "projects": ["desk"], **more}, 201)


async def test_a_release_is_made_once_and_then_said_more_of(desk: Desk, http: Http) -> None:
    made = await make(http, url="https://ci.example/1", ref="abc")
    assert list(faults(made, ReleaseSummary)) == []
    assert (made["version"], made["url"], made["ref"]) == ("shop@1.0", "https://ci.example/1", "abc")
    assert (made["firstEvent"], made["lastEvent"], made["dateReleased"]) == (None, None, None)
    assert [one["slug"] for one in made["projects"]] == ["desk"]
    again = await ask(http, "POST", PATH, {"version": "shop@1.0", "projects": [1]}, 208)
    assert again == made
    assert await ask(http, "GET", PATH) == [made]
    assert await ask(http, "GET", ONE) == made
    finished = await ask(http, "PUT", ONE, {"dateReleased": "2026-11-24T10:00:00Z"})
    assert finished["dateReleased"] == "2026-11-24T10:00:00.000000Z"
    assert finished["url"] == made["url"]
    assert (await ask(http, "PUT", ONE, {"status": "archived", "url": None}))["status"] == "archived"
    assert (await ask(http, "GET", ONE))["url"] is None


async def test_a_release_that_was_only_seen_can_be_finished(desk: Desk, http: Http) -> None:
    desk.error(release="shop@1.0")
    before = await ask(http, "GET", ONE)
    made = await ask(http, "POST", OF_PROJECT, {"version": "shop@1.0", "dateReleased": to_iso(0)}, 201)
    assert made["dateReleased"] == "1970-01-01T00:00:00.000000Z"
    assert (made["firstEvent"], made["lastEvent"]) == (before["firstEvent"], before["lastEvent"])
    assert made["newGroups"] == 1


async def test_commits_are_told_newest_first_with_their_authors(desk: Desk, http: Http) -> None:
    commits = [
        {
            "id": f"{n}" * 40,
            "repository": "shop/till",
            "message": f"Change {n}",
            "author_name": "Ada",
            "author_email": "ada@shop.example",
            "timestamp": "2026-11-24T10:00:00+01:00",
            "patch_set": [{"path": "till.py", "type": "M"}],
        }
        for n in range(3)
    ]
    made = await make(http, commits=commits)
    assert (made["commitCount"], made["authors"]) == (3, [{"name": "Ada", "email": "ada@shop.example"}])
    assert made["lastCommit"]["id"] == "0" * 40
    found = await ask(http, "GET", f"{ONE}commits/")
    assert all(list(faults(commit, Commit)) == [] for commit in found)
    assert [commit["message"] for commit in found] == ["Change 0", "Change 1", "Change 2"]
    assert found[0]["dateCreated"] == "2026-11-24T09:00:00.000000Z"
    assert await ask(http, "GET", f"{OF_PROJECT}shop@1.0/commits/") == found
    async with http.get(f"{ONE}commits/?per_page=2") as response:
        first, following = await response.json(), response.links["next"]
    assert [*first, *await ask(http, "GET", following["url"].path_qs)] == found
    (repository,) = await ask(http, "GET", "/api/0/organizations/desk/repos/")
    assert list(faults(repository, Repository)) == []
    assert repository["name"] == "shop/till"
    refs = [{"repository": "shop/till", "commit": "f" * 40, "previousCommit": "0" * 40}]
    changed = await ask(http, "PUT", ONE, {"refs": refs})
    assert (changed["commitCount"], changed["lastCommit"]["id"]) == (1, "f" * 40)


async def test_the_release_before_is_the_latest_with_commits(desk: Desk, http: Http) -> None:
    await make(http, "shop@1.0", commits=[{"id": "a" * 40}])
    await make(http, "shop@1.1")
    await make(http, "shop@1.2")
    found = await ask(http, "GET", f"{PATH}shop@1.2/previous-with-commits/")
    assert found["version"] == "shop@1.0"
    assert await ask(http, "GET", f"{ONE}previous-with-commits/") == {}


async def test_deploys_are_told_the_latest_first(desk: Desk, http: Http) -> None:
    await make(http)
    deploys = f"{ONE}deploys/"
    body = {"environment": "prod", "name": "night", "dateFinished": "2026-11-24T10:00:00Z"}
    first = await ask(http, "POST", deploys, body, 201)
    assert list(faults(first, Deploy)) == []
    assert (first["environment"], first["dateFinished"]) == ("prod", "2026-11-24T10:00:00.000000Z")
    second = await ask(http, "POST", deploys, {"environment": "qa", "projects": ["desk"]}, 201)
    assert second["dateFinished"] is not None
    assert await ask(http, "GET", deploys) == [second, first]
    shown = await ask(http, "GET", ONE)
    assert (shown["deployCount"], shown["lastDeploy"]) == (2, second)


async def test_only_a_release_of_which_nothing_came_is_taken_back(desk: Desk, http: Http) -> None:
    await make(http, "shop@9")
    await ask(http, "POST", f"{PATH}shop@9/deploys/", {"environment": "qa"}, 201)
    await ask(http, "DELETE", f"{PATH}shop@9/", status=204)
    await ask(http, "GET", f"{PATH}shop@9/", status=404)
    desk.error(release="shop@1.0")
    session(desk, 1, release="shop@2.0")
    for version in ("shop@1.0", "shop@2.0"):
        refused = await ask(http, "DELETE", f"{PATH}{version}/", status=400)
        assert "cannot be removed" in refused["detail"]
    await ask(http, "GET", ONE)


@pytest.mark.parametrize(
    ("body", "member"),
    [
        ({"projects": ["desk"]}, "version"),
        ({"version": "a/b", "projects": ["desk"]}, "version"),
        ({"version": "latest", "projects": ["desk"]}, "version"),
        ({"version": "x" * 201, "projects": ["desk"]}, "version"),
        ({"version": "shop@1"}, "projects"),
        ({"version": "shop@1", "projects": ["nowhere"]}, "projects"),
        ({"version": "shop@1", "projects": [1], "dateReleased": "soon"}, "dateReleased"),
        ({"version": "shop@1", "projects": [1], "status": "lost"}, "status"),
        ({"version": "shop@1", "projects": [1], "commits": [{"message": "x"}]}, "commits"),
        ({"version": "shop@1", "projects": [1], "commits": [{"id": "a"}] * 1001}, "commits"),
    ],
)
async def test_what_cannot_be_is_told_by_its_member(desk: Desk, http: Http, body: Any, member: str) -> None:
    said = await ask(http, "POST", PATH, body, 400)
    assert any(name.startswith(member) for name in said), said
    assert await ask(http, "GET", PATH) == []


async def test_what_is_not_there_is_not_changed(desk: Desk, http: Http) -> None:
    for method, path, body in (
        ("PUT", f"{PATH}none/", {}),
        ("DELETE", f"{PATH}none/", None),
        ("GET", f"{PATH}none/commits/", None),
        ("GET", f"{PATH}none/deploys/", None),
        ("POST", f"{PATH}none/deploys/", {"environment": "qa"}),
        ("PUT", f"{OF_PROJECT}none/", {}),
        ("GET", f"{PATH}none/previous-with-commits/", None),
    ):
        await ask(http, method, path, body, 404)


async def test_a_token_for_events_makes_no_releases(desk: Desk, http: Http) -> None:
    body = {"version": "shop@1", "projects": [1]}
    headers = {"Authorization": "Bearer reader"}
    assert (await http.post(PATH, json=body, headers=headers)).status == 403
