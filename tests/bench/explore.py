"""Questions over many rows of each kind: newest rows, counts, percentiles, attributes."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import orjson
from sqlalchemy import Connection

from tests.bench.payloads import transactions
from tests.bench.report import Report
from vedette.api.attributes import sources_of
from vedette.domain.outcomes import Outcome
from vedette.domain.processed import Arrival, SpanBatch
from vedette.domain.times import DAY, HOUR, SECOND, Micros, now
from vedette.domain.workspace import Workspace
from vedette.processing import pipeline
from vedette.processing.logs import process_logs
from vedette.protocol.envelope import iter_items, read_envelope_header
from vedette.store.engine import Reader
from vedette.store.explore.datasets import ERRORS, LOGS, SPANS, TRANSACTIONS, Dataset
from vedette.store.explore.questions import Answer, Question, ask
from vedette.store.explore.series import SeriesAnswer, SeriesQuestion, ask_series
from vedette.store.writer.records import ItemRecord, RequestRecord
from vedette.store.writer.writer import StoreWriter

ROUNDS = 3
SECONDS = 60.0
_SPANS = 100
_LOGS = 100
_BATCH = 100


def fill_traces(folder: Path, spans: int, *, dictionary: bytes | None, seed: int = 5) -> Workspace:
    """Make a workspace with *spans* spans in transactions of 100 over the last week, or use what is there."""
    workspace = Workspace(folder)
    done = folder / f"traced-{spans}"
    if done.exists():
        return workspace
    folder.mkdir(parents=True, exist_ok=True)
    writer = StoreWriter(workspace, shipped_dictionary=dictionary)
    with writer.batch():
        writer.projects.ensure_first()
    requests = list(_requests(spans // _SPANS, random.Random(seed)))
    for first in range(0, len(requests), _BATCH):
        with writer.batch(mark=first):
            for record in requests[first : first + _BATCH]:
                writer.add(record)
        writer.between_batches(idle=first % (_BATCH * 4) == 0)
    writer.raw.execute("ANALYZE")
    writer.close()
    done.touch()
    return workspace


def fill_logs(folder: Path, logs: int, *, dictionary: bytes | None, seed: int = 9) -> Workspace:
    """Make a workspace with *logs* log records in containers of 100 over a week, or use what is there."""
    workspace = Workspace(folder)
    done = folder / f"logged-{logs}"
    if done.exists():
        return workspace
    folder.mkdir(parents=True, exist_ok=True)
    writer = StoreWriter(workspace, shipped_dictionary=dictionary)
    with writer.batch():
        writer.projects.ensure_first()
    chance, newest, count = random.Random(seed), now(), logs // _LOGS
    step = 7 * DAY // max(1, count)
    for first in range(0, count, _BATCH):
        with writer.batch(mark=first):
            for n in range(first, min(first + _BATCH, count)):
                moment = Micros(newest - (count - n) * step)
                payload = _container(chance, moment)
                body = b"{}\n{}\n" + payload
                values: list[object] = [process_logs(payload, Arrival(received=moment))]
                item = ItemRecord(0, "log", 6, len(payload), values=values)
                writer.add(_request(n + 1, moment, body, item))
        writer.between_batches(idle=first % (_BATCH * 4) == 0)
    writer.raw.execute("ANALYZE")
    writer.close()
    done.touch()
    return workspace


def _container(chance: random.Random, moment: Micros) -> bytes:
    records = [
        {
            "timestamp": (moment - (_LOGS - n) * 1_000) / SECOND,
            "trace_id": chance.randbytes(16).hex(),
            "level": chance.choice(_LEVELS),
            "body": f"order {chance.randrange(100_000)} {chance.choice(_BODIES)}",
            "attributes": {
                "sentry.environment": {"value": "bench", "type": "string"},
                "sentry.release": {"value": "shop@1.4.2", "type": "string"},
                "till": {"value": chance.randrange(40), "type": "integer"},
                "customer": {"value": f"c{chance.randrange(5_000)}", "type": "string"},
                "amount": {"value": round(chance.uniform(1, 200), 2), "type": "double"},
            },
        }
        for n in range(_LOGS)
    ]
    return orjson.dumps({"items": records})


_LEVELS = ("debug", "info", "info", "info", "warn", "error")
_BODIES = ("paid by card", "waits for stock", "sent to the depot", "cancelled by the customer", "priced anew")


def _request(number: int, moment: Micros, body: bytes, item: ItemRecord) -> RequestRecord:
    return RequestRecord(
        id=number,
        received=moment,
        project=1,
        ip="127.0.0.1",
        client="sentry.python/2.75.0",
        method="POST",
        path="/api/1/envelope/",
        wire_size=len(body) // 4,
        status=200,
        outcome=Outcome.STORED,
        body=body,
        content_type="application/x-sentry-envelope",
        encoding="gzip",
        items=[item],
    )


def _requests(count: int, chance: random.Random) -> Iterator[RequestRecord]:
    templates = list(_templates())
    newest = now()
    step = 7 * DAY // max(1, count)
    for n in range(count):
        body, start, length, batch = templates[n % len(templates)]
        moment = Micros(newest - (count - n) * step)
        varied = _varied(batch, moment, chance)
        eid = varied.segments[0].event_id
        item = ItemRecord(0, "transaction", start, length, spans=[varied], event_id=eid)
        yield _request(n + 1, moment, body, item)


def _templates() -> Iterator[tuple[bytes, int, int, SpanBatch]]:
    for body in transactions(_SPANS - 1):
        envelope = read_envelope_header(body)
        (item,) = iter_items(body, envelope.header_size)
        arrival = Arrival(received=now(), event_id=envelope.event_id)
        batch = pipeline.process_transaction(body[item.start : item.end], arrival)
        yield body, item.start, item.length, batch


def _varied(batch: SpanBatch, moment: Micros, chance: random.Random) -> SpanBatch:
    trace = chance.randbytes(16)
    spans = tuple(
        replace(span, start=Micros(moment + 1_000 * n), duration=int(chance.lognormvariate(9, 1.2)))
        for n, span in enumerate(batch.spans)
    )
    segment = batch.segments[0]
    own = replace(segment, span=spans[0], trace_id=trace, event_id=chance.randbytes(16))
    return replace(batch, trace_id=trace, spans=spans, segments=(own,))


def measure_explore(
    report: Report, errors: Workspace, traces: Workspace, logs: Workspace, count: int
) -> None:
    """Ask of *count* errors, spans and log records each."""
    report.heading(f"Questions over rows: {count:,} errors, spans and log records each")
    recent = ("title", "level", "timestamp")
    _asked(report, errors, "newest 50 errors of a level", ERRORS, recent, "level:error")
    _asked(report, errors, "newest 50 errors with a tag", ERRORS, (*recent, "browser"), "browser:Firefox")
    _asked(report, errors, "errors counted by level", ERRORS, ("level", "count()"))
    _asked(report, errors, "errors counted by a tag", ERRORS, ("browser", "count()"))
    _asked(report, errors, "errors with a tag counted by issue", ERRORS, ("issue", "count()"), "os:Linux")
    _asked(report, errors, "errors counted by issue", ERRORS, ("title", "count()", "count_unique(user)"))
    _asked(report, traces, "p95 of transactions by name", TRANSACTIONS, ("transaction", "p95()"))
    rows = ("id", "span.op", "span.description", "span.duration", "transaction", "timestamp")
    _asked(report, traces, "newest 50 spans of an operation", SPANS, rows, "span.op:db")
    _asked(report, traces, "newest 50 slow spans", SPANS, rows, "span.duration:>200ms")
    _asked(report, traces, "spans counted", SPANS, ("count()",))
    _asked(report, traces, "p95 of spans by operation", SPANS, ("span.op", "p95(span.duration)"))
    _asked(report, traces, "newest 50 spans with an attribute", SPANS, (*rows, "row"), "row:17")
    _asked(report, traces, "spans counted by an attribute", SPANS, ("db.system", "count()"), "span.op:db")
    lines = ("timestamp", "severity", "message", "trace", "till")
    _asked(report, logs, "newest 50 logs of a level", LOGS, lines, "severity:error")
    _asked(report, logs, "newest 50 logs with two words", LOGS, lines, "card paid")
    _asked(report, logs, "newest 50 logs with an attribute", LOGS, lines, "customer:c17")
    _asked(report, logs, "logs counted by level", LOGS, ("severity", "count()"))
    _asked(report, logs, "logs measured by an attribute", LOGS, ("till", "p95(amount)"), "severity:error")
    over = Question(LOGS, ("severity",), since=Micros(now() - 7 * DAY), until=now())
    chart = SeriesQuestion(over, ("count()",), HOUR, top=5)
    _charted(report, logs, "logs by level and hour over a week", chart)


def _charted(report: Report, workspace: Workspace, name: str, chart: SeriesQuestion) -> None:
    _timed(
        report,
        workspace,
        name,
        lambda db: ask_series(db, sources_of(workspace), chart, now(), seconds=SECONDS),
    )


def _asked(
    report: Report,
    workspace: Workspace,
    name: str,
    dataset: Dataset,
    fields: tuple[str, ...],
    query: str = "",
) -> None:
    question = Question(dataset, fields, query)
    _timed(
        report, workspace, name, lambda db: ask(db, sources_of(workspace), question, now(), seconds=SECONDS)
    )


def _timed(
    report: Report, workspace: Workspace, name: str, look: Callable[[Connection], Answer | SeriesAnswer]
) -> None:
    reader = Reader(workspace.database)
    times = []
    with reader.limit(20 * SECONDS) as db:
        for _ in range(ROUNDS):
            began = time.perf_counter()
            is_partial = look(db).is_partial
            times.append(1000 * (time.perf_counter() - began))
    reader.close()
    noted = ", partial" if is_partial else ""
    report.add(name, f"{min(times):,.0f} ms (first {times[0]:,.0f} ms){noted}")
