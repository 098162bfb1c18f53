"""Real clients tell of jobs and sessions: sentry-cli around a command, SDKs' sessions; the API has them."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support.corpus import CHOSEN, requests, send
from tests.support.node import FOLDER, node_with_sentry, sentry_cli
from tests.support.station import StationProcess, running_station, wait_until
from vedette.domain.workspace import Workspace

NODE_SESSIONS = """
const Sentry = require("@sentry/node");
Sentry.init({ dsn: process.argv[2], release: "till@3.1", environment: "qa" });
Sentry.startSession();
Sentry.captureException(new Error("drawer"));
Sentry.flush(5000)
  .then(() => { Sentry.endSession(); return Sentry.flush(5000); })
  .then((sent) => process.exit(sent ? 0 : 3));
"""


def under_monitor(station: StationProcess, *command: str, options: tuple[str, ...] = ()) -> int:
    """Run *command* under ``sentry-cli monitors run``; returns its exit status."""
    done = subprocess.run(
        [*sentry_cli(), "monitors", "run", *options, "nightly-count", "--", *command],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "SENTRY_DSN": station.dsn, "SENTRY_DISABLE_UPDATE_CHECK": "1"},
    )
    return done.returncode


def monitor(station: StationProcess) -> Any:
    station.wait_digested()
    return station.api("organizations/desk/monitors/nightly-count/")


def test_a_job_under_sentry_cli_is_a_monitor_and_its_failure_an_issue(workspace: Workspace) -> None:
    with running_station(workspace) as station:
        wait_until(workspace.station.exists, "the API is loaded")
        schedule = ("--schedule", "0 3 * * *", "--timezone", "Europe/Berlin", "--max-runtime", "10")
        options = (*schedule, "--check-in-margin", "5", "-e", "qa")
        assert under_monitor(station, sys.executable, "-c", "pass", options=options) == 0
        shown = monitor(station)
        assert (shown["config"]["schedule"], shown["config"]["timezone"]) == ("0 3 * * *", "Europe/Berlin")
        assert (shown["config"]["checkin_margin"], shown["config"]["max_runtime"]) == (5, 10)
        (qa,) = shown["environments"]
        assert (qa["name"], qa["status"]) == ("qa", "ok")
        (check_in,) = station.api("organizations/desk/monitors/nightly-count/checkins/")
        assert check_in["status"] == "ok"
        assert check_in["duration"] >= 0

        code = under_monitor(station, sys.executable, "-c", "raise SystemExit(3)", options=("-e", "qa"))
        assert code == 3
        assert monitor(station)["environments"][0]["status"] == "error"
        (issue,) = station.api("organizations/desk/issues/")
        assert (issue["title"], issue["issueCategory"]) == ("Monitor failure: nightly-count", "cron")

        assert under_monitor(station, sys.executable, "-c", "pass", options=("-e", "qa")) == 0
        assert monitor(station)["environments"][0]["status"] == "ok"
        assert station.api("organizations/desk/issues/") == []
        assert station.api(f"organizations/desk/issues/{issue['id']}/")["status"] == "resolved"


RECORDED = "start=2026-11-20T00:00:00&end=2026-11-27T00:00:00"


def sessions(station: StationProcess, release: str, when: str = "statsPeriod=2d") -> dict[str, Any]:
    station.wait_digested()
    fields = "field=sum(session)&field=crash_free_rate(session)&field=errored_rate(session)"
    found = station.api(f"organizations/desk/sessions/?{fields}&{when}&interval=1d&query=release:{release}")
    totals: dict[str, Any] = found["groups"][0]["totals"]
    return totals


def test_a_node_program_has_a_session_that_met_an_error(workspace: Workspace, tmp_path: Path) -> None:
    node = node_with_sentry()
    program = tmp_path / "sessions.js"
    program.write_text(NODE_SESSIONS)
    with running_station(workspace) as station:
        wait_until(workspace.station.exists, "the API is loaded")
        done = subprocess.run(
            [node, str(program), station.dsn],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env={**os.environ, "NODE_PATH": str(FOLDER / "node_modules")},
        )
        assert done.returncode == 0, done.stderr
        totals = sessions(station, "till@3.1")
        assert totals["sum(session)"] >= 1
        assert totals["errored_rate(session)"] > 0
        assert totals["crash_free_rate(session)"] == 1
        (release,) = station.api("organizations/desk/releases/?health=1&summaryStatsPeriod=2d")
        assert release["version"] == "till@3.1"
        assert release["projects"][0]["healthData"]["crashFreeSessions"] == 100


def test_recorded_sessions_and_check_ins_are_counted_as_their_programs_made_them(
    workspace: Workspace,
) -> None:
    with running_station(workspace) as station:
        wait_until(workspace.station.exists, "the API is loaded")
        for scenario in ("node11-cafe-session", "py-shop-sessions", "py-2.35-shop-cron"):
            for request in requests(CHOSEN / scenario):
                assert send(station.port, request) == 200
        assert sessions(station, "cafe@2.0.1", RECORDED)["sum(session)"] == 2
        shop = sessions(station, "shop@1.4.0", RECORDED)
        assert (shop["sum(session)"], shop["errored_rate(session)"]) == (1, 1)
        found = {one["slug"]: one for one in station.api("organizations/desk/monitors/")}
        assert set(found) == {"nightly-count", "heartbeat", "mail-receipts"}
        assert found["heartbeat"]["environments"][0]["status"] == "ok"
        assert found["nightly-count"]["config"]["failure_issue_threshold"] == 2
        # A job that says nothing of when it is due.
        assert found["mail-receipts"]["config"]["schedule"] is None
        assert found["mail-receipts"]["environments"][0]["status"] == "error"
        (failed,) = station.api("organizations/desk/monitors/mail-receipts/checkins/")
        assert (failed["status"], len(failed["groups"])) == ("error", 1)
