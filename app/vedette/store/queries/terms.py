"""Tag keys and values, and the numbers they are stored under."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Label, func, not_, select, tuple_

from vedette.domain.search_members import MARK
from vedette.store.schema import issue, issue_term, project, term

MOST_VALUES = 1_000


def value_of(column: ColumnElement[Any], label: str) -> Label[str]:
    """Return the value of the term whose number is in *column*, as a column called *label*."""
    return select(term.c.value).where(term.c.id == column).scalar_subquery().label(label)


def slug_of(column: ColumnElement[Any]) -> Label[str]:
    """Return the slug of the project whose id is in *column*, as a column called ``slug``."""
    return select(project.c.slug).where(project.c.id == column).scalar_subquery().label("slug")


def is_member(key: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return whether *key* is that of a member indexed beside the tags, which is none of them."""
    return func.substr(key, 1, 1) == MARK


def term_id(db: Connection, key: str, value: str) -> int | None:
    """Return the number of a tag, None if nothing ever carried it. Index: term(key, value)."""
    return db.execute(select(term.c.id).where(term.c.key == key, term.c.value == value)).scalar()


def term_ids(db: Connection, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Return the numbers of those *pairs* that exist. Index: term(key, value)."""
    wanted = list(pairs)
    rows = db.execute(
        select(term.c.key, term.c.value, term.c.id).where(tuple_(term.c.key, term.c.value).in_(wanted))
    )
    return {(row.key, row.value): row.id for row in rows}


def like_pattern(pattern: str) -> str:
    """Return *pattern* for LIKE with escape ``\\``: ``*`` is any run of characters, ``\\*`` a star."""
    meanings = {"*": "%", "\\*": "*", "\\": "\\\\", "%": "\\%", "_": "\\_"}
    return re.sub(r"\\\*|[*%_\\]", lambda found: meanings[found[0]], pattern)


def resolve_wildcard(db: Connection, key: str, pattern: str, cap: int = MOST_VALUES) -> list[int]:
    """Return the numbers of at most *cap* values of *key* that fit *pattern*; letter case is ignored.

    Index: term(key, value), all values of the key.
    """
    fits = term.c.value.ilike(like_pattern(pattern), escape="\\")
    return list(db.execute(select(term.c.id).where(term.c.key == key, fits).limit(cap)).scalars())


def values_of(db: Connection, key: str, cap: int = MOST_VALUES) -> list[int]:
    """Return the numbers of at most *cap* values of *key*. Index: term(key, value)."""
    return list(db.execute(select(term.c.id).where(term.c.key == key).limit(cap)).scalars())


def named_values(db: Connection, key: str, cap: int = MOST_VALUES) -> list[tuple[int, str]]:
    """Return at most *cap* values of *key* with their numbers, by name. Index: term(key, value)."""
    rows = db.execute(
        select(term.c.id, term.c.value).where(term.c.key == key).order_by(term.c.value).limit(cap)
    )
    return [(number, value) for number, value in rows]


def newest_values(db: Connection, key: str, part: str = "", limit: int = 20) -> list[str]:
    """Return up to *limit* values of *key* with *part* in them in any case, those first seen last first.

    Index: term(key, value), all values of the key.
    """
    query = select(term.c.value).where(term.c.key == key).order_by(term.c.id.desc()).limit(limit)
    if part:
        query = query.where(term.c.value.icontains(part, autoescape=True))
    return list(db.execute(query).scalars())


def tag_keys(db: Connection, project: int | None = None) -> list[str]:
    """Return every tag key in use by name; with *project*, those its newest 100 issues carry.

    Index: term(key, value), stepping from key to key; issue(project, short), issue_term.
    """
    if project is None:
        return _all_keys(db)
    newest = (
        select(issue.c.id)
        .where(issue.c.project == project)
        .order_by(issue.c.short.desc())
        .limit(100)
        .scalar_subquery()
    )
    keys = select(term.c.key).where(
        term.c.id.in_(select(issue_term.c.term).where(issue_term.c.issue.in_(newest))),
        not_(is_member(term.c.key)),
    )
    return sorted(set(db.execute(keys).scalars()))


def tag_totals(db: Connection, projects: Sequence[int] = ()) -> dict[str, int]:
    """Return how many events of issues carry each tag, by key; no projects: of all.

    Index: issue_term (issue, term) and issue, both whole; term by id.
    """
    query = (
        select(term.c.key, func.sum(issue_term.c.n))
        .join(term, term.c.id == issue_term.c.term)
        .where(not_(is_member(term.c.key)))
    )
    if projects:
        query = query.join(issue, issue.c.id == issue_term.c.issue).where(issue.c.project.in_(projects))
    rows = db.execute(query.group_by(term.c.key).order_by(term.c.key))
    return {key: int(n) for key, n in rows}


def _all_keys(db: Connection) -> list[str]:
    # One probe a key instead of a walk over a million values.
    keys: list[str] = []
    after = ""
    while True:
        key = db.execute(select(func.min(term.c.key)).where(term.c.key > after)).scalar()
        if key is None:
            return keys
        if not key.startswith(MARK):
            keys.append(key)
        after = key


@lru_cache(maxsize=512)
def _expression(pattern: str) -> "re.Pattern[str]":
    # SQLite's LIKE knows the case of ASCII letters only; this must find the same.
    parts = re.split(r"(\\\*|\*)", pattern)
    meanings = {"*": ".*", "\\*": re.escape("*")}
    text = "".join(meanings.get(part) or re.escape(part) for part in parts)
    return re.compile(text, re.IGNORECASE | re.DOTALL | re.ASCII)


def fits(pattern: str, text: str) -> bool:
    """Return whether *text* fits *pattern*, as LIKE with `like_pattern` would."""
    return _expression(pattern).fullmatch(text) is not None


def contains(pattern: str, text: str) -> bool:
    """Return whether a part of *text* fits *pattern*."""
    return _expression(pattern).search(text) is not None
