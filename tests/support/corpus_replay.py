"""A scenario sent to a running station and judged: what a test, and the table of clients, are made of."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.support.corpus import Recorded, manifest, requests, send
from tests.support.corpus_asked import unanswered
from tests.support.corpus_stored import Sums, stored
from tests.support.corpus_truth import differences, sum_differences, wire_items
from tests.support.station import StationProcess
from vedette.store.spool import Spool


def replay(station: StationProcess, scenario: Path) -> list[str]:
    """Send a scenario; returns what of its manifest is then not there, and answers that are none."""
    spool = Spool(station.workspace.spool)
    before = spool.last_id()
    spool.close()
    sums = Sums(station.workspace)
    answers = [(request, send(station.port, _admitted(request, station))) for request in requests(scenario)]
    station.wait_digested()
    told = manifest(scenario)
    found = stored(station.workspace, before)
    ids = {event["issue"] for kind in ("events", "derived") for event in found[kind]}
    found["issues"] = [
        issue | {"id": int(issue["id"])}
        for issue in (station.api(f"organizations/desk/issues/{number}/") for number in sorted(ids))
    ]
    found["monitors"] = station.api("organizations/desk/monitors/?per_page=100")
    problems = [
        f"{request.method} {request.target} answered {status}, once {request.status}"
        for request, status in answers
        if not _is_fit(request, status)
    ]
    return [
        *problems,
        *differences(told, found),
        *sum_differences(told, sums.grown()),
        *unanswered(station, told["on_wire"], found),
    ]


def result(scenario: Path, problems: list[str]) -> dict[str, Any]:
    """Return what the table of clients is made of: who sent how many of which items, and what is missing."""
    told = manifest(scenario)
    client = told["client"]
    return {
        "scenario": scenario.name,
        "client": client["name"],
        "package": client["package"],
        "version": client["version"],
        "requests": told["on_wire"]["requests"],
        "items": dict(wire_items(told)),
        "problems": problems,
    }


def _admitted(request: Recorded, station: StationProcess) -> Recorded:
    """Return *request* with this station's token, where it asked the API with another."""
    headers = [
        (name, f"Bearer {station.token}" if name.lower() == "authorization" else value)
        for name, value in request.headers
    ]
    is_asking = request.target.startswith("/api/0/") and request.status != 401
    return replace(request, headers=headers) if is_asking else request


def _is_fit(request: Recorded, status: int) -> bool:
    """Whether *status* is of the class the client was answered with when it was recorded.

    The recorder's refusals were made up (it had no disk to be full), and what it told of its API was a
    minimum that made the client go on: of these conversations it is only asked that they are answered.
    """
    if request.target.startswith("/api/0/") or request.status >= 400:
        return status < 500
    return status // 100 == request.status // 100
