"""Recorded requests of real clients: sent again as they were, and compared with what the programs did."""

import http.client
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from sqlalchemy import select

from vedette.api.reading import read_event
from vedette.domain.levels import Level
from vedette.domain.workspace import Workspace
from vedette.processing.containers import stored_entries
from vedette.processing.logs import log_details
from vedette.store import schema
from vedette.store.engine import Reader
from vedette.store.queries.events import get_event
from vedette.store.queries.logs import LogRow, page_logs
from vedette.store.queries.metrics import MetricRow, page_metrics
from vedette.store.queries.payloads import read_item

CHOSEN = Path(__file__).parents[1] / "data" / "corpus"
"""A few scenarios that tests always have."""
WHOLE = Path(__file__).parents[3] / "shared" / "corpus" / "open"
"""The whole corpus, where it lies beside the project."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One request as a client sent it."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes
    chunked: bool
    status: int  # what the client was answered then


def requests(scenario: Path) -> Iterator[Recorded]:
    """Yield the scenario's requests in order."""
    for file in sorted(scenario.glob("[0-9][0-9][0-9].json")):
        recorded = json.loads(file.read_text(encoding="utf-8"))
        body = scenario / recorded["body_file"]
        yield Recorded(
            recorded["method"],
            recorded["target"],
            [(name, value) for name, value in recorded["headers"]],
            body.read_bytes() if body.exists() else b"",
            bool(recorded.get("chunked")),
            recorded["response"]["status"],
        )


