"""What became of everything that came, and of what never did, by the hour."""

from sqlalchemy import BigInteger, Column, Integer, Table, Text

from vedette.store.schema.base import key, metadata

outcome_hour = Table(
    "outcome_hour",
    metadata,
    key("project"),
    Column("bucket", Integer, primary_key=True, autoincrement=False),  # hour of the arrival
    # Text columns in a key cost little here: a workspace has a few dozen of these combinations.
    Column("outcome", Text, primary_key=True),  # Sentry's word: accepted, client_discard, …
    Column("category", Text, primary_key=True),
    Column("reason", Text, primary_key=True),  # "" where there is none
    Column("n", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
