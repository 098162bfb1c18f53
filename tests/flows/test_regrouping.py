"""Merged, split and moved with real events: it stays so as more come, after a restart, parsed again."""

import sys
from pathlib import Path
from typing import Any

from tests.flows.test_sdks import run
from tests.support.station import StationProcess, running_station, wait_until
from vedette.domain.workspace import Workspace

PROGRAM = """
import sys
import sentry_sdk

sentry_sdk.init(sys.argv[1], release="shop@2.0", environment="qa")
for tenant in sys.argv[2:]:
    sentry_sdk.set_tag("tenant", tenant)
    for fails in (lambda: 1 / 0, lambda: {}["till"], lambda: [].pop()):
        try:
            fails()
        except Exception:
            sentry_sdk.capture_exception()
sentry_sdk.flush()
"""
ISSUES = "organizations/desk/issues/"


def send(station: StationProcess, folder: Path, *tenants: str) -> None:
    program = folder / "shop.py"
    program.write_text(PROGRAM, encoding="utf-8")
    run(sys.executable, str(program), station.dsn, *tenants, cwd=folder)
    station.wait_digested()


def listed(station: StationProcess) -> dict[str, dict[str, Any]]:
    return {issue["id"]: issue for issue in station.api(f"{ISSUES}?query=")}


def finished(station: StationProcess, made: dict[str, Any]) -> dict[str, Any]:
    path = f"organizations/desk/regroupings/{made['id']}/"
    found: dict[str, Any] = wait_until(
        lambda: (now := station.api(path))["state"] in ("done", "undone") and now, "it is regrouped"
    )
    return found


def tenants_of(station: StationProcess, issue: str) -> list[str]:
    events = station.api(f"organizations/desk/issues/{issue}/events/?full=true")
    return sorted(tag["value"] for event in events for tag in event["tags"] if tag["key"] == "tenant")


def test_what_people_decided_about_issues_outlasts_ingest_restart_and_parsing_again(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "Schreibtisch é")
    with running_station(workspace) as station:
        send(station, tmp_path, "acme", "beta")
        by_type = {issue["metadata"]["type"]: number for number, issue in listed(station).items()}
        division, key, index = (by_type[name] for name in ("ZeroDivisionError", "KeyError", "IndexError"))
        merged = station.api(f"{ISSUES}?id={division}&id={key}", "PUT", {"merge": True})["merge"]
        finished(station, {"id": merged["regrouping"]})
        parent = merged["parent"]
        split = station.api(f"{ISSUES}{parent}/split/", "POST", {"matchers": "tags.tenant:acme"})
        target = finished(station, split)["target"]
        event = station.api(f"{ISSUES}{index}/events/latest/")["eventID"]
        moved = station.api(f"{ISSUES}{index}/move-events/", "POST", {"events": [event], "target": target})
        finished(station, moved)

        def check(rounds: int) -> None:
            assert set(listed(station)) == {parent, target, index}
            counts = {number: int(issue["count"]) for number, issue in listed(station).items()}
            # Two of three errors of each round are of the merged issue; those of acme are split off.
            assert counts == {parent: 2 * rounds, target: 2 * rounds + 1, index: 2 * rounds - 1}
            assert tenants_of(station, parent) == ["beta"] * 2 * rounds
            assert station.api(f"{ISSUES}{merged['children'][0]}/")["id"] == parent

        check(1)
        send(station, tmp_path, "acme", "beta")
        check(2)
    with running_station(workspace) as station:
        send(station, tmp_path, "acme", "beta")
        for request in station.api("requests/"):
            station.api(f"requests/{request['id']}/parse/", "POST")
        check(3)
        for made in (moved, split, {"id": merged["regrouping"]}):
            station.api(f"organizations/desk/regroupings/{made['id']}/", "DELETE")
            finished(station, made)
        assert {int(issue["count"]) for issue in listed(station).values()} == {6}
        assert set(listed(station)) == {division, key, index}
