"""The sessions API: figures in total and over time, by release, environment and status."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from tests.unit.api.conftest import NOON, Desk

Http = TestClient[Any, Any]
PATH = "/api/0/organizations/desk/sessions/"
RANGE = "start=2026-09-21T14:00:00&end=2026-09-21T17:00:00"


def session(desk: Desk, n: int, *, release: str = "shop@1.0", environment: str = "qa", **more: Any) -> None:
    values = {
        "sid": f"{n:032x}",
        "init": True,
        "started": NOON,
        "timestamp": NOON + 2,
        "status": "exited",
        "attrs": {"release": release, "environment": environment},
    }
    desk.send(({"type": "session"}, values | more))


@pytest.fixture
def filled(desk: Desk) -> Desk:
    session(desk, 1, did="anna")
    session(desk, 2, did="bert", status="crashed", errors=1)
    session(desk, 3, did="bert", started=NOON - 60, timestamp=NOON + 3, duration=4)
    session(desk, 4, release="shop@2.0", environment="prod", errors=2)
    row = {"started": NOON, "exited": 4, "abnormal": 1}
    desk.send(({"type": "sessions"}, {"aggregates": [row], "attrs": {"release": "shop@2.0"}}))
    return desk


async def ask(http: Http, query: str, status: int = 200) -> Any:
    async with http.get(f"{PATH}?{query}") as response:
        assert response.status == status, await response.text()
        return await response.json()


async def test_figures_come_in_total_and_by_interval(http: Http, filled: Desk) -> None:
    fields = "&".join(
        f"field={name}"
        for name in (
            "sum(session)", "count_unique(user)", "crash_free_rate(session)", "crash_rate(user)",
            "avg(session.duration)", "p50(session.duration)", "max(session.duration)",
            "unhealthy_rate(session)", "abnormal_rate(session)", "anr_rate()",
        )
    )  # fmt: skip
    found = await ask(http, f"{RANGE}&{fields}")
    assert (found["start"], found["end"]) == ("2026-09-21T14:00:00Z", "2026-09-21T17:00:00Z")
    assert found["intervals"] == [f"2026-09-21T{hour}:00:00Z" for hour in (14, 15, 16)]
    (group,) = found["groups"]
    assert group["by"] == {}
    totals = group["totals"]
    assert totals["sum(session)"] == 9
    assert totals["count_unique(user)"] == 2
    assert totals["crash_free_rate(session)"] == pytest.approx(8 / 9)
    assert totals["crash_rate(user)"] == 0.5
    assert totals["unhealthy_rate(session)"] == pytest.approx(3 / 9)
    assert totals["abnormal_rate(session)"] == pytest.approx(1 / 9)
    assert totals["avg(session.duration)"] == pytest.approx(8_000 / 3)
    assert totals["p50(session.duration)"] == pytest.approx(2_000, rel=0.011)
    assert totals["max(session.duration)"] == 4_000
    assert totals["anr_rate()"] == 0
    assert group["series"]["sum(session)"] == [9, 0, 0]
    assert group["series"]["crash_free_rate(session)"][1:] == [None, None]
    assert group["series"]["count_unique(user)"] == [2, 0, 0]


async def test_groups_by_release_and_environment_are_sorted(http: Http, filled: Desk) -> None:
    found = await ask(http, f"{RANGE}&field=sum(session)&groupBy=release&groupBy=environment&groupBy=project")
    assert [(group["by"], group["totals"]["sum(session)"]) for group in found["groups"]] == [
        ({"release": "shop@2.0", "environment": "", "project": 1}, 5),
        ({"release": "shop@1.0", "environment": "qa", "project": 1}, 3),
        ({"release": "shop@2.0", "environment": "prod", "project": 1}, 1),
    ]
    up = await ask(
        http, f"{RANGE}&field=sum(session)&groupBy=release&orderBy=sum(session)&includeSeries=0&per_page=1"
    )
    assert up["groups"] == [{"by": {"release": "shop@1.0"}, "totals": {"sum(session)": 3}}]


async def test_by_status_every_session_is_in_one_group(http: Http, filled: Desk) -> None:
    found = await ask(
        http,
        f"{RANGE}&field=sum(session)&field=count_unique(user)&field=avg(session.duration)&groupBy=session.status",
    )
    sums = {group["by"]["session.status"]: group["totals"]["sum(session)"] for group in found["groups"]}
    assert sums == {"healthy": 6, "crashed": 1, "errored": 1, "abnormal": 1, "unhandled": 0}
    assert sum(sums.values()) == 9
    users = {
        group["by"]["session.status"]: group["totals"]["count_unique(user)"] for group in found["groups"]
    }
    assert (users["healthy"], users["crashed"]) == (1, 1)


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("query=release:shop@1.0", 3), ('query=release:"shop@2.0"', 6), ("environment=qa", 3),
        ("query=release:[shop@1.0,shop@2.0]%20environment:prod", 1), ("project=1", 9), ("project=-1", 9),
        ("environment=dev", 0),
    ],
)  # fmt: skip
async def test_only_what_is_asked_for_counts(http: Http, filled: Desk, query: str, total: int) -> None:
    found = await ask(http, f"{RANGE}&field=sum(session)&{query}")
    (group,) = found["groups"]
    assert group["totals"]["sum(session)"] == total


async def test_up_to_six_hours_come_by_the_minute(http: Http, filled: Desk) -> None:
    found = await ask(
        http,
        "start=2026-09-21T14:10:00&end=2026-09-21T14:20:00&interval=1m&field=sum(session)&groupBy=release",
    )
    assert len(found["intervals"]) == 10
    by = {group["by"]["release"]: group["series"]["sum(session)"] for group in found["groups"]}
    assert by["shop@1.0"] == [0, 0, 1, 2, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    "query",
    [
        "", "field=sum(x)", "field=nonsense", "field=p51(session.duration)", "field=crash_rate(x)",
        "field=sum(session)&groupBy=user", "field=crash_rate(session)&groupBy=session.status",
        "field=sum(session)&interval=7m", "field=sum(session)&interval=90m", "field=sum(session)&interval=x",
        "field=sum(session)&interval=1m&statsPeriod=7h", "field=sum(session)&statsPeriod=1000d",
        "field=count_unique(user)&interval=5m&statsPeriod=1h", "field=sum(session)&query=message:x",
        "field=sum(session)&orderBy=-crash_rate(session)", "field=sum(session)&project=none",
        "field=sum(session)&" + "&".join(f"field=sum(session){n}" for n in range(40)),
    ],
)  # fmt: skip
async def test_what_cannot_be_asked_is_refused(http: Http, query: str) -> None:
    assert (await ask(http, query, 400))["detail"]


async def test_without_sessions_there_are_zeros_and_no_rates(http: Http) -> None:
    found = await ask(http, "field=sum(session)&field=crash_free_rate(session)&field=p95(session.duration)")
    (group,) = found["groups"]
    assert group["totals"] == {
        "sum(session)": 0, "crash_free_rate(session)": None, "p95(session.duration)": None,
    }  # fmt: skip
    assert set(group["series"]["sum(session)"]) == {0}
