"""What the tables have in common: one metadata, row ids, and the two shapes of counts."""

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, Table

metadata = MetaData()

# SQLite wants INTEGER for its row id, PostgreSQL BIGINT.
Id = BigInteger().with_variant(Integer, "sqlite")


def key(name: str = "id") -> "Column[int]":
    """Return a row id that the writer gives: arrival order."""
    return Column(name, Id, primary_key=True, autoincrement=False)


def counted(name: str, *by: str) -> Table:
    """Return a table of counts; buckets count minutes or hours since the epoch."""
    return Table(
        name,
        metadata,
        *(key(column) for column in by),
        Column("bucket", Integer, primary_key=True, autoincrement=False),
        Column("n", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )


def timed(name: str, *by: str) -> Table:
    """Return a table of counts with sketches of durations: 6-byte pairs of (u16 log bucket, u32 count)."""
    return Table(
        name,
        metadata,
        *(key(column) for column in by),
        Column("bucket", Integer, primary_key=True, autoincrement=False),
        Column("n", BigInteger, nullable=False),
        Column("failed", BigInteger, nullable=False),
        Column("total", BigInteger, nullable=False),  # microseconds
        Column("longest", BigInteger, nullable=False),
        Column("sketch", LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
