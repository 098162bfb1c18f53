"""Profiles of transactions and chunks of continuous profiles. Their samples stay in the payload."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, SmallInteger, Table, Text, text

from vedette.store.schema.base import Id, key, metadata

profile = Table(
    "profile",
    metadata,
    key(),
    Column("profile_id", LargeBinary, nullable=False),
    Column("project", Id, nullable=False),
    Column("run", Id, nullable=False),
    Column("format", Text, nullable=False),  # sample, android
    Column("started", BigInteger, nullable=False),
    Column("duration", BigInteger, nullable=False),  # microseconds
    Column("platform", Text, nullable=False),
    Column("name_term", Id, nullable=False),  # key `transaction`
    Column("transaction_id", LargeBinary),  # its event id
    Column("trace", LargeBinary),
    Column("sid", LargeBinary),  # of the transaction's span
    Column("env_term", Id),
    Column("release_term", Id),
    Column("active_thread", Text),
    Column("threads", Text, nullable=False),  # JSON: [[id, name]…]
    Column("samples", Integer, nullable=False),
    Column("sdk", Text, nullable=False),
    Column("request", Id, nullable=False),
    Column("item", SmallInteger, nullable=False),
    Index("profile_of_id", "profile_id", "project", unique=True),
    Index("profile_by_start", "started", "id"),
    Index("profile_name", "name_term", "started"),
    Index("profile_transaction", "transaction_id", sqlite_where=text("transaction_id IS NOT NULL")),
    Index("profile_trace", "trace", sqlite_where=text("trace IS NOT NULL")),
)

profile_chunk = Table(
    "profile_chunk",
    metadata,
    key(),
    Column("profiler_id", LargeBinary, nullable=False),
    Column("chunk_id", LargeBinary, nullable=False),
    Column("project", Id, nullable=False),
    Column("run", Id, nullable=False),
    Column("format", Text, nullable=False),  # sample, android, perfetto
    Column("started", BigInteger, nullable=False),
    Column("finished", BigInteger, nullable=False),
    Column("platform", Text, nullable=False),
    Column("env_term", Id),
    Column("release_term", Id),
    Column("threads", Text, nullable=False),  # JSON: [[id, name]…]
    Column("samples", Integer, nullable=False),
    Column("sdk", Text, nullable=False),
    Column("request", Id, nullable=False),
    Column("item", SmallInteger, nullable=False),
    Index("profile_chunk_of_id", "chunk_id", "project", unique=True),
    Index("profile_chunk_of_profiler", "profiler_id", "started"),
    Index("profile_chunk_by_start", "started", "id"),
)
