"""Releases over the API: from events and sessions, with what is new and how healthy they are."""

from typing import Any

import orjson
import pytest
from aiohttp.test_utils import TestClient

from tests.unit.api.conftest import NOON, Desk
from tests.unit.api.test_sessions import session
from vedette.api import releases
from vedette.domain.times import from_seconds

Http = TestClient[Any, Any]
PATH = "/api/0/organizations/desk/releases/"


async def get(http: Http, path: str, status: int = 200) -> Any:
    async with http.get(path) as response:
        assert response.status == status, await response.text()
        return await response.json()


@pytest.fixture
def filled(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(releases, "now", lambda: from_seconds(NOON + 600))
    desk.error("KeyError: a", release="shop@1.0")
    desk.error("KeyError: a", release="shop@1.0")
    desk.error("TypeError: b", release="shop@2.0+77")
    for n in range(8):
        session(desk, n, did=f"user {n % 2}", duration=n)
    session(desk, 8, did="user 0", status="crashed", errors=1)
    session(desk, 9, release="shop@2.0+77", environment="prod", errors=1)
    return desk


async def test_releases_come_newest_first_with_what_is_new(http: Http, filled: Desk) -> None:
    newest, oldest = await get(http, PATH)
    assert (newest["version"], newest["shortVersion"]) == ("shop@2.0+77", "2.0 (77)")
    assert newest["versionInfo"]["package"] == "shop"
    assert (oldest["version"], oldest["newGroups"]) == ("shop@1.0", 1)
    assert oldest["firstEvent"] <= oldest["lastEvent"]
    (project,) = oldest["projects"]
    assert (project["id"], project["newGroups"], project["hasHealthData"]) == (1, 1, False)
    assert "healthData" not in project
    assert await get(http, "/api/0/projects/desk/1/releases/") == [newest, oldest]


async def test_lists_are_paged_and_searched(http: Http, filled: Desk) -> None:
    async with http.get(f"{PATH}?per_page=1") as response:
        (first,) = await response.json()
        following = response.links["next"]
    assert following["results"] == "true"
    (second,) = await get(http, following["url"].path_qs)
    assert [first["version"], second["version"]] == ["shop@2.0+77", "shop@1.0"]
    assert [row["version"] for row in await get(http, f"{PATH}?query=1.0")] == ["shop@1.0"]
    assert await get(http, f"{PATH}?query=%25") == []
    await get(http, f"{PATH}?project=nothing", 400)


async def test_health_is_told_where_it_is_asked_for(http: Http, filled: Desk) -> None:
    found = await get(http, f"{PATH}?health=1&adoptionStages=1&summaryStatsPeriod=24h")
    newest, oldest = found
    health = oldest["projects"][0]["healthData"]
    assert (health["totalSessions"], health["sessionsCrashed"], health["sessionsErrored"]) == (9, 1, 0)
    assert health["crashFreeSessions"] == pytest.approx(100 * 8 / 9)
    assert (health["totalUsers"], health["crashFreeUsers"]) == (2, 50)
    assert (health["totalSessions24h"], health["totalProjectSessions24h"]) == (9, 10)
    assert health["sessionsAdoption"] == pytest.approx(90)
    assert health["durationP50"] == pytest.approx(3, rel=0.011)
    assert [stage["stage"] for stage in oldest["adoptionStages"].values()] == ["adopted"]
    assert newest["projects"][0]["healthData"]["sessionsErrored"] == 1
    none = await get(http, f"{PATH}?health=1&environment=dev")
    assert [row["projects"][0]["healthData"] for row in none] == [None, None]


async def test_one_release_is_shown_by_its_name(http: Http, filled: Desk) -> None:
    shown = await get(http, f"{PATH}shop%402.0%2B77/?health=1")
    assert (shown["version"], shown["projects"][0]["hasHealthData"]) == ("shop@2.0+77", True)
    assert (await get(http, "/api/0/projects/desk/1/releases/shop@1.0/"))["version"] == "shop@1.0"
    await get(http, f"{PATH}shop@3.0/", 404)


async def test_a_release_is_adopted_replaced_or_little_used(
    http: Http, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = NOON + 3 * 86_400
    monkeypatch.setattr(releases, "now", lambda: from_seconds(later))
    for release, counts in (("shop@1", (5, 1)), ("shop@2", (0, 60)), ("shop@3", (0, 2))):
        for exited, started in zip(counts, (NOON, later), strict=True):
            row = {"started": started, "exited": exited}
            body = orjson.dumps({"aggregates": [row], "attrs": {"release": release}})
            desk.receive(b'{}\n{"type":"sessions"}\n' + body, project="1", key=desk.key, at=started)
    found = await get(http, f"{PATH}?adoptionStages=1")
    stages = {row["version"]: next(iter(row["adoptionStages"].values()))["stage"] for row in found}
    assert stages == {"shop@1": "replaced", "shop@2": "adopted", "shop@3": "low_adoption"}
