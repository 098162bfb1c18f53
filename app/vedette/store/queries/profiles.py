"""Profiles and chunks: by id, by transaction and trace, and the newest of a name or a stretch of time."""

from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Select, select

from vedette.domain.profiles import Thread
from vedette.domain.times import MINUTE, Micros
from vedette.store.queries.terms import slug_of, value_of
from vedette.store.schema import profile, profile_chunk, term

LONGEST_CHUNK = 2 * MINUTE
"""More than a chunk may last: whatever began earlier has ended."""


@dataclass(frozen=True, slots=True)
class ProfileRow:
    id: int
    profile_id: str  # 32 hex
    project: int
    project_slug: str
    run: int
    format: str
    started: Micros
    duration: int  # microseconds
    platform: str
    transaction: str
    transaction_id: str | None
    trace: str | None
    environment: str | None
    release: str | None
    active_thread: str | None
    threads: tuple[Thread, ...]
    samples: int
    sdk: str
    request: int
    item: int


@dataclass(frozen=True, slots=True)
class ChunkRow:
    id: int
    profiler_id: str  # 32 hex
    chunk_id: str
    project: int
    format: str
    started: Micros
    finished: Micros
    platform: str
    environment: str | None
    release: str | None
    threads: tuple[Thread, ...]
    samples: int
    sdk: str
    request: int
    item: int


def find_profile(db: Connection, profile_id: bytes, project_id: int) -> ProfileRow | None:
    """Return the project's profile with *profile_id*. Index: profile_of_id."""
    row = db.execute(
        _PROFILES.where(profile.c.profile_id == profile_id, profile.c.project == project_id)
    ).first()
    return None if row is None else _profile_row(row)


def profiles_of_transaction(db: Connection, event_id: bytes) -> list[ProfileRow]:
    """Return the profiles of a transaction. Index: profile_transaction."""
    return _rows(db, _PROFILES.where(profile.c.transaction_id == event_id).limit(10))


def profiles_of_trace(db: Connection, trace_id: bytes, limit: int = 100) -> list[ProfileRow]:
    """Return the profiles taken in a trace. Index: profile_trace."""
    return _rows(db, _PROFILES.where(profile.c.trace == trace_id).limit(limit))


def page_profiles(
    db: Connection,
    *,
    projects: tuple[int, ...] = (),
    environments: tuple[str, ...] = (),
    transaction: str | None = None,
    since: Micros | None = None,
    until: Micros | None = None,
    after: tuple[int, int] | None = None,
    limit: int = 50,
) -> list[ProfileRow]:
    """Return up to *limit* profiles that began before *after* (start and row id), newest first.

    Index: profile_by_start; of one transaction, profile_name.
    """
    conditions: list[ColumnElement[bool]] = []
    if projects:
        conditions.append(profile.c.project.in_(projects))
    if environments:
        named = select(term.c.id).where(term.c.key == "environment", term.c.value.in_(environments))
        conditions.append(profile.c.env_term.in_(named))
    if transaction is not None:
        named = select(term.c.id).where(term.c.key == "transaction", term.c.value == transaction)
        conditions.append(profile.c.name_term == named.scalar_subquery())
    if since is not None:
        conditions.append(profile.c.started >= since)
    if until is not None:
        conditions.append(profile.c.started <= until)
    if after is not None:
        started, number = after
        conditions.append(
            (profile.c.started < started) | ((profile.c.started == started) & (profile.c.id < number))
        )
    order = (profile.c.started.desc(), profile.c.id.desc())
    return _rows(db, _PROFILES.where(*conditions).order_by(*order).limit(limit))


def chunks_between(
    db: Connection,
    profiler_id: bytes,
    since: Micros | None = None,
    until: Micros | None = None,
    limit: int = 100,
) -> list[ChunkRow]:
    """Return the profiler's chunks that overlap *since* to *until*, in order.

    Index: profile_chunk_of_profiler.
    """
    statement = _CHUNKS.where(profile_chunk.c.profiler_id == profiler_id)
    if since is not None:
        statement = statement.where(
            profile_chunk.c.started >= since - LONGEST_CHUNK, profile_chunk.c.finished >= since
        )
    if until is not None:
        statement = statement.where(profile_chunk.c.started <= until)
    rows = db.execute(statement.order_by(profile_chunk.c.started).limit(limit))
    return [_chunk_row(row) for row in rows]


_PROFILES: Select[Any] = select(
    profile,
    slug_of(profile.c.project),
    value_of(profile.c.name_term, "name"),
    value_of(profile.c.env_term, "environment"),
    value_of(profile.c.release_term, "release"),
)
_CHUNKS: Select[Any] = select(
    profile_chunk,
    value_of(profile_chunk.c.env_term, "environment"),
    value_of(profile_chunk.c.release_term, "release"),
)


def _rows(db: Connection, statement: Select[Any]) -> list[ProfileRow]:
    return [_profile_row(row) for row in db.execute(statement)]


def _threads(text: str) -> tuple[Thread, ...]:
    return tuple((ident, name) for ident, name in orjson.loads(text))


def _profile_row(row: Any) -> ProfileRow:
    return ProfileRow(
        id=row.id,
        profile_id=row.profile_id.hex(),
        project=row.project,
        project_slug=row.slug or "",
        run=row.run,
        format=row.format,
        started=row.started,
        duration=row.duration,
        platform=row.platform,
        transaction=row.name or "",
        transaction_id=row.transaction_id.hex() if row.transaction_id else None,
        trace=row.trace.hex() if row.trace else None,
        environment=row.environment,
        release=row.release,
        active_thread=row.active_thread,
        threads=_threads(row.threads),
        samples=row.samples,
        sdk=row.sdk,
        request=row.request,
        item=row.item,
    )


def _chunk_row(row: Any) -> ChunkRow:
    return ChunkRow(
        id=row.id,
        profiler_id=row.profiler_id.hex(),
        chunk_id=row.chunk_id.hex(),
        project=row.project,
        format=row.format,
        started=row.started,
        finished=row.finished,
        platform=row.platform,
        environment=row.environment,
        release=row.release,
        threads=_threads(row.threads),
        samples=row.samples,
        sdk=row.sdk,
        request=row.request,
        item=row.item,
    )
