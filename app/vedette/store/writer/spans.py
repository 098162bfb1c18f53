"""Traces, segments and spans of a batch, whichever protocol version brought them."""

from collections import Counter
from dataclasses import replace
from typing import Any

import apsw
from sqlalchemy import Table, bindparam, func, insert, select, update

from vedette.domain.processed import Segment, SpanBatch
from vedette.domain.times import HOUR, MINUTE
from vedette.store import dialect, schema
from vedette.store.engine import sql_of
from vedette.store.writer.interning import Descriptions, Terms, next_id
from vedette.store.writer.known_spans import KnownSpans
from vedette.store.writer.rollups import Durations

# What Sentry's failure rate leaves out.
_NOT_FAILED = frozenset(("ok", "cancelled", "unknown", ""))
# One whole row by column name; what the columns hold is the schema's business.
Row = dict[str, Any]
_COLUMNS = [column.name for column in schema.trace.columns]


class Spans:
    """Writes span batches and keeps each trace's summary row."""

    def __init__(self, raw: apsw.Connection, terms: Terms) -> None:
        self._raw = raw
        self._terms = terms
        self._descriptions = Descriptions(raw)
        self._known = KnownSpans(raw)
        self._per_name = [
            Durations(raw, schema.segment_minute, MINUTE),
            Durations(raw, schema.segment_hour, HOUR),
        ]
        self._per_description = Durations(raw, schema.span_hour, HOUR)
        trace, event = schema.trace, schema.event
        self._find_trace = sql_of(select(trace).where(trace.c.trace_id == b""))
        self._count_errors = sql_of(select(func.count()).select_from(event).where(event.c.trace == b""))
        self._insert_trace = sql_of(insert(trace))
        changing = [name for name in _COLUMNS if name not in ("id", "trace_id")]
        self._changing = changing
        self._update_trace = sql_of(
            update(trace)
            .values({name: bindparam(f"new_{name}") for name in changing})
            .where(trace.c.id == bindparam("which"))
        )
        self._inserts = {
            table: sql_of(insert(table)) for table in (schema.span_batch, schema.span, schema.segment)
        }
        self._find_segment = sql_of(select(schema.segment.c.id).where(schema.segment.c.eid == b""))
        self._insert_find = dialect.insert_full_text("segment_find")
        self.forget()

    def forget(self) -> None:
        """Drop everything not committed, and the memory of what was."""
        self._descriptions.forget()
        self._known.forget()
        for durations in (*self._per_name, self._per_description):
            durations.forget()
        self._rows: dict[Table, list[tuple[object, ...]]] = {table: [] for table in self._inserts}
        self._find_rows: list[tuple[object, ...]] = []
        self._traces: dict[bytes, Row] = {}
        self._new: set[bytes] = set()
        self._transactions: set[bytes] = set()
        self._errors: Counter[bytes] = Counter()  # of the batch, on traces not seen yet
        self._next_trace = next_id(self._raw, schema.trace)
        self._next_batch = next_id(self._raw, schema.span_batch)
        self._next_segment = next_id(self._raw, schema.segment)

    @property
    def touched(self) -> list[str]:
        """The trace ids (hex) this batch changed."""
        return [trace_id.hex() for trace_id in self._traces]

    def knows_transaction(self, event_id: bytes) -> bool:
        """Whether a transaction with *event_id* is stored or in this batch."""
        if event_id in self._transactions:
            return True
        return self._raw.execute(self._find_segment, (event_id,)).fetchone() is not None

    def without_known(self, batch: SpanBatch, project: int) -> SpanBatch:
        """Return *batch*, streamed by an SDK or exporter, without the spans that are here already."""
        is_new = self._load(batch.trace_id) is None
        spans = self._known.new_ones(batch.trace_id, project, batch.spans, is_new_trace=is_new)
        if spans is batch.spans:
            return batch
        kept = {(span.span_id, span.start) for span in spans}
        segments = {(one.span.span_id, one.span.start): one for one in batch.segments}
        fresh = tuple(segment for key, segment in segments.items() if key in kept)
        return replace(batch, spans=tuple(spans), segments=fresh)

    def add(self, batch: SpanBatch, project: int, run: int, received: int, request: int, item: int) -> int:
        """Take *batch*; returns its row id."""
        number = self._next_batch
        self._next_batch += 1
        if batch.segments and batch.segments[0].event_id is not None:
            self._known.forget_trace(batch.trace_id, project)
        platform = batch.segments[0].platform if batch.segments else ""
        self._rows[schema.span_batch].append(
            (number, batch.trace_id, project, run, request, item, len(batch.spans), platform)
        )
        first = number * schema.SPANS_PER_BATCH
        id_of_text = self._descriptions.id_of_text
        durations: list[tuple[int, ...]] = []
        rows = self._rows[schema.span]
        for n, span in enumerate(batch.spans[: schema.SPANS_PER_BATCH]):
            description, group = id_of_text(span.op, span.description, span.normalised)
            rows.append(
                (
                    first + n, span.span_id, span.parent_id, description, span.start, span.duration,
                    span.self_time, span.status, int(span.is_segment),
                )
            )  # fmt: skip
            durations.append((group, span.start // HOUR, span.duration, span.status not in _NOT_FAILED))
        self._per_description.add_all(durations)
        trace = self._trace(batch, project, run, received)
        for segment in batch.segments:
            self._add_segment(segment, trace, project, run, len(batch.spans), request, item)
        return number

    def _add_segment(
        self,
        segment: Segment,
        trace: Row,
        project: int,
        run: int,
        spans: int,
        request: int,
        item: int,
    ) -> None:
        id_of, span = self._terms.id_of, segment.span
        number = self._next_segment
        self._next_segment += 1
        if segment.event_id is not None:
            self._transactions.add(segment.event_id)
        name = id_of("transaction", segment.name)
        failed = segment.status not in _NOT_FAILED
        environment = None if segment.environment is None else id_of("environment", segment.environment)
        release = None if segment.release is None else id_of("release", segment.release)
        user = None if segment.user is None else id_of("user", segment.user)
        self._rows[schema.segment].append(
            (
                number, segment.event_id, segment.trace_id, span.span_id, project, run, name, span.op,
                span.start, span.duration, segment.status, int(failed), segment.http_method,
                segment.http_status, environment, release, user, spans, request, item,
            )
        )  # fmt: skip
        tokens = [dialect.ANY, f"{dialect.PROJECT}{project}", f"{dialect.RUN}{run}"]
        tokens.extend(f"{dialect.TERM}{id_of(key, value)}" for key, value in segment.tags)
        self._find_rows.append((number, segment.name, " ".join(tokens)))
        for durations in self._per_name:
            durations.add(span.start, span.duration, project, name, failed=failed)
        trace["segments"] += 1
        trace["failed"] += int(failed)
        if span.parent_id is None or trace["name"] == "":
            trace["name"], trace["op"] = segment.name, span.op
        if span.parent_id is None:
            trace["root"], trace["project"] = span.span_id, project

    def _trace(self, batch: SpanBatch, project: int, run: int, received: int) -> Row:
        start = min([span.start for span in batch.spans], default=received)
        end = max([span.start + span.duration for span in batch.spans], default=start)
        trace = self._load(batch.trace_id)
        if trace is None:
            errors = self._raw.execute(self._count_errors, (batch.trace_id,)).fetchone()
            trace = self._traces[batch.trace_id] = {
                "id": self._next_trace,
                "trace_id": batch.trace_id,
                "project": project,
                "run": run,
                "start": start,
                "end": end,
                "spans": 0,
                "segments": 0,
                "errors": (errors[0] if errors else 0) + self._errors[batch.trace_id],
                "failed": 0,
                "name": "",
                "op": "",
                "root": None,
                "last_seen": received,
            }
            self._next_trace += 1
            self._new.add(batch.trace_id)
        trace["start"] = min(trace["start"], start)
        trace["end"] = max(trace["end"], end)
        trace["spans"] += len(batch.spans)
        trace["last_seen"] = received
        return trace

    def _load(self, trace_id: bytes) -> Row | None:
        trace = self._traces.get(trace_id)
        if trace is None:
            found = self._raw.execute(self._find_trace, (trace_id,)).fetchone()
            if found is not None:
                trace = self._traces[trace_id] = dict(zip(_COLUMNS, found, strict=True))
        return trace

    def count_error(self, trace_id: bytes) -> None:
        """Count an error on its trace, if any of the trace's spans have arrived.

        Errors usually come first; they are counted when the trace's row is made.
        """
        trace = self._load(trace_id)
        if trace is None:
            self._errors[trace_id] += 1
        else:
            trace["errors"] += 1

    def flush(self) -> None:
        """Write the batch; the caller holds the transaction."""
        raw = self._raw
        self._descriptions.flush()
        for table, sql in self._inserts.items():
            if self._rows[table]:
                raw.executemany(sql, self._rows[table])
                self._rows[table] = []
        if self._find_rows:
            raw.executemany(self._insert_find, self._find_rows)
            self._find_rows = []
        fresh = [tuple(self._traces[trace_id].values()) for trace_id in self._new]
        if fresh:
            raw.executemany(self._insert_trace, fresh)
        changed = [
            (*(trace[name] for name in self._changing), trace["id"])
            for trace_id, trace in self._traces.items()
            if trace_id not in self._new
        ]
        if changed:
            raw.executemany(self._update_trace, changed)
        self._traces, self._new, self._transactions = {}, set(), set()
        self._errors.clear()
        self._known.settle()
        for durations in (*self._per_name, self._per_description):
            durations.flush()
