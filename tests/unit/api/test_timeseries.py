"""Charts over HTTP, in both forms."""

from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp.test_utils import TestClient

from vedette.api.schema import faults
from vedette.api.shapes.timeseries import Stats, TimeSeries

from .conftest import NOON, Desk

Http = TestClient[Any, Any]
STATS = "/api/0/organizations/desk/events-stats/"
SERIES = "/api/0/organizations/desk/events-timeseries/"
RANGE = {"start": "2026-09-21T14:13:00", "end": "2026-09-21T14:15:00", "interval": "1m", "dataset": "errors"}
BEGIN = 1_789_999_980


async def get(http: Http, path: str, status: int = 200, **asked: Any) -> Any:
    answer = await http.get(f"{path}?{urlencode(RANGE | asked, doseq=True)}")
    assert answer.status == status, await answer.text()
    return await answer.json()


def fill(desk: Desk) -> None:
    """Two errors in the first minute, three in the second."""
    for seconds, level in [(0, "error"), (1, "fatal"), (50, "error"), (51, "error"), (52, "warning")]:
        desk.error(timestamp=NOON + seconds, level=level)


async def test_one_function_is_one_series_in_the_older_form(desk: Desk, http: Http) -> None:
    fill(desk)
    answer = await get(http, STATS)
    assert list(faults(answer, Stats)) == []
    assert answer["data"] == [[BEGIN, [{"count": 2}]], [BEGIN + 60, [{"count": 3}]]]
    assert (answer["start"], answer["end"]) == (BEGIN, BEGIN + 120)
    assert answer["meta"]["fields"] == {"count()": "integer"}


async def test_several_functions_and_groups_are_named_in_the_older_form(desk: Desk, http: Http) -> None:
    fill(desk)
    answer = await get(http, STATS, yAxis=["count()", "epm()"])
    assert answer["epm()"]["data"][1] == [BEGIN + 60, [{"count": 3.0}]]
    assert [answer[axis]["order"] for axis in ("count()", "epm()")] == [0, 1]
    answer = await get(http, STATS, topEvents=1, field=["level", "count()"], sort="-count()")
    assert set(answer) == {"error", "Other"}
    assert answer["error"]["data"] == [[BEGIN, [{"count": 1}]], [BEGIN + 60, [{"count": 2}]]]
    assert answer["Other"]["order"] == 1
    answer = await get(http, STATS, topEvents=1, field="level", yAxis=["count()", "eps()"])
    assert set(answer["error"]) == {"count()", "eps()", "order"}


async def test_the_time_before_is_told_beside(desk: Desk, http: Http) -> None:
    fill(desk)
    answer = await get(http, STATS, start="2026-09-21T14:14:00", comparisonDelta=60)
    assert answer["data"] == [[BEGIN + 60, [{"count": 3, "comparisonCount": 2}]]]
    answer = await get(http, SERIES, start="2026-09-21T14:14:00", comparisonDelta=60)
    assert answer["timeSeries"][0]["values"][0]["comparisonValue"] == 2


async def test_every_function_and_group_is_a_series_in_the_newer_form(desk: Desk, http: Http) -> None:
    fill(desk)
    answer = await get(http, SERIES)
    assert list(faults(answer, TimeSeries)) == []
    assert answer["meta"] == {"dataset": "errors", "start": BEGIN * 1000, "end": (BEGIN + 120) * 1000}
    (series,) = answer["timeSeries"]
    assert series["yAxis"] == "count()"
    assert series["groupBy"] is None
    assert [value["value"] for value in series["values"]] == [2, 3]
    assert series["meta"] == {
        "valueType": "integer",
        "valueUnit": None,
        "interval": 60_000,
        "dataScanned": "full",
    }
    answer = await get(http, SERIES, groupBy="level", topEvents=1, yAxis=["count()", "last_seen()"])
    assert list(faults(answer, TimeSeries)) == []
    assert [series["groupBy"] for series in answer["timeSeries"]] == [
        [{"key": "level", "value": "error"}],
        [{"key": "level", "value": "error"}],
        None,
        None,
    ]
    assert [series["meta"]["isOther"] for series in answer["timeSeries"]] == [False, False, True, True]
    assert answer["timeSeries"][1]["values"][0]["value"] == NOON * 1000
    only = await get(http, SERIES, groupBy="level", topEvents=1, excludeOther=1)
    assert len(only["timeSeries"]) == 1


async def test_a_stretch_that_is_not_over_says_so(desk: Desk, http: Http) -> None:
    desk.error()
    answer = await get(http, SERIES, start="2026-09-21", end="2199-01-01", interval="36d")
    values = answer["timeSeries"][0]["values"]
    assert not values[0]["incomplete"]
    assert values[-1]["incompleteReason"] == "INCOMPLETE_BUCKET"


async def test_without_range_and_interval_all_there_is_is_shown(desk: Desk, http: Http) -> None:
    fill(desk)
    answer = await http.get(f"{STATS}?dataset=errors")
    data = (await answer.json())["data"]
    assert sum(value["count"] for _, (value,) in data) == 5
    assert len(data) <= 351


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"interval": "often"}, "Invalid interval"),
        ({"interval": "0"}, "Invalid interval"),
        ({"interval": "1s", "start": "2000-01-01"}, "interval is too short"),
        ({"yAxis": "level"}, "is no function"),
        ({"yAxis": "p95()"}, "needs a field"),
        ({"query": "level:loud"}, "is no level"),
        ({"topEvents": "51"}, "topEvents"),
        ({"dataset": "profiles"}, "dataset must be"),
    ],
)
async def test_what_cannot_be_charted_is_refused(http: Http, asked: dict[str, Any], words: str) -> None:
    answer = await get(http, STATS, status=400, **asked)
    assert words in str(answer)
