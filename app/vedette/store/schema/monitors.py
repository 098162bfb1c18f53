"""Monitors of jobs: one of them has an environment for each place its job runs in, with its check-ins."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, SmallInteger, Table, Text, text

from vedette.store.schema.base import Id, key, metadata

monitor = Table(
    "monitor",
    metadata,
    key(),
    Column("project", Id, nullable=False),
    Column("slug", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("config", Text, nullable=False),  # JSON as the API shows it
    Column("status", SmallInteger, nullable=False),  # domain.monitors.MonitorStatus
    Column("muted", SmallInteger, nullable=False),
    Column("upserting", SmallInteger, nullable=False),  # 1: its config comes with check-ins
    Column("owner", Text),
    Column("created", BigInteger, nullable=False),
    Index("monitor_of", "project", "slug", unique=True),
)

monitor_environment = Table(
    "monitor_environment",
    metadata,
    key(),
    Column("monitor", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("status", SmallInteger, nullable=False),
    Column("muted", SmallInteger, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("last_check_in", BigInteger),
    Column("next_check_in", BigInteger),
    Column("next_latest", BigInteger),  # later than this, it is missed
    Column("incident", Id),  # the one that is going on
    Index("monitor_environment_of", "monitor", "name", unique=True),
    Index("monitor_environment_due", "next_latest", sqlite_where=text("next_latest IS NOT NULL")),
)

check_in = Table(
    "check_in",
    metadata,
    key(),
    Column("request", Id, nullable=False),  # that brought it; of missed ones the newest there was
    Column("project", Id, nullable=False),
    Column("monitor", Id, nullable=False),
    Column("environment", Id, nullable=False),
    Column("guid", LargeBinary, nullable=False),
    Column("status", SmallInteger, nullable=False),  # domain.monitors.CheckInStatus
    Column("duration", Integer),  # milliseconds
    Column("added", BigInteger, nullable=False),  # when it began
    Column("updated", BigInteger, nullable=False),
    Column("in_progress", BigInteger),  # when it last said that it was
    Column("expected", BigInteger),
    Column("timeout", BigInteger),  # only of open ones
    Column("trace", LargeBinary),
    Column("config", Text, nullable=False),  # the monitor's then
    Index("check_in_guid", "guid", "project", unique=True),
    Index("check_in_of_environment", "environment", "added", "id"),
    Index("check_in_of_monitor", "monitor", "added", "id"),
    Index("check_in_open", "timeout", sqlite_where=text("timeout IS NOT NULL")),
    Index("check_in_trace", "trace", sqlite_where=text("trace IS NOT NULL")),
)

incident = Table(
    "incident",
    metadata,
    key(),
    Column("monitor", Id, nullable=False),
    Column("environment", Id, nullable=False),
    Column("started", BigInteger, nullable=False),
    Column("ended", BigInteger),
    Column("hash", Text, nullable=False),  # its issue's grouping hash
    Column("check_in", LargeBinary, nullable=False),  # guid of the first that failed
    Index("incident_of", "environment", "id"),
    Index("incident_by_end", "ended", sqlite_where=text("ended IS NOT NULL")),
)
