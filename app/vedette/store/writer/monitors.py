"""Monitors: check-ins, what is expected next, and the incidents that failures make.

All of it is read and written at once, inside the batch's transaction: each decision rests on the last one,
and jobs check in a few times a minute.
"""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

import apsw
import orjson
from sqlalchemy import ColumnElement, Table, bindparam, func, literal_column, select

from vedette.domain.changes import Change, ChangeKind
from vedette.domain.monitors import (
    FINISHED,
    UNSCHEDULED,
    CheckIn,
    CheckInStatus,
    MonitorConfig,
    MonitorStatus,
    is_failing,
    is_recovered,
    read_stored,
)
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.times import Micros
from vedette.store import schema
from vedette.store.engine import sql_of
from vedette.store.writer.interning import Terms
from vedette.store.writer.monitor_events import Failure, failure_event, incident_hash
from vedette.store.writer.records import ItemRecord, Place
from vedette.store.writer.row_access import Row, RowAccess

MOST_MONITORS = 10_000
MOST_ENVIRONMENTS = 1_000
OWN_ITEM = -1
"""The item number of events that Vedette makes by itself: they belong to no item of the request that was the
newest then, whose place in the order of arrival they have."""

_HEARD = (CheckInStatus.OK, CheckInStatus.ERROR)


