"""What became of things, counted."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from vedette.store.schema import outcome_hour, project

MOST = 200_000  # rows of one answer


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """So many in one hour since the epoch. ``outcome`` is Sentry's word, ``reason`` "" for none."""

    project: int
    hour: int
    outcome: str
    category: str
    reason: str
    n: int


def outcome_counts(
    db: Connection, since: int, until: int, projects: tuple[int, ...] = ()
) -> list[OutcomeCount]:
    """Return the counts of the hours from *since* to before *until*; of all projects without *projects*.

    Index: the primary key, once for each project.
    """
    chosen = projects or tuple(db.execute(select(project.c.id)).scalars())
    table = outcome_hour
    rows = db.execute(
        select(table)
        .where(table.c.project.in_(chosen), table.c.bucket >= since, table.c.bucket < until)
        .limit(MOST)
    )
    return [OutcomeCount(*row) for row in rows]
