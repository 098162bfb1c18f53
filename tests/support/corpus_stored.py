"""What a recorded scenario left in the store, in the words of its manifest."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Table, func, select

from vedette.api.attributes import DECODERS
from vedette.api.reading import read_event, read_span_details
from vedette.domain.levels import Level
from vedette.domain.monitors import CheckInStatus
from vedette.domain.profiles import ProfileFormat
from vedette.domain.workspace import Workspace
from vedette.store import schema
from vedette.store.engine import Reader
from vedette.store.queries.events import EventRow, get_event
from vedette.store.queries.logs import LogRow, page_logs
from vedette.store.queries.metrics import MetricRow, page_metrics
from vedette.store.queries.payloads import read_item

Entry = dict[str, Any]
Found = dict[str, list[Entry]]
"""Lists by the names of the manifest, and `issues`, `monitors`, `items`, `requests` and `derived` besides."""

_SUMS = ("client_reports", "session_total")


class Sums:
    """Sums that have no row for each request: what they are now, to be compared with later."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._before = self._read()

    def grown(self) -> dict[str, Counter[tuple[str, str]]]:
        """Return by how much each grew since."""
        now = self._read()
        return {name: now[name] - self._before[name] for name in _SUMS}

    def _read(self) -> dict[str, Counter[tuple[str, str]]]:
        outcome, session = schema.outcome_hour, schema.session_hour
        reader = Reader(self._workspace.database)
        try:
            with reader.limit(30) as db:
                reports = db.execute(
                    select(outcome.c.reason, outcome.c.category, func.sum(outcome.c.n))
                    .where(outcome.c.outcome == "client_discard")
                    .group_by(outcome.c.reason, outcome.c.category)
                ).all()
                sums = db.execute(select(func.sum(session.c.total), func.sum(session.c.crashed))).one()
        finally:
            reader.close()
        return {
            "client_reports": Counter({(reason, category): n for reason, category, n in reports}),
            "session_total": Counter({("total", ""): sums[0] or 0, ("crashed", ""): sums[1] or 0}),
        }


def stored(workspace: Workspace, after: int) -> Found:
    """Return what the requests after id *after* left in the store."""
    reader = Reader(workspace.database)
    try:
        with reader.limit(30) as db:
            events = _events(db, workspace, after)
            return {
                "events": [entry for entry in events if entry["item_kind"] == "event"],
                "derived": [entry for entry in events if entry["item_kind"] != "event"],
                "transactions": [_transaction(db, row) for row in _transactions(db, after)],
                "spans": _spans(db, workspace, after, "span"),
                "otlp_spans": _spans(db, workspace, after, "otlp_traces"),
                "logs": _logs(db, workspace, after, "log"),
                "otlp_logs": _logs(db, workspace, after, "otlp_logs"),
                "metrics": _metrics(db, after, "trace_metric"),
                "otlp_metrics": _metrics(db, after, "otlp_metrics"),
                "attachments": [
                    {
                        "filename": row.name,
                        "bytes": row.size,
                        "type": row.type,
                        "path": f"{row.project}/events/{row.eid.hex()}/attachments/{row.id}",
                    }
                    for row in _rows(db, schema.attachment, after)
                ],
                "sessions": _sessions(db, after),
                "check_ins": _check_ins(db, after),
                "feedback": _feedback(db, after, is_report=False),
                "user_reports": _feedback(db, after, is_report=True),
                "profiles": [
                    _profile(row, "1") | {"path": f"{row.project}/profiling/profiles/{row.profile_id.hex()}"}
                    for row in _rows(db, schema.profile, after)
                ],
                "profile_chunks": [
                    _profile(row, "2") | {"profiler_id": row.profiler_id.hex()}
                    for row in _rows(db, schema.profile_chunk, after)
                ],
                "replay_events": _segments(db, after),
                "items": [
                    {"kind": row.kind, "outcome": row.outcome, "reason": row.reason, "detail": row.detail}
                    for row in _rows(db, schema.item, after)
                ],
                "requests": [
                    {"encoding": row.encoding or "identity", "outcome": row.outcome, "detail": row.detail}
                    for row in db.execute(select(schema.request).where(schema.request.c.id > after))
                ],
            }
    finally:
        reader.close()


