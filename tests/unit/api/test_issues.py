"""Issues over HTTP: lists, one, and changes."""

from itertools import count
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from vedette.api.schema import faults
from vedette.api.shapes.issue import Issue, IssueDetail
from vedette.api.shapes.issue_change import IssuesChanged
from vedette.domain.times import SECOND, now
from vedette.store.queries import slow_walks

from .conftest import Desk

Http = TestClient[Any, Any]
LIST = "/api/0/organizations/desk/issues/"


async def get(http: Http, path: str, status: int = 200) -> Any:
    answer = await http.get(path)
    assert answer.status == status, await answer.text()
    return await answer.json()


async def titles(http: Http, query: str) -> list[str]:
    return [issue["title"] for issue in await get(http, f"{LIST}?{query}")]


async def test_an_issue_in_a_list_has_every_published_member(desk: Desk, http: Http) -> None:
    desk.error("ValueError: boom", user={"id": 7})
    desk.error("ValueError: boom", user={"id": 8})
    (issue,) = await get(http, LIST)
    assert list(faults(issue, Issue)) == []
    assert (issue["id"], issue["shortId"], issue["title"]) == ("1", "DESK-1", "ValueError: boom")
    assert (issue["count"], issue["userCount"]) == ("2", 2)
    assert issue["permalink"] == "http://station:8969/organizations/desk/issues/1/"
    assert issue["project"] == {"id": "1", "name": "Desk", "slug": "desk", "platform": None}
    assert issue["metadata"] == {"type": "ValueError", "value": "boom", "function": "valueerror"}
    assert (issue["type"], issue["level"], issue["status"]) == ("error", "error", "unresolved")
    assert issue["firstSeen"].endswith("Z")
    assert issue["lifetime"]["count"] == "2"


async def test_pages_meet_without_gap_or_repeat(desk: Desk, http: Http) -> None:
    for number in range(7):
        desk.error(f"Error{number}: x", timestamp=1_790_000_000.0)
    path, seen, pages = f"{LIST}?limit=3", [], 0
    while path:
        answer = await http.get(path)
        seen += [issue["title"] for issue in await answer.json()]
        pages += 1
        assert answer.headers["X-Hits"] == "7"
        following = answer.headers["Link"].partition(", ")[2]
        path = following.partition("<http://")[2].partition("/")[2].partition(">")[0]
        path = f"/{path}" if 'results="true"' in following else ""
    assert seen == [f"Error{number}: x" for number in reversed(range(7))]
    assert pages == 3


@pytest.mark.parametrize(
    ("sort", "first"), [("date", "B: x"), ("new", "B: x"), ("freq", "A: x"), ("user", "A: x")]
)
async def test_lists_are_sorted_as_asked(desk: Desk, http: Http, sort: str, first: str) -> None:
    desk.error("A: x", user={"id": 1})
    desk.error("A: x", user={"id": 2})
    desk.error("B: x", user={"id": 1})
    assert (await titles(http, f"sort={sort}"))[0] == first


async def test_lists_are_narrowed_by_query_project_environment_and_time(desk: Desk, http: Http) -> None:
    desk.error("A: apple", level="warning", tags={"colour": "red"})
    desk.error("B: pear", environment="prod", project="7")
    desk.error("C: plum", release="shop@1")
    assert await titles(http, "query=level:warning") == ["A: apple"]
    assert await titles(http, "query=colour:red") == ["A: apple"]
    assert await titles(http, "query=plum") == ["C: plum"]
    assert await titles(http, "query=release:shop@1") == ["C: plum"]
    assert await titles(http, "environment=prod") == ["B: pear"]
    assert await titles(http, "query=apple+OR+pear&environment=prod") == ["B: pear"]
    assert await titles(http, "environment=prod&environment=dev") == ["C: plum", "B: pear", "A: apple"]
    assert await titles(http, "project=7") == ["B: pear"]
    assert await titles(http, "project=project-7&project=1") == ["C: plum", "B: pear", "A: apple"]
    assert await titles(http, "project=-1&end=1999-01-01") == []
    assert await titles(http, "start=2026-09-01") == ["C: plum", "B: pear", "A: apple"]
    of_project = await get(http, "/api/0/projects/desk/project-7/issues/")
    assert [issue["shortId"] for issue in of_project] == ["PROJECT-7-1"]


async def test_without_a_query_only_unresolved_issues_are_listed(desk: Desk, http: Http) -> None:
    desk.error("A: x")
    desk.error("B: x")
    await http.put(f"{LIST}1/", json={"status": "resolved"})
    assert await titles(http, "") == ["B: x"]
    assert await titles(http, "query=") == ["B: x", "A: x"]
    assert await titles(http, "query=is:resolved") == ["A: x"]


