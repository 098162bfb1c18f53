"""What an issue's page shows beside its events: trends, tags, users, activity, hashes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, not_, select

from vedette.domain.issues import Status
from vedette.domain.times import HOUR, MINUTE, Micros
from vedette.store import dialect
from vedette.store.dialect import find
from vedette.store.queries.issue_tokens import issue_tokens
from vedette.store.queries.matching import all_of, hits, tags
from vedette.store.queries.terms import is_member
from vedette.store.schema import (
    activity,
    event,
    issue,
    issue_hash,
    issue_hour,
    issue_minute,
    issue_term,
    issue_user,
    term,
)

TOP_VALUES = 10
_MOST_ACTIVITIES = 1_000


@dataclass(frozen=True, slots=True)
class TagValue:
    """One value and how many events of the issue carry it."""

    value: str
    n: int
    first: Micros | None = None  # where asked for
    last: Micros | None = None


@dataclass(frozen=True, slots=True)
class TagSummary:
    key: str
    total: int  # events that carry it
    unique: int  # distinct values
    top: tuple[TagValue, ...]  # most frequent first


@dataclass(frozen=True, slots=True)
class ActivityRow:
    id: int
    ts: Micros
    kind: str  # note, first_seen, set_resolved, set_ignored, set_regression, … in the protocol's words
    data: str  # JSON


def issue_trends(
    db: Connection,
    ids: Sequence[int],
    start: Micros,
    end: Micros,
    buckets: int,
    *,
    minutes_from: int = 0,
) -> dict[int, list[int]]:
    """Return for each issue its events in *buckets* equal parts of [start, end), zeros included.

    Counted in whole hours, in minutes where the parts are shorter than that and the range begins after
    *minutes_from*. Minutes are kept for 48 h.
    Index: issue_minute or issue_hour (issue, bucket).
    """
    trends = {number: [0] * buckets for number in ids}
    width = max(1, (end - start) // buckets)
    table, grain = (issue_minute, MINUTE) if width < HOUR and start >= minutes_from else (issue_hour, HOUR)
    rows = db.execute(
        select(table.c.issue, table.c.bucket, table.c.n).where(
            table.c.issue.in_(list(trends)), table.c.bucket >= start // grain, table.c.bucket * grain < end
        )
    )
    for number, bucket, n in rows:
        # The first hour or minute may have begun before the range.
        place = min(max(0, bucket * grain - start) // width, buckets - 1)
        trends[number][place] += n
    return trends


def issue_histogram(db: Connection, issue_id: int, start: Micros, end: Micros, buckets: int) -> list[int]:
    """Return the issue's events in *buckets* equal parts of [start, end). Index: as `issue_trends`."""
    return issue_trends(db, [issue_id], start, end, buckets)[issue_id]


def issue_tags(db: Connection, issue_id: int, top: int = TOP_VALUES) -> list[TagSummary]:
    """Return the issue's tags by name, each with its *top* most frequent values.

    Index: issue_term(issue, term).
    """
    rows = db.execute(
        select(term.c.key, term.c.value, issue_term.c.n)
        .join(term, term.c.id == issue_term.c.term)
        .where(issue_term.c.issue == issue_id, not_(is_member(term.c.key)))
    )
    by_key: dict[str, list[tuple[int, str]]] = {}
    for key, value, n in rows:
        by_key.setdefault(key, []).append((n, value))
    return [_summary(key, values, top) for key, values in sorted(by_key.items())]


def _summary(key: str, values: list[tuple[int, str]], top: int) -> TagSummary:
    values.sort(key=lambda pair: (-pair[0], pair[1]))
    return TagSummary(
        key,
        sum(n for n, _ in values),
        len(values),
        tuple(TagValue(value, n) for n, value in values[:top]),
    )


def tag_values(
    db: Connection, issue_id: int, key: str, limit: int = 100, after: TagValue | None = None
) -> list[TagValue]:
    """Return the values of one tag within an issue, most frequent first, with first and last time.

    With *after* those that follow it; fewer than *limit* means the end.
    Index: issue_term(issue, term); ``find`` by row id, two probes a value.
    """
    rows = db.execute(
        select(term.c.id, term.c.value, issue_term.c.n)
        .join(term, term.c.id == issue_term.c.term)
        .where(issue_term.c.issue == issue_id, term.c.key == key)
    ).all()
    rows = sorted(rows, key=lambda row: (-row.n, row.value))
    if after is not None:
        rows = [row for row in rows if (-row.n, row.value) > (-after.n, after.value)]
    rows = rows[:limit]
    return [TagValue(row.value, row.n, *_first_and_last(db, issue_id, row.id)) for row in rows]


