"""Items of requests as rows, and what is said of those that came twice."""

from vedette.domain.outcomes import Outcome, Reason
from vedette.store.writer.records import ItemRecord, RequestRecord


def item_row(
    record: RequestRecord, item: ItemRecord, blob: str | None, ref: int | None
) -> tuple[object, ...]:
    """Return an item's row; *blob* is where it lies apart, *ref* the row of what it became."""
    return (
        record.id, item.n, item.kind, item.start, item.length, item.outcome.value,
        item.reason and item.reason.value, item.detail, blob, ref,
    )  # fmt: skip


def mark_duplicate(item: ItemRecord, event_id: bytes) -> None:
    """Say in *item* that its event is here already."""
    item.detail = f"event {event_id.hex()} is already here"
    if item.attachment is not None:  # a dump: only what would have been made of it is here already
        item.detail += "; the file was added to it"
        return
    item.outcome, item.reason = Outcome.DUPLICATE, Reason.DUPLICATE_EVENT
