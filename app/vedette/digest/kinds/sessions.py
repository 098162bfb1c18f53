"""Sessions, one by one and counted."""

from vedette.digest.kinds.incoming import Incoming
from vedette.processing.sessions import parse_aggregates, parse_session
from vedette.store.writer.records import ItemRecord


def read_session(incoming: Incoming, found: ItemRecord) -> None:
    """Put the update of a session into *found*. Raises IngestError."""
    found.values.append(parse_session(incoming.payload, incoming.arrival))


def read_aggregates(incoming: Incoming, found: ItemRecord) -> None:
    """Put sessions that a server counted into *found*. Raises IngestError."""
    rows, late = parse_aggregates(incoming.payload, incoming.arrival)
    found.values.extend(rows)
    if late:
        found.detail = f"{late:,} aggregates of sessions that began more than five days before were left out"
