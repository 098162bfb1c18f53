"""What users said, asked and told through the API."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from vedette.api.schema import faults
from vedette.api.shapes.feedback import UserReport

from .conftest import NOON, Desk

Http = TestClient[Any, Any]
PATH = "/api/0/projects/desk/desk/user-feedback/"
ABOUT = "ab" * 16


def say(desk: Desk, message: str, event_id: str, **said: Any) -> None:
    desk.send(
        ({"type": "feedback"}, {
            "type": "feedback", "timestamp": NOON, "platform": "javascript", "level": "info",
            "contexts": {"feedback": {"message": message, "name": "Joan"} | said},
        }),
        ({"type": "attachment", "filename": "screenshot.png", "content_type": "image/png"}, b"\x89PNG"),
        event_id=event_id,
    )  # fmt: skip


async def test_feedback_is_listed_with_every_published_member(desk: Desk, http: Http) -> None:
    say(desk, "it fell", "c1" * 16, contact_email="j@example.com")
    answer = await http.get(PATH)
    (report,) = await answer.json()
    assert list(faults(report, UserReport)) == []
    assert (report["comments"], report["name"], report["email"]) == ("it fell", "Joan", "j@example.com")
    assert report["eventID"] == report["feedbackID"] == "c1" * 16
    issue = await (await http.get(f"/api/0/organizations/desk/issues/{report['issue']['id']}/")).json()
    assert (issue["issueCategory"], issue["title"]) == ("feedback", "User Feedback: it fell")


async def test_its_screenshot_is_an_attachment_of_its_event(desk: Desk, http: Http) -> None:
    say(desk, "it fell", "c1" * 16)
    path = f"/api/0/projects/desk/desk/events/{'c1' * 16}/attachments/"
    (file,) = await (await http.get(path)).json()
    assert (file["name"], file["mimetype"]) == ("screenshot.png", "image/png")


async def test_pages_follow_the_cursor(desk: Desk, http: Http) -> None:
    for n in range(3):
        say(desk, str(n), f"c{n}" * 16)
    first = await http.get(PATH, params={"per_page": 2})
    assert [report["comments"] for report in await first.json()] == ["2", "1"]
    assert 'rel="next"; results="true"' in first.headers["Link"]
    cursor = first.links["next"]["cursor"]
    second = await http.get(PATH, params={"per_page": 2, "cursor": cursor})
    assert [report["comments"] for report in await second.json()] == ["0"]


async def test_a_report_is_taken_before_its_event_and_leads_to_it_afterwards(desk: Desk, http: Http) -> None:
    said = {"event_id": ABOUT, "name": "Joan", "email": "j@example.com", "comments": "it fell"}
    answer = await http.post(PATH, json=said)
    report = await answer.json()
    assert answer.status == 200
    assert list(faults(report, UserReport)) == []
    assert report["event"] == {"id": None, "eventID": ABOUT}
    assert report["source"] == "user_report_envelope"
    desk.send(({"type": "event"}, {"message": "broken", "timestamp": NOON}), event_id=ABOUT)
    (listed,) = await (await http.get(PATH)).json()
    assert listed["event"] == {"id": ABOUT, "eventID": ABOUT}
    event = await (await http.get(f"/api/0/projects/desk/desk/events/{ABOUT}/")).json()
    path = f"/api/0/organizations/desk/issues/{event['groupID']}/user-reports/"
    assert [r["comments"] for r in await (await http.get(path)).json()] == ["it fell"]
    path = f"/api/0/projects/desk/desk/events/{ABOUT}/user-feedback/"
    assert [r["comments"] for r in await (await http.get(path)).json()] == ["it fell"]


async def test_a_later_report_replaces_the_first_and_both_are_one_issue(desk: Desk, http: Http) -> None:
    said = {"event_id": ABOUT, "name": "Joan", "email": "", "comments": "it fell"}
    first = await (await http.post(PATH, json=said)).json()
    second = await (await http.post(PATH, json=said | {"comments": "twice"})).json()
    assert first["issue"] == second["issue"]
    assert [r["comments"] for r in await (await http.get(PATH)).json()] == ["twice"]


async def test_the_feedback_event_of_a_report_can_be_opened(desk: Desk, http: Http) -> None:
    said = {"event_id": ABOUT, "name": "Joan", "email": "j@example.com", "comments": "it fell"}
    report = await (await http.post(PATH, json=said)).json()
    event = await (await http.get(f"/api/0/projects/desk/desk/events/{report['feedbackID']}/")).json()
    assert event["contexts"]["feedback"]["associated_event_id"] == ABOUT
    assert event["type"] == "generic" or event["type"] == "feedback"


@pytest.mark.parametrize(
    ("changes", "member"),
    [({"event_id": "xyz"}, "event_id"), ({"comments": " "}, "comments"), ({"name": 5}, "name")],
)
async def test_a_report_that_cannot_be_is_refused_by_member(
    http: Http, changes: dict[str, Any], member: str
) -> None:
    said = {"event_id": ABOUT, "name": "Joan", "email": "", "comments": "it fell"}
    answer = await http.post(PATH, json=said | changes)
    assert answer.status == 400
    assert list(await answer.json()) == [member]


async def test_what_is_not_there_is_404(http: Http) -> None:
    assert (await http.get("/api/0/projects/desk/nothing/user-feedback/")).status == 404
    assert (await http.get("/api/0/organizations/desk/issues/99/user-reports/")).status == 404
