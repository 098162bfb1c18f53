"""Items that have to do with an event or a trace, whatever family they are of, and where each came in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Select, Table, func, literal_column, select, tuple_

from vedette.domain.times import Micros
from vedette.domain.workspace import Workspace
from vedette.store.queries.linked_chunks import MOST_READ, Claimant, chunks_of
from vedette.store.queries.terms import value_of
from vedette.store.schema import (
    attachment,
    check_in,
    derived_event,
    event,
    feedback,
    issue,
    item,
    log,
    metric,
    monitor,
    profile,
    replay,
    replay_error,
    replay_segment,
    replay_trace,
    request,
    segment,
    span_batch,
)

MOST = 200
MOST_EACH = 50
"""Items of one family: a long replay or a trace of many requests must not hide what else there is."""
MOST_EVENTS = 50
"""Events of an issue whose items are looked for."""
MOST_COUNTED = 10_000
"""Log records and metric points counted; there may be more."""
_MOST_REPLAYS = 10
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class LinkedItem:
    """An item of a request; of logs and of metrics the first stands for all.

    ``count`` says of how many spans, log records or metric points. ``title`` is a file's name, a message, a
    job's slug, a page's URL, …; "" where nothing says it. ``size`` in bytes is None where it is not known or
    the item stands for others.
    """

    kind: str  # the item's type, as it was sent
    request: int
    item: int
    at: Micros
    title: str
    count: int = 1
    size: int | None = None

    @property
    def place(self) -> tuple[int, int]:
        """The request, and the item's number in it."""
        return self.request, self.item


def linked_to_event(
    db: Connection, workspace: Workspace, event_id: bytes, trace: bytes | None, project: int
) -> list[LinkedItem]:
    """Return what has to do with an event, newest first, at most MOST: what names it, what is on its trace,
    and what else came in its request. The event's own item is left out, unless the event was made of it.

    Index: event_eid, and those of the families.
    """
    found = [
        *_attachments(db, [event_id], project),
        *_feedback(db, [event_id], project),
        *_profiles(db, profile.c.transaction_id == event_id),
        *_replays(db, replay_error, replay_error.c.eid == event_id),
    ]
    if trace is not None:
        found += _of_trace(db, workspace, trace)
    own = db.execute(_OWN.where(event.c.eid == event_id, event.c.project == project)).all()
    found += _came_with(db, own)
    found += _chunks(
        db,
        workspace,
        [Claimant(row.request, row.item, project, row.ts, row.ts) for row in own if row.item >= 0],
    )
    return _finish(db, _without_sent(found, own))


def linked_to_issue(db: Connection, issue_id: int) -> list[LinkedItem]:
    """Return what names one of an issue's newest MOST_EVENTS events or came with it, newest first.

    At most MOST, without the events that came as such. Index: event_issue, and those of the families.
    """
    own = db.execute(
        _OWN.where(event.c.issue == issue_id)
        .order_by(event.c.ts.desc(), event.c.id.desc())
        .limit(MOST_EVENTS)
    ).all()
    if not own:
        return []
    ids, project = [row.eid for row in own], own[0].project
    found = [
        *_attachments(db, ids, project),
        *_feedback(db, ids, project),
        *_replays(db, replay_error, replay_error.c.eid.in_(ids)),
        *_came_with(db, own),
    ]
    return _finish(db, _without_sent(found, own))


_OWN: Select[Any] = (
    select(
        event.c.eid,
        event.c.project,
        event.c.request,
        event.c.item,
        event.c.ts,
        derived_event.c.id.label("derived"),
    )
    .select_from(event)
    .outerjoin(derived_event, derived_event.c.id == event.c.id)
)


def _without_sent(found: Iterable[LinkedItem], own: Iterable[Any]) -> Iterator[LinkedItem]:
    """Yield *found* without the events *own* that came as such; an item one was made of is something else."""
    sent = {(row.request, row.item) for row in own if row.derived is None}
    return (one for one in found if one.place not in sent)


def linked_to_trace(db: Connection, workspace: Workspace, trace: bytes) -> list[LinkedItem]:
    """Return what belongs to a trace or to an event on it, newest first, at most MOST.

    Index: event_trace, segment_trace, and those of the families.
    """
    events = select(event.c.eid).where(event.c.trace == trace).order_by(event.c.id.desc())
    segments = (
        select(segment.c.eid)
        .where(segment.c.trace == trace, segment.c.eid.is_not(None))
        .order_by(segment.c.id.desc())
    )
    ids = [eid for question in (events, segments) for (eid,) in db.execute(question.limit(MOST_EACH))]
    found = _of_trace(db, workspace, trace)
    if ids:
        found += [*_attachments(db, ids), *_feedback(db, ids)]
        found += _profiles(db, profile.c.transaction_id.in_(ids))
    return _finish(db, found)