def _rows(db: Connection, table: Table, after: int) -> Iterable[Any]:
    order = table.c.id if "id" in table.c else table.c.request
    return db.execute(select(table).where(table.c.request > after).order_by(order)).all()


def _kinds(db: Connection, after: int) -> dict[tuple[int, int], str]:
    return {(row.request, row.n): row.kind for row in _rows(db, schema.item, after)}


# ---------------------------------------------------------------- events


def _events(db: Connection, workspace: Workspace, after: int) -> list[Entry]:
    kinds = _kinds(db, after)
    found = []
    for row in _rows(db, schema.event, after):
        event = get_event(db, row.id)
        assert event is not None
        entry = _event(read_event(db, workspace, event), event)
        # What is no item's (a job that failed again) was made by Vedette itself.
        found.append(
            entry
            | {
                "issue": row.issue,
                "item_kind": kinds.get((row.request, row.item), "own"),
                "path": f"{row.project}/events/{row.eid.hex()}",
            }
        )
    return found


def _event(event: Entry, row: EventRow) -> Entry:
    found: Entry = dict(event)
    found["level"] = str(row.level) if isinstance(row.level, Level) else Level.of(row.level).value
    found["message"] = (event.get("logentry") or {}).get("formatted")
    found["exceptions"] = [_exception(e) for e in (event.get("exception") or {}).get("values") or [] if e]
    found["tags"] = {pair[0]: pair[1] for pair in event.get("tags") or [] if pair}
    crumbs = (event.get("breadcrumbs") or {}).get("values")
    found["breadcrumbs"] = len(crumbs or [])
    found["debug_images"] = [i.get("type") for i in (event.get("debug_meta") or {}).get("images") or [] if i]
    return found


def _exception(exception: Entry) -> Entry:
    found: Entry = {"type": exception.get("type"), "value": exception.get("value")}
    mechanism = exception.get("mechanism") or {}
    found |= {"mechanism": mechanism.get("type"), "handled": mechanism.get("handled")}
    frames = [f for f in (exception.get("stacktrace") or {}).get("frames") or [] if f]
    if frames:
        crash = next((f for f in reversed(frames) if f.get("in_app")), frames[-1])
        found["crash_frame"] = {**crash, "frames": len(frames)}
    return found


# ---------------------------------------------------------------- spans


def _transactions(db: Connection, after: int) -> Iterable[Any]:
    segment = schema.segment
    named = select(segment).where(segment.c.request > after, segment.c.eid.is_not(None))
    return db.execute(named.order_by(segment.c.start)).all()


def _transaction(db: Connection, row: Any) -> Entry:
    name = db.execute(select(schema.term.c.value).where(schema.term.c.id == row.name_term)).scalar_one()
    span = schema.span
    batch = db.execute(
        select(schema.span_batch.c.id).where(
            schema.span_batch.c.request == row.request, schema.span_batch.c.item == row.item
        )
    ).scalar_one()
    first = batch * schema.SPANS_PER_BATCH
    ops: dict[str, int] = {}
    for (op,) in db.execute(
        select(schema.description.c.op)
        .join(span, span.c.description == schema.description.c.id)
        .where(span.c.id >= first, span.c.id < first + schema.SPANS_PER_BATCH, span.c.sid != row.sid)
    ):
        ops[op] = ops.get(op, 0) + 1
    # The root is a row among the spans; the payload's list is without it.
    return {"name": name, "op": row.op, "status": row.status, "spans": row.spans - 1, "span_ops": ops}


def _spans(db: Connection, workspace: Workspace, after: int, kind: str) -> list[Entry]:
    span, segment = schema.span, schema.segment
    kinds = _kinds(db, after)
    found = []
    for batch in _rows(db, schema.span_batch, after):
        if kinds[batch.request, batch.item] != kind:
            continue
        item = read_item(db, workspace, batch.request, batch.item)
        first = batch.id * schema.SPANS_PER_BATCH
        rows = db.execute(
            select(span.c.sid, span.c.status, span.c.segment, schema.description)
            .join(schema.description, schema.description.c.id == span.c.description)
            .where(span.c.id >= first, span.c.id < first + schema.SPANS_PER_BATCH)
            .order_by(span.c.id)
        ).all()
        named = (
            select(segment.c.sid, schema.term.c.value)
            .join(schema.term, schema.term.c.id == segment.c.name_term)
            .where(segment.c.trace == batch.trace)
        )
        names = dict(db.execute(named).all())
        for row in rows:
            details = read_span_details(item, row.sid)
            found.append(
                {
                    # A statement describes a span better than the name its exporter gave it, which stays.
                    "name": names.get(row.sid) or (details["name"] if kind == "otlp_traces" else row.text),
                    "description": row.text,
                    "op": row.op,
                    "is_segment": bool(row.segment),
                    "status": row.status,
                    "events": [event["name"] for event in details.get("events") or ()],
                }
            )
    return found