class Monitors:
    """The family of check-ins. `tick` judges the clock; nobody else may."""

    takes: tuple[type, ...] = (CheckIn,)
    kept: tuple[Table, ...] = (schema.check_in,)

    def __init__(self, raw: apsw.Connection, terms: Terms) -> None:
        self._raw = raw
        self.monitors = RowAccess(raw, schema.monitor)
        self.environments = RowAccess(raw, schema.monitor_environment)
        self.check_ins = RowAccess(raw, schema.check_in)
        self.incidents = RowAccess(raw, schema.incident)
        self._questions()
        self.forget()

    def _questions(self) -> None:
        check_in, environment = schema.check_in, schema.monitor_environment
        newest = check_in.c.added.desc(), check_in.c.id.desc()
        of_environment = check_in.c.environment == bindparam("environment")
        self._open = sql_of(
            select(check_in).where(of_environment, check_in.c.timeout.is_not(None)).order_by(*newest)
        )
        self._finished = sql_of(
            select(check_in)
            .where(of_environment, check_in.c.status.in_(_written(FINISHED)))
            .order_by(*newest)
        )
        self._last_ok = sql_of(
            select(func.max(check_in.c.added)).where(of_environment, check_in.c.status == bindparam("ok"))
        )
        self._newer = sql_of(
            select(check_in.c.id)
            .where(of_environment, check_in.c.added > bindparam("a"), check_in.c.status.in_(_written(_HEARD)))
            .order_by(*newest)
        )
        self._count = sql_of(select(func.count()).select_from(schema.monitor))
        self._environments = sql_of(select(func.count()).where(environment.c.monitor == bindparam("monitor")))
        self._late = sql_of(
            select(environment)
            .where(environment.c.next_latest <= bindparam("at"))
            .order_by(environment.c.next_latest, environment.c.id)
        )
        self._timed_out = sql_of(
            select(check_in).where(check_in.c.timeout <= bindparam("at")).order_by(check_in.c.timeout)
        )

    def forget(self) -> None:
        """Drop everything not committed."""
        self._touched: set[int] = set()

    def changes(self) -> Iterable[Change]:
        """Return the monitors the batch changed."""
        return (Change(ChangeKind.MONITOR, tuple(sorted(self._touched))),)

    def flush(self) -> None:
        """All is written already."""
        self._touched = set()

    def touch(self, monitor: int) -> None:
        """Let the feed hear of *monitor*."""
        self._touched.add(monitor)

    # ---------------------------------------------------------------- check-ins

    def add(self, value: CheckIn, place: Place) -> int | None:
        """Take one check-in; returns its row id, None when there is nothing it could belong to."""
        found = self._place(value, place)
        if found is None:
            return None
        monitor, environment = found
        config = config_of(monitor)
        now = Micros(place.received)
        row = self._known(value, environment, place)
        if row is None:
            row = self._create(value, monitor, environment, place)
        elif row["environment"] != environment["id"]:
            _drop(place.item, Reason.BAD_CHECK_IN, "that check-in belongs to another monitor or environment")
            return None
        elif row["timeout"] is None and row["status"] != CheckInStatus.UNKNOWN:
            self._late_word(value, row, place.item)
            return int(row["id"])
        else:
            self._go_on(value, row, config, now)
        self.touch(monitor["id"])
        match value.status:
            case CheckInStatus.ERROR:
                self._fail(monitor, environment, row, now, place)
            case CheckInStatus.OK:
                self._succeed(monitor, environment, row, now, place)
            case _:
                self._expect(environment, config, now, row["added"])
        return int(row["id"])

    def _place(self, value: CheckIn, place: Place) -> tuple[Row, Row] | None:
        """Return the monitor and environment of *value*; None, with a word why, where there is none."""
        item = place.item
        if value.fault:
            item.detail = value.fault
        monitor = self.monitors.find(project=place.project, slug=value.slug)
        if monitor is None:
            monitor = self._upsert(value, place)
            if monitor is None:
                return None
        elif value.config is not None and value.config != config_of(monitor):
            self.monitors.change(monitor, config=config_text(value.config), upserting=1)
        environment = self.environments.find(monitor=monitor["id"], name=value.environment)
        if MonitorStatus.DISABLED in (monitor["status"], environment and environment["status"]):
            item.outcome, item.reason = Outcome.FILTERED, Reason.MONITOR_DISABLED
            item.detail = f"the monitor {value.slug} is disabled"
            return None
        if environment is None:
            number = self._raw.execute(self._environments, (monitor["id"],)).get
            if number >= MOST_ENVIRONMENTS:
                _drop(
                    item,
                    Reason.TOO_MANY_MONITORS,
                    f"a monitor has at most {MOST_ENVIRONMENTS:,} environments",
                )
                return None
            environment = self.environments.add(
                monitor=monitor["id"],
                name=value.environment,
                status=int(MonitorStatus.ACTIVE),
                muted=0,
                created=place.received,
            )
        return monitor, environment

    def _upsert(self, value: CheckIn, place: Place) -> Row | None:
        """Make the monitor that *value* is the first check-in of.

        Sentry drops what comes without a config for a monitor that nobody made. On one desk it is taken: a
        job can fail and take too long without a schedule, only missing it cannot be.
        """
        if value.config is None:
            without = "made a monitor without a schedule; nothing of it will be missed"
            place.item.detail = f"{value.fault}; {without}"[:500] if value.fault else without
        if self.is_full:
            _drop(place.item, Reason.TOO_MANY_MONITORS, f"there are {MOST_MONITORS:,} monitors already")
            return None
        return self.monitors.add(
            project=place.project,
            slug=value.slug,
            name=value.slug,
            config=config_text(value.config or UNSCHEDULED),
            status=int(MonitorStatus.ACTIVE),
            muted=0,
            upserting=int(value.config is not None),
            created=place.received,
        )

    @property
    def is_full(self) -> bool:
        """Whether there are as many monitors as there may be."""
        return int(self._raw.execute(self._count).get) >= MOST_MONITORS

    def _known(self, value: CheckIn, environment: Row, place: Place) -> Row | None:
        if value.check_in_id is not None:
            return self.check_ins.find(guid=value.check_in_id, project=place.project)
        found = self._raw.execute(self._open, (environment["id"],)).fetchone()
        return None if found is None else self.check_ins.row(found)

    def _create(self, value: CheckIn, monitor: Row, environment: Row, place: Place) -> Row:
        is_open = value.status is CheckInStatus.IN_PROGRESS
        added = Micros(place.received)
        if not is_open and value.duration is not None:
            added = Micros(added - value.duration * 1000)
        return self.check_ins.add(
            request=place.request,
            project=place.project,
            monitor=monitor["id"],
            environment=environment["id"],
            guid=value.check_in_id or uuid4().bytes,
            status=int(value.status),
            duration=value.duration,
            added=added,
            updated=place.received,
            in_progress=place.received if is_open else None,
            expected=environment["next_check_in"],
            timeout=config_of(monitor).timeout(added) if is_open else None,
            trace=value.trace_id,
            config=monitor["config"],
        )

    def _go_on(self, value: CheckIn, row: Row, config: MonitorConfig, now: Micros) -> None:
        changes: dict[str, Any] = {"status": int(value.status), "updated": now}
        if value.status is CheckInStatus.IN_PROGRESS:
            changes |= {"in_progress": now, "timeout": config.timeout(now)}
        else:
            lasted = max(0, now - row["added"]) // 1000
            changes |= {"timeout": None, "duration": lasted if value.duration is None else value.duration}
        if value.trace_id is not None:
            changes["trace"] = value.trace_id
        self.check_ins.change(row, **changes)

    def _late_word(self, value: CheckIn, row: Row, item: ItemRecord) -> None:
        """Take what is left to take of a word about a check-in that is over."""
        status = CheckInStatus(row["status"])
        if status is CheckInStatus.TIMEOUT and value.duration is not None:
            self.check_ins.change(row, duration=value.duration)
            self.touch(row["monitor"])
        item.detail = f"that check-in is over already: {status.word}"

    # ---------------------------------------------------------------- states

    def _expect(self, environment: Row, config: MonitorConfig, reference: Micros, last: int) -> None:
        if reference < (environment["last_check_in"] or 0):
            return  # an old request that is read again says nothing of what comes next
        due, late = config.next_after(reference)
        self.environments.change(environment, last_check_in=last, next_check_in=due, next_latest=late)

    def _succeed(self, monitor: Row, environment: Row, row: Row, now: Micros, place: Place) -> None:
        config = config_of(monitor)
        self._expect(environment, config, now, row["added"])
        if environment["status"] != MonitorStatus.ERROR:
            self.environments.change(environment, status=int(MonitorStatus.OK))
            return
        newest = [
            CheckInStatus(found["status"]) for found in self._newest(environment, config.recovery_threshold)
        ]
        if not is_recovered(newest, config.recovery_threshold):
            return
        incident = self.incidents.find(id=environment["incident"])
        if incident is not None:
            self.incidents.change(incident, ended=now)
            place.effects.resolved.append(incident["hash"])
        self.environments.change(environment, status=int(MonitorStatus.OK), incident=None)

    def _fail(self, monitor: Row, environment: Row, row: Row, reference: Micros, place: Place) -> None:
        config = config_of(monitor)
        self._expect(environment, config, reference, row["added"])
        failed = [row]
        if environment["status"] != MonitorStatus.ERROR:
            failed = self._newest(environment, config.failure_threshold)
            if not is_failing([CheckInStatus(one["status"]) for one in failed], config.failure_threshold):
                return
            failed.reverse()
            self._begin_incident(monitor, environment, failed[0])
        incident = self.incidents.find(id=environment["incident"])
        if incident is None or monitor["muted"] or environment["muted"]:
            return
        last_ok = self._raw.execute(self._last_ok, (environment["id"], int(CheckInStatus.OK))).get
        for one in failed:
            failure = Failure(monitor, config, environment, one, incident, Micros(one["updated"]), last_ok)
            place.item.derived.append(failure_event(failure, incident["check_in"]))

    def _begin_incident(self, monitor: Row, environment: Row, first: Row) -> None:
        incident = self.incidents.add(
            monitor=monitor["id"],
            environment=environment["id"],
            started=first["added"],
            hash=incident_hash(environment["id"], first["guid"]),
            check_in=first["guid"],
        )
        self.environments.change(environment, status=int(MonitorStatus.ERROR), incident=incident["id"])

    def _newest(self, environment: Row, most: int) -> list[Row]:
        found = self._raw.execute(self._finished, (environment["id"],))
        return [self.check_ins.row(row) for _, row in zip(range(most), found, strict=False)]

    # ---------------------------------------------------------------- the clock

    def is_due(self, at: Micros) -> bool:
        """Say whether `tick` or `start_clock` would find anything at *at*."""
        return any(self._raw.execute(sql, (at,)).fetchone() for sql in (self._late, self._timed_out))

    def tick(self, at: Micros, run: int, request: int) -> list[Place]:
        """Find what was missed and what takes too long at *at*; returns the places its events belong to."""
        places = []
        for found in list(self._raw.execute(self._late, (at,))):
            environment = self.environments.row(found)
            monitor = self.monitors.find(id=environment["monitor"])
            if monitor is None or MonitorStatus.DISABLED in (monitor["status"], environment["status"]):
                self.environments.change(environment, next_check_in=None, next_latest=None)
                continue
            place = _own_place(monitor, at, run, request)
            places.append(place)
            self._miss(monitor, environment, at, place)
        for found in list(self._raw.execute(self._timed_out, (at,))):
            row = self.check_ins.row(found)
            self.check_ins.change(row, status=int(CheckInStatus.TIMEOUT), timeout=None, updated=at)
            monitor = self.monitors.find(id=row["monitor"])
            owner = self.environments.find(id=row["environment"])
            if monitor is None or owner is None:
                continue
            place = _own_place(monitor, at, run, request)
            places.append(place)
            self.touch(monitor["id"])
            if self._has_newer(row):
                continue
            reference = config_of(monitor).latest(Micros(row["added"]), at)
            self._fail(monitor, owner, row, reference, place)
        return places

    def _miss(self, monitor: Row, environment: Row, at: Micros, place: Place) -> None:
        expected = Micros(environment["next_check_in"])
        row = self.check_ins.add(
            request=place.request,
            project=place.project,
            monitor=monitor["id"],
            environment=environment["id"],
            guid=uuid4().bytes,
            status=int(CheckInStatus.MISSED),
            added=expected,
            updated=at,
            expected=expected,
            config=monitor["config"],
        )
        self.touch(monitor["id"])
        self._fail(monitor, environment, row, config_of(monitor).latest(expected, at), place)

    def _has_newer(self, row: Row) -> bool:
        asked = (row["environment"], row["added"])
        return self._raw.execute(self._newer, asked).fetchone() is not None

    def start_clock(self, at: Micros) -> None:
        """Begin to judge at *at*: what was due while nobody looked is neither missed nor too late."""
        for found in list(self._raw.execute(self._late, (at,))):
            environment = self.environments.row(found)
            monitor = self.monitors.find(id=environment["monitor"])
            due, late = None, None
            if monitor is not None:
                config = config_of(monitor)
                due, late = config.next_after(config.latest(Micros(environment["next_check_in"]), at))
            self.environments.change(environment, next_check_in=due, next_latest=late)
            self.touch(environment["monitor"])
        for found in list(self._raw.execute(self._timed_out, (at,))):
            row = self.check_ins.row(found)
            self.check_ins.change(row, status=int(CheckInStatus.UNKNOWN), timeout=None, updated=at)
            self.touch(row["monitor"])


def config_of(monitor: Row) -> MonitorConfig:
    """Return the config of a stored monitor."""
    return read_stored(orjson.loads(monitor["config"]))


def config_text(config: MonitorConfig) -> str:
    """Return *config* as the store keeps it."""
    return orjson.dumps(config.to_json()).decode()


def _own_place(monitor: Row, at: Micros, run: int, request: int) -> Place:
    return Place(monitor["project"], run, request, ItemRecord(OWN_ITEM, "check_in", 0, 0), at)


def _drop(item: ItemRecord, reason: Reason, detail: str) -> None:
    item.outcome, item.reason, item.detail = Outcome.INVALID, reason, detail[:500]


def _written(statuses: Iterable[CheckInStatus]) -> list[ColumnElement[int]]:
    """Return *statuses* to stand in a statement themselves: places to bind would come one by one."""
    return [literal_column(str(int(status))) for status in statuses]
