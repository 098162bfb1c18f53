"""What users said: pages of a project, and what was said about an event, an issue or a replay."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

from vedette.domain.times import Micros
from vedette.store.queries.terms import slug_of
from vedette.store.schema import event, feedback

MOST_ABOUT = 100


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    id: int
    event_id: str  # its own event, 32 hex
    issue: int | None  # its own; None: retention has removed the event
    project: int
    project_slug: str
    about: str | None  # the event it is about, 32 hex
    replay: str | None
    trace: str | None
    is_report: bool
    name: str
    email: str
    message: str
    url: str
    source: str
    created: Micros
    request: int
    item: int


def page_feedback(
    db: Connection,
    *,
    projects: tuple[int, ...] = (),
    since: Micros | None = None,
    until: Micros | None = None,
    after: int | None = None,
    limit: int = 100,
) -> list[FeedbackRow]:
    """Return up to *limit* feedbacks that arrived before *after* (a row id), newest first.

    Index: feedback_of_project(project, id) for one project, else the primary key.
    """
    conditions: list[ColumnElement[bool]] = []
    if len(projects) == 1:
        conditions.append(feedback.c.project == projects[0])
    elif projects:
        conditions.append(feedback.c.project.in_(projects))
    if since is not None:
        conditions.append(feedback.c.created >= since)
    if until is not None:
        conditions.append(feedback.c.created <= until)
    return _page(db, conditions, after, limit)


def issue_feedback(
    db: Connection, issue: int, after: int | None = None, limit: int = 100
) -> list[FeedbackRow]:
    """Return up to *limit* feedbacks about events of *issue*, or that are it, newest first.

    Walks the feedback, of which there is less than of anything else. Index: primary key, event_eid.
    """
    is_of = (
        select(event.c.id)
        .where(
            or_(event.c.eid == feedback.c.about, event.c.eid == feedback.c.eid),
            event.c.project == feedback.c.project,
            event.c.issue == issue,
        )
        .exists()
    )
    return _page(db, [is_of], after, limit)


def feedback_about(db: Connection, event_id: bytes, project_id: int) -> list[FeedbackRow]:
    """Return what was said about an event, newest first, at most MOST_ABOUT. Index: feedback_about."""
    return _page(db, [feedback.c.about == event_id, feedback.c.project == project_id], None, MOST_ABOUT)


def feedback_of_replay(db: Connection, replay_id: bytes) -> list[FeedbackRow]:
    """Return what was said while a replay ran, newest first, at most MOST_ABOUT. Index: feedback_replay."""
    return _page(db, [feedback.c.replay == replay_id], None, MOST_ABOUT)


def get_feedback(db: Connection, event_id: bytes, project_id: int) -> FeedbackRow | None:
    """Return the feedback whose own event is *event_id*. Index: feedback_eid."""
    found = _page(db, [feedback.c.eid == event_id, feedback.c.project == project_id], None, 1)
    return found[0] if found else None


def _page(
    db: Connection, conditions: list[ColumnElement[bool]], after: int | None, limit: int
) -> list[FeedbackRow]:
    statement = _SELECT.where(*conditions).order_by(feedback.c.id.desc()).limit(limit)
    if after is not None:
        statement = statement.where(feedback.c.id < after)
    return [_row(*row) for row in db.execute(statement)]


# Its event is looked up after the walk; a join would let the planner begin there.
_SELECT: Select[Any] = select(
    feedback.c.id,
    feedback.c.eid,
    select(event.c.issue)
    .where(and_(event.c.eid == feedback.c.eid, event.c.project == feedback.c.project))
    .scalar_subquery()
    .label("issue"),
    feedback.c.project,
    slug_of(feedback.c.project),
    feedback.c.about,
    feedback.c.replay,
    feedback.c.trace,
    feedback.c.report,
    feedback.c.name,
    feedback.c.email,
    feedback.c.message,
    feedback.c.url,
    feedback.c.source,
    feedback.c.created,
    feedback.c.request,
    feedback.c.item,
)


def _row(
    number: int,
    eid: bytes,
    issue: int | None,
    project_id: int,
    slug: str | None,
    about: bytes | None,
    replay: bytes | None,
    trace: bytes | None,
    report: int,
    *rest: Any,
) -> FeedbackRow:
    return FeedbackRow(
        number,
        eid.hex(),
        issue,
        project_id,
        slug or "",
        about.hex() if about else None,
        replay.hex() if replay else None,
        trace.hex() if trace else None,
        bool(report),
        *rest,
    )
