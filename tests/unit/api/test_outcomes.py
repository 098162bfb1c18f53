"""How much came, and what became of it, asked through the API."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from vedette.api.outcomes import Stats
from vedette.api.schema import faults

from .conftest import NOON, Desk

Http = TestClient[Any, Any]
PATH = "/api/0/organizations/desk/stats_v2/"
SPAN = {"start": "2026-01-01T00:00:00", "end": "2030-01-01T00:00:00", "interval": "1w"}


def report(desk: Desk, *rows: dict[str, Any], project: str = "1") -> None:
    desk.send(({"type": "client_report"}, {"discarded_events": rows}), project=project)


async def ask(http: Http, **parameters: Any) -> dict[str, Any]:
    answer = await http.get(PATH, params={"field": "sum(quantity)", **SPAN, **parameters})
    assert answer.status == 200, await answer.text()
    said: dict[str, Any] = await answer.json()
    return said


def totals(stats: dict[str, Any]) -> dict[tuple[Any, ...], int]:
    return {tuple(group["by"].values()): group["totals"]["sum(quantity)"] for group in stats["groups"]}


async def test_items_and_what_clients_dropped_are_grouped_as_asked(desk: Desk, http: Http) -> None:
    desk.error()
    desk.error("KeyError: x")
    report(desk, {"reason": "sample_rate", "category": "span", "quantity": 7})
    stats = await ask(http, groupBy=["outcome", "category", "reason"])
    assert list(faults(stats, Stats)) == []
    assert totals(stats) == {
        ("client_discard", "span", "sample_rate"): 7,
        ("accepted", "error", "none"): 2,
    }
    assert totals(await ask(http, groupBy="outcome", outcome="accepted")) == {("accepted",): 2}
    assert totals(await ask(http, category="span", reason="sample_rate")) == {(): 7}
    assert totals(await ask(http)) == {(): 9}


async def test_series_follow_the_intervals(desk: Desk, http: Http) -> None:
    desk.error()
    start = "2026-01-01T00:00:00"
    stats = await ask(http, start=start, end="2027-12-01T00:00:00", interval="1d")
    (group,) = stats["groups"]
    series = group["series"]["sum(quantity)"]
    assert len(series) == len(stats["intervals"])
    (place,) = [n for n, value in enumerate(series) if value]
    from datetime import UTC, datetime

    assert stats["intervals"][place][:10] == datetime.fromtimestamp(NOON, UTC).strftime("%Y-%m-%d")


async def test_projects_are_told_apart(desk: Desk, http: Http) -> None:
    report(desk, {"reason": "before_send", "category": "error", "quantity": 2}, project="2")
    assert totals(await ask(http, groupBy="project")) == {(2,): 2}
    assert totals(await ask(http, project="1")) == {(): 0}


@pytest.mark.parametrize(
    "wrong",
    [
        {"field": "count()"},
        {"groupBy": "release"},
        {"interval": "5m"},
        {"interval": "0h"},
        {"interval": "1h"},
        {"project": "none"},
        {"statsPeriod": "x"},
    ],
)
async def test_what_cannot_be_asked_is_400(http: Http, wrong: dict[str, str]) -> None:
    answer = await http.get(PATH, params={"field": "sum(quantity)", **SPAN, **wrong})
    assert answer.status == 400


async def test_without_a_range_it_is_two_weeks_by_the_hour(http: Http) -> None:
    answer = await http.get(PATH, params={"field": "sum(quantity)"})
    assert len((await answer.json())["intervals"]) in (336, 337)