def _of_trace(db: Connection, workspace: Workspace, trace: bytes) -> list[LinkedItem]:
    return [
        *_events(db, trace),
        *_check_ins(db, trace),
        *_feedback_on(db, trace),
        *_replays(db, replay_trace, replay_trace.c.trace == trace),
        *_spans(db, trace),
        *_profiles(db, profile.c.trace == trace),
        *_chunks(db, workspace, _claimants(db, trace)),
        *_logs(db, trace),
        *_metrics(db, trace),
    ]


def _finish(db: Connection, found: Iterable[LinkedItem]) -> list[LinkedItem]:
    """Return *found* without repetition, newest first, with what the items themselves say of kind and size.

    Index: item's primary key.
    """
    first: dict[tuple[int, int], LinkedItem] = {}
    for one in found:
        first.setdefault(one.place, one)
    items = sorted(first.values(), key=lambda one: (one.at, one.place), reverse=True)[:MOST]
    rows = db.execute(
        select(item.c.request, item.c.n, item.c.kind, item.c.length).where(
            tuple_(item.c.request, item.c.n).in_([one.place for one in items])
        )
    )
    told = {(row.request, row.n): (row.kind, row.length) for row in rows}
    return [_completed(one, *told.get(one.place, (one.kind, None))) for one in items]


def _completed(one: LinkedItem, kind: str, length: int | None) -> LinkedItem:
    is_sum = one.kind in _SUMMED and one.count > 1
    size = one.size if one.size is not None or is_sum else length
    return replace(one, kind=kind, size=size, title=one.title[:_LONGEST_TITLE])


# ---------------------------------------------------------------- what names an event


def _attachments(db: Connection, ids: Sequence[bytes], project: int | None = None) -> Iterator[LinkedItem]:
    """Index: attachment_eid."""
    table = attachment
    question = select(table.c.request, table.c.item, table.c.created, table.c.name, table.c.size)
    question = question.where(table.c.eid.in_(ids)).limit(MOST)
    if project is not None:
        question = question.where(table.c.project == project)
    for row in db.execute(question):
        yield LinkedItem("attachment", row.request, row.item, row.created, row.name, size=row.size)


def _feedback(db: Connection, ids: Sequence[bytes], project: int | None = None) -> Iterator[LinkedItem]:
    """Index: feedback_about."""
    question = _FEEDBACK.where(feedback.c.about.in_(ids)).limit(MOST_EACH)
    if project is not None:
        question = question.where(feedback.c.project == project)
    yield from _as_feedback(db.execute(question))


# ---------------------------------------------------------------- what names a trace


def _feedback_on(db: Connection, trace: bytes) -> Iterator[LinkedItem]:
    """Index: feedback_trace."""
    question = _FEEDBACK.where(feedback.c.trace == trace).order_by(feedback.c.id.desc())
    yield from _as_feedback(db.execute(question.limit(MOST_EACH)))


_FEEDBACK = select(
    feedback.c.request, feedback.c.item, feedback.c.created, feedback.c.message, feedback.c.report
)


def _as_feedback(rows: Iterable[Any]) -> Iterator[LinkedItem]:
    for row in rows:
        kind = "user_report" if row.report else "feedback"
        yield LinkedItem(kind, row.request, row.item, row.created, row.message)


def _events(db: Connection, trace: bytes) -> Iterator[LinkedItem]:
    """Index: event_trace."""
    title = select(issue.c.title).where(issue.c.id == event.c.issue).scalar_subquery().label("title")
    question = select(event.c.request, event.c.item, event.c.ts, title).where(
        event.c.trace == trace,
        event.c.item >= 0,  # what Vedette made by itself came in no item
    )
    for row in db.execute(question.order_by(event.c.id.desc()).limit(MOST_EACH)):
        yield LinkedItem("event", row.request, row.item, row.ts, row.title or "")


def _check_ins(db: Connection, trace: bytes) -> Iterator[LinkedItem]:
    """Index: check_in_trace, and primary keys."""
    in_request = select(func.min(item.c.n)).where(
        item.c.request == check_in.c.request, item.c.kind == "check_in"
    )
    # The one that is this; one that also made an event leads to that instead.
    n = func.coalesce(
        in_request.where(item.c.ref == check_in.c.id).scalar_subquery(), in_request.scalar_subquery()
    )
    slug = select(monitor.c.slug).where(monitor.c.id == check_in.c.monitor).scalar_subquery()
    question = select(check_in.c.request, n.label("item"), check_in.c.added, slug.label("slug"))
    question = question.where(check_in.c.trace == trace).order_by(check_in.c.id.desc()).limit(MOST_EACH)
    for row in db.execute(question):
        if row.item is not None:
            yield LinkedItem("check_in", row.request, row.item, row.added, row.slug or "")


