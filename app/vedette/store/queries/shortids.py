"""Short ids: how people call an issue, ``DESK-12``."""

from sqlalchemy import Connection, select

from vedette.store.schema import issue, issue_redirect, project

_MOST_REDIRECTS = 100  # an issue that was merged into one that was merged …


def short_id(slug: str, number: int) -> str:
    """Return ``DESK-12`` for project slug ``desk`` and number 12."""
    return f"{slug.upper()}-{number}"


def split_short_id(text: str) -> tuple[str, int] | None:
    """Return the project slug and the number in *text*, None if it has not that form."""
    slug, dash, number = text.strip().rpartition("-")
    if not dash or not slug or not (number.isascii() and number.isdigit()) or len(number) > 15:
        return None
    return slug.lower(), int(number)


def issue_of(db: Connection, text: str) -> int | None:
    """Return the row id of the issue with short id or row id *text*, of a merged one where it is now.

    Index: issue(project, short), issue_redirect(project, short).
    """
    if text.isascii() and text.isdigit():
        return present_issue(db, int(text)) if len(text) <= 18 else None
    parts = split_short_id(text)
    if parts is None:
        return None
    slug, number = parts
    of_slug = select(project.c.id).where(project.c.slug == slug).scalar_subquery()
    found: int | None = db.execute(
        select(issue.c.id).where(issue.c.project == of_slug, issue.c.short == number)
    ).scalar()
    if found is not None:
        return found
    old = db.execute(
        select(issue_redirect.c.old).where(
            issue_redirect.c.project == of_slug, issue_redirect.c.short == number
        )
    ).scalar()
    return None if old is None else present_issue(db, old)


def present_issue(db: Connection, number: int) -> int | None:
    """Return issue *number*, or where it is found now; None if it is nowhere. Index: primary keys."""
    wanted: int | None = number
    for _ in range(_MOST_REDIRECTS):
        found: int | None = db.execute(select(issue.c.id).where(issue.c.id == wanted)).scalar()
        if found is not None:
            return found
        wanted = db.execute(select(issue_redirect.c.issue).where(issue_redirect.c.old == wanted)).scalar()
        if wanted is None:
            return None
    return None
