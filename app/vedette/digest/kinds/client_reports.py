"""What a client says it dropped itself."""

from vedette.digest.kinds.incoming import Incoming
from vedette.protocol.client_report import parse_client_report, summarise_discards
from vedette.store.writer.records import ItemRecord

_KEPT_DETAIL = 500


def read_client_report(incoming: Incoming, found: ItemRecord) -> None:
    """Put what the report counts, and that in words, into *found*. Raises IngestError."""
    found.discards = parse_client_report(incoming.payload)
    found.client_report = summarise_discards(found.discards)
    found.detail = found.client_report[:_KEPT_DETAIL]
