"""Workspace, projects, senders, and every request with its bytes and items."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, SmallInteger, Table, Text, text

from vedette.store.schema.base import Id, key, metadata

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""Single values: schema versions, `spool_mark` (last spool id in the store), workspace id, `event_changes`
(see `row_changes`)."""

run = Table(
    "run",
    metadata,
    key(),
    Column("started", BigInteger, nullable=False),
    Column("ended", BigInteger),
    Column("last_arrival", BigInteger, nullable=False),
    Column("trigger", Text, nullable=False),  # first, button, api, command, release, silence
    Column("name", Text, nullable=False, default=""),
)

project = Table(
    "project",
    metadata,
    key(),
    Column("slug", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("platform", Text, nullable=False, default=""),
    Column("folder", Text),  # where its source lies on this disk
    Column("colour", SmallInteger, nullable=False, default=0),
    Column("created", BigInteger, nullable=False),
    Column("origin", Text, nullable=False),  # user, loopback (made for an unknown key), adopted
    Column("last_short", Integer, nullable=False, default=0),
)

project_mapping = Table(
    "project_mapping",
    metadata,
    key("project"),
    Column("n", SmallInteger, primary_key=True, autoincrement=False),
    Column("prefix", Text, nullable=False),  # how paths begin in events
    Column("folder", Text, nullable=False),  # where on this disk what follows lies
    sqlite_with_rowid=False,
)
"""Where a project's source lies that is not below its folder; tried in the order of `n`."""

project_rules = Table(
    "project_rules",
    metadata,
    key("project"),
    Column("rules", Text, nullable=False),  # JSON, read by processing.rules
    sqlite_with_rowid=False,
)
"""What a project has chosen of scrubbing, filters and trimming; a project that chose nothing has no row."""

project_key = Table(
    "project_key",
    metadata,
    key(),
    Column("project", Id, nullable=False),
    Column("public_key", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("active", SmallInteger, nullable=False, default=1),
    Column("created", BigInteger, nullable=False),
    Index("project_key_of", "public_key", "project", unique=True),
)

sender = Table(
    "sender",
    metadata,
    key(),
    Column("ip", Text, nullable=False),
    Column("client", Text, nullable=False),  # `sentry_client`, else the user agent
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("dropped", Text, nullable=False, default=""),  # last client report in words
    Column("blocked", SmallInteger, nullable=False, default=0),
    Index("sender_of", "ip", "client", unique=True),
)

request = Table(
    "request",
    metadata,
    key(),  # the spool's id
    Column("received", BigInteger, nullable=False),
    Column("run", Id, nullable=False),
    Column("project", Id),
    Column("sender", Id, nullable=False),
    Column("method", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("public_key", Text),  # only where it is unknown
    Column("content_type", Text),
    Column("encoding", Text),  # as sent; None: none
    Column("wire_size", BigInteger, nullable=False),
    Column("size", BigInteger, nullable=False),  # decoded
    Column("status", SmallInteger, nullable=False),  # HTTP status answered
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
    Column("detail", Text),  # a sentence, only where there is something to say
    Column(
        "kinds", Text, nullable=False
    ),  # item types in order with counts, `event, attachment`, `span × 31`
    Column("skew", BigInteger),  # received - sent_at
    Index("request_outcome", "outcome", "id", sqlite_where=text("outcome <> 'stored'")),
)

payload = Table(
    "payload",
    metadata,
    key(),  # the request's id
    Column("dictionary", Integer, nullable=False),  # 0: no dictionary
    Column("size", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),  # one zstd frame
    # None: `body` is all of it. Else JSON: a list of inline lengths (numbers) and blob names (text) which
    # joined in order give the body.
    Column("parts", Text),
)

blob = Table(
    "blob",
    metadata,
    Column("name", Text, primary_key=True),
    Column("n", BigInteger, nullable=False),  # how many payloads refer to it
    sqlite_with_rowid=False,
)
"""Files in the blob folder; the same bytes sent twice are one file."""

dictionary = Table(
    "dictionary",
    metadata,
    key(),
    Column("bytes", LargeBinary, nullable=False),
    Column("trained", BigInteger, nullable=False),
)

item = Table(
    "item",
    metadata,
    key("request"),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("start", BigInteger, nullable=False),  # of the payload in the decoded body
    Column("length", BigInteger, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
    Column("detail", Text),
    Column("blob", Text),  # the payload's blob, where it was too large to stay in the body
    Column("ref", Id),  # event.id, span_batch.id or attachment.id
    sqlite_with_rowid=False,
)
