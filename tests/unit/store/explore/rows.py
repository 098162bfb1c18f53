"""Rows of chance, written by the real writer and kept as plain dictionaries beside it."""

import random
from dataclasses import dataclass, field
from typing import Any

from tests.support.builders import MORNING, a_segment, a_span, an_event
from tests.support.store_rows import FilledStore
from vedette.domain.levels import Level
from vedette.domain.logs import LogBatch, LogRecord, level_of
from vedette.domain.metrics import MetricBatch, MetricKind, MetricPoint
from vedette.domain.processed import Span, SpanBatch
from vedette.domain.times import MINUTE, SECOND, Micros
from vedette.store.writer.records import ItemRecord

NOW = Micros(MORNING + 30 * MINUTE)
Row = dict[str, Any]


@dataclass
class Rows:
    """The rows by kind, in order of arrival, under Sentry's names; attributes by record."""

    errors: list[Row] = field(default_factory=list)
    transactions: list[Row] = field(default_factory=list)
    spans: list[Row] = field(default_factory=list)
    logs: list[Row] = field(default_factory=list)
    metrics: list[Row] = field(default_factory=list)
    attributes: dict[Any, dict[str, Any]] = field(default_factory=dict)


def fill(store: FilledStore, seed: int = 7) -> Rows:
    """Write some hundred rows of each kind into *store*; times rise as they arrive."""
    chance = random.Random(seed)
    rows = Rows()
    store.project("Till")
    for n in range(120):
        _add_error(store, rows, chance, n)
    for n in range(60):
        _add_transaction(store, rows, chance, n)
    # Places of records restart with each item, so one item of logs and one of metrics have different ones.
    _add_logs(store, rows, chance)
    _add_metrics(store, rows, chance)
    return rows


def _project(chance: random.Random) -> int:
    return chance.choice((1, 1, 2))


SLUGS = {1: "desk", 2: "till"}


def _add_error(store: FilledStore, rows: Rows, chance: random.Random, n: int) -> None:
    level = chance.choice(list(Level))
    environment = chance.choice(("qa", "prod", None))
    user = chance.choice(("id:1", "id:2", "id:3", None))
    browser = chance.choice(("Firefox", "Chrome", "Chrome Mobile", None))
    title = chance.choice(("ValueError: bad currency", "KeyError: basket", "OSError: disk 100% full"))
    number = chance.choice(("5", "12", "many", None))
    release = chance.choice(("shop@1.0", "shop@2.0"))
    pairs = {
        "level": level.value,
        "environment": environment,
        "release": release,
        "user": user,
        "browser": browser,
        "basket.size": number,
    }
    tags = tuple((key, value) for key, value in pairs.items() if value is not None)
    event_id = chance.randbytes(16)
    ts = Micros(MORNING + n * SECOND)
    project = _project(chance)
    event = an_event(
        title,
        event_id=event_id,
        level=level,
        timestamp=ts,
        environment=environment,
        user=user,
        tags=tags,
        release=release,
        body=title,
    )
    store.add(event, received=ts, project=project)
    sent = {key: value for key, value in pairs.items() if value is not None}
    rows.attributes[event_id] = sent
    rows.errors.append(
        {
            "id": event_id.hex(),
            "title": title,
            "level": level.value,
            "timestamp": ts,
            "user": user,
            "environment": environment,
            "release": release,
            "browser": browser,
            "project": SLUGS[project],
            "basket.size": number,
        }
    )


def _child(root: Span, chance: random.Random, place: int) -> Span:
    return a_span(
        span_id=chance.randbytes(8),
        parent_id=root.span_id,
        op=chance.choice(("db", "db.query", "cache")),
        description=chance.choice(("SELECT a", "select b", "get: 50% of_it", "")),
        start=Micros(root.start + 1_000 * (place + 1)),
        duration=chance.randrange(900_000),
        status=chance.choice(("ok", "unavailable")),
    )


