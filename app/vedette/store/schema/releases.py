"""What is said of releases beside what was seen of them: dates, commits, deploys. By sentry-cli, mostly."""

from sqlalchemy import BigInteger, Column, Index, SmallInteger, Table, Text

from vedette.store.schema.base import Id, key, metadata

release_note = Table(
    "release_note",
    metadata,
    key("release_term"),
    Column("created", BigInteger, nullable=False),
    Column("released", BigInteger),
    Column("started", BigInteger),
    Column("url", Text),
    Column("ref", Text),
    Column("archived", SmallInteger, nullable=False),
)
"""A release that somebody made or changed; those that were only seen have none."""

release_commit = Table(
    "release_commit",
    metadata,
    key("release_term"),
    key("n"),  # the newest is 0
    Column("sha", Text, nullable=False),
    Column("repository", Text),
    Column("message", Text),
    Column("author_name", Text),
    Column("author_email", Text),
    Column("ts", BigInteger),
    Column("files", Text, nullable=False),  # JSON: [[path, A | M | D], …]
    sqlite_with_rowid=False,
)

release_deploy = Table(
    "release_deploy",
    metadata,
    key(),
    Column("release_term", Id, nullable=False),
    Column("environment", Text, nullable=False),
    Column("name", Text),
    Column("url", Text),
    Column("started", BigInteger),
    Column("finished", BigInteger, nullable=False),
    Index("release_deploy_of", "release_term"),
)
