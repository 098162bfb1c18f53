"""The event shown as a file of its own, written beside the window when it is about to be dragged."""

from pathlib import Path

from PySide6.QtCore import QObject

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.issue.dragging import Outbox, write_bytes
from vedette.desktop.issue.read import EventPage
from vedette.processing.exporting import export_payload


class EventFile:
    """``event-<id>.json`` with the bytes as they came, scrubbed if the event's project asks for it."""

    def __init__(self, asking: InFlight, owner: QObject) -> None:
        self._asking = asking
        self._outbox = Outbox()
        self._page: EventPage | None = None
        self._path: Path | None = None
        owner.destroyed.connect(self._outbox.close)

    def set_page(self, page: EventPage | None) -> None:
        """Be about another event from now on."""
        self._page, self._path = page, None

    @property
    def name(self) -> str:
        """What the file is called."""
        return f"event-{self._page.row.event_id}.json" if self._page is not None else "event.json"

    def prepare(self) -> None:
        """Write it, if it is not written yet."""
        if self._page is not None and self._page.raw and self._path is None:
            target = self._outbox.target(self.name)
            self._asking.compute("file", _write, self._page, target, answer=self._keep, failed=self._fail)

    def _keep(self, found: Path | str) -> None:
        self._path = found if isinstance(found, Path) else None

    def _fail(self, sentence: str, details: str) -> None:
        self._path = None

    def path(self) -> Path | None:
        """Return where it lies, None if it is not written (yet)."""
        return self._path


def _write(page: EventPage, target: Path) -> Path | str:
    return write_bytes((export_payload(page.item_type, page.raw, page.rules),), target)
