"""Files that come with an event."""

from vedette.digest.kinds.incoming import Incoming
from vedette.domain.attachments import VIEW_HIERARCHY
from vedette.domain.outcomes import IngestError, Reason
from vedette.processing.view_hierarchy import LARGEST, count_views
from vedette.protocol.uploads import REFERENCE_TYPE
from vedette.store.writer.records import AttachmentRecord, ItemRecord


def read_attachment(incoming: Incoming, found: ItemRecord) -> None:
    """Put the file into *found*; what belongs to no event is kept raw. Raises IngestError."""
    if incoming.text("content_type") == REFERENCE_TYPE:
        raise IngestError(
            Reason.BAD_ITEM, "invalid attachment: it refers to an upload that is not here as a whole"
        )
    event_id = incoming.arrival.event_id
    if event_id is None:
        found.reason, found.detail = Reason.STORED_RAW, "an attachment without an event id belongs to nothing"
        return
    found.attachment = AttachmentRecord(
        event_id=bytes.fromhex(event_id),
        name=incoming.text("filename") or "unnamed",
        content_type=incoming.text("content_type") or "application/octet-stream",
        type=incoming.text("attachment_type") or "event.attachment",
    )
    if found.attachment.type == VIEW_HIERARCHY:
        _look_at_views(incoming, found)


def _look_at_views(incoming: Incoming, found: ItemRecord) -> None:
    """Say in *found* what the hierarchy holds, or why it is none; the file stays either way."""
    if incoming.item.length > LARGEST:
        return
    try:
        found.detail = f"{count_views(incoming.payload):,} views"
    except IngestError as error:
        found.reason, found.detail = error.reason, error.detail
