"""What a row of an event list holds."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, select

from vedette.domain.levels import Level
from vedette.domain.times import Micros
from vedette.store.queries.terms import slug_of, value_of
from vedette.store.schema import event, issue

Key = tuple[int, int]
"""Where a page ended: the time of its last event and its row id."""


@dataclass(frozen=True, slots=True)
class EventRow:
    id: int  # row ids are arrival order
    event_id: str  # 32 hex
    issue: int
    project: int
    project_slug: str
    run: int
    ts: Micros
    level: Level
    title: str  # of its issue
    trace: str | None  # 32 hex
    span: str | None  # 16 hex
    environment: str | None
    release: str | None
    user: str | None  # identity string, `id:7`
    request: int
    item: int

    @property
    def key(self) -> Key:
        """What the next page begins after, if this is a page's last event."""
        return self.ts, self.id


# Looked up by primary key after the walk; a join would let the planner begin there.
SELECT_EVENT: Select[Any] = select(
    event.c.id,
    event.c.eid,
    event.c.issue,
    event.c.project,
    slug_of(event.c.project),
    event.c.run,
    event.c.ts,
    event.c.level,
    select(issue.c.title).where(issue.c.id == event.c.issue).scalar_subquery().label("title"),
    event.c.trace,
    event.c.span,
    value_of(event.c.env_term, "environment"),
    value_of(event.c.release_term, "release"),
    value_of(event.c.user_term, "user"),
    event.c.request,
    event.c.item,
)


def read_event(row: Row[Any]) -> EventRow:
    """Return a row of SELECT_EVENT as what it means."""
    values: Any = row
    number, eid, of_issue, of_project, slug, run, ts, level, title, trace, span, *rest = values
    return EventRow(
        number,
        eid.hex(),
        of_issue,
        of_project,
        slug or "",
        run,
        ts,
        Level.of(level),
        title or "",
        trace.hex() if trace else None,
        span.hex() if span else None,
        *rest,
    )
