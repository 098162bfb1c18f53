"""What a client says it dropped itself."""

from vedette.digest.kinds.incoming import Incoming
from vedette.protocol.client_report import summarise_client_report
from vedette.store.writer.records import ItemRecord

_KEPT_DETAIL = 500


def read_client_report(incoming: Incoming, found: ItemRecord) -> None:
    """Put the report in words into *found*. Raises IngestError."""
    found.client_report = summarise_client_report(incoming.payload)
    found.detail = found.client_report[:_KEPT_DETAIL]
