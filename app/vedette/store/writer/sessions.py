"""Sessions: the state of each, and what all of them count for, by release, environment and time.

An update takes out what its session counted for before and adds what it counts for now, so every figure is
exact however updates come. Everything counts at the time its session began.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Any

import apsw
from sqlalchemy import Table, select

from vedette.domain.changes import Change, ChangeKind
from vedette.domain.sessions import (
    SessionAggregate,
    SessionAttributes,
    SessionCounts,
    SessionState,
    SessionStatus,
    SessionUpdate,
    UserMark,
)
from vedette.domain.times import HOUR, MINUTE, Micros
from vedette.store import dialect, schema
from vedette.store.engine import sql_of
from vedette.store.writer.interning import Terms, next_id
from vedette.store.writer.records import Place
from vedette.store.writer.rollups import Durations

_Of = tuple[int, int, int]  # project, release term, environment term or 0
_SIGNED = 2**63 - 1


class Sessions:
    """The family of sessions and of those that servers counted."""

    takes: tuple[type, ...] = (SessionUpdate, SessionAggregate)
    kept: tuple[Table, ...] = (schema.session,)

    def __init__(self, raw: apsw.Connection, terms: Terms) -> None:
        self._raw = raw
        self._terms = terms
        table = schema.session
        self._find = sql_of(
            select(table).where(
                table.c.sid == b"",
                table.c.project == 0,
                table.c.release_term == 0,
                table.c.env_term == 0,
            )
        )
        self._write = sql_of(dialect.insert_or_replace(table))
        self._adding = {
            counted: sql_of(dialect.upsert_adding(counted, list(counted.c)[4:]))
            for counted in (schema.session_minute, schema.session_hour)
        }
        self._mark = sql_of(dialect.upsert_marking(schema.session_user, schema.session_user.c.marks))
        self._durations = Durations(raw, schema.session_duration, HOUR)
        self.forget()

    def forget(self) -> None:
        """Drop everything not committed."""
        self._rows: dict[tuple[bytes, _Of], tuple[Any, ...]] = {}  # whole rows of sessions
        self._counts: dict[tuple[_Of, int], Counter[int]] = {}  # by minute: numbers in the columns' order
        self._users: dict[tuple[int, ...], UserMark] = {}
        self._projects: set[int] = set()
        self._durations.forget()
        self._next = next_id(self._raw, schema.session)

    def add(self, value: SessionUpdate | SessionAggregate, place: Place) -> int | None:
        """Take one update or row of counted sessions into the batch; returns the session's row id."""
        of = self._of(value.attributes, place)
        place.effects.releases.append((of[1], value.started))
        self._projects.add(place.project)
        if isinstance(value, SessionUpdate):
            return self._update(value, of, place)
        self._count(of, value.started, value.counts)
        self._see_user(of, value.started, _user_number(value.user), value.mark)
        return None

    def _of(self, attributes: SessionAttributes, place: Place) -> _Of:
        id_of = self._terms.id_of
        environment = attributes.environment
        return (
            place.project,
            id_of("release", attributes.release),
            0 if environment is None else id_of("environment", environment),
        )

    def _update(self, update: SessionUpdate, of: _Of, place: Place) -> int:
        known = (
            self._rows.get((update.sid, of)) or self._raw.execute(self._find, (update.sid, *of)).fetchone()
        )
        if known is None:
            number, request, user = self._next, place.request, _user_number(update.user)
            self._next += 1
            before, state = None, SessionState.of(update)
        else:
            number, request, _, _, _, _, user, *rest = known
            user = user if user is not None else _user_number(update.user)
            before = _state(rest)
            state = before.updated(update)
        self._count(
            of, state.started, state.counts.minus(SessionCounts() if before is None else before.counts)
        )
        self._see_user(of, state.started, user, state.mark)
        if state.status is SessionStatus.EXITED and (before is None or not before.status.is_final):
            self._durations.add(state.started, state.duration, *of)
        self._rows[update.sid, of] = (
            number, request, of[0], update.sid, of[1], of[2], user, state.seq, int(state.init),
            state.started, state.status.value, state.errors, state.duration, state.mechanism,
        )  # fmt: skip
        return number

    def _count(self, of: _Of, started: int, counts: SessionCounts) -> None:
        counter = self._counts.setdefault((of, started // MINUTE), Counter())
        for n, value in enumerate(counts.values):
            counter[n] += value

    def _see_user(self, of: _Of, started: int, user: int | None, mark: UserMark) -> None:
        if user is not None:
            key = (*of, started // HOUR, user)
            self._users[key] = self._users.get(key, UserMark(0)) | mark

    def changes(self) -> Iterable[Change]:
        """Return the projects whose sessions the batch changed."""
        return (Change(ChangeKind.SESSION, tuple(sorted(self._projects))),)

    def flush(self) -> None:
        """Write the batch's rows; the caller holds the transaction."""
        raw = self._raw
        if self._rows:
            raw.executemany(self._write, self._rows.values())
        hours: dict[tuple[_Of, int], Counter[int]] = {}
        for (of, minute), counter in self._counts.items():
            hours.setdefault((of, minute * MINUTE // HOUR), Counter()).update(counter)
        for table, found in ((schema.session_minute, self._counts), (schema.session_hour, hours)):
            rows = [
                (*of, bucket, *(counter[n] for n in range(5)))
                for (of, bucket), counter in sorted(found.items())
                if any(counter.values())
            ]
            if rows:
                raw.executemany(self._adding[table], rows)
        if self._users:
            raw.executemany(self._mark, [(*key, int(mark)) for key, mark in sorted(self._users.items())])
        self._durations.flush()
        self._rows, self._counts, self._users, self._projects = {}, {}, {}, set()


def _state(columns: list[Any]) -> SessionState:
    seq, init, started, status, errors, duration, mechanism = columns
    return SessionState(seq, bool(init), Micros(started), SessionStatus(status), errors, duration, mechanism)


def _user_number(user: str | None) -> int | None:
    if user is None:
        return None
    digest = hashlib.blake2b(user.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little") & _SIGNED
