"""Errors, messages and transactions."""

from vedette.digest.kinds.incoming import Incoming
from vedette.domain.inferred import Inferred
from vedette.domain.replays import ReplayMention
from vedette.processing import pipeline
from vedette.processing.spans import span_id_bytes
from vedette.store.writer.records import ItemRecord


def read_event(incoming: Incoming, found: ItemRecord) -> None:
    """Put the error or message into *found*. Raises IngestError."""
    found.event = pipeline.process_event(incoming.payload, incoming.arrival, incoming.rules)
    found.event_id = found.event.event_id
    replay_id = span_id_bytes(dict(found.event.tags).get("replayId"), 16)
    if replay_id is not None:
        found.values.append(ReplayMention(replay_id, found.event.event_id))


def read_transaction(incoming: Incoming, found: ItemRecord) -> None:
    """Put the transaction's spans into *found*. Raises IngestError."""
    batch = pipeline.process_transaction(incoming.payload, incoming.arrival)
    found.spans = [batch]
    found.values.extend(batch.vitals)
    found.event_id = batch.segments[0].event_id if batch.segments else None
    remark_spans(found, batch.invalid)


def read_spans(incoming: Incoming, found: ItemRecord) -> None:
    """Put the spans of a container, or the single older one, into *found*. Raises IngestError."""
    batches = pipeline.process_spans(incoming.payload, incoming.text("content_type"), incoming.arrival)
    found.spans = batches
    found.values.extend(vitals for batch in batches for vitals in batch.vitals)
    found.values.extend(Inferred(batch.inferred) for batch in batches if batch.inferred)
    remark_spans(found, sum(batch.invalid for batch in batches))


def remark_spans(found: ItemRecord, invalid: int) -> None:
    """Say in *found* how many spans were unusable, if any."""
    if invalid:
        found.detail = f"{invalid} spans without usable ids or times were left out"
