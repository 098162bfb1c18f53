"""Where people overruled grouping, and what follows from it for the place of an event."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import apsw
from sqlalchemy import delete, insert, select

from vedette.store import schema
from vedette.store.engine import sql_of


@dataclass(frozen=True, slots=True)
class Pin:
    """Where an event was moved by hand. Splits up to ``after`` were there before and do not count for it."""

    issue: int
    after: int


class Overrulings:
    """What is looked at before and after an event's hashes. Read whole when made: people make few."""

    def __init__(self, raw: apsw.Connection) -> None:
        pin, split, redirect = schema.event_pin, schema.split, schema.issue_redirect
        self._pins: dict[tuple[int, bytes], Pin] = {
            (project, eid): Pin(issue, after)
            for project, eid, issue, after in raw.execute(
                sql_of(select(pin.c.project, pin.c.eid, pin.c.issue, pin.c.after))
            )
        }
        self._splits: dict[int, list[tuple[int, int]]] = {}
        ordered = select(split.c.source, split.c.id, split.c.target).order_by(split.c.id)
        for source, number, target in raw.execute(sql_of(ordered)):
            self._splits.setdefault(source, []).append((number, target))
        self._taken_in: dict[int, int] = {}
        followed = select(redirect.c.old, redirect.c.issue).where(redirect.c.follows == 1)
        for old, new in raw.execute(sql_of(followed), (1,)):
            self._taken_in[old] = new

    def pin(self, project: int, event_id: bytes) -> Pin | None:
        """Return where event *event_id* was moved to by hand, None if it was not."""
        return self._pins.get((project, event_id)) if self._pins else None

    def place(self, home: int, fitting: Collection[int] = (), after: int = 0) -> int:
        """Return the issue of an event whose hash leads to *home* and that fits the splits *fitting*.

        Splits up to number *after* do not count. Each split sends an event on once, so that splits and merges
        in a circle end: what was split off and merged again stays where it was merged.
        """
        used: set[int] = set()
        while True:
            sent = next(
                (
                    (number, target)
                    for number, target in self._splits.get(home, ())
                    if number in fitting and number > after and number not in used
                ),
                None,
            )
            if sent is not None:
                used.add(sent[0])
                home = sent[1]
            elif home in self._taken_in:
                home = self._taken_in[home]
            else:
                return home

    def meets_splits(self, home: int, after: int = 0) -> bool:
        """Return whether `place` asks which splits an event fits, so that it has to be read."""
        while True:
            if any(number > after for number, _ in self._splits.get(home, ())):
                return True
            if home not in self._taken_in:
                return False
            home = self._taken_in[home]

    def reached_from(self, issues: Iterable[int]) -> set[int]:
        """Return *issues* and all that `place` can lead to from them."""
        found: set[int] = set()
        waiting = list(issues)
        while waiting:
            number = waiting.pop()
            if number in found:
                continue
            found.add(number)
            waiting += [target for _, target in self._splits.get(number, ())]
            if number in self._taken_in:
                waiting.append(self._taken_in[number])
        return found

    def leading_to(self, issue: int) -> set[int]:
        """Return *issue* and all issues that it took in, directly or with others."""
        found = {issue}
        waiting = [issue]
        while waiting:
            number = waiting.pop()
            fresh = {old for old, new in self._taken_in.items() if new == number} - found
            found |= fresh
            waiting += fresh
        return found


def write_origins(raw: apsw.Connection, issues: Iterable[int]) -> None:
    """Write anew which issues lead to *issues*, as the redirects say; the caller holds the transaction."""
    overrulings, origin = Overrulings(raw), schema.issue_origin
    drop = sql_of(delete(origin).where(origin.c.issue == 0))
    drop_of = sql_of(delete(origin).where(origin.c.origin == 0))
    for number in {overrulings.place(each) for each in issues}:
        olds = sorted(overrulings.leading_to(number) - {number})
        raw.execute(drop, (number,))
        raw.executemany(drop_of, [(old,) for old in [number, *olds]])
        raw.executemany(sql_of(insert(origin)), [(number, old) for old in olds])


def forget_issues(raw: apsw.Connection, issues: Iterable[int]) -> None:
    """Delete what leads to *issues*, which are no more; the caller holds the transaction.

    A split into one of them stays: what fits it begins an issue anew.
    """
    origin, redirect = schema.issue_origin, schema.issue_redirect
    find = sql_of(select(origin.c.origin).where(origin.c.issue == 0))
    gone = []
    for number in issues:
        gone += [(number,), *raw.execute(find, (number,)).fetchall()]
    for column in (
        schema.issue_hash.c.issue,
        schema.split.c.source,
        schema.event_pin.c.issue,
        schema.activity.c.issue,
        origin.c.origin,
        redirect.c.old,
    ):
        raw.executemany(sql_of(delete(column.table).where(column == 0)), gone)
