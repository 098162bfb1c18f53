"""Log records, with their counts, and what requests tell of the entries of a container."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, SmallInteger, Table, Text, text

from vedette.store.schema.base import Id, counted, key, metadata

log = Table(
    "log",
    metadata,
    key(),
    Column("project", Id, nullable=False),
    Column("run", Id, nullable=False),
    Column("ts", BigInteger, nullable=False),
    Column("trace", LargeBinary),
    Column("span", LargeBinary),
    Column("severity", SmallInteger, nullable=False),  # 1–24, 0 unknown
    Column("body", Text, nullable=False),  # its beginning; whole in the payload
    Column("env_term", Id),
    Column("release_term", Id),
    Column("request", Id, nullable=False),
    Column("item", SmallInteger, nullable=False),
    Column("n", Integer, nullable=False),  # place among the item's entries
    Index("log_ts", "ts", "id"),
    Index("log_trace", "trace", sqlite_where=text("trace IS NOT NULL")),
)
"""Attributes are read from the payload. Full text: `log_find`, bodies with terms for level, environment and
release as tokens."""

# `level` is 0 unknown, 1 trace … 6 fatal. Minutes are kept for 48 h.
log_minute = counted("log_minute", "project", "level")
log_hour = counted("log_hour", "project", "level")

inferred = Table(
    "inferred",
    metadata,
    key(),
    Column("request", Id, nullable=False),
    Column("item", SmallInteger, nullable=False),
    Column("attributes", Text, nullable=False),  # JSON: name → text
    Index("inferred_of", "request", "item"),
)
"""Attributes that all entries of a container have, known only from the request that brought it."""
