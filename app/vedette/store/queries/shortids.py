"""Short ids: how people call an issue, ``DESK-12``."""

from sqlalchemy import Connection, select

from vedette.store.schema import issue, project


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
    """Return the row id of the issue with short id or row id *text*. Index: issue(project, short)."""
    if text.isascii() and text.isdigit():
        if len(text) > 18:
            return None
        return db.execute(select(issue.c.id).where(issue.c.id == int(text))).scalar()
    parts = split_short_id(text)
    if parts is None:
        return None
    slug, number = parts
    of_slug = select(project.c.id).where(project.c.slug == slug).scalar_subquery()
    return db.execute(select(issue.c.id).where(issue.c.project == of_slug, issue.c.short == number)).scalar()
