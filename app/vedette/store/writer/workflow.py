"""What an event, or the clock, changes about an issue's status: regressions, ends of archiving, escalation.

Rows are the issues' as `Issues` holds them for a batch; they are changed in place. What happened is noted
as activity. Source of the rules: Sentry's documented workflow; where it asks a service of its own (the
forecast), `domain.escalation` has the rule.
"""

from collections.abc import Callable
from typing import Any

import apsw
from sqlalchemy import select, text

from vedette.domain.escalation import Usual
from vedette.domain.issues import Priority, Status, Substatus, initial_priority
from vedette.domain.json import JsonObject
from vedette.domain.levels import Level
from vedette.domain.processed import ProcessedEvent
from vedette.domain.times import DAY, HOUR
from vedette.domain.versions import SeenRelease, compare_releases
from vedette.store import schema
from vedette.store.engine import sql_of
from vedette.store.writer.conditions import Archive, Conditions, Resolution
from vedette.store.writer.pace import Pace

Row = dict[str, Any]
Note = Callable[[int, int, str, JsonObject], None]
"""Notes an activity: issue, when, kind, data."""

PASSING = 7 * DAY
"""How long an issue is called new, regressed or escalating."""
YOUNG = DAY
"""An issue has to be known this long before more of it than usual can be told; archived ones are at once."""
MOST_A_TICK = 500
MOST_RELEASES = 5_000
"""Of a project with more releases, these are looked at for the latest one: those first seen last."""
ANY_RELEASE = 0
"""In place of a release of which any other is a later one: the project had none yet."""
PASSING_SUBSTATUS = "substatus IN ('new', 'regressed', 'escalating')"
_UNRESOLVED, _RESOLVED, _IGNORED = Status.UNRESOLVED.number, Status.RESOLVED.number, Status.IGNORED.number
_PASSING = (Substatus.NEW, Substatus.REGRESSED, Substatus.ESCALATING)


