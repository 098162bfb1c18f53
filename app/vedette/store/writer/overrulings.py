"""Where people overruled grouping: events that were moved by hand, and issues that were split."""

import apsw
from sqlalchemy import select

from vedette.store import schema
from vedette.store.engine import sql_of

_MOST_STEPS = 100  # a split of a split of a split …


class Overrulings:
    """What is looked at before and after an event's hashes. Read whole when made: people make few."""

    def __init__(self, raw: apsw.Connection) -> None:
        pin, split = schema.event_pin, schema.split
        self._pins: dict[tuple[int, bytes], int] = {
            (project, eid): issue
            for project, eid, issue in raw.execute(sql_of(select(pin.c.project, pin.c.eid, pin.c.issue)))
        }
        self._splits: dict[int, list[tuple[int, int]]] = {}
        ordered = select(split.c.source, split.c.id, split.c.target).order_by(split.c.id)
        for source, number, target in raw.execute(sql_of(ordered)):
            self._splits.setdefault(source, []).append((number, target))

    def pinned(self, project: int, event_id: bytes) -> int | None:
        """Return the issue that event *event_id* was moved to by hand."""
        return self._pins.get((project, event_id)) if self._pins else None

    def sent_on(self, issue: int, fitting: tuple[int, ...]) -> int:
        """Return where an event of *issue* belongs that fits the matchers of the splits *fitting*."""
        if not fitting:
            return issue
        for _ in range(_MOST_STEPS):
            found = [target for number, target in self._splits.get(issue, ()) if number in fitting]
            if not found:
                return issue
            issue = found[0]
        return issue
