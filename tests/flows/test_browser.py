"""A real browser with the SDK of the web: all it sends of one visit to a page is there and linked.

Twice: posted to the DSN, and through a tunnel whose path no blocker knows.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.flows.test_sdks import crash_frame
from tests.support.browser import chromium, open_page
from tests.support.node import node_with_sentry
from tests.support.pages import served
from tests.support.station import StationProcess, running_station, wait_until
from vedette.domain.workspace import Workspace

DESK = "organizations/desk"
RELEASE = "stall@1.4.0"


@dataclass(frozen=True)
class Visit:
    """A visit to the page, and the ids under which the SDK sent its parts."""

    station: StationProcess
    project: str
    address: str  # of the page
    paths: set[str]  # of the requests
    error: str
    feedback: str
    replay: str

    def events(self, dataset: str, query: str = "", *fields: str) -> list[dict[str, Any]]:
        """Return what a table over *dataset* has of this visit."""
        asked = [("dataset", dataset), ("project", self.project), ("query", query), ("per_page", "100")]
        answer = self.station.api(f"{DESK}/events/?{urlencode([*asked, *(('field', f) for f in fields)])}")
        rows: list[dict[str, Any]] = answer["data"]
        return rows

    def event(self, event_id: str) -> dict[str, Any]:
        event: dict[str, Any] = self.station.api(f"projects/desk/{self.project}/events/{event_id}/")
        return event

    def trace(self, trace_id: str) -> list[dict[str, Any]]:
        """Return the spans and errors of a trace, parents first."""
        waiting, found = list(self.station.api(f"{DESK}/trace/{trace_id}/")), []
        while waiting:
            node = waiting.pop(0)
            found.append(node)
            waiting = [*node.get("children", ()), *node.get("errors", ()), *waiting]
        return found


async def see(profile: Path, address: str, is_last_here: Callable[[], object]) -> dict[str, Any]:
    """Visit the page as a person would, and return the ids it tells."""
    async with open_page(profile, address) as page:
        await page.wait_for("window.ready", "the SDK is there")
        await page.click("#name")
        await page.write("quince")
        await page.click("#buy")
        await page.wait_for("document.querySelector('#answer').textContent", "the page has failed")
        await page.wait_for("spansSent >= 2", "page load and navigation are over")
        told: dict[str, Any] = await page.evaluate("finish()")
        await page.leave()
        # What is sent while a page is left is on its way until the browser is closed.
        await asyncio.to_thread(wait_until, is_last_here, "the interaction has arrived")
    assert told.pop("sent")
    return told


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StationProcess]:
    chromium()
    node_with_sentry("browser")
    with running_station(Workspace(tmp_path_factory.mktemp("browser") / "Prüfstand")) as station:
        yield station


@pytest.fixture(scope="module", params=["direct", "tunnel"])
def visit(
    request: pytest.FixtureRequest, station: StationProcess, tmp_path_factory: pytest.TempPathFactory
) -> Visit:
    number = {"direct": "1", "tunnel": "2"}[request.param]
    query = {"dsn": station.dsn.removesuffix("1") + number}
    if request.param == "tunnel":
        query["tunnel"] = f"http://127.0.0.1:{station.port}/t"
    with served() as base:
        address = f"{base}/index.html"
        asked = {"dataset": "spans", "project": number, "query": "has:measurements.inp", "field": "id"}
        told = asyncio.run(
            see(
                tmp_path_factory.mktemp("profile"),
                f"{address}?{urlencode(query)}",
                lambda: station.api(f"{DESK}/events/?{urlencode(asked)}")["data"],
            )
        )
        station.wait_digested()
    requests = [one for one in station.api("requests/") if one["projectId"] == number]
    assert {one["outcome"] for one in requests} == {"stored"}, requests
    slug = requests[0]["projectSlug"]
    return Visit(station, slug, address, {one["path"] for one in requests}, **told)


def test_every_request_goes_where_the_page_was_told(visit: Visit) -> None:
    (path,) = visit.paths
    assert path in ("/api/1/envelope/", "/t")
    assert (path == "/t") == (visit.project != "desk")


def test_an_uncaught_error_is_an_issue_with_its_frames_breadcrumbs_and_what_ran(visit: Visit) -> None:
    event = visit.event(visit.error)
    frame = crash_frame(event)
    assert (frame["function"], frame["filename"], frame["inApp"]) == ("weigh", "/page/stall.js", True)
    source = (Path(__file__).parents[1] / "node" / "page" / "stall.js").read_text(encoding="utf-8")
    assert "throw new EmptyBasket" in source.splitlines()[frame["lineNo"] - 1]
    tags = {tag["key"]: tag["value"] for tag in event["tags"]}
    assert {"till": "4", "release": RELEASE, "environment": "qa", "handled": "no"}.items() <= tags.items()
    assert tags["browser.name"].endswith("Chrome")
    assert event["user"]["email"] == "pomona@example.com"
    (crumbs,) = [entry["data"]["values"] for entry in event["entries"] if entry["type"] == "breadcrumbs"]
    assert {"ui.click", "navigation", "fetch", "console"} <= {crumb["category"] for crumb in crumbs}
    issue = visit.station.api(f"{DESK}/issues/{event['groupID']}/")
    assert (issue["metadata"]["type"], issue["isUnhandled"]) == ("EmptyBasket", True)


def test_the_trace_has_the_navigation_what_it_did_and_the_errors_in_it(visit: Visit) -> None:
    trace_id = visit.event(visit.error)["contexts"]["trace"]["trace_id"]
    nodes = visit.trace(trace_id)
    spans = {node["op"]: node for node in nodes if node["event_type"] == "span"}
    assert spans["navigation"]["transaction"] == "/page/basket"
    assert spans["stall.buy"]["parent_span_id"] == spans["navigation"]["event_id"]
    assert spans["http.client"]["description"].endswith("/page/prices.json")
    errors = {node["event_id"]: node["title"] for node in nodes if node["event_type"] == "error"}
    assert errors[visit.error] == "EmptyBasket: basket 8 is empty"
    inside = [error["title"] for error in spans["stall.buy"]["errors"]]
    assert inside == ["EmptyBasket: basket 7 is empty"]


def test_a_page_load_tells_its_web_vitals_to_the_trace_and_to_searches(visit: Visit) -> None:
    # A Chromium that knows soft navigations measures the second page as well, in its own trace.
    fields = ("trace", "span.op", "measurements.lcp", "browser.web_vital.cls.value", "replay.id")
    rows = visit.events("spans", "transaction:/page/index.html", *fields)
    (trace_id,) = {row["trace"] for row in rows}
    assert {row["replay.id"] for row in rows} == {visit.replay}
    assert any(row["measurements.lcp"] for row in rows)
    assert any(row["browser.web_vital.cls.value"] is not None for row in rows)
    assert {"pageload", "browser.paint", "browser.response"} <= {row["span.op"] for row in rows}
    measured = {name: value for node in visit.trace(trace_id) for name, value in node["measurements"].items()}
    assert {f"measurements.{vital}" for vital in ("ttfb", "fcp", "lcp", "cls")} <= measured.keys()
    assert measured["measurements.lcp"] > 0
    # Whichever page was there when the browser told how long the click took.
    clicks = visit.events("spans", "has:measurements.inp", "span.op", "measurements.inp")
    assert any(row["measurements.inp"] >= 60 for row in clicks)
    # The navigation that followed is a trace of its own, and both are of the replay.
    replay = visit.station.api(f"{DESK}/replays/{visit.replay}/")["data"]
    navigation = visit.event(visit.error)["contexts"]["trace"]["trace_id"]
    assert {trace_id, navigation} <= set(replay["trace_ids"])


def test_logs_of_the_logger_and_of_the_console_name_their_trace_and_replay(visit: Visit) -> None:
    trace_id = visit.event(visit.error)["contexts"]["trace"]["trace_id"]
    fields = ("message", "severity", "currency", "trace", "replay.id")
    found = {row["message"]: row for row in visit.events("logs", "", *fields)}
    said, written = found["apples cost 3"], found["the scales are off"]
    assert (said["severity"], said["currency"], written["severity"]) == ("info", "EUR", "error")
    for row in (said, written):
        assert (row["trace"], row["replay.id"]) == (trace_id, visit.replay)


def test_feedback_is_an_issue_that_leads_to_the_error_the_replay_and_the_trace(visit: Visit) -> None:
    (said,) = visit.station.api(f"projects/desk/{visit.project}/user-feedback/")
    assert (said["feedbackID"], said["comments"]) == (visit.feedback, "the basket stays empty")
    assert (said["name"], said["email"]) == ("Pomona", "pomona@example.com")
    assert (said["event"]["eventID"], said["replayId"]) == (visit.error, visit.replay)
    error = visit.event(visit.error)
    assert said["traceId"] == error["contexts"]["trace"]["trace_id"]
    issue = visit.station.api(f"{DESK}/issues/{said['issue']['id']}/")
    assert issue["issueCategory"] == "feedback"
    named = visit.events("errors", f"replayId:{visit.replay}", "id")
    assert {visit.error, visit.feedback} <= {row["id"] for row in named}
    (about,) = visit.station.api(f"{DESK}/issues/{error['groupID']}/user-reports/")
    assert about["comments"] == "the basket stays empty"


def test_the_replay_shows_the_visit_and_is_linked_with_its_errors_and_traces(visit: Visit) -> None:
    replay = visit.station.api(f"{DESK}/replays/{visit.replay}/")["data"]
    assert (replay["environment"], replay["releases"]) == ("qa", [RELEASE])
    assert replay["user"]["email"] == "pomona@example.com"
    assert visit.error in replay["error_ids"]
    assert replay["count_errors"] == 2
    event = visit.event(visit.error)
    trace_id = event["contexts"]["trace"]["trace_id"]
    assert trace_id in replay["trace_ids"]
    assert [url.partition("?")[0] for url in replay["urls"]] == [
        visit.address,
        visit.address.replace("index.html", "basket"),
    ]
    assert {"key": "replayId", "value": visit.replay} in event["tags"]
    for query in (f"trace:{trace_id}", f"error_ids:{visit.error}"):
        listed = visit.station.api(f"{DESK}/replays/?{urlencode({'query': query})}")["data"]
        assert [one["id"] for one in listed] == [visit.replay]
    counted = visit.station.api(f"{DESK}/replay-count/?query=issue.id:[{event['groupID']}]")
    assert counted[event["groupID"]] >= 1


def test_the_recording_can_be_played_and_its_moments_are_read(visit: Visit) -> None:
    place = f"projects/desk/{visit.project}/replays/{visit.replay}"
    segments = visit.station.api(f"{place}/recording-segments/")["data"]
    assert [segment["segmentId"] for segment in segments] == list(range(len(segments)))
    recordings = visit.station.api(f"{place}/recording-segments/?download")
    kinds = {event["type"] for recording in recordings for event in recording}
    assert {2, 3, 4, 5} <= kinds  # a whole page, what changed, where it is, what the SDK noted
    moments = visit.station.api(f"{place}/breadcrumbs/")["data"]
    clicks = [moment["message"] for moment in moments if moment["type"] == "click"]
    assert any("button#buy" in message for message in clicks)
    assert any(moment["message"] == "the scales are off" for moment in moments)
    assert any(moment["category"] == "resource.fetch" for moment in moments)
    assert visit.station.api(f"{place}/clicks/")["data"]


def test_the_session_ends_unhandled(visit: Visit) -> None:
    query = [("field", "sum(session)"), ("groupBy", "session.status"), ("project", visit.project)]
    groups = visit.station.api(f"{DESK}/sessions/?{urlencode([*query, ('statsPeriod', '1d')])}")["groups"]
    found = {group["by"]["session.status"]: group["totals"]["sum(session)"] for group in groups}
    assert found.pop("unhandled") >= 1
    assert not any(found.values())