# ---------------------------------------------------------------- logs and metrics


def _logs(db: Connection, workspace: Workspace, after: int, kind: str) -> list[Entry]:
    kinds = _kinds(db, after)
    rows = [row for row in page_logs(db, limit=1_000) if row.request > after]
    return [_log(db, workspace, row) for row in rows if kinds[row.request, row.item] == kind]


def _log(db: Connection, workspace: Workspace, row: LogRow) -> Entry:
    item = read_item(db, workspace, row.request, row.item)
    attributes = DECODERS[item.kind](item)[row.n]
    return {
        "body": row.body,
        "level": row.level,
        "severity": str(row.level).upper(),
        "attributes": dict(attributes),
    }


def _metrics(db: Connection, after: int, kind: str) -> list[Entry]:
    kinds = _kinds(db, after)
    rows = [row for row in page_metrics(db, limit=1_000) if row.request > after]
    return [_point(row) for row in rows if kinds[row.request, row.item] == kind]


def _point(row: MetricRow) -> Entry:
    return {"name": row.name, "type": row.kind.value, "value": row.value, "unit": row.unit or None}


# ---------------------------------------------------------------- what has rows of its own


def _sessions(db: Connection, after: int) -> list[Entry]:
    return [
        {"status": row.status, "init": bool(row.init), "errors": row.errors}
        for row in _rows(db, schema.session, after)
    ]


def _check_ins(db: Connection, after: int) -> list[Entry]:
    check_in, monitor = schema.check_in, schema.monitor
    rows = db.execute(
        select(check_in, monitor.c.slug)
        .join(monitor, monitor.c.id == check_in.c.monitor)
        .where(check_in.c.request > after)
        .order_by(check_in.c.id)
    ).all()
    found: list[Entry] = []
    for row in rows:
        status = CheckInStatus(row.status)
        if status is CheckInStatus.MISSED:  # nobody sent it: a job of an earlier scenario is due again
            continue
        # A row is a run of the job: how it began is one of the manifest's entries, how it ended another.
        if row.in_progress is not None and status is not CheckInStatus.IN_PROGRESS:
            found.append({"monitor_slug": row.slug, "status": "in_progress"})
        duration = None if row.duration is None else row.duration / 1_000
        found.append({"monitor_slug": row.slug, "status": status.name.lower(), "duration": duration})
    return found


def _feedback(db: Connection, after: int, *, is_report: bool) -> list[Entry]:
    email, message = ("email", "comments") if is_report else ("contact_email", "message")
    return [
        {"name": row.name, email: row.email, message: row.message, "source": row.source}
        for row in _rows(db, schema.feedback, after)
        if bool(row.report) is is_report
    ]


def _profile(row: Any, version: str) -> Entry:
    # The formats' versions are the kinds of items: a profile is 1, a chunk 2.
    is_sampled = row.format == ProfileFormat.SAMPLE
    return {"platform": row.platform, "version": version if is_sampled else None, "samples": row.samples}


def _segments(db: Connection, after: int) -> list[Entry]:
    replay, segment, error = schema.replay, schema.replay_segment, schema.replay_error
    rows = db.execute(
        select(segment, replay.c.replay_id, replay.c.type, replay.c.project)
        .join(replay, replay.c.id == segment.c.replay)
        .where(segment.c.request > after)
        .order_by(segment.c.id)
    ).all()
    found = []
    for row in rows:
        errors = db.execute(select(error.c.eid).where(error.c.replay == row.replay)).scalars()
        found.append(
            {
                "replay_id": row.replay_id.hex(),
                "segment_id": row.n,
                "replay_type": row.type,
                "is_read": bool(row.is_read and row.events),
                "path": f"{row.project}/replays/{row.replay_id.hex()}/recording-segments/{row.n}",
                "error_ids": {eid.hex() for eid in errors},
            }
        )
    return found
