"""Numbered steps that bring a database to today's schema, forward only, each in its own transaction.

`meta.schema` is the step a database has reached; `meta.schema_reads` the oldest Vedette that can still
read it. A released step is never edited.
"""

from collections.abc import Callable
from typing import Any

import apsw
import orjson
from sqlalchemy import Column, Connection, func, select, update
from sqlalchemy.schema import CreateIndex

from vedette.domain.issues import Status, Substatus
from vedette.domain.times import HOUR, MINUTE, from_iso, now
from vedette.store import dbapi, dialect, schema
from vedette.store.engine import alchemy


class SchemaError(Exception):
    """The database cannot be used by this Vedette; the text says what to do."""


def _0001_first_tables(connection: dbapi.Connection) -> None:
    with alchemy(connection).connect() as db:
        schema.metadata.create_all(db, checkfirst=False)
        for statement in dialect.create_full_text():
            db.execute(statement)


def _0002_issues_by_priority_and_title(connection: dbapi.Connection) -> None:
    wanted = ("issue_by_priority", "issue_by_title")
    with alchemy(connection).connect() as db:
        for index in schema.issue.indexes:
            if index.name in wanted:
                db.execute(CreateIndex(index, if_not_exists=True))


def _0003_project_mappings(connection: dbapi.Connection) -> None:
    with alchemy(connection).connect() as db:
        schema.project_mapping.create(db, checkfirst=True)


def _0004_tables_of_every_item(connection: dbapi.Connection) -> None:
    with alchemy(connection).connect() as db:
        schema.metadata.create_all(db, checkfirst=True)
        for statement in dialect.create_full_text():
            db.execute(statement)


def _0005_spans_by_time(connection: dbapi.Connection) -> None:
    with alchemy(connection).connect() as db:
        for index in schema.span.indexes:
            db.execute(CreateIndex(index, if_not_exists=True))


def _0006_spans_by_meaning(connection: dbapi.Connection) -> None:
    with alchemy(connection).connect() as db:
        schema.metadata.create_all(db, checkfirst=True)
        for column in (schema.description.c.normal, schema.description.c.group_hash):
            _add_missing(connection, db, column)


def _0007_releases_of_events(connection: dbapi.Connection) -> None:
    release, hours, issue = schema.release, schema.release_hour, schema.issue
    new_issues = (
        select(func.count())
        .where(issue.c.project == hours.c.project, issue.c.first_release_term == hours.c.release_term)
        .scalar_subquery()
    )
    known = (
        select(
            hours.c.project,
            hours.c.release_term,
            func.min(hours.c.bucket) * HOUR,
            func.max(hours.c.bucket) * HOUR,
            func.sum(hours.c.n),
            new_issues,
        )
        .where(
            ~select(release.c.first)
            .where(release.c.project == hours.c.project, release.c.release_term == hours.c.release_term)
            .exists()
        )
        .group_by(hours.c.project, hours.c.release_term)
    )
    with alchemy(connection).connect() as db:
        schema.metadata.create_all(db, checkfirst=True)
        db.execute(release.insert().from_select([column.name for column in release.columns], known))


def _0008_feedback_and_check_ins_by_trace(connection: dbapi.Connection) -> None:
    with alchemy(connection).connect() as db:
        for index in (*schema.feedback.indexes, *schema.check_in.indexes):
            db.execute(CreateIndex(index, if_not_exists=True))


def _0009_workflow_and_regrouping(connection: dbapi.Connection) -> None:
    issue = schema.issue
    new = (
        schema.event.c.hash,
        issue.c.substatus_at,
        issue.c.regressed_release_term,
        issue.c.priority_locked_at,
        issue.c.notes,
    )
    with alchemy(connection).connect() as db:
        schema.metadata.create_all(db, checkfirst=True)
        for column in new:
            _add_missing(connection, db, column)
        for index in issue.indexes:
            if index.name == "issue_passing":
                db.execute(CreateIndex(index, if_not_exists=True))
        db.execute(update(issue).where(issue.c.substatus_at.is_(None)).values(substatus_at=issue.c.last))
        _keep_archived(db)


