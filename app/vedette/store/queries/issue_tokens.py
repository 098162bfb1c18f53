"""By which tokens an issue's events are found in the full text: its own, and of issues merged into it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, String, cast, func, literal, select

from vedette.store import dialect
from vedette.store.schema import issue, issue_origin


def issue_tokens(db: Connection, issues: Sequence[int]) -> list[str]:
    """Return the tokens of the events of *issues*: any will do. Index: issue_origin(issue, origin)."""
    merged = db.execute(select(issue_origin.c.origin).where(issue_origin.c.issue.in_(issues))).scalars()
    return [f"{dialect.ISSUE}{number}" for number in (*issues, *sorted(merged))]


def tokens_around() -> ColumnElement[str]:
    """Return the same for the issue of the row around it, quoted and with OR between, as SQL.

    Index: issue_origin(issue, origin).
    """
    more = select(
        func.group_concat(
            literal(f' OR "{dialect.ISSUE}', String) + cast(issue_origin.c.origin, String) + '"', ""
        )
    ).where(issue_origin.c.issue == issue.c.id)
    own = literal(f'"{dialect.ISSUE}', String) + cast(issue.c.id, String) + literal('"', String)
    return own + func.coalesce(more.correlate(issue).scalar_subquery(), "")
