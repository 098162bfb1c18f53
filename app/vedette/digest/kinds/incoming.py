"""One item on its way in, with what is known around it."""

from dataclasses import dataclass

from vedette.domain.processed import Arrival
from vedette.processing.grouping import GroupingRules
from vedette.protocol.envelope import Envelope, Item


@dataclass(frozen=True, slots=True)
class Incoming:
    """An item of an envelope. ``body`` is the whole decoded body; the payload is cut out when asked for."""

    item: Item
    body: bytes | memoryview
    arrival: Arrival
    envelope: Envelope
    rules: GroupingRules | None = None  # of its project; None: those that are built in

    @property
    def payload(self) -> bytes:
        """The item's bytes, a copy of their own."""
        return bytes(self.view)

    @property
    def view(self) -> memoryview:
        """The item's bytes where they lie, for what is large."""
        return memoryview(self.body)[self.item.start : self.item.start + self.item.length]

    def text(self, name: str) -> str | None:
        """Return the text *name* of the item's header, at most 500 characters; None if it has none."""
        value = self.item.header.get(name)
        return value[:500] if isinstance(value, str) else None
