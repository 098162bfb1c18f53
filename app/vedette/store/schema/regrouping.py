"""Where people overrule grouping: merges, splits and moves, remembered so that no later event undoes them.

Everything here is declared, and the place of an event follows from it (``writer.overrulings``): a moved
event is looked up by its id, any other by its hash; that leads to the issue its hash was first seen with;
the splits of that issue send on what fits them; an issue that is no more leads to the one that took it in. A
merge therefore adds one row, and undoing it takes the row away: events that came since go where they would
have gone.

The full text of an event is not written again when its whole issue is merged: ``issue_origin`` says which
issues' tokens lead to an issue. Each token leads to one issue only, since an event that changes its issue any
other way is written anew there.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, SmallInteger, Table, Text

from vedette.store.schema.base import Id, key, metadata

split = Table(
    "split",
    metadata,
    key(),  # the regrouping that made it; in their order splits are looked at
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
    Column("after", Id, nullable=False),  # the last regrouping before it: older splits do not count for it
    Index("event_pin_issue", "issue"),
    sqlite_with_rowid=False,
)
"""Events that were moved by hand, and where to."""

issue_redirect = Table(
    "issue_redirect",
    metadata,
    key("old"),
    Column("project", Id, nullable=False),
    Column("short", Integer, nullable=False),  # of the short id it had
    Column("issue", Id, nullable=False),  # which may have been taken in by another since
    Column("regrouping", Id, nullable=False),
    Column("follows", SmallInteger, nullable=False),  # 1: what leads to the old one leads on to this
    Index("issue_redirect_to", "issue"),
    Index("issue_redirect_short", "project", "short"),
)
"""Issues that were merged, or lost their last event to another one, and what took them in."""

issue_origin = Table(
    "issue_origin",
    metadata,
    key("issue"),
    key("origin"),
    Index("issue_origin_of", "origin", unique=True),
    sqlite_with_rowid=False,
)
"""Those that are followed, to the end: an issue that is there, and all that lead to it."""

regrouping = Table(
    "regrouping",
    metadata,
    key(),
    Column("at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),  # merge, unmerge, split, move, rules
    Column("project", Id, nullable=False),
    Column("state", Text, nullable=False),  # waiting, running, done, cancelled, failed, undoing, undone
    Column("done", BigInteger, nullable=False),  # events looked at
    Column("total", BigInteger, nullable=False),
    Column("moved", BigInteger, nullable=False),  # events that changed their issue
    Column("data", Text, nullable=False),  # JSON: what is needed to undo it and to tell about it
    Column("touched", Text, nullable=False),  # JSON: issues whose heading is not settled yet
)

regrouped_event = Table(
    "regrouped_event",
    metadata,
    key("regrouping"),
    key("event"),
    Column("before", LargeBinary),  # the hash it had
    Column("after", LargeBinary),  # and has since it was moved
    sqlite_with_rowid=False,
)
"""Events that changed their hash with the rules."""
