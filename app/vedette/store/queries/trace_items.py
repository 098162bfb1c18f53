"""Where the newest spans, logs and metric points came in: samples for what must be read from payloads."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from vedette.domain.times import Micros
from vedette.store.schema import log, metric, request, span_batch

MOST_ROWS = 5_000
MOST_ITEMS = 50
Place = tuple[int, int]
"""A request and the number of an item in it."""


def newest_items(
    db: Connection,
    kind: str,
    *,
    projects: Sequence[int] = (),
    since: Micros | None = None,
    until: Micros | None = None,
    limit: int = MOST_ITEMS,
) -> list[Place]:
    """Return the items that brought the newest rows of *kind* (spans, logs, tracemetrics), at most *limit*.

    Of spans the time of arrival counts. At most MOST_ROWS rows are looked at.
    Index: span_batch's and request's primary keys; log(ts, id); metric(ts, id).
    """
    query, project, time = _newest(kind)
    if projects:
        query = query.where(project.in_(projects))
    if since is not None:
        query = query.where(time >= since)
    if until is not None:
        query = query.where(time < until)
    places = dict.fromkeys((row[0], row[1]) for row in db.execute(query.limit(MOST_ROWS)))
    return list(places)[:limit]


def _newest(kind: str) -> tuple[Select[Any], Any, Any]:
    if kind == "spans":
        query = (
            select(span_batch.c.request, span_batch.c.item)
            .join(request, request.c.id == span_batch.c.request)
            .order_by(span_batch.c.id.desc())
        )
        return query, span_batch.c.project, request.c.received
    rows = log if kind == "logs" else metric
    query = select(rows.c.request, rows.c.item).order_by(rows.c.ts.desc(), rows.c.id.desc())
    return query, rows.c.project, rows.c.ts