def _first_and_last(db: Connection, issue_id: int, term_id: int) -> tuple[Micros | None, Micros | None]:
    match = all_of([tags(issue_tokens(db, [issue_id])), tags([f"{dialect.TERM}{term_id}"])])
    moments = []
    for order in (find.c.rowid.asc(), find.c.rowid.desc()):
        number = select(find.c.rowid).where(hits(match)).order_by(order).limit(1).scalar_subquery()
        moments.append(db.execute(select(event.c.ts).where(event.c.id == number)).scalar())
    told = sorted(moment for moment in moments if moment is not None)
    # Rows are in order of arrival: of events sent late the last to come may have happened first.
    return (told[0], told[-1]) if told else (None, None)


def issue_users(db: Connection, issue_id: int, limit: int = 100) -> list[TagValue]:
    """Return the users (identity strings, ``id:7``) an issue befell, with their events, most first.

    Index: issue_user(issue, user_term), issue_term(issue, term).
    """
    rows = db.execute(
        select(term.c.value, func.coalesce(issue_term.c.n, 0).label("n"))
        .select_from(issue_user)
        .join(term, term.c.id == issue_user.c.user_term)
        .outerjoin(
            issue_term,
            (issue_term.c.issue == issue_user.c.issue) & (issue_term.c.term == issue_user.c.user_term),
        )
        .where(issue_user.c.issue == issue_id)
    ).all()
    rows = sorted(rows, key=lambda row: (-row.n, row.value))[:limit]
    return [TagValue(row.value, row.n) for row in rows]


def issue_activities(db: Connection, issue_id: int, limit: int = 100) -> list[ActivityRow]:
    """Return what happened to an issue, newest first. Index: activity(issue, id)."""
    rows = db.execute(
        select(activity.c.id, activity.c.ts, activity.c.kind, activity.c.data)
        .where(activity.c.issue == issue_id)
        .order_by(activity.c.id.desc())
        .limit(limit)
    )
    return [ActivityRow(*row) for row in rows]


def issue_notes(db: Connection, issue_id: int, limit: int = _MOST_ACTIVITIES) -> list[ActivityRow]:
    """Return the notes on an issue, newest first. Index: activity(issue, id)."""
    rows = db.execute(
        select(activity.c.id, activity.c.ts, activity.c.kind, activity.c.data)
        .where(activity.c.issue == issue_id, activity.c.kind == "note")
        .order_by(activity.c.id.desc())
        .limit(limit)
    )
    return [ActivityRow(*row) for row in rows]


def get_note(db: Connection, issue_id: int, number: int) -> ActivityRow | None:
    """Return the note *number* of an issue. Index: primary key of activity."""
    row = db.execute(
        select(activity.c.id, activity.c.ts, activity.c.kind, activity.c.data).where(
            activity.c.id == number, activity.c.issue == issue_id, activity.c.kind == "note"
        )
    ).first()
    return None if row is None else ActivityRow(*row)


def last_resolved(db: Connection, projects: Sequence[int] = (), limit: int = 5) -> list[int]:
    """Return the issues that were resolved last and still are, the newest first.

    Only the newest thousand activities are looked at. Index: primary key of activity, newest first.
    """
    newest = (
        select(activity.c.id, activity.c.issue, activity.c.kind)
        .order_by(activity.c.id.desc())
        .limit(_MOST_ACTIVITIES)
        .subquery()
    )
    query = (
        select(newest.c.issue)
        .join(issue, issue.c.id == newest.c.issue)
        .where(newest.c.kind.startswith("set_resolved"), issue.c.status == Status.RESOLVED.number)
        .order_by(newest.c.id.desc())
    )
    if projects:
        query = query.where(issue.c.project.in_(projects))
    return list(dict.fromkeys(db.execute(query).scalars()))[:limit]


def issue_hashes(db: Connection, issue_id: int) -> list[str]:
    """Return the grouping hashes (hex) that lead to an issue. Index: issue_hash(issue)."""
    hashes = db.execute(select(issue_hash.c.hash).where(issue_hash.c.issue == issue_id)).scalars()
    return sorted(digest.hex() for digest in hashes)
