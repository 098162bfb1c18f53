"""What a row of an issue list holds, and which rows a filter asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, exists, func, select

from vedette.domain.issues import PENDING_DELETION, Status
from vedette.domain.levels import Level
from vedette.domain.times import HOUR, MINUTE, Micros, now
from vedette.store import dialect
from vedette.store.queries.matching import Condition, all_of, tags
from vedette.store.queries.rendering import Rendered, for_issues
from vedette.store.queries.shortids import short_id
from vedette.store.queries.terms import slug_of, value_of
from vedette.store.schema import issue, issue_hour, issue_minute, run
from vedette.store.search import Query

Key = tuple[int | str, int]
"""Where a page ended: the sort value of its last issue (with words or tags: its newest hit) and its id."""

# Above every time in microseconds until the year 2112, so that a priority and a time make one number.
PRIORITY_STEP = 1 << 52
_MINUTES_KEPT = 47 * HOUR


class IssueSort(StrEnum):
    """Orders offered, each from the greatest down but for titles, which begin with A."""

    LAST = "last"
    FIRST = "first"
    EVENTS = "events"
    USERS = "users"
    PRIORITY = "priority"  # and within one, by last event
    TREND = "trend"  # by how much more happened in the later half of the time looked at than in the earlier
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class IssueRow:
    id: int
    project: int
    project_slug: str
    short: str  # DESK-12
    status: Status
    substatus: str | None
    kind: str  # error, default, csp, …
    level: Level
    priority: int  # 25, 50, 75
    title: str
    type: str
    value: str
    culprit: str
    filename: str
    function: str
    lineno: int | None
    platform: str
    handled: bool | None  # None: unknown
    first: Micros
    last: Micros
    n: int  # events
    users: int
    first_run: int
    last_run: int
    first_event: int  # row ids
    last_event: int
    first_release: str | None
    last_release: str | None
    starred: bool
    seen: bool
    grouping_config: str
    resolved_at: Micros | None
    status_details: str | None  # JSON
    hit: int | None = None  # the newest event (row id) that fits, where words or tags were asked for
    score: int | None = None  # what the page was ordered by, where that is no column
    substatus_at: Micros | None = None
    priority_locked_at: Micros | None = None  # when a person set the priority; None: by rule
    notes: int = 0
    regressed_release: str | None = None  # of the event that made it a regression last

    @property
    def runs(self) -> tuple[int, int]:
        """The first and the last run it was seen in."""
        return self.first_run, self.last_run

    def key(self, sort: IssueSort = IssueSort.LAST) -> Key:
        """Return what the next page begins after, if this is a page's last issue."""
        if self.hit is not None and sort is IssueSort.LAST:
            return self.hit, self.id
        if self.score is not None and sort in (IssueSort.EVENTS, IssueSort.TREND):
            return self.score, self.id
        if sort is IssueSort.TITLE:
            return ascii_lower(self.title), self.id
        return {
            IssueSort.LAST: self.last,
            IssueSort.FIRST: self.first,
            IssueSort.EVENTS: self.n,
            IssueSort.USERS: self.users,
            IssueSort.PRIORITY: self.priority * PRIORITY_STEP + self.last,
            IssueSort.TREND: self.last,
        }[sort], self.id


@dataclass(frozen=True, slots=True)
class IssueFilter:
    """Which issues; what is empty or None does not matter. All that is set must hold."""

    statuses: tuple[Status, ...] = ()
    levels: tuple[Level, ...] = ()
    projects: tuple[int, ...] = ()
    runs: tuple[int, ...] = ()
    # With words, tags or older runs: of an event that fits. Else of any, to the hour where they are old.
    since: Micros | None = None
    until: Micros | None = None
    starred: bool | None = None
    unread: bool | None = None
    unhandled: bool | None = None
    query: Query | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many; with *exact* False there are at least that many."""

    n: int
    exact: bool


_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def ascii_lower(text: str) -> str:
    """Return *text* as the index of titles has it: SQLite's lower() knows only the letters of ASCII."""
    return text.translate(_ASCII_LOWER)


_OWN = (
    "id", "project", "short", "status", "substatus", "kind", "level", "priority", "title", "type", "value",
    "culprit", "filename", "function", "lineno", "platform", "handled", "first", "last", "n", "users",
    "first_run", "last_run", "first_event", "last_event", "starred", "seen", "grouping_config",
    "resolved_at", "status_details", "substatus_at", "priority_locked_at", "notes",
)  # fmt: skip
# Single values are looked up by primary key after the walk; a join would let the planner begin there.
SELECT_ISSUE: Select[Any] = select(
    *(issue.c[name] for name in _OWN),
    slug_of(issue.c.project),
    value_of(issue.c.first_release_term, "release_1"),
    value_of(issue.c.last_release_term, "release_2"),
    value_of(issue.c.regressed_release_term, "release_3"),
).where(issue.c.status != PENDING_DELETION)


