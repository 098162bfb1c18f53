"""Organization, projects, keys and runs over HTTP."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from vedette.api.runs import Run
from vedette.api.schema import faults
from vedette.api.shapes.organization import Organization
from vedette.api.shapes.project import ClientKey, Project, ProjectCreated

from .conftest import Desk

Http = TestClient[Any, Any]


async def get(http: Http, path: str, status: int = 200) -> Any:
    answer = await http.get(f"/api/0{path}")
    assert answer.status == status, await answer.text()
    return await answer.json()


async def test_there_is_one_organization(http: Http) -> None:
    (organization,) = await get(http, "/organizations/")
    assert list(faults(organization, Organization)) == []
    assert (organization["slug"], organization["links"]["regionUrl"]) == ("desk", "")
    assert organization["links"]["organizationUrl"] == "http://station:8969/organizations/desk"
    assert await get(http, "/organizations/desk/") == await get(http, "/organizations/1") == organization
    await get(http, "/organizations/else/", status=404)


async def test_who_asks_is_told_who_he_is(http: Http) -> None:
    root = await get(http, "/")
    assert "event:admin" in root["auth"]["scopes"]
    assert root["user"] == await get(http, "/auth/") == await get(http, "/users/me/")
    assert await get(http, "/users/me/regions/") == {
        "regions": [{"name": "desk", "url": "http://station:8969"}]
    }


async def test_projects_are_listed_and_shown(desk: Desk, http: Http) -> None:
    desk.error(project="7")
    first, second = await get(http, "/organizations/desk/projects/?per_page=100&cursor=")
    assert list(faults(first, Project)) == []
    assert (first["id"], first["slug"], second["slug"], second["origin"]) == (
        "1",
        "desk",
        "project-7",
        "loopback",
    )
    for name in ("desk", "1", "DESK"):
        shown = await get(http, f"/projects/desk/{name}/?collapse=organization")
        assert list(faults(shown, Project)) == []
        assert (shown["id"], shown["organization"]["slug"]) == ("1", "desk")
    for name in ("nowhere", "99", "9" * 30, "%00"):
        await get(http, f"/projects/desk/{name}/", status=404)


@pytest.mark.parametrize("path", ["/organizations/desk/projects/", "/teams/desk/any/projects/"])
async def test_a_project_is_made_with_a_key_of_its_own(desk: Desk, http: Http, path: str) -> None:
    answer = await http.post(f"/api/0{path}", json={"name": "Web Shop", "platform": "python"})
    assert answer.status == 201
    made = await answer.json()
    assert list(faults(made, ProjectCreated)) == []
    assert (made["slug"], made["name"], made["platform"]) == ("web-shop", "Web Shop", "python")
    (key,) = await get(http, "/projects/desk/web-shop/keys/?status=active")
    assert key["dsn"]["public"] == made["dsn"] == f"http://{key['public']}@station:8969/{made['id']}"


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "  "}, {"name": 7}, {"name": "x" * 201}, []])
async def test_a_project_needs_a_name(http: Http, body: Any) -> None:
    answer = await http.post("/api/0/organizations/desk/projects/", json=body)
    assert answer.status == 400


async def test_a_project_is_changed_member_by_member(http: Http) -> None:
    change = {"name": "Shop", "platform": "go", "folder": "/srv/lädchen", "colour": 3}
    answer = await http.put("/api/0/projects/desk/desk/", json=change)
    changed = await answer.json()
    assert {name: changed[name] for name in change} == change
    assert changed["color"].startswith("#")
    answer = await http.put("/api/0/projects/desk/1/", json={"folder": None, "isBookmarked": True})
    assert ((await answer.json())["folder"], (await answer.json())["name"]) == (None, "Shop")
    for wrong in ({"colour": 10}, {"colour": "red"}, {"name": None}, {"folder": 1}):
        assert (await http.put("/api/0/projects/desk/desk/", json=wrong)).status == 400


async def test_a_projects_paths_are_mapped_and_its_short_code_changed(http: Http) -> None:
    mappings = [{"prefix": "/app/", "folder": "/home/ada/lädchen"}]
    answer = await http.put("/api/0/projects/desk/desk/", json={"slug": "shop", "mappings": mappings})
    assert answer.status == 200
    changed = await answer.json()
    assert list(faults(changed, Project)) == []
    assert (changed["slug"], changed["mappings"]) == ("shop", mappings)
    assert (await get(http, "/projects/desk/shop/"))["mappings"] == mappings
    await get(http, "/projects/desk/desk/", status=404)
    await http.post("/api/0/organizations/desk/projects/", json={"name": "Web"})
    assert (await http.put("/api/0/projects/desk/shop/", json={"slug": "web"})).status == 409
    for wrong in ({"mappings": "x"}, {"mappings": [{"prefix": "/a/"}]}, {"slug": "x" * 51}):
        assert (await http.put("/api/0/projects/desk/shop/", json=wrong)).status == 400


async def test_keys_are_made_closed_and_opened(desk: Desk, http: Http) -> None:
    answer = await http.post("/api/0/projects/desk/desk/keys/", json={"name": "CI"})
    assert answer.status == 201
    key = await answer.json()
    assert list(faults(key, ClientKey)) == []
    assert (key["label"], key["isActive"], key["projectId"]) == ("CI", True, 1)
    answer = await http.put(f"/api/0/projects/desk/desk/keys/{key['id']}/", json={"isActive": False})
    assert (await answer.json())["isActive"] is False
    assert [one["id"] for one in await get(http, "/projects/desk/desk/keys/?status=active")] == [desk.key]
    assert [one["id"] for one in await get(http, "/projects/desk/desk/keys/?status=inactive")] == [key["id"]]
    assert (await get(http, f"/projects/desk/desk/keys/{key['id']}/"))["label"] == "CI"
    await get(http, "/projects/desk/desk/keys/none/", status=404)


async def test_a_reader_of_events_may_not_touch_projects(http: Http) -> None:
    reader = {"Authorization": "Bearer reader"}
    for method, path in [
        ("POST", "/organizations/desk/projects/"),
        ("PUT", "/projects/desk/desk/"),
        ("GET", "/projects/desk/desk/keys/"),
        ("POST", "/projects/desk/desk/keys/"),
        ("POST", "/runs/"),
    ]:
        answer = await http.request(method, f"/api/0{path}", json={}, headers=reader)
        assert answer.status == 403, path


async def test_runs_are_begun_and_listed(desk: Desk, http: Http) -> None:
    desk.error()
    answer = await http.post("/api/0/runs/", json={"name": "before the fix"})
    assert answer.status == 201
    run = await answer.json()
    assert list(faults(run, Run)) == []
    assert (run["number"], run["name"], run["trigger"]) == (2, "before the fix", "api")
    assert [one["number"] for one in await get(http, "/runs/")] == [2, 1]
    page = await http.get("/api/0/runs/?per_page=1")
    assert 'cursor="2:0:0"' in page.headers["Link"]
    assert [one["number"] for one in await get(http, "/runs/?cursor=2:0:0")] == [1]


async def test_rules_of_grouping_are_changed_and_refused_with_line_and_column(http: Http) -> None:
    shown = await get(http, "/projects/desk/desk/")
    assert (shown["groupingEnhancements"], shown["fingerprintingRules"]) == ("", "")
    assert shown["groupingConfig"].startswith("newstyle:2023-01-11/")
    change = {"groupingEnhancements": "function:f -app", "fingerprintingRules": "type:E -> e"}
    answer = await http.put("/api/0/projects/desk/desk/", json=change)
    assert answer.status == 200
    assert change.items() <= (await answer.json()).items()
    answer = await http.put("/api/0/projects/desk/desk/", json={"fingerprintingRules": "\ntype:E ->"})
    assert answer.status == 400
    assert "line 2, column 10: expected a fingerprint" in await answer.text()
    assert change.items() <= (await get(http, "/projects/desk/desk/")).items()
