"""What users say: feedback events, and the older reports, which are made into such."""

from dataclasses import replace

from vedette.digest.kinds.incoming import Incoming
from vedette.processing.feedback import report_to_event
from vedette.processing.pipeline import process_feedback
from vedette.store.writer.records import DerivedEvent, ItemRecord


def read_feedback(incoming: Incoming, found: ItemRecord) -> None:
    """Put the feedback and its event into *found*. Raises IngestError."""
    found.event, feedback = process_feedback(incoming.payload, incoming.arrival, incoming.rules)
    found.event_id = found.event.event_id
    found.values.append(feedback)


def read_user_report(incoming: Incoming, found: ItemRecord) -> None:
    """Put the report and the feedback event made of it into *found*. Raises IngestError."""
    arrival = incoming.arrival
    payload = report_to_event(incoming.payload, arrival.event_id, arrival.received)
    # The envelope's id is that of the event reported on, its trace header that of the request it came with.
    event, feedback = process_feedback(payload, replace(arrival, event_id=None, trace=None), incoming.rules)
    found.derived.append(DerivedEvent(event, payload))
    found.values.append(feedback)
