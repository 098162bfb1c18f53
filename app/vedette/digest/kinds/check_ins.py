"""Check-ins of jobs."""

from vedette.digest.kinds.incoming import Incoming
from vedette.processing.check_ins import parse_check_in
from vedette.store.writer.records import ItemRecord


def read_check_in(incoming: Incoming, found: ItemRecord) -> None:
    """Put the check-in into *found*. Raises IngestError."""
    found.values.append(parse_check_in(incoming.payload))
