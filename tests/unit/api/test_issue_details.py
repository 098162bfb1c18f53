"""History, tags and hashes of an issue over HTTP."""

from typing import Any

from aiohttp.test_utils import TestClient

from vedette.api.issue_details import Hash
from vedette.api.schema import faults
from vedette.api.shapes.issue import Activity, IssueDetail, IssueTag, TagValue
from vedette.domain.times import SECOND, now

from .conftest import Desk

Http = TestClient[Any, Any]
PATH = "/api/0/organizations/desk/issues/DESK-1/"


async def get(http: Http, path: str, status: int = 200) -> Any:
    answer = await http.get(PATH + path)
    assert answer.status == status, await answer.text()
    return await answer.json()


async def test_tags_are_counted_by_value(desk: Desk, http: Http) -> None:
    for colour in ("red", "red", 'b"lue'):
        desk.error(tags={"colour": colour})
    tags = {tag["key"]: tag for tag in await get(http, "tags/")}
    assert list(faults(tags["colour"], IssueTag)) == []
    assert (tags["colour"]["totalValues"], tags["colour"]["uniqueValues"]) == (3, 2)
    assert [(value["value"], value["count"]) for value in tags["colour"]["topValues"]] == [
        ("red", 2),
        ('b"lue', 1),
    ]
    assert await get(http, "tags/colour/") == tags["colour"]
    red, blue = await get(http, "tags/colour/values/")
    assert list(faults(red, TagValue)) == []
    assert red["firstSeen"] < red["lastSeen"] < blue["firstSeen"] == blue["lastSeen"]
    assert blue["query"] == 'colour:"b\\"lue"'
    issues = await http.get("/api/0/organizations/desk/issues/", params={"query": blue["query"]})
    assert len(await issues.json()) == 1
    await get(http, "tags/size/", status=404)
    assert await get(http, "tags/size/values/") == []


async def test_what_happened_is_told_newest_first(desk: Desk, http: Http) -> None:
    desk.error()
    await http.put(PATH, json={"status": "ignored", "statusDetails": {"ignoreCount": 5}})
    activity = (await get(http, "activities/"))["activity"]
    assert [list(faults(one, Activity)) for one in activity] == [[]] * len(activity)
    assert activity[0]["type"] == "set_ignored"
    assert activity[0]["data"] == {"ignoreCount": 5}
    assert activity[-1]["type"] == "first_seen"
    assert (await get(http, ""))["activity"] == activity


async def test_hashes_lead_to_the_newest_event(desk: Desk, http: Http) -> None:
    desk.error()
    newest = desk.error()
    (one,) = await get(http, "hashes/")
    assert list(faults(one, Hash)) == []
    assert len(one["id"]) == 32
    assert one["latestEvent"]["id"] == newest


async def test_lately_is_counted_by_the_hour_and_by_the_day(desk: Desk, http: Http) -> None:
    moment = now() // SECOND
    desk.error(timestamp=moment)
    desk.error(timestamp=moment - 2 * 3600)
    detail = await get(http, "")
    assert list(faults(detail, IssueDetail)) == []
    by_hour, by_day = detail["stats"]["24h"], detail["stats"]["30d"]
    assert (len(by_hour), len(by_day)) == (24, 30)
    assert by_hour[-1][0] <= moment < by_hour[-1][0] + 3600
    assert [pair[0] % 3600 for pair in by_hour] == [0] * 24
