"""Containers of metric points."""

from vedette.digest.kinds.incoming import Incoming
from vedette.digest.kinds.remarks import left_out
from vedette.domain.inferred import Inferred
from vedette.processing.metrics import process_metrics
from vedette.store.writer.records import ItemRecord


def read_metrics(incoming: Incoming, found: ItemRecord) -> None:
    """Put the metric points into *found*. Raises IngestError."""
    batch = process_metrics(incoming.payload, incoming.arrival)
    found.values.append(batch)
    if batch.inferred:
        found.values.append(Inferred(batch.inferred))
    found.detail = left_out(batch.invalid, "metric", batch.remarks)
