"""Containers of log records."""

from vedette.digest.kinds.incoming import Incoming
from vedette.digest.kinds.remarks import left_out
from vedette.domain.inferred import Inferred
from vedette.processing.logs import process_logs
from vedette.store.writer.records import ItemRecord


def read_logs(incoming: Incoming, found: ItemRecord) -> None:
    """Put the log records into *found*. Raises IngestError."""
    batch = process_logs(incoming.payload, incoming.arrival)
    found.values.append(batch)
    if batch.inferred:
        found.values.append(Inferred(batch.inferred))
    found.detail = left_out(batch.invalid, "log record", batch.remarks)
