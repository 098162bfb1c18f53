"""Monitors over the API: made, shown, changed, deleted; check-ins and how they ended."""

from typing import Any

import orjson
import pytest
from aiohttp.test_utils import TestClient

from tests.unit.api.conftest import NOON, Desk
from vedette.api.monitors import MOST_BUCKETS

Http = TestClient[Any, Any]
MONITORS = "/api/0/organizations/desk/monitors/"
CONFIG = {"schedule": {"type": "crontab", "value": "0 3 * * *"}, "timezone": "Europe/Berlin"}


def check_in(desk: Desk, status: str = "ok", at: float = 0, **more: Any) -> None:
    payload = {"monitor_slug": "nightly", "status": status, "monitor_config": CONFIG} | more
    body = b"{}\n" + orjson.dumps({"type": "check_in"}) + b"\n" + orjson.dumps(payload)
    desk.receive(body, project="1", key=desk.key, at=NOON + at)


async def get(http: Http, path: str, status: int = 200) -> Any:
    async with http.get(path) as response:
        assert response.status == status, await response.text()
        return await response.json()


async def test_a_monitor_of_check_ins_is_shown(http: Http, desk: Desk) -> None:
    check_in(desk, "error", trace=None, environment="qa")
    check_in(desk, "ok", environment="production")
    (monitor,) = await get(http, MONITORS)
    assert (monitor["slug"], monitor["status"], monitor["isUpserting"], monitor["isMuted"]) == (
        "nightly", "active", True, False,
    )  # fmt: skip
    assert monitor["config"]["schedule"] == "0 3 * * *"
    assert monitor["config"]["timezone"] == "Europe/Berlin"
    assert monitor["project"]["id"] == "1"
    production, qa = monitor["environments"]
    assert (production["name"], production["status"], production["activeIncident"]) == (
        "production",
        "ok",
        None,
    )
    assert qa["status"] == "error"
    assert qa["activeIncident"]["startingTimestamp"] == qa["lastCheckIn"] == "2026-09-21T14:13:20.000000Z"
    assert qa["nextCheckIn"] == "2026-09-22T01:00:00.000000Z"
    assert qa["nextCheckInLatest"] == "2026-09-22T01:01:00.000000Z"
    alone = await get(http, f"{MONITORS}nightly/?environment=qa")
    assert [one["name"] for one in alone["environments"]] == ["qa"]
    assert await get(http, f"{MONITORS}{monitor['id']}/") == monitor
    assert await get(http, "/api/0/projects/desk/1/monitors/nightly/") == monitor
    assert await get(http, f"{MONITORS}?environment=dev") == []
    assert len(await get(http, f"{MONITORS}?environment=qa&project=1")) == 1
    await get(http, f"{MONITORS}weekly/", 404)


async def test_its_failure_is_an_issue_of_its_own_category(http: Http, desk: Desk) -> None:
    check_in(desk, "error")
    (issue,) = await get(http, "/api/0/organizations/desk/issues/")
    assert (issue["title"], issue["type"]) == ("Monitor failure: nightly", "generic")
    assert (issue["issueCategory"], issue["issueType"]) == ("cron", "monitor_check_in_failure")
    event = await get(http, f"/api/0/organizations/desk/issues/{issue['id']}/events/latest/")
    assert event["contexts"]["monitor"]["slug"] == "nightly"
    assert event["context"]["Failure reason"] == "error: the job said that it failed"
    occurrence = event["occurrence"]
    assert (occurrence["issueTitle"], occurrence["subtitle"]) == (
        "Monitor failure: nightly", "Your monitor has reached its failure threshold.",
    )  # fmt: skip
    assert [one["name"] for one in occurrence["evidenceDisplay"]] == [
        "Failure reason", "Environment", "Last successful check-in",
    ]  # fmt: skip
    assert {"key": "monitor.slug", "value": "nightly"}.items() <= {tag["key"]: tag for tag in event["tags"]}[
        "monitor.slug"
    ].items()

    (failed,) = await get(http, f"{MONITORS}nightly/checkins/")
    assert failed["groups"] == [issue["id"]]
    request = await get(http, "/api/0/requests/1/")
    assert request["items"][0]["issueId"] == issue["id"]


async def test_one_environment_is_muted_or_deleted(http: Http, desk: Desk) -> None:
    check_in(desk, environment="qa")
    check_in(desk)
    path = "/api/0/projects/desk/1/monitors/nightly/environments/qa/"
    async with http.put(path, json={"isMuted": True}) as response:
        assert [one["isMuted"] for one in (await response.json())["environments"]] == [False, True]
    check_in(desk, "error", environment="qa")
    assert await get(http, "/api/0/organizations/desk/issues/") == []
    async with http.put(path.replace("qa", "dev"), json={"isMuted": True}) as response:
        assert response.status == 404
    async with http.delete(path) as response:
        assert response.status == 204
    assert [one["name"] for one in (await get(http, f"{MONITORS}nightly/"))["environments"]] == ["production"]