def send(port: int, request: Recorded) -> int:
    """Send *request* to the server on *port* as it was recorded, and return the status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.putrequest(request.method, request.target, skip_host=True, skip_accept_encoding=True)
        for name, value in request.headers:
            if name.lower() not in ("host", "content-length", "transfer-encoding", "connection"):
                connection.putheader(name, value)
        connection.putheader("Host", f"127.0.0.1:{port}")
        if request.chunked:
            connection.putheader("Transfer-Encoding", "chunked")
            connection.endheaders()
            half = len(request.body) // 2
            for chunk in (request.body[:half], request.body[half:]):
                if chunk:
                    connection.send(b"%x\r\n%s\r\n" % (len(chunk), chunk))
            connection.send(b"0\r\n\r\n")
        else:
            connection.putheader("Content-Length", str(len(request.body)))
            connection.endheaders(request.body)
        return connection.getresponse().status
    finally:
        connection.close()


@dataclass(slots=True)
class Stored:
    """What a scenario left in the store, in the words of its manifest."""

    events: list[dict[str, Any]] = field(default_factory=list)
    transactions: list[dict[str, Any]] = field(default_factory=list)
    spans: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    logs: list[dict[str, Any]] = field(default_factory=list)
    metrics: list[dict[str, Any]] = field(default_factory=list)
    feedback: list[dict[str, Any]] = field(default_factory=list)
    user_reports: list[dict[str, Any]] = field(default_factory=list)
    profiles: list[dict[str, Any]] = field(default_factory=list)
    replay_events: list[dict[str, Any]] = field(default_factory=list)


def stored(workspace: Workspace, after: int) -> Stored:
    """Return what the requests after id *after* left in the store."""
    found = Stored()
    reader = Reader(workspace.database)
    try:
        with reader.limit(30) as db:
            event, segment, span = schema.event, schema.segment, schema.span
            # Not those that were made of feedback, of reports or of a failing job.
            came = select(event.c.id).join(
                schema.item, (schema.item.c.request == event.c.request) & (schema.item.c.n == event.c.item)
            )
            for (number,) in db.execute(
                came.where(event.c.request > after, schema.item.c.kind == "event").order_by(event.c.id)
            ):
                row = get_event(db, number)
                assert row is not None
                found.events.append(_event(read_event(db, workspace, row), row))
            item = schema.item
            batches = db.execute(
                select(schema.span_batch)
                .join(
                    item,
                    (item.c.request == schema.span_batch.c.request) & (item.c.n == schema.span_batch.c.item),
                )
                .where(schema.span_batch.c.request > after, item.c.kind == "span")
            ).all()
            for batch in batches:
                first = batch.id * schema.SPANS_PER_BATCH
                rows = db.execute(
                    select(span.c.sid, span.c.status, span.c.segment, schema.description)
                    .join(schema.description, schema.description.c.id == span.c.description)
                    .where(span.c.id >= first, span.c.id < first + schema.SPANS_PER_BATCH)
                    .order_by(span.c.id)
                ).all()
                names = dict(
                    db.execute(
                        select(segment.c.sid, schema.term.c.value)
                        .join(schema.term, schema.term.c.id == segment.c.name_term)
                        .where(segment.c.trace == batch.trace)
                    ).all()
                )
                found.spans.extend(
                    {
                        "name": names.get(r.sid, r.text),
                        "description": r.text,
                        "op": r.op,
                        "is_segment": bool(r.segment),
                        "status": r.status,
                    }
                    for r in rows
                )
            named = select(segment).where(segment.c.request > after, segment.c.eid.is_not(None))
            found.transactions.extend(_transaction(db, sent) for sent in db.execute(named).all())
            attachment = schema.attachment
            found.attachments.extend(
                {"filename": r.name, "bytes": r.size}
                for r in db.execute(select(attachment).where(attachment.c.request > after))
            )
            found.logs.extend(
                _log(db, workspace, row) for row in page_logs(db, limit=1_000) if row.request > after
            )
            found.metrics.extend(_point(row) for row in page_metrics(db, limit=1_000) if row.request > after)
            _add_said_and_recorded(db, after, found)
    finally:
        reader.close()
    return found


def _add_said_and_recorded(db: Any, after: int, found: Stored) -> None:
    """Add what users said, and which profiles and segments of replays came."""
    feedback, profile, segment = schema.feedback, schema.profile, schema.replay_segment
    for row in db.execute(select(feedback).where(feedback.c.request > after)):
        if row.report:
            found.user_reports.append({"name": row.name, "email": row.email, "comments": row.message})
        else:
            found.feedback.append(
                {"message": row.message, "name": row.name, "contact_email": row.email, "source": row.source}
            )
    found.profiles.extend(
        {"platform": row.platform, "version": "1", "samples": row.samples}
        for row in db.execute(select(profile).where(profile.c.request > after, profile.c.format == "sample"))
    )
    found.replay_events.extend(
        {"segment_id": row.n} for row in db.execute(select(segment).where(segment.c.request > after))
    )


def _log(db: Any, workspace: Workspace, row: LogRow) -> dict[str, Any]:
    item = read_item(db, workspace, row.request, row.item)
    if item.kind != "log":  # OTLP's, whose attributes lie in a form of their own
        return {"body": row.body, "level": row.level, "attributes": {}}
    entry = stored_entries(item.payload)[row.n]
    assert isinstance(entry, dict)
    attributes = {name: sent["value"] for name, sent in log_details(entry)["attributes"].items()}
    return {"body": row.body, "level": row.level, "attributes": attributes}


def _point(row: MetricRow) -> dict[str, Any]:
    return {"name": row.name, "type": row.kind.value, "value": row.value, "unit": row.unit or None}


def _transaction(db: Any, row: Any) -> dict[str, Any]:
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


def _event(event: dict[str, Any], row: Any) -> dict[str, Any]:
    found: dict[str, Any] = dict(event)
    found["level"] = str(row.level) if isinstance(row.level, Level) else Level.of(row.level).value
    found["message"] = (event.get("logentry") or {}).get("formatted")
    found["exceptions"] = [_exception(e) for e in (event.get("exception") or {}).get("values") or [] if e]
    found["tags"] = {pair[0]: pair[1] for pair in event.get("tags") or [] if pair}
    crumbs = (event.get("breadcrumbs") or {}).get("values")
    found["breadcrumbs"] = len(crumbs or [])
    found["debug_images"] = [i.get("type") for i in (event.get("debug_meta") or {}).get("images") or [] if i]
    return found


def _exception(exception: dict[str, Any]) -> dict[str, Any]:
    found = {"type": exception.get("type"), "value": exception.get("value")}
    mechanism = exception.get("mechanism") or {}
    found |= {"mechanism": mechanism.get("type"), "handled": mechanism.get("handled")}
    frames = [f for f in (exception.get("stacktrace") or {}).get("frames") or [] if f]
    if frames:
        crash = next((f for f in reversed(frames) if f.get("in_app")), frames[-1])
        found["crash_frame"] = {**crash, "frames": len(frames)}
    return found


def differences(expected: dict[str, Any], found: Stored) -> list[str]:
    """Say what of a manifest's *expected* is not in *found*; nothing means all is there."""
    missing = []
    for kind in (each.name for each in fields(Stored)):
        rest = list(getattr(found, kind))
        for entry in expected.get(kind) or ():
            match = next((i for i, candidate in enumerate(rest) if matches(entry, candidate)), None)
            if match is None:
                missing.append(f"{kind}: {entry} not among {_short(rest)}")
            elif kind != "spans":
                del rest[match]
        count = (expected.get("counts") or {}).get(kind)
        if count is not None and not matches(count, len(getattr(found, kind))):
            missing.append(f"{kind}: {len(getattr(found, kind))} instead of {count}")
    return missing


def _short(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    keys = ("name", "op", "message", "exceptions", "level", "spans", "tags", "status", "filename")
    return [{key: entry[key] for key in keys if entry.get(key)} for entry in found]


def _member_matches(key: str, expected: Any, found: dict[str, Any]) -> bool:
    if key == "filename" and isinstance(expected, str) and "://" in expected:
        # Normalising leaves the path of a URL in `filename`; the URL stays in `abs_path`.
        return matches(expected, found.get("abs_path"))
    if key == "name" and expected == "Pageload":
        # The page's route names a page load, as it names the transaction older SDKs send.
        return found.get("op") == "pageload"
    return matches(expected, found.get(key))


def matches(expected: Any, found: Any) -> bool:
    """Whether *found* has all that *expected* names: `~regex`, `>=n`, subsets of objects, equal values."""
    if isinstance(expected, str) and expected.startswith("~"):
        return found is not None and re.search(expected[1:], str(found)) is not None
    if isinstance(expected, str) and re.fullmatch(r">=\d+", expected):
        return isinstance(found, int | float) and found >= int(expected[2:])
    if isinstance(expected, dict):
        return isinstance(found, dict) and all(_member_matches(k, v, found) for k, v in expected.items())
    if isinstance(expected, list):
        return (
            isinstance(found, list)
            and len(expected) == len(found)
            and all(matches(e, f) for e, f in zip(expected, found, strict=True))
        )
    return bool(expected == found)
