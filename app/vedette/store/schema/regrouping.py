"""Where people overrule grouping: merges, splits and moves, remembered so that no later event undoes them.

A merge changes which issue a hash leads to (``issue_hash``). A split sends the events of an issue that fit
its matchers to another one. A moved event is held by its id. The full-text table is not written again for
events that change their issue: their token stays the one of the issue they first came to, and
``issue_origin`` says which tokens an issue's events may have.
"""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, Table, Text

from vedette.store.schema.base import Id, key, metadata

split = Table(
    "split",
    metadata,
    key(),
    Column("project", Id, nullable=False),
    Column("source", Id, nullable=False),  # the issue whose events are looked at
    Column("target", Id, nullable=False),  # the issue that those which fit belong to
    Column("matchers", Text, nullable=False),  # as in fingerprint rules
    Column("at", BigInteger, nullable=False),
    Index("split_source", "source"),
    Index("split_target", "target"),
)

event_pin = Table(
    "event_pin",
    metadata,
    key("project"),
    Column("eid", LargeBinary, primary_key=True),
    Column("issue", Id, nullable=False),
    Index("event_pin_issue", "issue"),
    sqlite_with_rowid=False,
)
"""Events that were moved by hand, and where to."""

issue_origin = Table(
    "issue_origin",
    metadata,
    key("issue"),
    key("origin"),
    Index("issue_origin_of", "origin"),
    sqlite_with_rowid=False,
)
"""Issues, beside the issue itself, whose token some events of the issue carry in the full-text table."""

issue_redirect = Table(
    "issue_redirect",
    metadata,
    key("old"),
    Column("short", Text, nullable=False),  # what the old issue was called, DESK-12
    Column("issue", Id, nullable=False),
    Index("issue_redirect_to", "issue"),
    Index("issue_redirect_short", "short"),
)
"""Where an issue that was merged is found now."""

regrouping = Table(
    "regrouping",
    metadata,
    key(),
    Column("at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),  # merge, unmerge, split, move, rules
    Column("project", Id, nullable=False),
    Column("state", Text, nullable=False),  # running, done, cancelled, failed, undone
    Column("done", BigInteger, nullable=False),  # events
    Column("total", BigInteger, nullable=False),
    Column("data", Text, nullable=False),  # JSON: what is needed to undo it and to tell about it
)

regrouped_event = Table(
    "regrouped_event",
    metadata,
    key("regrouping"),
    key("event"),
    Column("before", Id, nullable=False),  # the issue it was in
    sqlite_with_rowid=False,
)
