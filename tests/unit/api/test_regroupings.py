"""Merging, unmerging, splitting, moving and undoing over HTTP."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from .conftest import Desk

Http = TestClient[Any, Any]
ORG = "/api/0/organizations/desk/"


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands finish before they answer, however slow the machine is."""
    monkeypatch.setattr("vedette.digest.regrouping._AT_ONCE", 60)


async def ask(http: Http, method: str, path: str, status: int = 200, **body: Any) -> Any:
    answer = await http.request(method, ORG + path, json=body or None)
    assert answer.status == status, await answer.text()
    return await answer.json() if answer.status != 204 else None


async def test_issues_are_merged_in_bulk_as_clients_do_it(desk: Desk, http: Http) -> None:
    desk.error("A: one")
    for _ in range(2):
        desk.error("B: two")
    answer = await ask(http, "PUT", "issues/?id=1&id=2", merge=True)
    assert answer["merge"] == {"parent": "2", "children": ["1"], "regrouping": "1"}
    shown = await ask(http, "GET", "issues/1/")
    assert (shown["id"], shown["count"]) == ("2", "3")
    assert (await ask(http, "GET", "issues/DESK-1/"))["id"] == "2"
    hashes = await ask(http, "GET", "issues/2/hashes/")
    assert [one["eventCount"] for one in hashes] == [2, 1]
    assert {one["latestEvent"]["groupID"] for one in hashes} == {"2"}


async def test_a_search_by_the_old_short_id_finds_what_took_it_in(desk: Desk, http: Http) -> None:
    desk.error("A: one")
    for _ in range(2):
        desk.error("B: two")
    await ask(http, "PUT", "issues/?id=1&id=2", merge=True)
    found = await ask(http, "GET", "issues/?query=issue:DESK-1")
    assert [issue["id"] for issue in found] == ["2"]
    words = await ask(http, "GET", "issues/?query=one+issue:DESK-2")
    assert [issue["id"] for issue in words] == ["2"]


async def test_a_hash_is_taken_out_and_put_back(desk: Desk, http: Http) -> None:
    desk.error("A: one")
    for _ in range(2):
        desk.error("B: two")
    await ask(http, "PUT", "issues/?id=1&id=2", merge=True)
    (least,) = [one["id"] for one in await ask(http, "GET", "issues/2/hashes/") if one["eventCount"] == 1]
    made = await ask(http, "DELETE", f"issues/2/hashes/?id={least}", 202)
    assert (made["kind"], made["state"], made["issue"], made["moved"]) == ("unmerge", "done", "2", 1)
    assert (await ask(http, "GET", f"issues/{made['target']}/"))["count"] == "1"
    undone = await ask(http, "DELETE", f"regroupings/{made['id']}/", 202)
    assert undone["state"] == "undone"
    assert (await ask(http, "GET", "issues/2/"))["count"] == "3"


async def test_events_are_split_off_and_moved(desk: Desk, http: Http) -> None:
    red = desk.error("A: one", tags={"colour": "red"})
    blue = desk.error("A: one", tags={"colour": "blue"})
    desk.error("A: one", tags={"colour": "grey"})
    split = await ask(http, "POST", "issues/1/split/", 202, matchers="tags.colour:red")
    assert (split["state"], split["matchers"], split["moved"]) == ("done", "tags.colour:red", 1)
    moved = await ask(http, "POST", "issues/DESK-1/move-events/", 202, events=[blue], target=split["target"])
    assert moved["target"] == split["target"]
    newest = await ask(http, "GET", f"issues/{split['target']}/events/")
    assert {event["eventID"] for event in newest} == {red, blue}
    kinds = [one["kind"] for one in await ask(http, "GET", "regroupings/")]
    assert kinds == ["move", "split"]
    assert (await ask(http, "GET", "regroupings/1/"))["kind"] == "split"


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("DELETE", "issues/1/hashes/", {}, 400),
        ("DELETE", "issues/1/hashes/?id=zz", {}, 400),
        ("POST", "issues/1/split/", {"matchers": "nonsense"}, 400),
        ("POST", "issues/1/split/", {"matchers": "level:error", "target": "DESK-99"}, 400),
        ("POST", "issues/1/move-events/", {"events": ["0" * 32]}, 400),
        ("POST", "issues/77/split/", {"matchers": "level:error"}, 404),
        ("GET", "regroupings/9/", {}, 404),
        ("DELETE", "regroupings/9/", {}, 404),
    ],
)
async def test_what_cannot_be_done_says_so(
    desk: Desk, http: Http, method: str, path: str, body: dict[str, Any], status: int
) -> None:
    desk.error("A: one")
    answer = await ask(http, method, path, status, **body)
    assert answer["detail"]


async def test_a_project_is_regrouped_by_rules_and_that_is_undone(desk: Desk, http: Http) -> None:
    desk.error("A: one")
    for _ in range(2):
        desk.error("B: two")
    path = "/api/0/projects/desk/desk/regroup/"
    rules = {"fingerprintingRules": "type:A -> both\ntype:B -> both"}
    answer = await http.post(path, json=rules)
    made = await answer.json()
    assert (answer.status, made["kind"], made["state"]) == (202, "rules", "done")
    assert [issue["count"] for issue in await ask(http, "GET", "issues/")] == ["3"]
    refused = await http.post(path, json={"fingerprintingRules": "nonsense"})
    assert refused.status == 400
    await ask(http, "DELETE", f"regroupings/{made['id']}/", 202)
    assert sorted(issue["count"] for issue in await ask(http, "GET", "issues/")) == ["1", "2"]
