"""How values are spread: tags of events, attributes of spans and logs, web vitals."""

from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp.test_utils import TestClient

from vedette.api.facets import Facet, Stats, VitalFigures
from vedette.api.organizations import Environment
from vedette.api.schema import faults

from .conftest import Desk
from .test_explore import a_transaction
from .test_trace_items import a_log, send_logs

Http = TestClient[Any, Any]
ORG = "/api/0/organizations/desk/"


async def get(http: Http, path: str, status: int = 200, **more: Any) -> Any:
    answer = await http.get(f"{ORG}{path}/?{urlencode(more, doseq=True)}")
    assert answer.status == status, await answer.text()
    return await answer.json()


async def test_facets_tell_the_most_frequent_values_of_each_tag(desk: Desk, http: Http) -> None:
    for colour in ("red", "red", "blue"):
        desk.error(tags={"colour": colour})
    desk.error("TypeError: x", project="7", environment="prod")
    found = await get(http, "events-facets", dataset="errors")
    assert all(list(faults(one, Facet)) == [] for one in found)
    by_key = {one["key"]: one["topValues"] for one in found}
    assert by_key["colour"] == [
        {"name": "red", "value": "red", "count": 2},
        {"name": "blue", "value": "blue", "count": 1},
    ]
    assert [one["count"] for one in by_key["project"]] == [3, 1]
    narrowed = await get(http, "events-facets", dataset="errors", query="colour:blue")
    assert {one["key"]: one["topValues"][0]["count"] for one in narrowed}["colour"] == 1
    assert "colour" not in {one["key"] for one in await get(http, "events-facets", project="7")}
    await get(http, "events-facets", 400, query="level:")


async def test_facets_of_transactions_are_their_own(desk: Desk, http: Http) -> None:
    a_transaction(desk)
    found = await get(http, "events-facets", dataset="transactions")
    by_key = {one["key"]: one["topValues"][0]["value"] for one in found}
    assert (by_key["environment"], by_key["transaction.op"]) == ("dev", "http.server")


async def test_attributes_of_spans_are_spread_over_what_fits(desk: Desk, http: Http) -> None:
    a_transaction(desk, "/cart")
    a_transaction(desk, "/pay")
    stats = await get(http, "trace-items/stats", statsType="attributeDistributions")
    assert list(faults(stats, Stats)) == []
    spread = stats["data"][0]["attributeDistributions"]["data"]
    assert {bucket["label"] for bucket in spread["transaction"]} == {"/cart", "/pay"}
    assert {"label": "main", "value": 2.0} in spread["thread.name"]
    narrowed = await get(
        http, "trace-items/stats", statsType="attributeDistributions", query="transaction:/pay",
        substringMatch="TRANSACTION",
    )  # fmt: skip
    (spread,) = (one["attributeDistributions"]["data"] for one in narrowed["data"])
    assert [bucket["label"] for bucket in spread["transaction"]] == ["/pay"]
    assert all("transaction" in name for name in spread)
    none = await get(http, "trace-items/stats", statsType="attributeDistributions", substringMatch="nope")
    assert none["data"][0]["attributeDistributions"]["data"] == {}


async def test_logs_and_events_are_spread_too_and_secrets_stay(desk: Desk, http: Http) -> None:
    send_logs(desk, a_log(till="north", password="hunter2"), a_log(till="south", password="hunter2"))
    desk.error(tags={"colour": "red"})
    kind = {"statsType": "attributeDistributions", "itemType": "logs"}
    found = await get(http, "trace-items/stats", **kind)
    spread = found["data"][0]["attributeDistributions"]["data"]
    assert {bucket["label"] for bucket in spread["till"]} == {"north", "south"}
    assert spread["password"] == [{"label": "[Filtered]", "value": 2.0}]
    whole = await get(http, "trace-items/stats", raw=1, **kind)
    assert whole["data"][0]["attributeDistributions"]["data"]["password"][0]["label"] == "hunter2"
    found = await get(http, "trace-items/stats", **kind | {"itemType": "occurrences"})
    spread = found["data"][0]["attributeDistributions"]["data"]
    assert spread["colour"] == [{"label": "red", "value": 1.0}]


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"statsType": "other"},
        {"statsType": "attributeDistributions", "itemType": "replays"},
        {"statsType": "attributeDistributions", "traceItemsLimit": 0},
        {"statsType": "attributeDistributions", "query": "span.duration:long"},
    ],
)
async def test_what_cannot_be_asked_is_told(desk: Desk, http: Http, more: Any) -> None:
    await get(http, "trace-items/stats", 400, **more)


async def test_vitals_are_good_fair_or_poor(desk: Desk, http: Http) -> None:
    for n, value in enumerate((1_200, 2_500, 3_000, 9_000)):
        a_transaction(desk, f"/{n}", measurements={"lcp": {"value": value, "unit": "millisecond"}})
    found = await get(http, "events-vitals", vital=["measurements.lcp", "measurements.fcp"])
    assert all(list(faults(one, VitalFigures)) == [] for one in found.values())
    lcp = found["measurements.lcp"]
    assert (lcp["good"], lcp["meh"], lcp["poor"], lcp["total"]) == (2, 1, 1, 4)
    assert lcp["p75"] == pytest.approx(4_500)
    assert found["measurements.fcp"] == {"good": 0, "meh": 0, "poor": 0, "total": 0, "p75": None}
    assert len(await get(http, "events-vitals", query="transaction:/0")) == 6
    await get(http, "events-vitals", 400, vital="measurements.speed")


async def test_rows_are_told_apart_by_one_value(desk: Desk, http: Http) -> None:
    for release in ("a@1", "a@1", "a@2"):
        desk.error(release=release)
    column = 'to_other(release,"a@2",others,current)'
    found = await get(http, "events", dataset="errors", field=[column, "count()"], sort="-count()")
    assert [(row[column], row["count()"]) for row in found["data"]] == [("others", 2), ("current", 1)]
    (row,) = (await get(http, "events", dataset="errors", field='to_other(release,"a@2")', per_page=1))[
        "data"
    ]
    assert row['to_other(release,"a@2")'] == "this"
    await get(http, "events", 400, dataset="errors", field="to_other(release)")


async def test_how_much_a_score_could_gain(desk: Desk, http: Http) -> None:
    for value in (1_200, 9_000):
        vitals = {"lcp": {"value": value, "unit": "millisecond"}}
        trace = {"trace_id": "4bf92f3577b34da6a3ce929d0e0e4736", "span_id": "b" * 16, "op": "pageload"}
        contexts = {"trace": trace, "browser": {"name": "Chrome"}}
        a_transaction(desk, measurements=vitals, platform="javascript", contexts=contexts)
    names = [
        f"{name}(measurements.score.lcp)"
        for name in ("opportunity_score", "count_scores", "performance_score")
    ]
    (row,) = (await get(http, "events", dataset="transactions", field=names))["data"]
    gain, n, score = (row[name] for name in names)
    assert n == 2
    assert 0 < gain < 2
    assert 0 < score < 1
    (row,) = (
        await get(http, "events", dataset="transactions", field="opportunity_score(measurements.score.total)")
    )["data"]
    assert 0 < row["opportunity_score(measurements.score.total)"] < 2


async def test_environments_are_those_that_anything_named(desk: Desk, http: Http) -> None:
    assert await get(http, "environments") == []
    desk.error(environment="prod")
    a_transaction(desk, environment="dev")
    found = await get(http, "environments")
    assert [one["name"] for one in found] == ["dev", "prod"]
    assert all(list(faults(one, Environment)) == [] for one in found)
