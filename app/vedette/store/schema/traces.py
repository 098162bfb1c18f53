"""Traces, segments and spans, with their counts and sketches of durations."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, SmallInteger, Table, Text, text

from vedette.store.schema.base import Id, key, metadata, timed

SPANS_PER_BATCH = 100_000

trace = Table(
    "trace",
    metadata,
    key(),
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
    key(),
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
    key(),
    Column("hash", LargeBinary, nullable=False, unique=True),  # 8 bytes over op and text
    Column("op", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column(
        "normal", Id
    ),  # the description without what varies from call to call; None: there is no such form
    Column("group_hash", LargeBinary),  # 8 bytes of the MD5 over that text, Sentry's `span.group`
)

span = Table(
    "span",
    metadata,
    key(),
    Column("sid", LargeBinary, nullable=False),
    Column("parent", LargeBinary),
    Column("description", Id, nullable=False),
    Column("start", BigInteger, nullable=False),
    Column("duration", BigInteger, nullable=False),
    Column("self_time", BigInteger),
    Column("status", Text, nullable=False),
    Column("segment", SmallInteger, nullable=False),  # 1: a service's top span
    Index("span_start", "start"),
)

segment = Table(
    "segment",
    metadata,
    key(),
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


segment_minute = timed("segment_minute", "project", "name_term")
segment_hour = timed("segment_hour", "project", "name_term")
span_hour = timed("span_hour", "description")
"""By `description.normal` where there is one, so that a statement is one line whatever its literals."""
