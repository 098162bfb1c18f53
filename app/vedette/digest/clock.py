"""The clock: once a minute it asks the writer what should have come and did not, and which issues' time came.

Of monitors it judges only time in which digest was awake: what was due while the application was closed or
the computer slept is neither missed nor too late. And only once all that came before is stored.
"""

from collections.abc import Callable

from vedette.domain.changes import Change
from vedette.domain.times import MINUTE, Micros, now
from vedette.store.writer.writer import StoreWriter

ASLEEP = 3 * MINUTE
"""Longer than a round ever takes: digest was not there meanwhile."""
MOST_MINUTES = 60
"""How many minutes of a long backlog are judged one by one."""


class Clock:
    """Ticks when told to; *time* is the wall clock, a test's own one in tests."""

    def __init__(self, writer: StoreWriter, time: Callable[[], Micros] = now) -> None:
        self._writer = writer
        self._time = time
        self._seen: int | None = None
        self._minute = 0
        self._passed = 0

    def see(self) -> list[Change]:
        """Note that digest is awake; after a start or a sleep, judge monitors anew from now on.

        Issues whose time came while it was not awake are changed at once: that time has come all the same.
        """
        at = self._time()
        changes = self._pass_time(at)
        if self._seen is not None and 0 <= at - self._seen <= ASLEEP:
            self._seen = at
            return changes
        changes.extend(self._judge(self._writer.start_clock, at))
        self._seen, self._minute = at, at // MINUTE
        return changes

    def _pass_time(self, at: Micros) -> list[Change]:
        """Once a minute, and while there are more: end archivings, and call issues new no longer."""
        if at // MINUTE == self._passed:
            return []
        changes = self._writer.pass_time(at)
        if not changes:
            self._passed = at // MINUTE
        return changes

    def tick(self) -> list[Change]:
        """Judge the minutes that have gone by. To be called when nothing waits to be stored.

        Raises a StoreError; what was not judged then is judged the next time.
        """
        changes = self.see()
        minute = self._time() // MINUTE
        if minute <= self._minute:
            return changes
        for each in range(max(self._minute + 1, minute - MOST_MINUTES + 1), minute + 1):
            changes.extend(self._judge(self._writer.tick, Micros(each * MINUTE)))
            self._minute = each
        return changes

    def _judge(self, how: Callable[[Micros], None], at: Micros) -> list[Change]:
        if not self._writer.families.monitors.is_due(at):
            return []
        with self._writer.batch() as changes:
            how(at)
        return list(changes)
