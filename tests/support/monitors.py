"""A desk of jobs: check-ins at chosen times, a clock that a test turns, and what the store says then."""

from dataclasses import replace
from typing import Any

from tests.support.builders import MORNING, a_request
from vedette.digest.clock import Clock
from vedette.domain.changes import Change
from vedette.domain.monitors import CheckIn, CheckInStatus, MonitorConfig, MonitorStatus
from vedette.domain.schedules import interval
from vedette.domain.times import HOUR, MINUTE, Micros
from vedette.store.writer.records import ItemRecord
from vedette.store.writer.writer import StoreWriter

TEN = MORNING - MORNING % HOUR
"""A full hour."""
EVERY_TEN = MonitorConfig(interval(10, "minute"), margin=1, max_runtime=5)


class Jobs:
    """Speaks for jobs; ``at`` is minutes after TEN."""

    def __init__(self, writer: StoreWriter) -> None:
        self.writer = writer
        self.minutes: float = 0
        self.clock = Clock(writer, time=lambda: self.now)
        self.clock.see()
        self._last = 0

    @property
    def now(self) -> Micros:
        return Micros(TEN + round(self.minutes * MINUTE))

    def say(self, status: str = "ok", at: float | None = None, **changes: Any) -> ItemRecord:
        """Let the job ``backup`` check in; returns the item with what became of it."""
        if at is not None:
            self.minutes = at
        value = CheckIn(None, "backup", CheckInStatus[status.upper()], config=EVERY_TEN)
        item = ItemRecord(0, "check_in", 3, 0, values=[replace(value, **changes)])
        self._last += 1
        with self.writer.batch(mark=self._last):
            self.writer.add(a_request(self._last, item, received=self.now))
        return item

    def tick(self, at: float) -> list[Change]:
        """Let every minute until *at* go by, digest being awake."""
        changes = []
        while self.minutes < at:
            self.minutes = min(at, self.minutes + 1)
            changes += self.clock.tick()
        return changes

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.writer.raw.execute(sql).fetchall()

    @property
    def statuses(self) -> list[str]:
        """Words of all check-ins, oldest first."""
        found = self.rows("SELECT status FROM check_in ORDER BY added, id")
        return [CheckInStatus(status).word for (status,) in found]

    @property
    def status(self) -> str:
        """The word of the only environment."""
        ((status,),) = self.rows("SELECT status FROM monitor_environment")
        return MonitorStatus(status).word

    @property
    def due(self) -> float:
        """When the next check-in is expected, in minutes."""
        ((due,),) = self.rows("SELECT next_check_in FROM monitor_environment")
        return float((due - TEN) / MINUTE)

    @property
    def issues(self) -> list[tuple[int, int]]:
        """Status and number of events of all issues, in order of birth."""
        return self.rows("SELECT status, n FROM issue ORDER BY id")
