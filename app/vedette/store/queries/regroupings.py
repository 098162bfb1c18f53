"""The journal of regrouping, for readers: what was merged, split, moved, and how far that has got."""

from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, Row, Select, select

from vedette.domain.times import Micros
from vedette.store.schema import regrouping


@dataclass(frozen=True, slots=True)
class RegroupingRow:
    """One regrouping. Counts are events."""

    id: int
    at: Micros
    kind: str  # merge, unmerge, split, move, rules
    project: int
    state: str  # waiting, running, done, cancelled, failed, undoing, undone
    done: int
    total: int
    moved: int
    issue: int | None  # the one that took in others, was split …
    issues: tuple[int, ...]  # those that were merged
    target: int | None  # where events went
    matchers: str  # of a split
    error: str  # why it failed


_SELECT: Select[Any] = select(
    regrouping.c.id,
    regrouping.c.at,
    regrouping.c.kind,
    regrouping.c.project,
    regrouping.c.state,
    regrouping.c.done,
    regrouping.c.total,
    regrouping.c.moved,
    regrouping.c.data,
)


def page_regroupings(db: Connection, before: int | None = None, limit: int = 100) -> list[RegroupingRow]:
    """Return up to *limit* regroupings numbered below *before*, the newest first. Index: primary key."""
    query = _SELECT.order_by(regrouping.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(regrouping.c.id < before)
    return [_read(row) for row in db.execute(query)]


def get_regrouping(db: Connection, number: int) -> RegroupingRow | None:
    """Return one regrouping. Index: primary key."""
    row = db.execute(_SELECT.where(regrouping.c.id == number)).first()
    return None if row is None else _read(row)


def _read(row: Row[Any]) -> RegroupingRow:
    values: Any = row
    number, at, kind, project, state, done, total, moved, text = values
    data = orjson.loads(text)
    return RegroupingRow(
        number,
        at,
        kind,
        project,
        state,
        done,
        total,
        moved,
        data.get("issue"),
        tuple(data.get("issues", ())),
        data.get("target"),
        data.get("matchers", ""),
        data.get("error", ""),
    )
