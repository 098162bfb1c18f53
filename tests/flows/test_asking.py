"""A program's errors, spans, logs and metrics are asked for over the API and by sentry-cli."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.support.node import sentry_cli
from tests.support.station import StationProcess, running_station, wait_until
from vedette.domain.workspace import Workspace

PROGRAM = """
import sys
import sentry_sdk
from sentry_sdk import logger, metrics

sentry_sdk.init(sys.argv[1], traces_sample_rate=1.0, enable_logs=True, release="till@1", environment="qa")
with sentry_sdk.start_transaction(op="task", name="count the till"):
    for drawer in (1, 2, 3):
        with sentry_sdk.start_span(op="db.query", name="SELECT coins") as span:
            span.set_data("drawer", drawer)
        logger.info("drawer {n} counted", n=drawer, attributes={"drawer": drawer})
        metrics.count("drawers", 1, attributes={"till": "north"})
    try:
        1 / 0
    except ZeroDivisionError:
        sentry_sdk.set_tag("colour", "red")
        sentry_sdk.capture_exception()
sentry_sdk.flush()
"""


def ask(station: StationProcess, *fields: str, **more: Any) -> list[dict[str, Any]]:
    query = urlencode({"field": fields, **more}, doseq=True)
    rows: list[dict[str, Any]] = station.api(f"organizations/desk/events/?{query}")["data"]
    return rows


def logs_by_sentry_cli(station: StationProcess) -> str:
    done = subprocess.run(
        [*sentry_cli(), "logs", "list", "--org", "desk", "--project", "desk"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={
            **os.environ,
            "SENTRY_URL": f"http://127.0.0.1:{station.port}",
            "SENTRY_AUTH_TOKEN": station.workspace.token.read_text().strip(),
            "SENTRY_DISABLE_UPDATE_CHECK": "1",
        },
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_everything_a_program_tells_can_be_asked_for(workspace: Workspace, tmp_path: Path) -> None:
    program = tmp_path / "till.py"
    program.write_text(PROGRAM)
    with running_station(workspace) as station:
        wait_until(workspace.station.exists, "the API is loaded")
        subprocess.run([sys.executable, str(program), station.dsn], check=True, timeout=60)
        station.wait_digested()
        (error,) = ask(station, "title", "colour", "transaction", "count()", dataset="errors")
        assert (error["title"], error["colour"]) == ("ZeroDivisionError: division by zero", "red")
        assert (error["transaction"], error["count()"]) == ("count the till", 1)
        spans = ask(station, "span.op", "count()", "sum(drawer)", "p95(span.duration)", dataset="spans")
        assert {row["span.op"]: (row["count()"], row["sum(drawer)"]) for row in spans} == {
            "db.query": (3, 6),
            "task": (1, None),
        }
        logs = ask(
            station,
            "message",
            "severity",
            "drawer",
            "trace",
            dataset="logs",
            query="drawer:>1",
            sort="timestamp",
        )
        assert [row["message"] for row in logs] == ["drawer 2 counted", "drawer 3 counted"]
        assert {row["severity"] for row in logs} == {"info"}
        fields = ("metric.name", "till", "sum(value,drawers,counter,-)")
        (metric,) = ask(station, *fields, dataset="tracemetrics")
        assert metric == {"metric.name": "drawers", "till": "north", "sum(value,drawers,counter,-)": 3}
        (series,) = station.api("organizations/desk/events-timeseries/?dataset=logs&statsPeriod=1h")[
            "timeSeries"
        ]
        assert sum(value["value"] for value in series["values"]) == 3
        listed = logs_by_sentry_cli(station)
        assert listed.count("counted") == 3
        assert "drawer 2 counted" in listed
