"""Deleting, notes, labels, saved views and the members of an issue that tell of its workflow."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from vedette.api.issue_notes import NoteText
from vedette.api.labels import Label
from vedette.api.saved_views import View
from vedette.api.schema import faults
from vedette.api.shapes.issue import Activity, Issue

from .conftest import Desk

Http = TestClient[Any, Any]
ORG = "/api/0/organizations/desk/"
LIST = f"{ORG}issues/"


async def ask(http: Http, method: str, path: str, json: Any = None, status: int = 200) -> Any:
    answer = await http.request(method, path, json=json)
    assert answer.status == status, await answer.text()
    return None if status == 204 else await answer.json()


async def listed(http: Http, query: str = "") -> list[str]:
    return [issue["id"] for issue in await ask(http, "GET", f"{LIST}?{query}")]


@pytest.mark.parametrize("path", [f"{LIST}2/", f"{LIST}DESK-2/", "/api/0/issues/2/", f"{LIST}?id=2"])
async def test_a_deleted_issue_is_out_of_sight_at_once_and_can_be_restored(
    desk: Desk, http: Http, path: str
) -> None:
    for title in ("A: x", "B: x"):
        desk.error(title)
    await ask(http, "DELETE", path, status=204)
    assert await listed(http) == ["1"]
    assert await listed(http, "query=") == ["1"]
    assert await listed(http, "query=x") == ["1"]
    await ask(http, "GET", f"{LIST}2/", status=404)
    answer = await http.get(f"{LIST}?query=")
    assert answer.headers["X-Hits"] == "1"
    assert await ask(http, "POST", f"{ORG}restored-issues/", {"issues": ["2"]}) == {"restored": ["2"]}
    assert await listed(http) == ["2", "1"]


async def test_what_fits_is_deleted_all_at_once(desk: Desk, http: Http) -> None:
    desk.error("A: x", level="warning")
    desk.error("B: x", level="warning", project="7")
    desk.error("C: x")
    await ask(http, "DELETE", "/api/0/projects/desk/desk/issues/?query=level:warning", status=204)
    assert await listed(http) == ["3", "2"]
    await ask(http, "DELETE", f"{LIST}?query=level:warning", status=204)
    assert await listed(http) == ["3"]
    await ask(http, "DELETE", f"{LIST}?query=level:warning", status=204)


async def test_restoring_asks_for_ids(http: Http) -> None:
    await ask(http, "POST", f"{ORG}restored-issues/", {"issues": ["x"]}, 400)
    answer = await ask(http, "POST", f"{ORG}restored-issues/", {"issues": ["7"]}, 400)
    assert "too late" in answer["detail"]


async def test_what_is_discarded_is_listed_and_let_in_again(desk: Desk, http: Http) -> None:
    desk.error("A: x")
    desk.error("B: x")
    await ask(http, "PUT", f"{LIST}1/", {"discard": True}, 204)
    assert await ask(http, "PUT", f"{LIST}?id=2", {"discard": True}) == {"discard": True, "deleted": ["2"]}
    discarded = await ask(http, "GET", f"{ORG}discarded-hashes/")
    assert sorted(one["title"] for one in discarded) == ["A: x", "B: x"]
    desk.error("A: x")
    assert await listed(http) == []
    for one in discarded:
        path = f"{ORG}discarded-hashes/{one['project']}/{one['hash']}/"
        await ask(http, "DELETE", path, status=204)
        await ask(http, "DELETE", path, status=404)
    desk.error("A: x")
    assert await listed(http) == ["3"]


@pytest.mark.parametrize("name", ["notes", "comments"])
async def test_notes_are_written_changed_and_deleted(desk: Desk, http: Http, name: str) -> None:
    desk.error()
    path = f"{LIST}DESK-1/{name}/"
    assert list(faults({"text": "x"}, NoteText)) == []
    note = await ask(http, "POST", path, {"text": "**why**"}, 201)
    assert list(faults(note, Activity)) == []
    assert (note["type"], note["data"]) == ("note", {"text": "**why**"})
    changed = await ask(http, "PUT", f"{path}{note['id']}/", {"text": "because"})
    assert changed["data"]["text"] == "because"
    assert [one["id"] for one in await ask(http, "GET", path)] == [note["id"]]
    issue = await ask(http, "GET", f"{LIST}1/")
    assert issue["numComments"] == 1
    assert [one["type"] for one in issue["activity"]] == ["note", "first_seen"]
    await ask(http, "DELETE", f"{path}{note['id']}/", status=204)
    await ask(http, "DELETE", f"{path}{note['id']}/", status=404)
    await ask(http, "POST", path, {"text": " "}, 400)
    await ask(http, "POST", path, {"text": "x" * 50_001}, 400)


async def test_a_note_of_another_issue_is_not_found_here(desk: Desk, http: Http) -> None:
    desk.error("A: x")
    desk.error("B: x")
    note = await ask(http, "POST", f"{LIST}1/notes/", {"text": "x"}, 201)
    await ask(http, "DELETE", f"{LIST}2/notes/{note['id']}/", status=404)


async def test_labels_are_made_given_and_deleted(desk: Desk, http: Http) -> None:
    desk.error()
    label = await ask(http, "POST", f"{ORG}labels/", {"name": "qa", "colour": 3}, 201)
    assert list(faults(label, Label)) == []
    changed = await ask(http, "PUT", f"{LIST}?id=1", {"addLabels": [label["id"]]})
    assert changed["before"] == {"1": {"labels": []}}
    (issue,) = await ask(http, "GET", LIST)
    assert list(faults(issue, Issue)) == []
    assert issue["labels"] == [{"id": label["id"], "name": "qa", "colour": 3}]
    renamed = await ask(http, "PUT", f"{ORG}labels/{label['id']}/", {"name": "QA"})
    assert renamed == {**label, "name": "QA", "issueCount": 1}
    await ask(http, "PUT", f"{LIST}?id=1", changed["before"]["1"])
    assert (await ask(http, "GET", f"{LIST}1/"))["labels"] == []
    await ask(http, "PUT", f"{LIST}1/", {"addLabels": ["x"]}, 400)
    await ask(http, "POST", f"{ORG}labels/", {"name": "qa"}, 409)
    await ask(http, "DELETE", f"{ORG}labels/{label['id']}/", status=204)
    assert await ask(http, "GET", f"{ORG}labels/") == []
    await ask(http, "DELETE", f"{ORG}labels/{label['id']}/", status=404)


async def test_a_priority_is_locked_and_let_go(desk: Desk, http: Http) -> None:
    desk.error()
    issue = await ask(http, "PUT", f"{LIST}1/", {"priority": "low"})
    assert issue["priority"] == "low"
    assert issue["priorityLockedAt"].endswith("Z")
    issue = await ask(http, "PUT", f"{LIST}1/", {"priorityLocked": False})
    assert (issue["priority"], issue["priorityLockedAt"]) == ("medium", None)


@pytest.mark.parametrize(
    ("change", "substatus"),
    [
        ({"ignoreCount": 5, "ignoreWindow": 60}, "archived_until_condition_met"),
        ({"ignoreUserCount": 5, "ignoreUserWindow": 60}, "archived_until_condition_met"),
        ({"untilNextRun": True}, "archived_until_condition_met"),
        ({"untilNextRelease": True}, "archived_until_condition_met"),
        ({}, "archived_until_escalating"),
    ],
)
async def test_conditions_are_told_as_they_were_set(
    desk: Desk, http: Http, change: dict[str, Any], substatus: str
) -> None:
    desk.error()
    issue = await ask(http, "PUT", f"{LIST}1/", {"status": "ignored", "statusDetails": change})
    assert (issue["substatus"], issue["statusDetails"]) == (substatus, change)


async def test_resolving_in_releases_is_told(desk: Desk, http: Http) -> None:
    desk.error(release="shop@1.0")
    issue = await ask(http, "PUT", f"{LIST}1/", {"status": "resolvedInNextRelease"})
    assert issue["statusDetails"] == {"inNextRelease": True, "currentRelease": "shop@1.0"}
    issue = await ask(
        http, "PUT", f"{LIST}1/", {"status": "resolved", "statusDetails": {"inRelease": "latest"}}
    )
    assert issue["statusDetails"] == {"inRelease": "shop@1.0"}
    assert issue["activity"][0]["type"] == "set_resolved_in_release"


async def test_views_are_saved_in_the_shape_clients_know(http: Http) -> None:
    path = f"{ORG}group-search-views/"
    made = {
        "name": "Mine",
        "query": "is:unresolved label:qa",
        "querySort": "date",
        "projects": [1],
        "environments": ["qa"],
        "timeFilters": {"period": "14d"},
    }
    first = await ask(http, "POST", path, made, 201)
    assert list(faults(first, View)) == []
    assert {name: first[name] for name in made} == made
    second = await ask(http, "POST", path, {"name": "First", "position": 0, "dataset": "spans"}, 201)
    assert [view["name"] for view in await ask(http, "GET", path)] == ["First", "Mine"]
    changed = await ask(http, "PUT", f"{path}{first['id']}/", {"query": "x", "position": 0})
    assert (changed["query"], changed["querySort"], changed["position"]) == ("x", "date", 0)
    assert (await ask(http, "GET", f"{path}{second['id']}/"))["dataset"] == "spans"
    await ask(http, "DELETE", f"{path}{first['id']}/", status=204)
    await ask(http, "GET", f"{path}{first['id']}/", status=404)
    await ask(http, "POST", path, {"name": " "}, 400)