def _keep_archived(db: Connection) -> None:
    """Let what was archived before stay so until what was said then, counted from today."""
    issue, archive = schema.issue, schema.archive
    query = select(issue.c.id, issue.c.substatus, issue.c.status_details, issue.c.n, issue.c.users).where(
        issue.c.status == Status.IGNORED.number, issue.c.substatus != Substatus.ARCHIVED_FOREVER.value
    )
    for number, substatus, text, n, users in db.execute(query).all():
        details = orjson.loads(text) if text else {}
        until = details.get("ignoreUntil")
        row = {
            "issue": number,
            "at": now(),
            "until": None if until is None else from_iso(until),
            "count": details.get("ignoreCount"),
            "window": _minutes(details.get("ignoreWindow")),
            "user_count": details.get("ignoreUserCount"),
            "user_window": _minutes(details.get("ignoreUserWindow")),
            "escalates": int(substatus == Substatus.ARCHIVED_UNTIL_ESCALATING.value),
            "n": n,
            "users": users,
        }
        db.execute(dialect.insert_or_ignore(archive).values(row))


def _minutes(given: int | None) -> int | None:
    return None if given is None else given * MINUTE


def _0010_what_is_said_of_releases(connection: dbapi.Connection) -> None:
    with alchemy(connection).connect() as db:
        for table in (schema.release_note, schema.release_commit, schema.release_deploy):
            table.create(db, checkfirst=True)


def _0011_what_retention_looks_for(connection: dbapi.Connection) -> None:
    wanted = ("issue_stack_of_issue", "incident_by_end")
    with alchemy(connection).connect() as db:
        for index in (*schema.issue_stack.indexes, *schema.incident.indexes):
            if index.name in wanted:
                db.execute(CreateIndex(index, if_not_exists=True))


def _0012_members_of_events(connection: dbapi.Connection) -> None:
    event, stack, meta = schema.event, schema.stack, schema.meta
    with alchemy(connection).connect() as db:
        schema.metadata.create_all(db, checkfirst=True)
        # What was written before has its members in its payload only, and is looked for there.
        for name, table in (("members_since", event), ("stacks_since", stack)):
            last = db.execute(select(func.max(table.c.id))).scalar()
            if last is not None:
                db.execute(dialect.insert_or_replace(meta).values(key=name, value=str(last + 1)))


def _add_missing(connection: dbapi.Connection, db: Connection, column: "Column[Any]") -> None:
    """Add *column* to its table; a database made today has it from the first step on."""
    found = connection.raw.execute("SELECT name FROM pragma_table_info(?)", (column.table.name,))
    if column.name not in {row[0] for row in found}:
        db.execute(dialect.add_column(column))


MIGRATIONS: tuple[Callable[[dbapi.Connection], None], ...] = (
    _0001_first_tables,
    _0002_issues_by_priority_and_title,
    _0003_project_mappings,
    _0004_tables_of_every_item,
    _0005_spans_by_time,
    _0006_spans_by_meaning,
    _0007_releases_of_events,
    _0008_feedback_and_check_ins_by_trace,
    _0009_workflow_and_regrouping,
    _0010_what_is_said_of_releases,
    _0011_what_retention_looks_for,
    _0012_members_of_events,
)
LATEST = len(MIGRATIONS)
# A Vedette whose LATEST is below this must not open what we write.
READABLE_FROM = 1


def version(connection: dbapi.Connection) -> int:
    """Return the step the database has reached; 0 for an empty one."""
    raw = connection.raw
    if not raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
        return 0
    row = raw.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    return int(row[0]) if row else 0


def check_readable(connection: dbapi.Connection) -> int:
    """Return the database's step, or raise SchemaError if a newer Vedette made it unreadable for this one."""
    reached = version(connection)
    if reached > LATEST:
        row = connection.raw.execute("SELECT value FROM meta WHERE key = 'schema_reads'").fetchone()
        if row is None or int(row[0]) > LATEST:
            raise SchemaError(
                "This workspace was written by a newer Vedette. "
                "Update Vedette, or choose another folder with --data."
            )
    return reached


def migrate(connection: dbapi.Connection) -> int:
    """Bring the database to LATEST and return how many steps were taken.

    Raises SchemaError if it is already past LATEST: then only reading is allowed.
    """
    reached = check_readable(connection)
    if reached > LATEST:
        raise SchemaError("This workspace was written by a newer Vedette and can only be read.")
    raw = connection.raw
    for number, step in enumerate(MIGRATIONS[reached:], start=reached + 1):
        raw.execute("BEGIN IMMEDIATE")
        try:
            step(connection)
            _record(raw, number)
        except BaseException:
            connection.rollback()
            raise
        connection.commit()
    return LATEST - reached


def _record(raw: apsw.Connection, number: int) -> None:
    raw.executemany(
        "INSERT OR REPLACE INTO meta(key, value) VALUES(?, ?)",
        [
            ("schema", str(number)),
            ("schema_reads", str(READABLE_FROM)),
            (f"migrated_{number:04d}", str(now())),
        ],
    )