class Workflow:
    """Knows what issues are archived until and resolved in, and how fast they happen."""

    def __init__(self, raw: apsw.Connection) -> None:
        self._raw = raw
        self.conditions = Conditions(raw)
        self.pace = Pace(raw)
        archive, issue = schema.archive, schema.issue
        release, term = schema.release, schema.term
        self._find_over = sql_of(
            select(archive.c.issue)
            .join(issue, issue.c.id == archive.c.issue)
            # With nothing added, the planner would begin with every archived issue.
            .where(archive.c.until <= 0, issue.c.status + 0 == 0)
            .order_by(archive.c.until)
            .limit(1)
        )
        self._find_passed = sql_of(
            select(issue.c.id)
            # As the index has it, or the planner does not know that it may be used.
            .where(text(PASSING_SUBSTATUS), issue.c.substatus_at <= 0, issue.c.status + 0 == 0)
            .order_by(issue.c.substatus_at)
            .limit(1)
        )
        self._find_name = sql_of(select(term.c.value).where(term.c.id == 0))
        self._find_releases = sql_of(
            select(release.c.release_term, release.c.first, term.c.value)
            .join(term, term.c.id == release.c.release_term)
            .where(release.c.project == 0)
            .order_by(release.c.first.desc())
            .limit(1)
        )
        self._find_first = sql_of(
            select(release.c.first).where(release.c.project == 0, release.c.release_term == 0)
        )

    def forget(self) -> None:
        """Drop everything remembered that may not have been committed."""
        self.conditions.forget()
        self.pace.forget()

    # ---------------------------------------------------------------- an event

    def see(
        self, row: Row, event: ProcessedEvent, run: int, release: int | None, user: int | None, note: Note
    ) -> bool:
        """Let *event*, already counted in *row*, change the status; returns whether it is a regression."""
        number, at = row["id"], event.received
        self.pace.add(number, event.timestamp)
        if row["status"] == _UNRESOLVED:
            self._watch(row, event, note)
            return False
        if row["status"] == _RESOLVED:
            resolution = self.conditions.resolutions.of(number)
            if resolution is not None and not self._is_after(resolution, row["project"], event, run, release):
                return False
            data: JsonObject = {"event_id": event.event_id.hex()}
            if event.release is not None:
                data["version"] = event.release
            row["regressed_release_term"] = release
            self._reopen(row, Substatus.REGRESSED, at)
            note(number, at, "set_regression", data)
            return True
        archive = self.conditions.archives.of(number) if row["status"] == _IGNORED else None
        if archive is not None:
            self._look_at_archived(row, archive, event, run, release, user, note)
        return False

    def _is_after(
        self, resolution: Resolution, project: int, event: ProcessedEvent, run: int, release: int | None
    ) -> bool:
        """Return whether *event* has the change and fails all the same."""
        if resolution.kind == "next_run":
            return run > (resolution.run or 0)
        if release is None or event.release is None:
            # As in Sentry: the application names no release, so it is taken to be older.
            return False
        if resolution.release_term is None:
            return True  # there was no release then, so any is a later one
        order = self._compare(project, event, release, resolution.release_term)
        return order > 0 if resolution.kind == "next_release" else order >= 0

    def _compare(self, project: int, event: ProcessedEvent, release: int, known: int) -> int:
        """Return how the release of *event*, of the term *release*, stands to that of the term *known*."""
        row = self._raw.execute(self._find_name, (known,)).fetchone()
        if release == known or row is None:
            return 0
        first = self._first_seen(project, release)
        return compare_releases(
            # One that comes with this very batch is not among those seen yet.
            SeenRelease(event.release or "", event.timestamp if first is None else first),
            SeenRelease(row[0], self._first_seen(project, known)),
        )

    def _first_seen(self, project: int, release: int) -> int | None:
        row = self._raw.execute(self._find_first, (project, release)).fetchone()
        return row[0] if row else None

    def newest_release(self, project: int) -> tuple[int, str] | None:
        """Return the latest release of *project* and its term, None if it has none. Index: primary key."""
        newest: tuple[int, SeenRelease] | None = None
        for term, first, name in self._raw.execute(self._find_releases, (project, MOST_RELEASES, 0)):
            seen = SeenRelease(name, first)
            if newest is None or compare_releases(seen, newest[1]) > 0:
                newest = term, seen
        return None if newest is None else (newest[0], newest[1].name)

    def _look_at_archived(
        self,
        row: Row,
        archive: Archive,
        event: ProcessedEvent,
        run: int,
        release: int | None,
        user: int | None,
        note: Note,
    ) -> None:
        number, at = row["id"], event.received
        data: JsonObject = {"event_id": event.event_id.hex()}
        if archive.escalates:
            hour = self.pace.hour(number, event.timestamp, at)
            since = row["n"] - archive.n
            usual = hour.before
            if archive.at // HOUR == hour.hour:
                usual = Usual(usual.hours, usual.events, usual.busiest)
                usual.add(hour.count - since)
            count = min(hour.count, since)
            if count > usual.limit:
                self._escalate(row, at, note, data | {"forecast": usual.limit, "count": count})
                return
        met = self._met(row, archive, event, run, release, user)
        if met is not None:
            self._end(row, at, note, met, data)

    def _met(
        self,
        row: Row,
        archive: Archive,
        event: ProcessedEvent,
        run: int,
        release: int | None,
        user: int | None,
    ) -> str | None:
        """Return which condition of *archive* is met now, None if none is."""
        ts, at = event.timestamp, event.received
        if archive.until is not None and at >= archive.until:
            return "until"
        if archive.run is not None and run > archive.run:
            return "run"
        if self._is_later(row, archive, event, release):
            return "release"
        if archive.count is not None and self._happened(row, archive, ts, at) >= archive.count:
            return "count"
        if archive.user_count is not None and self._befell(row, archive, ts, at, user) >= archive.user_count:
            return "users"
        return None

    def _is_later(self, row: Row, archive: Archive, event: ProcessedEvent, release: int | None) -> bool:
        known = archive.release_term
        if known is None or release is None or event.release is None:
            return False
        return known == ANY_RELEASE or self._compare(row["project"], event, release, known) > 0

    def _happened(self, row: Row, archive: Archive, ts: int, at: int) -> int:
        more: int = row["n"] - archive.n
        if archive.window is None:
            return more
        since = max(archive.at, at - archive.window)
        if ts < since:
            return 0
        return min(more, self.pace.events_within(row["id"], since, archive.window, ts))

    def _befell(self, row: Row, archive: Archive, ts: int, at: int, user: int | None) -> int:
        if archive.user_window is None:
            more: int = row["users"] - archive.users
            return more
        since = max(archive.at, at - archive.user_window)
        if ts < since:
            return 0
        return self.pace.users_within(row["id"], since, ts, user)

    def _watch(self, row: Row, event: ProcessedEvent, note: Note) -> None:
        """Call an open issue escalating if it happens far more often than it did."""
        at = event.received
        if row["substatus"] == Substatus.ESCALATING or at - row["first"] < YOUNG:
            return
        hour = self.pace.hour(row["id"], event.timestamp, at)
        if hour.before.hours and hour.count > hour.before.limit:
            data: JsonObject = {"event_id": event.event_id.hex(), "forecast": hour.before.limit}
            self._escalate(row, at, note, data | {"count": hour.count})

    def _escalate(self, row: Row, at: int, note: Note, data: JsonObject) -> None:
        self._reopen(row, Substatus.ESCALATING, at)
        if row["priority_locked_at"] is None:
            row["priority"] = int(Priority.MEDIUM if row["priority"] < Priority.MEDIUM else Priority.HIGH)
        note(row["id"], at, "set_escalating", data)

    def _end(self, row: Row, at: int, note: Note, met: str, data: JsonObject) -> None:
        self._reopen(row, Substatus.ONGOING, at)
        note(row["id"], at, "set_unresolved", data | {"ended": met})

    def _reopen(self, row: Row, substatus: Substatus, at: int) -> None:
        row["status"], row["substatus"], row["substatus_at"] = _UNRESOLVED, substatus.value, at
        row["resolved_at"] = row["status_details"] = None
        row["seen"] = 0
        self.conditions.drop(row["id"])

    # ---------------------------------------------------------------- the clock

    def due(self, at: int) -> list[int]:
        """Return issues that the clock changes at *at*, some hundred at most.

        Index: archive(until), issue(substatus_at) of those whose substatus passes.
        """
        over = self._raw.execute(self._find_over, (at, 0, _IGNORED, MOST_A_TICK, 0))
        found = [number for (number,) in over]
        passed = self._raw.execute(self._find_passed, (at - PASSING, 0, _UNRESOLVED, MOST_A_TICK, 0))
        return found + [number for (number,) in passed]

    def pass_time(self, row: Row, at: int, note: Note) -> None:
        """Change the status of the issue in *row* if its time has come."""
        if row["status"] == _IGNORED:
            archive = self.conditions.archives.of(row["id"])
            if archive is not None and archive.until is not None and archive.until <= at:
                self._end(row, at, note, "until", {})
        elif row["status"] == _UNRESOLVED and row["substatus"] in _PASSING:
            if at - row["substatus_at"] < PASSING:
                return
            if row["substatus"] == Substatus.ESCALATING and row["priority_locked_at"] is None:
                handled = None if row["handled"] is None else bool(row["handled"])
                row["priority"] = int(initial_priority(Level.of(row["level"]), handled=handled))
            row["substatus"], row["substatus_at"] = Substatus.ONGOING.value, at
            note(row["id"], at, "auto_set_ongoing", {"after_days": PASSING // DAY})