async def test_what_only_payloads_know_is_found_too(desk: Desk, http: Http) -> None:
    desk.error("KeyError: a")
    desk.error("ValueError: b", contexts={"device": {"model": "P1"}})
    assert await titles(http, "query=device.model:P*") == ["ValueError: b"]
    assert await titles(http, "query=stack.lineno:>2%20KeyError") == ["KeyError: a"]
    answer = await http.get(f"{LIST}?query=device.model:P1")
    assert (answer.headers["X-Hits"], answer.headers.get("X-Searched-Back-To")) == ("1", None)
    listed = await get(http, "/api/0/projects/desk/desk/events/?query=device.model:P1")
    assert [event["title"] for event in listed] == ["ValueError: b"]


async def test_a_search_that_ran_out_of_time_says_how_far_back_it_looked(
    desk: Desk, http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.error("KeyError: a")
    moments = count(0.0, 10.0)
    monkeypatch.setattr(slow_walks, "monotonic", lambda: next(moments))
    answer = await http.get(f"{LIST}?query=device.model:P1")
    assert await answer.json() == []
    assert "X-Hits" not in answer.headers
    assert answer.headers["X-Searched-Back-To"].startswith("2")


async def test_a_short_id_is_looked_up_when_asked_for(desk: Desk, http: Http) -> None:
    desk.error("A: x")
    desk.error("B: x")
    assert await titles(http, "query=desk-1&shortIdLookup=1") == ["A: x"]


async def test_parts_can_be_left_out(desk: Desk, http: Http) -> None:
    desk.error()
    (issue,) = await get(http, f"{LIST}?collapse=stats&collapse=lifetime")
    assert "stats" not in issue
    assert "lifetime" not in issue


@pytest.mark.parametrize("name", ["1", "DESK-1", "desk-1"])
@pytest.mark.parametrize(
    "base", ["/api/0/organizations/desk/issues", "/api/0/organizations/1/issues", "/api/0/issues"]
)
async def test_an_issue_is_found_by_id_and_short_id(desk: Desk, http: Http, base: str, name: str) -> None:
    desk.error(release="shop@1.2", tags={"colour": "red"})
    issue = await get(http, f"{base}/{name}/")
    assert list(faults(issue, IssueDetail)) == []
    assert issue["firstRelease"]["version"] == "shop@1.2"
    assert issue["shortId"] == "DESK-1"


@pytest.mark.parametrize("name", ["2", "DESK-2", "NO-1", "x", "99999999999999999999", "-1", "1%00"])
async def test_an_issue_that_is_not_there_is_404(desk: Desk, http: Http, name: str) -> None:
    desk.error()
    await get(http, f"{LIST}{name}/", status=404)


async def test_an_update_answers_with_the_issue_as_it_is_now(desk: Desk, http: Http) -> None:
    desk.error()
    answer = await http.put(f"{LIST}DESK-1/", json={"status": "ignored", "statusDetails": {"ignoreCount": 5}})
    issue = await answer.json()
    assert (issue["status"], issue["substatus"]) == ("ignored", "archived_until_condition_met")
    assert issue["statusDetails"] == {"ignoreCount": 5}
    assert desk.called == [
        (
            "issue.update",
            {
                "ids": [1],
                "status": "ignored",
                "status_details": {"ignoreCount": 5},
                "substatus": "archived_until_condition_met",
            },
        )
    ]


async def test_a_bulk_update_echoes_and_can_be_undone_by_sending_back_what_was(
    desk: Desk, http: Http
) -> None:
    for title in ("A: x", "B: x", "C: x"):
        desk.error(title)
    answer = await http.put(f"{LIST}?id=1&id=3&id=99", json={"status": "resolved", "hasSeen": True})
    changed = await answer.json()
    assert list(faults(changed, IssuesChanged)) == []
    assert (changed["status"], changed["hasSeen"], sorted(changed["before"])) == (
        "resolved",
        True,
        ["1", "3"],
    )
    assert await titles(http, "") == ["B: x"]
    for number, before in changed["before"].items():
        assert (await http.put(f"{LIST}?id={number}", json=before)).status == 200
    assert await titles(http, "") == ["C: x", "B: x", "A: x"]
    assert (await get(http, f"{LIST}1/"))["hasSeen"] is False


async def test_a_bulk_update_without_ids_is_for_what_fits(desk: Desk, http: Http) -> None:
    desk.error("A: x", level="warning")
    desk.error("B: x")
    desk.error("C: x", project="7")
    await http.put(f"{LIST}?query=level:warning", json={"status": "resolved"})
    assert await titles(http, "") == ["C: x", "B: x"]
    await http.put("/api/0/projects/desk/desk/issues/?status=unresolved", json={"status": "muted"})
    assert await titles(http, "") == ["C: x"]
    assert await titles(http, "query=is:ignored") == ["B: x"]


async def test_a_bulk_update_of_what_is_searched_reaches_beyond_a_page(
    desk: Desk, http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vedette.api.issues.BULK_ISSUES", 2)
    for name in "ABCD":
        desk.error(f"{name}: x")
    answer = await http.put(f"{LIST}?query=is:unresolved", json={"isBookmarked": True})
    assert sorted((await answer.json())["before"]) == ["1", "2", "3", "4"]


async def test_a_run_narrows_what_is_listed_and_changed(desk: Desk, http: Http) -> None:
    desk.error("A: x")
    with desk.writer.batch():
        assert desk.writer.runs.start("button", now()) == 2
    desk.error("B: x")
    assert await titles(http, "run=1") == ["A: x"]
    assert await titles(http, "run=2") == ["B: x"]
    await http.put(f"{LIST}?query=&run=1", json={"status": "resolved"})
    assert await titles(http, "") == ["B: x"]


async def test_resolving_in_the_next_run_is_kept(desk: Desk, http: Http) -> None:
    desk.error("A: x")
    body = {"status": "resolved", "statusDetails": {"inNextRun": True}}
    assert (await http.put(f"{LIST}?id=1", json=body)).status == 200
    assert (await get(http, f"{LIST}1/"))["statusDetails"] == {"inNextRun": True}


@pytest.mark.parametrize(("sort", "first"), [("priority", "C: x"), ("trends", "A: x"), ("new", "C: x")])
async def test_orders_have_pages(desk: Desk, http: Http, sort: str, first: str) -> None:
    for name, level in (("A", "error"), ("B", "info"), ("C", "fatal")):
        desk.error(f"{name}: x", level=level, timestamp=now() / SECOND)
    desk.error("A: x", timestamp=now() / SECOND)
    found = await titles(http, f"sort={sort}&limit=1")
    assert found == [first]
    answer = await http.get(f"{LIST}?sort={sort}&limit=1")
    cursor = answer.headers["Link"].rsplit('cursor="', 1)[1].rstrip('"')
    assert await titles(http, f"sort={sort}&limit=1&cursor={cursor}") not in ([], found)


async def test_a_bulk_update_that_meets_nothing_is_204(desk: Desk, http: Http) -> None:
    desk.error()
    for path in (f"{LIST}?id=5", "/api/0/projects/desk/desk/issues/?id=5", f"{LIST}?query=nothing"):
        answer = await http.put(path, json={"status": "resolved"})
        assert (answer.status, await answer.read()) == (204, b"")
    assert desk.called == []


async def test_issues_of_another_project_are_not_changed_through_this_one(desk: Desk, http: Http) -> None:
    desk.error("A: x")
    desk.error("B: x", project="7")
    assert (
        await http.put("/api/0/projects/desk/desk/issues/?id=2", json={"status": "resolved"})
    ).status == 204


async def test_reading_is_not_enough_to_change(desk: Desk, http: Http) -> None:
    desk.error()
    reader = {"Authorization": "Bearer reader"}
    assert (await http.get(LIST, headers=reader)).status == 200
    answer = await http.put(f"{LIST}?id=1", json={"status": "resolved"}, headers=reader)
    assert (answer.status, desk.called) == (403, [])


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("query=is:", "Error parsing search query"),
        ("query=%22", "(column 1)"),
        ("query=project:nowhere", "There is no project"),
        ("project=nowhere", "no such project"),
        ("limit=101", "limit"),
        ("sort=age", "sort"),
        ("cursor=x", "cursor"),
        ("statsPeriod=soon", "statsPeriod"),
        ("groupStatsPeriod=1y", "groupStatsPeriod"),
    ],
)
async def test_a_question_nobody_can_answer_is_the_callers_mistake(
    desk: Desk, http: Http, query: str, text: str
) -> None:
    assert text in (await get(http, f"{LIST}?{query}", status=400))["detail"]


@pytest.mark.parametrize(
    "body", [{"status": "closed"}, {"statusDetails": []}, {"priority": "urgent"}, {"hasSeen": "yes"}, []]
)
async def test_a_change_that_makes_no_sense_is_refused(desk: Desk, http: Http, body: Any) -> None:
    desk.error()
    assert (await http.put(f"{LIST}?id=1", json=body)).status == 400
    assert (await http.put(f"{LIST}1/", json=body)).status == 400
    assert desk.called == []


async def test_the_new_command_line_client_is_answered_and_null_means_not_given(
    desk: Desk, http: TestClient[Any, Any]
) -> None:
    desk.error()
    asked = "project=1&limit=25&sort=date&statsPeriod=90d&groupStatsPeriod=auto"
    asked += "&collapse=filtered&collapse=unhandled"
    answer = await http.get(f"/api/0/organizations/desk/issues/?{asked}")
    assert (answer.status, len(await answer.json())) == (200, 1)
    body = {"status": "resolved", "snoozeDuration": None, "ignoreDuration": None}
    answer = await http.put("/api/0/projects/desk/desk/issues/?id=1", json=body)
    assert answer.status == 200, await answer.text()