def _replays(db: Connection, links: Table, condition: Any) -> Iterator[LinkedItem]:
    """Index: replay_error_eid or replay_trace_trace, replay_segment_of."""
    linked = db.execute(
        select(replay.c.id, replay.c.urls)
        .where(replay.c.id.in_(select(links.c.replay).where(condition)))
        .limit(_MOST_REPLAYS)
    ).all()
    for number, urls in linked:
        question = select(replay_segment).where(replay_segment.c.replay == number)
        pages = orjson.loads(urls)
        for row in db.execute(question.order_by(replay_segment.c.n.desc()).limit(MOST_EACH)):
            shown = [url for n, url in pages if n <= row.n]
            title = shown[-1] if shown else ""
            yield LinkedItem(
                "replay_event", row.request, row.event_item, row.started, title, size=row.size
            )  # fmt: skip


def _spans(db: Connection, trace: bytes) -> Iterator[LinkedItem]:
    """Index: segment_trace, span_batch_trace, request's primary key."""
    name = value_of(segment.c.name_term, "name")
    segments = select(segment.c.request, segment.c.item, segment.c.start, name).where(
        segment.c.trace == trace
    )
    named: dict[tuple[int, int], tuple[Micros, str]] = {}
    for row in db.execute(segments.order_by(segment.c.id.desc()).limit(MOST_EACH)):
        named[row.request, row.item] = row.start, row.name or ""
    batches = (
        select(span_batch.c.request, span_batch.c.item, span_batch.c.n, request.c.received)
        .join(request, request.c.id == span_batch.c.request)
        .where(span_batch.c.trace == trace)
        .order_by(span_batch.c.id.desc())
        .limit(MOST_EACH)
    )
    for row in db.execute(batches):
        at, title = named.get((row.request, row.item), (row.received, ""))
        yield LinkedItem("span", row.request, row.item, at, title, count=row.n)


def _profiles(db: Connection, condition: ColumnElement[bool]) -> Iterator[LinkedItem]:
    """Index: profile_transaction or profile_trace."""
    name = value_of(profile.c.name_term, "name")
    question = select(profile.c.request, profile.c.item, profile.c.started, name)
    for row in db.execute(question.where(condition).limit(MOST_EACH)):
        yield LinkedItem("profile", row.request, row.item, row.started, row.name or "")


def _claimants(db: Connection, trace: bytes) -> list[Claimant]:
    """Index: segment_trace."""
    rows = db.execute(
        select(
            segment.c.request,
            segment.c.item,
            segment.c.project,
            segment.c.start,
            segment.c.start + segment.c.duration,
        )
        .where(segment.c.trace == trace)
        .order_by(segment.c.id.desc())
        .limit(MOST_READ)
    )
    return [Claimant(*row) for row in rows]


def _chunks(db: Connection, workspace: Workspace, claimants: Sequence[Claimant]) -> Iterator[LinkedItem]:
    """Index: profile_chunk_by_start."""
    for chunk in chunks_of(db, workspace, claimants):
        yield LinkedItem("profile_chunk", chunk.request, chunk.item, chunk.started, "", chunk.samples)


def _logs(db: Connection, trace: bytes) -> Iterator[LinkedItem]:
    """One line for all. Index: log_trace."""
    question = select(log.c.request, log.c.item, log.c.ts, log.c.body).where(log.c.trace == trace)
    row = db.execute(question.order_by(log.c.id).limit(1)).first()
    if row is not None:
        yield LinkedItem("log", row.request, row.item, row.ts, row.body, _count(db, log, trace))


def _metrics(db: Connection, trace: bytes) -> Iterator[LinkedItem]:
    """One line for all. Index: metric_trace."""
    name = value_of(metric.c.name_term, "name")
    question = select(metric.c.request, metric.c.item, metric.c.ts, name).where(metric.c.trace == trace)
    row = db.execute(question.order_by(metric.c.id).limit(1)).first()
    if row is not None:
        count = _count(db, metric, trace)
        yield LinkedItem("trace_metric", row.request, row.item, row.ts, row.name or "", count)


_SUMMED = frozenset({"log", "trace_metric"})


def _count(db: Connection, table: Table, trace: bytes) -> int:
    some: Select[Any] = (
        select(literal_column("1")).select_from(table).where(table.c.trace == trace).limit(MOST_COUNTED)
    )
    return int(db.execute(select(func.count()).select_from(some.subquery())).scalar_one())


# ---------------------------------------------------------------- what came together


def _came_with(db: Connection, own: Iterable[Any]) -> Iterator[LinkedItem]:
    """Index: item's and request's primary keys."""
    # An event that Vedette made by itself has no item: the request is only the newest there was.
    requests = {row.request for row in own if row.item >= 0}
    if not requests:
        return
    question = (
        select(item.c.request, item.c.n, item.c.kind, item.c.detail, request.c.received)
        .join(request, request.c.id == item.c.request)
        .where(item.c.request.in_(sorted(requests)))
        .limit(MOST + MOST_EVENTS)
    )
    for row in db.execute(question):
        yield LinkedItem(row.kind, row.request, row.n, row.received, row.detail or "")
