"""Events and the issues they belong to, with their counts."""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    column,
    func,
    text,
)

from vedette.store.schema.base import Id, counted, key, metadata

term = Table(
    "term",
    metadata,
    key(),
    Column("key", Text, nullable=False),
    Column("value", Text, nullable=False),
    Index("term_of", "key", "value", unique=True),
)

event = Table(
    "event",
    metadata,
    key(),
    Column("eid", LargeBinary, nullable=False),
    Column("issue", Id, nullable=False),
    Column("project", Id, nullable=False),
    Column("run", Id, nullable=False),
    Column("ts", BigInteger, nullable=False),
    Column("level", SmallInteger, nullable=False),
    Column("env_term", Id),
    Column("release_term", Id),
    Column("user_term", Id),
    Column("trace", LargeBinary),
    Column("span", LargeBinary),
    Column("stack", Id),
    Column("request", Id, nullable=False),
    Column("item", SmallInteger, nullable=False),
    Column("hash", LargeBinary),  # the first of its grouping hashes; None: written before these were kept
    Index("event_eid", "eid", "project", unique=True),
    Index("event_issue", "issue", "ts", "id"),
    Index("event_ts", "ts", "id"),
    Index("event_trace", "trace", sqlite_where=text("trace IS NOT NULL")),
)

stack = Table(
    "stack",
    metadata,
    key(),
    Column("hash", LargeBinary, nullable=False, unique=True),
)

stack_term = Table(
    "stack_term",
    metadata,
    key("term"),
    key("stack"),
    sqlite_with_rowid=False,
)
"""Which stacks have a frame of that file, function or module, under the keys of `domain.search_members`."""

issue_stack = Table(
    "issue_stack",
    metadata,
    key("stack"),
    key("issue"),
    Index("issue_stack_of_issue", "issue"),
    sqlite_with_rowid=False,
)
"""Stacks that events of an issue have, or had before they were moved to another one."""

issue = Table(
    "issue",
    metadata,
    key(),
    Column("project", Id, nullable=False),
    Column("short", Integer, nullable=False),
    Column("status", SmallInteger, nullable=False),
    Column("substatus", Text),
    Column("kind", Text, nullable=False),  # error, default, csp, …
    Column("level", SmallInteger, nullable=False),
    Column("priority", SmallInteger, nullable=False),
    Column("title", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("culprit", Text, nullable=False),
    Column("filename", Text, nullable=False),
    Column("function", Text, nullable=False),
    Column("lineno", Integer),
    Column("platform", Text, nullable=False),
    Column("handled", SmallInteger),  # 0 unhandled, 1 handled, None unknown
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("users", Integer, nullable=False),
    Column("first_run", Id, nullable=False),
    Column("last_run", Id, nullable=False),
    Column("first_event", Id, nullable=False),
    Column("last_event", Id, nullable=False),
    Column("first_release_term", Id),
    Column("last_release_term", Id),
    Column("starred", SmallInteger, nullable=False, default=0),
    Column("seen", SmallInteger, nullable=False, default=0),
    Column("grouping_config", Text, nullable=False),
    Column("resolved_at", BigInteger),
    Column("status_details", Text),  # JSON: until when or for how long it is archived
    Column("substatus_at", BigInteger),  # since when it is new, regressed, escalating …
    Column("regressed_release_term", Id),  # of the event that made it a regression last
    Column("priority_locked_at", BigInteger),  # a person said how much it matters
    Column("notes", Integer),  # how many; None is none
    Index("issue_short", "project", "short", unique=True),
    # one per sort order offered, with and without a project
    Index("issue_by_last", "status", "last", "id"),
    Index("issue_by_first", "status", "first", "id"),
    Index("issue_by_n", "status", "n", "id"),
    Index("issue_by_users", "status", "users", "id"),
    Index("issue_by_priority", "status", "priority", "last", "id"),
    Index("issue_by_title", "status", func.lower(column("title", Text)), "id"),
    Index("issue_of_project_by_last", "project", "status", "last", "id"),
    Index("issue_any_by_last", "last", "id"),
    Index("issue_by_run", "last_run", "last", "id"),
    Index(
        "issue_passing",
        "substatus_at",
        sqlite_where=text("substatus IN ('new', 'regressed', 'escalating')"),
    ),
)

issue_hash = Table(
    "issue_hash",
    metadata,
    key("project"),
    Column("hash", LargeBinary, primary_key=True),
    Column("issue", Id, nullable=False),
    Index("issue_hash_issue", "issue"),
    sqlite_with_rowid=False,
)

issue_user = Table(
    "issue_user",
    metadata,
    key("issue"),
    key("user_term"),
    sqlite_with_rowid=False,
)

issue_term = Table(
    "issue_term",
    metadata,
    key("issue"),
    key("term"),
    Column("n", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

activity = Table(
    "activity",
    metadata,
    key(),
    Column("issue", Id, nullable=False),
    Column("ts", BigInteger, nullable=False),
    Column(
        "kind", Text, nullable=False
    ),  # first_seen, set_resolved, set_unresolved, set_ignored, set_regression
    Column("data", Text, nullable=False, default="{}"),
    Index("activity_issue", "issue", "id"),
)


# Minutes are kept for 48 h.
issue_minute = counted("issue_minute", "issue")
issue_hour = counted("issue_hour", "issue")
release_hour = counted("release_hour", "project", "release_term")
all_minute = counted("all_minute", "project", "level")
all_hour = counted("all_hour", "project", "level")

derived_event = Table(
    "derived_event",
    metadata,
    key(),  # the event's id
    Column("body", LargeBinary, nullable=False),  # one zstd frame
)
"""Events that were made of something else (a browser's report, a minidump, a span's exception): the JSON they
would have been sent as. Events that came as such are read from their request's payload."""

event_terms = Table(
    "event_terms",
    metadata,
    key(),  # the event's id
    Column("terms", LargeBinary, nullable=False),
)
"""The terms of an event, packed (``store.term_list``): the full-text table has them but gives none back,
and an event takes them along when it changes its issue."""

attachment = Table(
    "attachment",
    metadata,
    key(),
    Column("eid", LargeBinary, nullable=False),
    Column("project", Id, nullable=False),
    Column("request", Id, nullable=False),
    Column("item", SmallInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("content_type", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("created", BigInteger, nullable=False),
    Index("attachment_eid", "eid"),
)
