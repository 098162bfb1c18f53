"""Web vitals of pages, and their sums by hour."""

from sqlalchemy import REAL, BigInteger, Column, Index, Integer, LargeBinary, SmallInteger, Table, Text

from vedette.store.schema.base import Id, key, metadata

web_vital = Table(
    "web_vital",
    metadata,
    key(),
    Column("project", Id, nullable=False),
    Column("run", Id, nullable=False),
    Column("ts", BigInteger, nullable=False),
    Column("trace", LargeBinary, nullable=False),
    Column("span", LargeBinary, nullable=False),
    Column("page_term", Id, nullable=False),  # key `transaction`
    Column("op", Text, nullable=False),
    Column("browser_term", Id),  # key `browser.name`
    Column("env_term", Id),
    Column("release_term", Id),
    # Milliseconds, but for CLS; None: not measured. A page load's row and later ones of the same page each
    # have what their span brought.
    Column("lcp", REAL),
    Column("fcp", REAL),
    Column("cls", REAL),
    Column("ttfb", REAL),
    Column("inp", REAL),
    Column("fid", REAL),
    Column("score", REAL),  # 0…1; None: the browser has no profile
    Column("request", Id, nullable=False),
    Column("item", SmallInteger, nullable=False),
    Index("web_vital_page", "page_term", "ts"),
    Index("web_vital_ts", "ts", "id"),
    Index("web_vital_trace", "trace"),
)

web_vital_hour = Table(
    "web_vital_hour",
    metadata,
    key("project"),
    key("page_term"),
    Column("vital", SmallInteger, primary_key=True, autoincrement=False),  # place in WebVital; 6: the score
    Column("bucket", Integer, primary_key=True, autoincrement=False),
    Column("n", BigInteger, nullable=False),
    Column("total", REAL, nullable=False),
    Column("good", BigInteger, nullable=False),
    Column("poor", BigInteger, nullable=False),
    Column("sketch", LargeBinary, nullable=False),  # see `value_sketch`
    sqlite_with_rowid=False,
)
