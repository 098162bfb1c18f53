"""The hashes that an issue's events have, and what was regrouped by hand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from vedette.domain.times import Micros
from vedette.store.queries.issue_walks import among
from vedette.store.schema import event, issue_hash, issue_redirect

MOST_HASHES = 200


@dataclass(frozen=True, slots=True)
class HashRow:
    """The events of an issue that have one hash."""

    hash: str  # 32 hex; "" for events that were written before hashes were kept
    events: int
    first: Micros
    last: Micros
    latest: str  # its newest event's id, 32 hex


def issue_hash_rows(db: Connection, issue_id: int, limit: int = MOST_HASHES) -> list[HashRow]:
    """Return the first hashes of an issue's events, the most frequent first.

    Reads every event of the issue: 100,000 take some 100 ms. Index: event(issue, ts, id).
    """
    groups = db.execute(
        select(event.c.hash, func.count(), func.min(event.c.ts), func.max(event.c.ts))
        .where(event.c.issue == issue_id)
        .group_by(event.c.hash)
    ).all()
    found: list[HashRow] = []
    for digest, events, first, last in sorted(groups, key=lambda row: (-row[1], row[0] or b""))[:limit]:
        newest = db.execute(
            select(event.c.eid)
            .where(event.c.issue == issue_id, event.c.ts == last, event.c.hash.is_not_distinct_from(digest))
            .order_by(event.c.id.desc())
            .limit(1)
        ).scalar_one()
        found.append(HashRow(digest.hex() if digest else "", events, first, last, newest.hex()))
    return found


def stored_hashes(db: Connection, ids: Sequence[int]) -> dict[int, str]:
    """Return the first hash (hex) of each of the events *ids*; "" for events older than that. By row id."""
    rows = db.execute(select(event.c.id, event.c.hash).where(among(event.c.id, ids)))
    return {number: digest.hex() if digest else "" for number, digest in rows}


def issues_of_hashes(db: Connection, project: int, hashes: Collection[str]) -> dict[str, int]:
    """Return the issue that each of *hashes* (hex) leads to, if it does; of a merged one, what took it in.

    Index: primary keys of issue_hash and issue_redirect.
    """
    find = select(issue_hash.c.issue)
    found: dict[str, int] = {}
    for digest in hashes:
        which = find.where(issue_hash.c.project == project, issue_hash.c.hash == bytes.fromhex(digest))
        number = db.execute(which).scalar()
        if number is not None:
            found[digest] = _taken_in(db, number)
    return found


def _taken_in(db: Connection, number: int) -> int:
    """Return where issue *number* is found today."""
    seen = {number}
    while True:
        new = db.execute(select(issue_redirect.c.issue).where(issue_redirect.c.old == number)).scalar()
        if new is None or new in seen:
            return number
        seen.add(new)
        number = new
