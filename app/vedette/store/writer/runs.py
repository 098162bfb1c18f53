"""Runs: the workspace's unit of "since I started it", numbered, across projects.

A new one begins by a button, the API or a command, with a project's new release, or with data after a
while of silence.
"""

import apsw
from sqlalchemy import bindparam, insert, select, update

from vedette.domain.times import MINUTE
from vedette.store import schema
from vedette.store.engine import sql_of
from vedette.store.writer.interning import next_id

SILENCE = 10 * MINUTE


class Runs:
    """Says which run something belongs to, beginning a new one where it is due."""

    def __init__(self, raw: apsw.Connection, silence: int = SILENCE) -> None:
        self._raw = raw
        self.silence = silence
        run = schema.run
        self._newest = sql_of(select(run.c.id, run.c.last_arrival).order_by(run.c.id.desc()))
        self._insert = sql_of(insert(run))
        self._end = sql_of(
            update(run).values(ended=bindparam("a")).where(run.c.id == bindparam("b"), run.c.ended.is_(None))
        )
        self._arrived = sql_of(
            update(run).values(last_arrival=bindparam("a")).where(run.c.id == bindparam("b"))
        )
        release = schema.release_hour
        self._find_release = sql_of(
            select(release.c.n).where(release.c.project == 0, release.c.release_term == 0)
        )
        self._any_release = sql_of(select(release.c.n).where(release.c.project == 0))
        self.forget()

    def forget(self) -> None:
        self.touched: list[int] = []
        self._current = 0
        self._last_arrival = 0
        self._releases: set[tuple[int, int]] = set()
        row = self._raw.execute(self._newest).fetchone()
        if row is not None:
            self._current, self._last_arrival = row
        self._next = next_id(self._raw, schema.run)

    def of(self, received: int) -> int:
        """Return the run of what arrived at *received*."""
        if self._current == 0:
            self.start("first", received)
        elif received - self._last_arrival > self.silence:
            self.start("silence", received)
        self._last_arrival = max(self._last_arrival, received)
        return self._current

    def current_at(self, at: int) -> int:
        """Return the run that is on, which what happens in Vedette itself does not change."""
        return self._current or self.of(at)

    def see_release(self, project: int, release: int, received: int) -> None:
        """Begin a new run if *project* has sent other releases before, but never this one.

        What brought it still belongs to the run before: its request has been filed already.
        """
        key = (project, release)
        if key in self._releases:
            return
        self._releases.add(key)
        if self._raw.execute(self._find_release, (project, release)).fetchone() is not None:
            return
        others = any(known[0] == project and known[1] != release for known in self._releases)
        if others or self._raw.execute(self._any_release, (project,)).fetchone() is not None:
            self.start("release", received)

    def start(self, trigger: str, at: int, name: str = "") -> int:
        """Begin a run now; the caller holds the transaction. Returns its number."""
        if self._current:
            self._raw.execute(self._end, (at, self._current))
        self._current = self._next
        self._next += 1
        self._raw.execute(self._insert, (self._current, at, None, at, trigger, name))
        self._last_arrival = at
        self.touched.append(self._current)
        return self._current

    def flush(self) -> None:
        """Write when the current run last got something; the caller holds the transaction."""
        if self._current:
            self._raw.execute(self._arrived, (self._last_arrival, self._current))
        self.touched = []
