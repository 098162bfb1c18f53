"""Every table of a workspace, in SQLAlchemy Core, the same for SQLite and (later) PostgreSQL.

The physical design was measured at a million events and ten million spans:

* Row ids are arrival order, so "newest first" costs nothing and retention deletes a prefix.
* Event rows are narrow; raw bytes lie in ``payload``, one zstd frame per request.
* Tags are interned in ``term``; an event's terms are tokens in the same full-text table as its title and
  text (``find``), so any combination of words and tags is one MATCH.
* Stack frames are indexed once per distinct stack.
* Spans are clustered by the batch that brought them: ``span.id = batch * SPANS_PER_BATCH + n``.

Times are microseconds UTC, ids of events and traces 16 bytes, of spans 8. Levels are 10…50 (debug…fatal),
issue status 0 unresolved, 1 resolved, 2 ignored. Columns ending in ``_term`` hold ``term.id``.
Full-text tables are made by ``store.dialect``, since no two databases spell them alike.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    column,
    func,
    text,
)

SPANS_PER_BATCH = 100_000

metadata = MetaData()

# SQLite wants INTEGER for its row id, PostgreSQL BIGINT.
Id = BigInteger().with_variant(Integer, "sqlite")


def _key(name: str = "id") -> "Column[int]":
    return Column(name, Id, primary_key=True, autoincrement=False)


meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""Single values: schema versions, `spool_mark` (last spool id in the store), workspace id, `event_changes`
(see `row_changes`)."""

run = Table(
    "run",
    metadata,
    _key(),
    Column("started", BigInteger, nullable=False),
    Column("ended", BigInteger),
    Column("last_arrival", BigInteger, nullable=False),
    Column("trigger", Text, nullable=False),  # first, button, api, command, release, silence
    Column("name", Text, nullable=False, default=""),
)

