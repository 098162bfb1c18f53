"""Keys and values of tags with how many events carry them, for offering them while a query is written.

An answer must come before the next letter is typed, so only the issues that happened last are looked at: what
they have is most likely meant. At a million events this takes 20 ms; counting all takes 2.5 s, and a probe of
the full text for each of a hundred values 200 ms.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, String, func, literal_column, select

from vedette.domain.search_members import MARK
from vedette.store.queries.terms import newest_values, tag_keys
from vedette.store.schema import issue, issue_term, term
from vedette.store.search.keys import stored_key

RECENT = 20
"""So many issues are looked at."""

# With its index the planner would begin at the key's values, of which there can be hundreds of thousands.
_key: ColumnElement[str] = literal_column("+term.key", String)


@dataclass(frozen=True, slots=True)
class ValueCount:
    """A key or a value; *n* events carry it, or more where *exact* is False."""

    value: str
    n: int
    exact: bool


def key_counts(db: Connection, projects: Sequence[int] = ()) -> list[ValueCount]:
    """Return every tag key in use, the most frequent first; with *projects* those their newest issues carry.

    Index: issue(last, id), issue_term(issue, term); terms' keys as `tag_keys`.
    """
    ids, exact = _recent(db, projects)
    rows = db.execute(
        select(term.c.key, func.sum(issue_term.c.n))
        .join(term, term.c.id == issue_term.c.term)
        .where(issue_term.c.issue.in_(ids))
        .group_by(term.c.key)
    )
    # What is indexed beside tags is called as it is searched for.
    counted = {key.removeprefix(MARK): int(n) for key, n in rows}
    others = [] if projects else [key for key in tag_keys(db) if key not in counted]
    return [*_sorted(counted, exact), *(ValueCount(key, 0, exact=False) for key in others)]


def value_counts(
    db: Connection, key: str, part: str = "", projects: Sequence[int] = (), limit: int = 30
) -> list[ValueCount]:
    """Return up to *limit* values of *key* with *part* in them in any case, the most frequent first.

    *key* is a tag, or a key of searches whose values are indexed as tags' are; of others there are none.
    Where the issues that happened last carry fewer, values first seen last follow, uncounted.
    Index: issue(last, id), issue_term(issue, term); term(key, value) as `newest_values`.
    """
    key = stored_key(key)
    ids, exact = _recent(db, projects)
    query = (
        select(term.c.value, func.sum(issue_term.c.n))
        .join(term, term.c.id == issue_term.c.term)
        .where(issue_term.c.issue.in_(ids), _key == key)
        .group_by(term.c.id)
    )
    if part:
        query = query.where(term.c.value.icontains(part, autoescape=True))
    counted = {value: int(n) for value, n in db.execute(query)}
    found = _sorted(counted, exact)[:limit]
    # Of frames only that they were seen is known.
    is_counted = not key.startswith(f"{MARK}stack.")
    if len(found) < limit and not projects and not (exact and is_counted):
        newest = newest_values(db, key, part, limit)
        found += [ValueCount(value, 0, exact=False) for value in newest if value not in counted]
    return found[:limit]


def _recent(db: Connection, projects: Sequence[int]) -> tuple[list[int], bool]:
    """Return the issues that happened last, and whether these are all."""
    query = select(issue.c.id).order_by(issue.c.last.desc(), issue.c.id.desc()).limit(RECENT + 1)
    if projects:
        query = query.where(issue.c.project.in_(list(projects)))
    ids = list(db.execute(query).scalars())
    return ids[:RECENT], len(ids) <= RECENT


def _sorted(counted: dict[str, int], exact: bool) -> list[ValueCount]:
    ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return [ValueCount(name, n, exact) for name, n in ordered]