def read_issue(row: Row[Any], hit: int | None = None) -> IssueRow:
    """Return a row of SELECT_ISSUE as what it means."""
    values: Any = row
    (
        number, of_project, short, status, substatus, kind, level, priority, title, type_, value, culprit,
        filename, function, lineno, platform, handled, first, last, n, users, first_run, last_run,
        first_event, last_event, starred, seen, config, resolved_at, details, substatus_at, locked, notes,
        slug, release_1, release_2, release_3,
    ) = values  # fmt: skip
    slug = slug or ""
    return IssueRow(
        number, of_project, slug, short_id(slug, short), Status.of(status), substatus, kind,
        Level.of(level), priority, title, type_, value, culprit, filename, function, lineno, platform,
        None if handled is None else bool(handled), first, last, n, users, first_run, last_run, first_event,
        last_event, release_1, release_2, bool(starred), bool(seen), config, resolved_at, details, hit,
        substatus_at=substatus_at, priority_locked_at=locked, notes=notes or 0, regressed_release=release_3,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter rendered: what chooses the index, what rows must have, what their events must have."""

    rendered: Rendered
    statuses: tuple[Status, ...]  # empty: any
    projects: tuple[int, ...]  # empty: any
    is_impossible: bool
    conditions: tuple[Condition, ...]  # on the issue's row, beside statuses and projects

    @property
    def all_conditions(self) -> list[Condition]:
        found = list(self.conditions)
        if self.statuses:
            found.append(issue.c.status.in_([status.number for status in self.statuses]))
        if self.projects:
            found.append(issue.c.project.in_(self.projects))
        return found


def ask(db: Connection, where: IssueFilter) -> Asked:
    """Render *where*. Raises QueryError for names in its query that do not exist."""
    rendered = for_issues(db, where.query)
    statuses = _both(frozenset(where.statuses), rendered.statuses)
    projects = _both(frozenset(where.projects), rendered.projects)
    conditions = [*rendered.issue, *_flags(where)]
    if not statuses:
        conditions.append(issue.c.status != PENDING_DELETION)
    if where.runs:
        conditions.extend(_in_runs(db, where.runs, rendered))
    conditions.extend(_in_time(where, by_event=rendered.needs_events))
    return Asked(
        rendered,
        tuple(sorted(statuses or ())),
        tuple(sorted(projects or ())),
        not rendered.match or statuses == frozenset() or projects == frozenset(),
        tuple(conditions),
    )


def _both(chosen: frozenset[Any], queried: frozenset[Any] | None) -> frozenset[Any] | None:
    """Return what both allow; None: anything, empty: nothing can fit."""
    if not chosen:
        return queried
    return chosen if queried is None else chosen & queried


def _flags(where: IssueFilter) -> Iterable[Condition]:
    if where.levels:
        yield issue.c.level.in_([level.number for level in where.levels])
    if where.starred is not None:
        yield issue.c.starred == int(where.starred)
    if where.unread is not None:
        yield issue.c.seen == int(not where.unread)
    if where.unhandled is not None:
        yield issue.c.handled == int(not where.unhandled)


def _in_runs(db: Connection, runs: tuple[int, ...], rendered: Rendered) -> list[Condition]:
    """Return the condition that an issue was seen in one of *runs*, or add it to the match."""
    newest = db.execute(select(func.max(run.c.id))).scalar() or 0
    oldest = min(runs)
    if set(range(oldest, newest + 1)) <= set(runs):
        # "Since then" needs no events: the issue's last run says it.
        return [issue.c.last_run >= oldest]
    rendered.match = all_of([rendered.match, tags(f"{dialect.RUN}{number}" for number in sorted(set(runs)))])
    return [issue.c.last_run >= oldest, issue.c.first_run <= max(runs)]


def _in_time(where: IssueFilter, *, by_event: bool) -> Iterable[Condition]:
    if where.since is not None:
        yield issue.c.last >= where.since
    if where.until is not None:
        # An issue may well have gone on after its events that fit.
        yield issue.c.first <= where.until
        if not by_event:
            yield _has_happened(where.since, where.until)


def _has_happened(since: Micros | None, until: Micros) -> Condition:
    """Return whether the issue around it had events then, as the counts by minute or hour tell."""
    is_young = since is not None and since > now() - _MINUTES_KEPT
    table, grain = (issue_minute, MINUTE) if is_young else (issue_hour, HOUR)
    return exists().where(
        table.c.issue == issue.c.id,
        table.c.bucket >= (since or 0) // grain,
        table.c.bucket <= until // grain,
    )