project = Table(
    "project",
    metadata,
    _key(),
    Column("slug", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("platform", Text, nullable=False, default=""),
    Column("folder", Text),  # where its source lies on this disk
    Column("colour", SmallInteger, nullable=False, default=0),
    Column("created", BigInteger, nullable=False),
    Column("origin", Text, nullable=False),  # user, loopback (made for an unknown key), adopted
    Column("last_short", Integer, nullable=False, default=0),
)

project_mapping = Table(
    "project_mapping",
    metadata,
    Column("project", Id, primary_key=True, autoincrement=False),
    Column("n", SmallInteger, primary_key=True, autoincrement=False),
    Column("prefix", Text, nullable=False),  # how paths begin in events
    Column("folder", Text, nullable=False),  # where on this disk what follows lies
    sqlite_with_rowid=False,
)
"""Where a project's source lies that is not below its folder; tried in the order of `n`."""

project_key = Table(
    "project_key",
    metadata,
    _key(),
    Column("project", Id, nullable=False),
    Column("public_key", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("active", SmallInteger, nullable=False, default=1),
    Column("created", BigInteger, nullable=False),
    Index("project_key_of", "public_key", "project", unique=True),
)

sender = Table(
    "sender",
    metadata,
    _key(),
    Column("ip", Text, nullable=False),
    Column("client", Text, nullable=False),  # `sentry_client`, else the user agent
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("dropped", Text, nullable=False, default=""),  # last client report in words
    Column("blocked", SmallInteger, nullable=False, default=0),
    Index("sender_of", "ip", "client", unique=True),
)

request = Table(
    "request",
    metadata,
    _key(),  # the spool's id
    Column("received", BigInteger, nullable=False),
    Column("run", Id, nullable=False),
    Column("project", Id),
    Column("sender", Id, nullable=False),
    Column("method", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("public_key", Text),  # only where it is unknown
    Column("content_type", Text),
    Column("encoding", Text),  # as sent; None: none
    Column("wire_size", BigInteger, nullable=False),
    Column("size", BigInteger, nullable=False),  # decoded
    Column("status", SmallInteger, nullable=False),  # HTTP status answered
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
    Column("detail", Text),  # a sentence, only where there is something to say
    Column(
        "kinds", Text, nullable=False
    ),  # item types in order with counts, `event, attachment`, `span × 31`
    Column("skew", BigInteger),  # received - sent_at
    Index("request_outcome", "outcome", "id", sqlite_where=text("outcome <> 'stored'")),
)

payload = Table(
    "payload",
    metadata,
    _key(),  # the request's id
    Column("dictionary", Integer, nullable=False),  # 0: no dictionary
    Column("size", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),  # one zstd frame
    # None: `body` is all of it. Else JSON: a list of inline lengths (numbers) and blob names (text) which
    # joined in order give the body.
    Column("parts", Text),
)

blob = Table(
    "blob",
    metadata,
    Column("name", Text, primary_key=True),
    Column("n", BigInteger, nullable=False),  # how many payloads refer to it
    sqlite_with_rowid=False,
)
"""Files in the blob folder; the same bytes sent twice are one file."""

dictionary = Table(
    "dictionary",
    metadata,
    _key(),
    Column("bytes", LargeBinary, nullable=False),
    Column("trained", BigInteger, nullable=False),
)

item = Table(
    "item",
    metadata,
    Column("request", Id, primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("start", BigInteger, nullable=False),  # of the payload in the decoded body
    Column("length", BigInteger, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
    Column("detail", Text),
    Column("blob", Text),  # the payload's blob, where it was too large to stay in the body
    Column("ref", Id),  # event.id, span_batch.id or attachment.id
    sqlite_with_rowid=False,
)

term = Table(
    "term",
    metadata,
    _key(),
    Column("key", Text, nullable=False),
    Column("value", Text, nullable=False),
    Index("term_of", "key", "value", unique=True),
)

event = Table(
    "event",
    metadata,
    _key(),
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
    Index("event_eid", "eid", "project", unique=True),
    Index("event_issue", "issue", "ts", "id"),
    Index("event_ts", "ts", "id"),
    Index("event_trace", "trace", sqlite_where=text("trace IS NOT NULL")),
)

stack = Table(
    "stack",
    metadata,
    _key(),
    Column("hash", LargeBinary, nullable=False, unique=True),
)

issue_stack = Table(
    "issue_stack",
    metadata,
    Column("stack", Id, primary_key=True, autoincrement=False),
    Column("issue", Id, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

issue = Table(
    "issue",
    metadata,
    _key(),
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
)

issue_hash = Table(
    "issue_hash",
    metadata,
    Column("project", Id, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, primary_key=True),
    Column("issue", Id, nullable=False),
    Index("issue_hash_issue", "issue"),
    sqlite_with_rowid=False,
)

issue_user = Table(
    "issue_user",
    metadata,
    Column("issue", Id, primary_key=True, autoincrement=False),
    Column("user_term", Id, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

issue_term = Table(
    "issue_term",
    metadata,
    Column("issue", Id, primary_key=True, autoincrement=False),
    Column("term", Id, primary_key=True, autoincrement=False),
    Column("n", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

activity = Table(
    "activity",
    metadata,
    _key(),
    Column("issue", Id, nullable=False),
    Column("ts", BigInteger, nullable=False),
    Column(
        "kind", Text, nullable=False
    ),  # first_seen, set_resolved, set_unresolved, set_ignored, set_regression
    Column("data", Text, nullable=False, default="{}"),
    Index("activity_issue", "issue", "id"),
)


def _rolled(name: str, *by: str) -> Table:
    return Table(
        name,
        metadata,
        *(Column(column, Id, primary_key=True, autoincrement=False) for column in by),
        Column("bucket", Integer, primary_key=True, autoincrement=False),
        Column("n", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )


# Buckets count minutes or hours since the epoch. Minutes are kept for 48 h.
issue_minute = _rolled("issue_minute", "issue")
issue_hour = _rolled("issue_hour", "issue")
release_hour = _rolled("release_hour", "project", "release_term")
all_minute = _rolled("all_minute", "project", "level")
all_hour = _rolled("all_hour", "project", "level")

attachment = Table(
    "attachment",
    metadata,
    _key(),
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

trace = Table(
    "trace",
    metadata,
    _key(),
    Column("trace_id", LargeBinary, nullable=False, unique=True),
    Column("project", Id, nullable=False),  # of the root segment, else of what came first
    Column("run", Id, nullable=False),
    Column("start", BigInteger, nullable=False),
    Column("end", BigInteger, nullable=False),
    Column("spans", Integer, nullable=False),
    Column("segments", Integer, nullable=False),
    Column("errors", Integer, nullable=False),
    Column("failed", Integer, nullable=False),  # segments whose status is a failure
    Column("name", Text, nullable=False),  # of the root segment
    Column("op", Text, nullable=False),
    Column("root", LargeBinary),  # span id of the root segment; None: it has not arrived
    Column("last_seen", BigInteger, nullable=False),  # arrival
    Index("trace_by_start", "start", "id"),
)

span_batch = Table(
    "span_batch",
    metadata,
    _key(),
    Column("trace", LargeBinary, nullable=False),
    Column("project", Id, nullable=False),
    Column("run", Id, nullable=False),
    Column("request", Id, nullable=False),
    Column("item", SmallInteger, nullable=False),
    Column("n", Integer, nullable=False),
    Column("platform", Text, nullable=False, default=""),
    Index("span_batch_trace", "trace"),
)

description = Table(
    "description",
    metadata,
    _key(),
    Column("hash", LargeBinary, nullable=False, unique=True),  # 8 bytes over op and text
    Column("op", Text, nullable=False),
    Column("text", Text, nullable=False),
)

span = Table(
    "span",
    metadata,
    _key(),
    Column("sid", LargeBinary, nullable=False),
    Column("parent", LargeBinary),
    Column("description", Id, nullable=False),
    Column("start", BigInteger, nullable=False),
    Column("duration", BigInteger, nullable=False),
    Column("self_time", BigInteger),
    Column("status", Text, nullable=False),
    Column("segment", SmallInteger, nullable=False),  # 1: a service's top span
)

segment = Table(
    "segment",
    metadata,
    _key(),
    Column("eid", LargeBinary),
    Column("trace", LargeBinary, nullable=False),
    Column("sid", LargeBinary, nullable=False),
    Column("project", Id, nullable=False),
    Column("run", Id, nullable=False),
    Column("name_term", Id, nullable=False),  # key `transaction`
    Column("op", Text, nullable=False),
    Column("start", BigInteger, nullable=False),
    Column("duration", BigInteger, nullable=False),
    Column("status", Text, nullable=False),
    Column("failed", SmallInteger, nullable=False),
    Column("http_method", Text, nullable=False),
    Column("http_status", SmallInteger),
    Column("env_term", Id),
    Column("release_term", Id),
    Column("user_term", Id),
    Column("spans", Integer, nullable=False),  # in the batch that brought it
    Column("request", Id, nullable=False),
    Column("item", SmallInteger, nullable=False),
    Index("segment_eid", "eid", unique=True, sqlite_where=text("eid IS NOT NULL")),
    Index("segment_trace", "trace"),
    Index("segment_start", "start", "id"),
    Index("segment_name", "name_term", "start", "duration"),
)


def _timed(name: str, *by: str) -> Table:
    """Counts and a mergeable sketch of durations: 6-byte pairs of (u16 log bucket, u32 count)."""
    return Table(
        name,
        metadata,
        *(Column(column, Id, primary_key=True, autoincrement=False) for column in by),
        Column("bucket", Integer, primary_key=True, autoincrement=False),
        Column("n", BigInteger, nullable=False),
        Column("failed", BigInteger, nullable=False),
        Column("total", BigInteger, nullable=False),  # microseconds
        Column("longest", BigInteger, nullable=False),
        Column("sketch", LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )


segment_minute = _timed("segment_minute", "project", "name_term")
segment_hour = _timed("segment_hour", "project", "name_term")
span_hour = _timed("span_hour", "description")
