"""What users said, beside the events it became and the events it is about."""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, SmallInteger, Table, Text, text

from vedette.store.schema.base import Id, key, metadata

feedback = Table(
    "feedback",
    metadata,
    key(),
    Column("eid", LargeBinary, nullable=False),  # its own event
    Column("project", Id, nullable=False),
    Column("run", Id, nullable=False),
    Column("about", LargeBinary),  # the event it is about
    Column("replay", LargeBinary),
    Column("trace", LargeBinary),
    Column("report", SmallInteger, nullable=False),  # 1: an older report, one an event
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("request", Id, nullable=False),
    Column("item", SmallInteger, nullable=False),
    Index("feedback_eid", "eid", "project"),
    Index("feedback_about", "about", "project", "id", sqlite_where=text("about IS NOT NULL")),
    Index("feedback_replay", "replay", sqlite_where=text("replay IS NOT NULL")),
    Index("feedback_trace", "trace", sqlite_where=text("trace IS NOT NULL")),
    Index("feedback_of_project", "project", "id"),
)
