"""Metric points, what is known of their names, and their sums by hour."""

from sqlalchemy import (
    REAL,
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    text,
)

from vedette.store.schema.base import Id, key, metadata

metric = Table(
    "metric",
    metadata,
    key(),
    Column("project", Id, nullable=False),
    Column("run", Id, nullable=False),
    Column("ts", BigInteger, nullable=False),
    Column("trace", LargeBinary),
    Column("span", LargeBinary),
    Column("name_term", Id, nullable=False),  # key `metric`
    Column("kind", SmallInteger, nullable=False),  # 0 counter, 1 gauge, 2 distribution
    Column("value", REAL, nullable=False),
    Column("unit", Text, nullable=False),  # "": none
    Column("env_term", Id),
    Column("release_term", Id),
    Column("request", Id, nullable=False),
    Column("item", SmallInteger, nullable=False),
    Column("n", Integer, nullable=False),  # place among the item's entries
    Index("metric_name_ts", "name_term", "ts"),
    Index("metric_ts", "ts", "id"),
    Index("metric_trace", "trace", sqlite_where=text("trace IS NOT NULL")),
)
"""Attributes are read from the payload."""

metric_name = Table(
    "metric_name",
    metadata,
    key("project"),
    key("name_term"),
    Column("kind", SmallInteger, primary_key=True, autoincrement=False),
    Column("unit", Text, primary_key=True),
    Column("n", BigInteger, nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""Which metrics there are, as a project sent them."""

metric_total = Table(
    "metric_total",
    metadata,
    key("project"),
    Column("series", LargeBinary, primary_key=True),
    Column("since", BigInteger, nullable=False),
    Column("ts", BigInteger, nullable=False),
    Column("total", REAL, nullable=False),
    sqlite_with_rowid=False,
)
"""The last total of each series whose points say totals since a start: what was before is what was added."""

metric_attribute = Table(
    "metric_attribute",
    metadata,
    key("project"),
    key("name_term"),
    key("term"),
    sqlite_with_rowid=False,
)
"""By which attributes and values a metric's sums are split; bounded, so that ids do not become series."""

metric_hour = Table(
    "metric_hour",
    metadata,
    key("project"),
    key("name_term"),
    Column("kind", SmallInteger, primary_key=True, autoincrement=False),
    key("term"),  # of the attribute; 0: all points
    Column("bucket", Integer, primary_key=True, autoincrement=False),
    Column("n", BigInteger, nullable=False),
    Column("total", REAL, nullable=False),
    Column("least", REAL, nullable=False),
    Column("most", REAL, nullable=False),
    Column("last", REAL, nullable=False),
    Column("last_ts", BigInteger, nullable=False),
    Column("sketch", LargeBinary, nullable=False),  # see `value_sketch`; only distributions have one
    sqlite_with_rowid=False,
)
