"""What a person decides about issues: labels, until when they are archived, what never comes back, views."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, SmallInteger, Table, Text

from vedette.store.schema.base import Id, key, metadata

label = Table(
    "label",
    metadata,
    key(),
    Column("name", Text, nullable=False, unique=True),
    Column("colour", SmallInteger, nullable=False),  # number of a project colour
)

issue_label = Table(
    "issue_label",
    metadata,
    key("issue"),
    key("label"),
    Index("issue_label_of", "label", "issue"),
    sqlite_with_rowid=False,
)

archive = Table(
    "archive",
    metadata,
    key("issue"),
    Column("at", BigInteger, nullable=False),
    Column("until", BigInteger),
    Column("count", BigInteger),  # this many events more, within `window` where there is one
    Column("window", BigInteger),  # microseconds
    Column("user_count", BigInteger),
    Column("user_window", BigInteger),
    Column("run", Id),  # while this run goes on
    Column("release_term", Id),  # while events are of this release
    Column("escalates", SmallInteger, nullable=False),  # 1: until it happens far more often than before
    Column("n", BigInteger, nullable=False),  # events and users the issue had at `at`
    Column("users", BigInteger, nullable=False),
    Index("archive_until", "until"),
)
"""What ends the archiving of an issue that is archived and not for ever; gone when it is not archived."""

resolution = Table(
    "resolution",
    metadata,
    key("issue"),
    Column("at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),  # release, next_release, next_run
    Column("release_term", Id),  # the release that has the change, or the last one that has it not
    Column("run", Id),  # the last run without the change
)
"""From which release or run on a new event of a resolved issue is a regression. Without a row: any."""

discarded_hash = Table(
    "discarded_hash",
    metadata,
    key("project"),
    Column("hash", LargeBinary, primary_key=True),
    Column("title", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""What was deleted and is not wanted again: events with such a hash are filtered."""

saved_view = Table(
    "saved_view",
    metadata,
    key(),
    Column("name", Text, nullable=False),
    Column("place", Integer, nullable=False),  # in the list of views
    Column("view", Text, nullable=False),  # JSON: dataset, query, sort, projects, environments, time, columns
    Column("created", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
)

deletion = Table(
    "deletion",
    metadata,
    key("issue"),
    Column("status", SmallInteger, nullable=False),  # what the issue's was
    Column("due", BigInteger, nullable=False),  # until then it can be taken back
    Column("started", SmallInteger, nullable=False),  # 1: it cannot any more
    Column("discards", SmallInteger, nullable=False),  # 1: its hashes went into `discarded_hash`
    Index("deletion_due", "due"),
)
"""Issues that go soon: nobody sees them, and taking it back within the time brings all of them back."""
