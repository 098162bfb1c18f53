"""Real SDKs, live: a program fails under them, and the station has what they sent."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

from tests.support.node import FOLDER, node_with_sentry
from tests.support.station import StationProcess, running_station, wait_until
from vedette.domain.workspace import Workspace

PYTHON = """
import sys
import sentry_sdk

sentry_sdk.init(sys.argv[1], traces_sample_rate=1.0, release="shop@2.0", environment="qa", debug=False)
sentry_sdk.set_tag("till", "4")


def weigh(basket):
    return basket["grams"] / basket["count"]  # falls


with sentry_sdk.start_transaction(op="task", name="weigh baskets"):
    with sentry_sdk.start_span(op="db", name="SELECT basket"):
        pass
    try:
        weigh({"grams": 12, "count": 0})
    except ZeroDivisionError:
        sentry_sdk.capture_exception()
sentry_sdk.flush()
"""

NODE = """
const Sentry = require("@sentry/node");
Sentry.init({ dsn: process.argv[2], tracesSampleRate: 1.0, release: "till@3.1", environment: "qa" });
function openDrawer(till) { return till.drawer.open(); }
Sentry.startSpan({ op: "task", name: "open till" }, () => {
  Sentry.startSpan({ op: "db", name: "SELECT till" }, () => {});
  try { openDrawer({}); } catch (error) { Sentry.captureException(error); }
});
Sentry.flush(5000).then((sent) => process.exit(sent ? 0 : 3));
"""


def run(*command: str, cwd: Path, **environment: str) -> None:
    done = subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, **environment},
    )
    assert done.returncode == 0, done.stderr


def only_issue(station: StationProcess) -> dict[str, Any]:
    station.wait_digested()
    issues = wait_until(lambda: station.api("organizations/desk/issues/"), "an issue is there")
    assert len(issues) == 1
    issue: dict[str, Any] = issues[0]
    return issue


def crash_frame(event: dict[str, Any]) -> dict[str, Any]:
    exception = next(entry for entry in event["entries"] if entry["type"] == "exception")
    frame: dict[str, Any] = exception["data"]["values"][-1]["stacktrace"]["frames"][-1]
    return frame


def spans_of(station: StationProcess, event: dict[str, Any]) -> list[tuple[str, str]]:
    """Return (op, description) of every span in the event's trace, parents first."""
    trace_id = event["contexts"]["trace"]["trace_id"]

    def read() -> list[Any]:
        station.wait_digested()
        nodes: list[Any] = station.api(f"organizations/desk/trace/{trace_id}/")
        return nodes

    found: list[tuple[str, str]] = []
    waiting = list(wait_until(read, "the trace is there"))
    while waiting:
        node = waiting.pop(0)
        if node.get("event_type") != "error":
            found.append((node["op"], node["description"] or node["name"]))
            waiting = [*node["children"], *waiting]
    return found


def test_a_failing_python_program_is_an_issue_with_its_source_variables_and_trace(
    workspace: Workspace, tmp_path: Path
) -> None:
    program = tmp_path / "wägung.py"
    program.write_text(textwrap.dedent(PYTHON), encoding="utf-8")
    with running_station(workspace) as station:
        run(sys.executable, str(program), station.dsn, cwd=tmp_path)
        issue = only_issue(station)
        assert (issue["metadata"]["type"], issue["metadata"]["value"]) == (
            "ZeroDivisionError",
            "division by zero",
        )
        event = station.api(f"organizations/desk/issues/{issue['id']}/events/latest/")
        frame = crash_frame(event)
        assert (frame["function"], frame["inApp"]) == ("weigh", True)
        assert [frame["lineNo"], '    return basket["grams"] / basket["count"]  # falls'] in frame["context"]
        assert frame["vars"]["basket"] == {"grams": "12", "count": "0"}
        assert {"key": "till", "value": "4"} in [{k: t[k] for k in ("key", "value")} for t in event["tags"]]
        assert spans_of(station, event) == [("task", "weigh baskets"), ("db", "SELECT basket")]


def test_a_failing_node_program_that_streams_its_spans_gives_the_same(
    workspace: Workspace, tmp_path: Path
) -> None:
    node = node_with_sentry()
    program = tmp_path / "till.cjs"
    program.write_text(NODE, encoding="utf-8")
    with running_station(workspace) as station:
        run(node, str(program), station.dsn, cwd=tmp_path, NODE_PATH=str(FOLDER / "node_modules"))
        issue = only_issue(station)
        assert issue["metadata"]["type"] == "TypeError"
        event = station.api(f"organizations/desk/issues/{issue['id']}/events/latest/")
        frame = crash_frame(event)
        assert frame["function"] == "openDrawer"
        assert any("till.drawer.open()" in text for _, text in frame["context"])
        assert spans_of(station, event) == [("task", "open till"), ("db", "SELECT till")]


def test_a_second_event_of_the_same_failure_raises_the_count_and_keeps_one_issue(
    workspace: Workspace, tmp_path: Path
) -> None:
    program = tmp_path / "again.py"
    program.write_text(textwrap.dedent(PYTHON), encoding="utf-8")
    with running_station(workspace) as station:
        for _ in range(2):
            run(sys.executable, str(program), station.dsn, cwd=tmp_path)
        assert only_issue(station)["count"] == "2"


BACKING_OFF = """
import sys
import time
import sentry_sdk

sentry_sdk.init(sys.argv[1], release="shop@2.0", auto_session_tracking=False, default_integrations=False)


def say(message):
    sentry_sdk.capture_message(message)
    sentry_sdk.flush(5)


say("while the disk is full")
say("held back")
print("held back", flush=True)
sys.stdin.readline()
transport = sentry_sdk.get_client().transport
deadline = time.monotonic() + 60
while transport._check_disabled("error") and time.monotonic() < deadline:
    time.sleep(0.1)
say("back again")
transport._flush_client_reports(force=True)
sentry_sdk.flush(5)
"""


def test_an_sdk_holds_back_while_the_disk_is_full_and_comes_back(workspace: Workspace) -> None:
    with running_station(workspace) as station:
        station.api("station/", "PUT", {"freeMegabytes": 10_000_000})
        program = subprocess.Popen(
            [sys.executable, "-c", BACKING_OFF, station.dsn],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=workspace.folder,
        )
        assert program.stdout is not None
        assert program.stdout.readline() == "held back\n"
        # The second event never left the program: it obeys the answer to the first.
        (refused,) = wait_until(lambda: station.api("requests/"), "the refusal is shown")
        assert (refused["status"], refused["reason"]) == (429, "disk_full")
        station.api("station/", "PUT", {"freeMegabytes": 1})
        program.communicate("go on\n", timeout=90)
        assert program.returncode == 0
        assert only_issue(station)["title"] == "back again"
        station.wait_digested()
        by_reason = "&".join(f"groupBy={name}" for name in ("outcome", "category", "reason"))
        stats = station.api(f"organizations/desk/stats_v2/?field=sum(quantity)&{by_reason}")
        found = {tuple(group["by"].values()): group["totals"]["sum(quantity)"] for group in stats["groups"]}
        assert found["accepted", "error", "none"] == 1
        # The report on the second event was held back as well, and that is what was reported.
        assert found["client_discard", "internal", "ratelimit_backoff"] >= 1
