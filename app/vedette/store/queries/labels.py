"""Labels, which issues carry them, and what was discarded."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from vedette.domain.times import Micros
from vedette.store.queries.issue_walks import among
from vedette.store.schema import discarded_hash, issue_label, label


@dataclass(frozen=True, slots=True)
class LabelRow:
    id: int
    name: str
    colour: int  # 0 to 9, as projects have them
    issues: int = 0  # how many carry it, where that was asked for


@dataclass(frozen=True, slots=True)
class DiscardedHash:
    """Events of the project with this hash are filtered; the title is of the issue that was deleted."""

    project: int
    hash: str
    title: str
    at: Micros


def list_labels(db: Connection) -> list[LabelRow]:
    """Return every label by name, with how many issues carry it. Index: issue_label(label, issue)."""
    carried = (
        select(func.count()).select_from(issue_label).where(issue_label.c.label == label.c.id)
    ).scalar_subquery()
    rows = db.execute(select(label.c.id, label.c.name, label.c.colour, carried))
    return sorted((LabelRow(*row) for row in rows), key=lambda row: (row.name.casefold(), row.id))


def issue_labels(db: Connection, ids: Sequence[int]) -> dict[int, tuple[LabelRow, ...]]:
    """Return the labels of each of the issues *ids* that has some, by name. Index: primary key."""
    if not ids:
        return {}
    rows = db.execute(
        select(issue_label.c.issue, label.c.id, label.c.name, label.c.colour)
        .join(label, label.c.id == issue_label.c.label)
        .where(among(issue_label.c.issue, ids))
    )
    found: dict[int, list[LabelRow]] = {}
    for number, *values in rows:
        found.setdefault(number, []).append(LabelRow(*values))
    return {
        number: tuple(sorted(labels, key=lambda row: row.name.casefold())) for number, labels in found.items()
    }


def list_discarded(db: Connection, projects: Sequence[int] = ()) -> list[DiscardedHash]:
    """Return what is discarded, the newest first. Index: primary key; people discard few."""
    table = discarded_hash
    query = select(table.c.project, table.c.hash, table.c.title, table.c.at)
    if projects:
        query = query.where(table.c.project.in_(projects))
    return [
        DiscardedHash(project, digest.hex(), title, at)
        for project, digest, title, at in db.execute(query.order_by(table.c.at.desc(), table.c.hash))
    ]
