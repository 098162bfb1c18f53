"""Which releases there are: when each was first and last heard of, and what is new with it."""

from dataclasses import dataclass

import apsw
from sqlalchemy import select

from vedette.store import dialect, schema
from vedette.store.engine import sql_of


@dataclass(slots=True)
class _Seen:
    first: int
    last: int
    events: int = 0
    new_issues: int = 0


class Releases:
    """Collects what a batch says of releases; they are written with it."""

    def __init__(self, raw: apsw.Connection) -> None:
        self._raw = raw
        self._write = sql_of(dialect.upsert_range(schema.release, "first", "last", ["events", "new_issues"]))
        release = schema.release
        self._find = sql_of(
            select(release.c.first).where(release.c.project == 0, release.c.release_term == 0)
        )
        self.forget()

    def forget(self) -> None:
        """Drop everything not committed."""
        self._seen: dict[tuple[int, int], _Seen] = {}

    def see(self, project: int, release: int, ts: int, *, events: int = 0, new_issues: int = 0) -> None:
        """Note that *project* had something of *release* (a term) at *ts*."""
        seen = self._seen.get((project, release))
        if seen is None:
            seen = self._seen[project, release] = _Seen(ts, ts)
        seen.first, seen.last = min(seen.first, ts), max(seen.last, ts)
        seen.events += events
        seen.new_issues += new_issues

    def announce(self, project: int, release: int, at: int) -> None:
        """Note that *project* has *release* from *at* on, unless it is known already."""
        key = (project, release)
        if key not in self._seen and self._raw.execute(self._find, key).fetchone() is None:
            self.see(project, release, at)

    def flush(self) -> None:
        """Write the batch; the caller holds the transaction."""
        if self._seen:
            self._raw.executemany(
                self._write,
                [
                    (*key, seen.first, seen.last, seen.events, seen.new_issues)
                    for key, seen in sorted(self._seen.items())
                ],
            )
            self._seen = {}
