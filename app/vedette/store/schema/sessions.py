"""Sessions, what they count for, and the releases they and events belong to."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, SmallInteger, Table, Text

from vedette.store.schema.base import Id, key, metadata, timed

session = Table(
    "session",
    metadata,
    key(),
    Column("request", Id, nullable=False),  # that brought its first update
    Column("project", Id, nullable=False),
    Column("sid", LargeBinary, nullable=False),
    Column("release_term", Id, nullable=False),
    Column("env_term", Id, nullable=False),  # 0: none
    Column("user", BigInteger),  # as in `session_user`
    Column("seq", BigInteger, nullable=False),
    Column("init", SmallInteger, nullable=False),
    Column("started", BigInteger, nullable=False),
    Column("status", Text, nullable=False),
    Column("errors", BigInteger, nullable=False),
    Column("duration", BigInteger, nullable=False),  # microseconds
    Column("mechanism", Text, nullable=False),
    Index("session_of", "sid", "project", "release_term", "env_term", unique=True),
)


def _summed(name: str) -> Table:
    """Return a table of numbers of sessions by the time they began; buckets as in `counted`."""
    return Table(
        name,
        metadata,
        key("project"),
        key("release_term"),
        key("env_term"),  # 0: none
        Column("bucket", Integer, primary_key=True, autoincrement=False),
        Column("total", BigInteger, nullable=False),
        Column("errored", BigInteger, nullable=False),  # however they ended
        Column("crashed", BigInteger, nullable=False),
        Column("abnormal", BigInteger, nullable=False),
        Column("unhandled", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )


# Minutes are kept for 48 h.
session_minute = _summed("session_minute")
session_hour = _summed("session_hour")

session_duration = timed("session_duration", "project", "release_term", "env_term")
"""Durations of sessions that ended with ``exited``, by the hour they began in."""

session_user = Table(
    "session_user",
    metadata,
    key("project"),
    key("release_term"),
    key("env_term"),  # 0: none
    Column("bucket", Integer, primary_key=True, autoincrement=False),  # hour
    # 63 bits over `did`: among a million users two are taken for one with a chance of 1 in 18 million.
    Column("user", BigInteger, primary_key=True, autoincrement=False),
    Column("marks", SmallInteger, nullable=False),  # domain.sessions.UserMark, joined with |
    sqlite_with_rowid=False,
)
"""Who had sessions in an hour, so that distinct users are counted exactly over any range."""

release = Table(
    "release",
    metadata,
    key("project"),
    key("release_term"),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("events", BigInteger, nullable=False),
    Column("new_issues", Integer, nullable=False),  # that its events were the first of
    Index("release_by_first", "first", "release_term", "project"),
    sqlite_with_rowid=False,
)
"""Releases that something named: an event, a segment, a session."""
