"""Requests as OpenTelemetry's exporters send them: a hundred spans, log records or data points each."""

import base64
import random
from collections.abc import Callable
from typing import Any

from google.protobuf.json_format import ParseDict
from google.protobuf.message import Message
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.bench.containers import ENTRIES
from tests.bench.filled import WORDS
from vedette.domain.times import now

PROTOBUF = "application/x-protobuf"
Json = dict[str, Any]


def trace_requests(count: int, seed: int = 4) -> list[bytes]:
    """Return *count* requests of one trace each: a server's span and calls below it."""
    return _requests(count, seed, _spans, ExportTraceServiceRequest, "resourceSpans", "scopeSpans", "spans")


def log_requests(count: int, seed: int = 5) -> list[bytes]:
    """Return *count* requests of log records with a body of some ten words."""
    return _requests(count, seed, _logs, ExportLogsServiceRequest, "resourceLogs", "scopeLogs", "logRecords")


def metric_requests(count: int, seed: int = 6) -> list[bytes]:
    """Return *count* requests of twenty metrics with five data points each."""
    return _requests(
        count, seed, _metrics, ExportMetricsServiceRequest, "resourceMetrics", "scopeMetrics", "metrics"
    )


def _requests(
    count: int,
    seed: int,
    make: Callable[[random.Random], list[Json]],
    message: type[Message],
    of_resource: str,
    of_scope: str,
    entries: str,
) -> list[bytes]:
    rng = random.Random(seed)
    resource = {
        "attributes": _attributes(
            service__name="shop",
            service__version="1.4.2",
            telemetry__sdk__name="opentelemetry",
            telemetry__sdk__language="python",
            deployment__environment__name="bench",
        )
    }
    documents = (
        {of_resource: [{"resource": resource, of_scope: [{"scope": {"name": "shop"}, entries: make(rng)}]}]}
        for _ in range(count)
    )
    return [ParseDict(document, message()).SerializeToString() for document in documents]


def _attributes(**values: str | int) -> list[Json]:
    return [
        {
            "key": name.replace("__", "."),
            "value": {"stringValue": value} if isinstance(value, str) else {"intValue": str(value)},
        }
        for name, value in values.items()
    ]


def _nanoseconds(rng: random.Random) -> int:
    return (now() - rng.randrange(60_000_000)) * 1_000


def _id(rng: random.Random, size: int) -> str:
    return base64.b64encode(rng.randbytes(size)).decode()  # as ParseDict reads bytes


def _spans(rng: random.Random) -> list[Json]:
    trace, root = _id(rng, 16), _id(rng, 8)
    found = []
    for n in range(ENTRIES):
        begin = _nanoseconds(rng)
        word, number = rng.choice(WORDS), rng.randrange(10_000_000)
        attributes = (
            _attributes(db__system__name="postgresql", db__query__text=f"SELECT * FROM {word} WHERE id = $1"),
            _attributes(http__request__method="GET", url__full=f"https://api.example.com/{word}/{number}"),
            _attributes(cache__key=f"{word}:{number}", cache__hit=number % 2),
            _attributes(code__function__name=word, code__line__number=number % 900),
        )[n % 4]
        span = {
            "traceId": trace,
            "spanId": _id(rng, 8) if n else root,
            "name": word,
            "kind": 3,
            "startTimeUnixNano": str(begin),
            "endTimeUnixNano": str(begin + rng.randrange(100_000_000)),
            "attributes": attributes,
        }
        found.append(span | ({"parentSpanId": root} if n else {"kind": 2, "name": f"GET /{word}"}))
    return found


def _logs(rng: random.Random) -> list[Json]:
    trace = _id(rng, 16)
    return [
        {
            "timeUnixNano": str(_nanoseconds(rng)),
            "severityNumber": rng.choice((5, 9, 9, 9, 13)),
            "body": {
                "stringValue": f"order {rng.randrange(10_000_000)} "
                + " ".join(rng.choice(WORDS) for _ in range(7))
            },
            "traceId": trace,
            "attributes": _attributes(
                code__function__name=rng.choice(WORDS), user__id=str(rng.randrange(5_000)), order=n
            ),
        }
        for n in range(ENTRIES)
    ]


def _metrics(rng: random.Random) -> list[Json]:
    def point() -> Json:
        return {
            "timeUnixNano": str(_nanoseconds(rng)),
            "asDouble": rng.lognormvariate(3, 1),
            "attributes": _attributes(
                route=f"/{rng.choice(WORDS)}",
                status=rng.choice((200, 200, 404)),
                user__id=rng.randrange(5_000),
            ),
        }

    return [
        {"name": f"shop.{WORDS[n]}", "unit": "ms", "gauge": {"dataPoints": [point() for _ in range(5)]}}
        for n in range(ENTRIES // 5)
    ]
