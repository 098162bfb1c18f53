"""Profiles of transactions, and chunks of continuous ones."""

from vedette.digest.kinds.incoming import Incoming
from vedette.processing.profiles import read_chunk, read_profile
from vedette.store.writer.records import ItemRecord


def read_profile_item(incoming: Incoming, found: ItemRecord) -> None:
    """Put what is known of the profile into *found*. Raises IngestError."""
    found.values.append(read_profile(incoming.payload, incoming.arrival))


def read_profile_chunk(incoming: Incoming, found: ItemRecord) -> None:
    """Put what is known of the chunk into *found*. Raises IngestError."""
    length = incoming.item.header.get("meta_length")
    found.values.append(
        read_chunk(
            incoming.payload,
            incoming.text("content_type"),
            length if type(length) is int else None,
            incoming.arrival,
        )
    )
