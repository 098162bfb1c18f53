"""Runs, the workspace's unit of "since I started it"."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from vedette.domain.times import Micros
from vedette.store.schema import run


@dataclass(frozen=True, slots=True)
class RunRow:
    id: int  # its number
    started: Micros
    ended: Micros | None  # None: it is still going on
    last_arrival: Micros
    trigger: str  # first, button, api, command, release, silence
    name: str


_RUN = select(run.c.id, run.c.started, run.c.ended, run.c.last_arrival, run.c.trigger, run.c.name)


def current_run(db: Connection) -> RunRow | None:
    """Return the newest run, None before anything arrived. Index: primary key."""
    row = db.execute(_RUN.order_by(run.c.id.desc()).limit(1)).first()
    return RunRow(*row) if row else None


def list_runs(db: Connection, *, before: int | None = None, limit: int = 100) -> list[RunRow]:
    """Return up to *limit* runs with numbers below *before*, newest first. Index: primary key."""
    query = _RUN.order_by(run.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(run.c.id < before)
    return [RunRow(*row) for row in db.execute(query)]
