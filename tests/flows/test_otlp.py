"""Live OpenTelemetry exporters, by both ways in: traces, logs, metrics, and an issue of the exception."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.flows.test_sdks import only_issue, spans_of
from tests.support.corpus import WHOLE, requests, send
from tests.support.station import running_station
from vedette.domain.workspace import Workspace
from vedette.store import schema
from vedette.store.engine import Reader

PROGRAM = """
import logging
import sys
import time

from opentelemetry import trace
from opentelemetry._logs import LogRecord, SeverityNumber
from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

base, key = sys.argv[1:]
headers = {"x-sentry-auth": f"sentry sentry_key={key}"} if key else {}
more = {"headers": headers, "compression": Compression.Gzip}
resource = Resource.create({"service.name": "till", "service.version": "2.0"})
traces = TracerProvider(resource=resource)
traces.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=base + "/v1/traces", **more)))
logs = LoggerProvider(resource=resource)
logs.add_log_record_processor(BatchLogRecordProcessor(OTLPLogExporter(endpoint=base + "/v1/logs", **more)))
reader = PeriodicExportingMetricReader(
    OTLPMetricExporter(endpoint=base + "/v1/metrics", **more), export_interval_millis=60_000
)
metrics = MeterProvider(resource=resource, metric_readers=[reader])
sold = metrics.get_meter("till").create_counter("till.sold")
tracer = traces.get_tracer("till")


def weigh(basket):
    return basket["grams"] / basket["count"]  # falls


with tracer.start_as_current_span("weigh baskets"):
    sold.add(3)
    metrics.force_flush()
    sold.add(4)
    now = time.time_ns()
    logs.get_logger("till").emit(
        LogRecord(timestamp=now, body="baskets are late", severity_number=SeverityNumber.WARN)
    )
    statement = {"db.system.name": "sqlite", "db.query.text": "SELECT basket"}
    with tracer.start_as_current_span("SELECT", attributes=statement):
        pass
    try:
        with tracer.start_as_current_span("weigh"):
            weigh({"grams": 12, "count": 0})
    except ZeroDivisionError:
        pass
for provider in (traces, logs, metrics):
    provider.shutdown()
"""


def rows(workspace: Workspace, *columns: Any) -> list[Any]:
    reader = Reader(workspace.database)
    try:
        with reader.limit(10) as db:
            return [tuple(row) for row in db.execute(select(*columns))]
    finally:
        reader.close()


@pytest.mark.parametrize("way", ["plain", "sentry"])
def test_a_program_with_opentelemetry_s_exporters(workspace: Workspace, tmp_path: Path, way: str) -> None:
    program = tmp_path / "till.py"
    program.write_text(textwrap.dedent(PROGRAM), encoding="utf-8")
    with running_station(workspace) as station:
        base = f"http://127.0.0.1:{station.port}"
        arguments = (base, "") if way == "plain" else (f"{base}/api/1/integration/otlp", station.key)
        done = subprocess.run(
            [sys.executable, str(program), *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env=dict(os.environ),
        )
        assert (done.returncode, done.stderr) == (0, "")
        issue = only_issue(station)
        assert (issue["metadata"]["type"], issue["metadata"]["value"]) == (
            "ZeroDivisionError",
            "division by zero",
        )
        event = station.api(f"organizations/desk/issues/{issue['id']}/events/latest/")
        exception = next(entry for entry in event["entries"] if entry["type"] == "exception")
        frame = exception["data"]["values"][-1]["stacktrace"]["frames"][-1]
        assert (frame["function"], frame["inApp"], frame["absPath"]) == ("weigh", True, str(program))
        assert event["release"]["version"] == "till@2.0"
        assert spans_of(station, event) == [
            ("default", "weigh baskets"),
            ("db", "SELECT basket"),
            ("default", "weigh"),
        ]
        assert rows(workspace, schema.log.c.body, schema.log.c.severity) == [("baskets are late", 13)]
        # Both exports say the total since the start; what is stored is what was added.
        assert sorted(rows(workspace, schema.metric.c.value)) == [(3.0,), (4.0,)]


@pytest.mark.corpus
@pytest.mark.skipif(not WHOLE.is_dir(), reason="the whole corpus does not lie beside the project")
@pytest.mark.parametrize(
    ("scenario", "spans", "bodies", "metrics", "title"),
    [
        (
            "otlp-py-tea",
            3,
            ["tea failed", "tea is slow"],
            {"tea.sold", "tea.wait"},
            "ValueError: tea overflowed",
        ),
        (
            "otlp-py-cocoa-sentry-gzip",
            3,
            ["cocoa failed", "cocoa is slow"],
            {"cocoa.sold", "cocoa.wait"},
            "ValueError: cocoa overflowed",
        ),
        ("otlp-js-loom", 2, ["loom logged"], {"loom.count"}, "Error: loom broke"),
    ],
)
def test_recorded_exporters_reach_what_their_programs_did(
    workspace: Workspace, scenario: str, spans: int, bodies: list[str], metrics: set[str], title: str
) -> None:
    with running_station(workspace) as station:
        answers = [send(station.port, request) for request in requests(WHOLE / scenario)]
        assert answers == [200, 200, 200]
        issue = only_issue(station)
        assert issue["title"] == title
        assert len(rows(workspace, schema.span.c.id)) == spans
        assert sorted(body for (body,) in rows(workspace, schema.log.c.body)) == bodies
        names = rows(workspace, schema.term.c.value, schema.term.c.key)
        assert {value for value, key in names if key == "metric"} == metrics


def test_what_is_no_message_is_shown_as_invalid(workspace: Workspace) -> None:
    with running_station(workspace) as station:
        status, _, _ = station.request(
            "POST", "/v1/traces", b"\xff\xff", content_type="application/x-protobuf"
        )
        assert status == 200  # it is kept, and its fault is found while it is read
        station.wait_digested()
        assert rows(workspace, schema.item.c.outcome, schema.item.c.reason) == [("invalid", "bad_otlp")]