async def test_the_event_of_what_was_missed_can_be_read_though_nobody_sent_it(http: Http, desk: Desk) -> None:
    check_in(desk)
    with desk.writer.batch(mark=desk.last):
        desk.writer.tick(round((NOON + 86_400) * 1_000_000))
    (issue,) = await get(http, "/api/0/organizations/desk/issues/")
    event = await get(http, f"/api/0/organizations/desk/issues/{issue['id']}/events/latest/")
    assert event["title"] == "Monitor failure: nightly"
    assert event["context"]["Failure reason"].startswith("missed: ")
    assert event["dateCreated"].startswith("2026-09-22T14:13:20")
    path = f"/api/0/projects/desk/1/events/{event['eventID']}/json/"
    assert (await get(http, path))["event_id"] == event["eventID"]


async def test_monitors_are_made_changed_and_deleted(http: Http, desk: Desk) -> None:
    new = {
        "project": "1",
        "name": "Nightly count",
        "config": {"schedule_type": "interval", "schedule": [1, "day"]},
    }
    async with http.post(MONITORS, json=new) as response:
        assert response.status == 201
        made = await response.json()
    assert (made["slug"], made["config"]["schedule"], made["environments"]) == (
        "nightly-count", [1, "day"], [],
    )  # fmt: skip
    async with http.post(MONITORS, json=new) as response:
        assert response.status == 409
    change = {"slug": "nightly", "isMuted": True, "config": {"checkin_margin": 7}, "owner": "team:3"}
    async with http.put(f"{MONITORS}nightly-count/", json=change) as response:
        assert response.status == 200
        changed = await response.json()
    assert (changed["slug"], changed["isMuted"], changed["id"]) == ("nightly", True, made["id"])
    assert (changed["config"]["checkin_margin"], changed["config"]["schedule"]) == (7, [1, "day"])
    assert changed["owner"] == {"type": "team", "id": "3", "name": "3"}
    check_in(desk, monitor_config=None)
    check_in(desk, monitor_config=None, environment="qa")
    async with http.put(f"{MONITORS}nightly/", json={"status": "disabled"}) as response:
        disabled = await response.json()
    assert (disabled["status"], disabled["environments"][0]["nextCheckIn"]) == ("disabled", None)
    async with http.delete(f"{MONITORS}nightly/?environment=qa") as response:
        assert response.status == 204
    assert len((await get(http, f"{MONITORS}nightly/"))["environments"]) == 1
    async with http.delete(f"{MONITORS}nightly/") as response:
        assert response.status == 204
    assert await get(http, MONITORS) == []
    assert desk.writer.raw.execute("SELECT count(*) FROM check_in").fetchall() == [(0,)]


@pytest.mark.parametrize(
    "body",
    [
        {"name": "a", "config": CONFIG},
        {"project": "9", "name": "a", "config": CONFIG},
        {"project": "1", "name": "a", "config": {}},
        {"project": "1", "name": "a", "config": {"schedule": "0 0 0 * * *", "schedule_type": "crontab"}},
        {"project": "1", "name": " ", "config": CONFIG},
        {"project": "1", "name": "日本", "config": CONFIG},
    ],
)
async def test_what_cannot_be_a_monitor_is_refused(http: Http, body: dict[str, Any]) -> None:
    async with http.post(MONITORS, json=body) as response:
        assert response.status == 400


async def test_check_ins_come_in_pages_newest_first(http: Http, desk: Desk) -> None:
    for n in range(5):
        check_in(desk, at=n * 60, check_in_id=f"{n + 1:032x}", environment="qa" if n == 2 else "production")
    seen: list[str] = []
    path = f"{MONITORS}nightly/checkins/?per_page=2"
    while True:
        async with http.get(path) as response:
            seen += [one["id"] for one in await response.json()]
            following = response.links["next"]
        if following["results"] == "false":
            break
        path = following["url"].path_qs
    assert seen == [f"{n:032x}" for n in (5, 4, 3, 2, 1)]
    (qa,) = await get(http, "/api/0/projects/desk/1/monitors/nightly/checkins/?environment=qa")
    assert (qa["status"], qa["environment"], qa["duration"]) == ("ok", "qa", None)
    assert qa["monitorConfig"]["timezone"] == "Europe/Berlin"
    end = "2026-09-21T14:15:00"
    assert len(await get(http, f"{MONITORS}nightly/checkins/?start=2026-09-21T14:14:00&end={end}")) == 1


async def test_how_check_ins_ended_is_counted_by_the_hour(http: Http, desk: Desk) -> None:
    check_in(desk, duration=2)
    check_in(desk, "error", at=60, duration=4)
    check_in(desk, "in_progress", at=3_600)
    found = await get(http, f"{MONITORS}nightly/stats/?since={NOON:.0f}&until={NOON + 3600:.0f}")
    assert [(part["ok"], part["error"], part["in_progress"]) for part in found] == [(1, 1, 0), (0, 0, 1)]
    assert [part["duration"] for part in found] == [3_000, None]
    assert found[0]["ts"] == NOON // 3600 * 3600
    await get(http, f"{MONITORS}nightly/stats/?resolution=1m&statsPeriod={MOST_BUCKETS}h", 400)


async def test_who_may_only_read_events_sees_no_monitors(http: Http) -> None:
    async with http.get(MONITORS, headers={"Authorization": "Bearer reader"}) as response:
        assert response.status == 403
