"""What a list of issues can show beside what their rows hold: values of a tag, and runs."""

from collections.abc import Sequence

from sqlalchemy import Connection, exists, select

from vedette.domain.times import MINUTE
from vedette.store.queries.issue_rows import IssueRow
from vedette.store.queries.issue_walks import among
from vedette.store.schema import event, issue, issue_term, run, term

MOST_VALUES = 50
"""Of a tag with more values than this, only the first ones seen are looked for."""


def issue_values(db: Connection, ids: Sequence[int], key: str) -> dict[int, tuple[str, ...]]:
    """Return for each issue the values of tag *key* that its events carry, the most frequent first.

    Index: term(key, value); issue_term(issue, term), a probe for each value.
    """
    values = db.execute(select(term.c.id, term.c.value).where(term.c.key == key).limit(MOST_VALUES))
    known: dict[int, str] = {row.id: row.value for row in values}
    if not known:
        return {}
    rows = db.execute(
        select(issue_term.c.issue, issue_term.c.term, issue_term.c.n).where(
            among(issue_term.c.issue, ids), among(issue_term.c.term, known)
        )
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for number, value, n in rows:
        found.setdefault(number, []).append((-n, known[value]))
    return {number: tuple(value for _, value in sorted(pairs)) for number, pairs in found.items()}


def issue_runs(db: Connection, rows: Sequence[IssueRow], runs: Sequence[int]) -> dict[int, tuple[bool, ...]]:
    """Return for each issue whether it happened in each of *runs*.

    The first and the last run are known by the row; only what lies between is looked up, by the time of the
    run: what was sent later than that from somewhere offline is not seen. Index: event(issue, ts, id), a
    probe for each issue and run.
    """
    happened = {row.id: [run in row.runs for run in runs] for row in rows}
    for at, number in enumerate(runs):
        unknown = [row.id for row in rows if row.first_run < number < row.last_run]
        found = db.execute(select(run.c.started, run.c.last_arrival).where(run.c.id == number)).first()
        if not unknown or found is None:
            continue
        probe = exists().where(
            event.c.issue == issue.c.id,
            event.c.ts.between(found.started - MINUTE, found.last_arrival),
            event.c.run == number,
        )
        query = select(issue.c.id).where(among(issue.c.id, unknown), probe.correlate(issue))
        for which in db.execute(query).scalars():
            happened[which][at] = True
    return {which: tuple(places) for which, places in happened.items()}