def _add_transaction(store: FilledStore, rows: Rows, chance: random.Random, n: int) -> None:
    start = Micros(MORNING + n * SECOND)
    trace, event_id = chance.randbytes(16), chance.randbytes(16)
    project, environment = _project(chance), chance.choice(("qa", "prod", None))
    name, user = chance.choice(("GET /cart", "POST /pay", "worker")), chance.choice(("id:1", "id:2", None))
    status, http = (
        chance.choice(("ok", "internal_error", "cancelled", "")),
        chance.choice((200, 404, 500, None)),
    )
    root = a_span(
        span_id=chance.randbytes(8),
        op="http.server",
        description=name,
        start=start,
        is_segment=True,
        duration=chance.randrange(1_000, 3_000_000),
        status=status,
        self_time=chance.choice((None, 5_000)),
    )
    spans = [root, *(_child(root, chance, k) for k in range(chance.randrange(4)))]
    segment = a_segment(
        root,
        trace,
        name=name,
        environment=environment,
        user=user,
        status=status,
        http_status=http,
        event_id=event_id,
        tags=(("environment", "x"),),
    )
    store.add(SpanBatch(trace, tuple(spans), (segment,)), received=start, project=project)
    common = {
        "project": SLUGS[project],
        "environment": environment,
        "trace": trace.hex(),
        "transaction": name,
        "user": user,
    }
    rows.transactions.append(
        common
        | {
            "id": event_id.hex(),
            "timestamp": start,
            "transaction.duration": root.duration / 1000,
            "transaction.status": status,
            "http.status_code": http,
            "failed": status not in ("ok", "cancelled", "unknown", ""),
            "transaction.op": "http.server",
        }
    )
    for span in spans:
        sent = {
            "db.rows": chance.choice((None, 3, 4.0, 20, "many")),
            "cache.hit": chance.choice((None, True, False)),
            "measurements.score.lcp": chance.choice((None, 0.5, 0.75)),
            "measurements.score.weight.lcp": 0.5,
        }
        sent = {key: value for key, value in sent.items() if value is not None}
        rows.attributes[span.span_id] = sent
        rows.spans.append(
            common
            | {
                "id": span.span_id.hex(),
                "timestamp": span.start,
                "span.op": span.op,
                "span.description": span.description,
                "span.duration": span.duration / 1000,
                "span.self_time": None if span.self_time is None else span.self_time / 1000,
                "span.status": span.status,
                "is_transaction": span.is_segment,
                "failed": span.status not in ("ok", "cancelled", "unknown", ""),
                "db.rows": sent.get("db.rows"),
                "cache.hit": sent.get("cache.hit"),
                "measurements.score.lcp": sent.get("measurements.score.lcp"),
                "measurements.score.weight.lcp": 0.5,
            }
        )


def _add_logs(store: FilledStore, rows: Rows, chance: random.Random) -> None:
    records = []
    for n in range(150):
        severity = chance.choice((0, 1, 9, 10, 13, 17, 21))
        body = chance.choice(("paid by card", "basket is empty", "100% of basket sold"))
        environment = chance.choice(("qa", "prod", None))
        ts = Micros(MORNING + n * SECOND)
        records.append(LogRecord(ts, None, None, severity, body, environment, "shop@1.0", n))
        rows.attributes[n] = {"till": chance.choice((1, 2, 3)), "card": chance.choice((True, False))}
        rows.logs.append(
            {
                "message": body,
                "severity": level_of(severity),
                "severity_number": severity,
                "timestamp": ts,
                "environment": environment,
                "project": "desk",
                **rows.attributes[n],
            }
        )
    store.add(ItemRecord(0, "log", 3, 0, values=[LogBatch(tuple(records))]), received=NOW)


def _add_metrics(store: FilledStore, rows: Rows, chance: random.Random) -> None:
    points = []
    for n in range(1_000, 1_150):
        kind = chance.choice(list(MetricKind))
        name = chance.choice(("orders", "queue.depth"))
        value = chance.choice((1.0, 2.5, 40.0, -3.0))
        ts = Micros(MORNING + (n - 1_000) * SECOND)
        points.append(MetricPoint(ts, None, None, name, kind, value, "item", "qa", None, (("till", "1"),), n))
        rows.attributes[n] = {"till": chance.choice((1, 2, 3))}
        rows.metrics.append(
            {
                "metric.name": name,
                "metric.type": kind.value,
                "value": value,
                "timestamp": ts,
                "metric.unit": "item",
                "environment": "qa",
                "project": "desk",
                **rows.attributes[n],
            }
        )
    store.add(ItemRecord(0, "trace_metric", 3, 0, values=[MetricBatch(tuple(points))]), received=NOW)
