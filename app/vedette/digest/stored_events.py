"""Stored events through processing once more: what they are called, their tags, which splits they fit."""

from collections.abc import Callable

from vedette.api.reading import Stored, arrival_of, read_item_of
from vedette.domain.outcomes import IngestError
from vedette.domain.processed import ProcessedEvent
from vedette.domain.workspace import Workspace
from vedette.processing.grouping.rules import GroupingRules
from vedette.processing.pipeline import process_event, process_feedback
from vedette.store.engine import Reader
from vedette.store.errors import DamagedError
from vedette.store.queries.payloads import PayloadGoneError, read_derived

RulesOf = Callable[[int], GroupingRules | None]
"""The rules of grouping of a project, its splits among them; None: those built in."""


class StoredEvents:
    """Reads events as digest would if they came now; one reader, for the thread that asks."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._reader: Reader | None = None

    def read(self, place: Stored, rules: GroupingRules | None) -> ProcessedEvent | None:
        """Return the event at *place*, grouped by *rules*; None when its bytes are gone or cannot be read."""
        db = self._open().db
        try:
            item = read_item_of(db, self._workspace, place)
            derived = None
            if place.item >= 0 and place.event_id is not None:
                derived = read_derived(db, bytes.fromhex(place.event_id), place.request, place.item)
            arrival = arrival_of(item, place.event_id)
            if item.kind in ("feedback", "user_report"):
                return process_feedback(derived or item.payload, arrival, rules)[0]
            return process_event(derived or item.payload, arrival, rules)
        except (PayloadGoneError, DamagedError, IngestError):
            return None

    def _open(self) -> Reader:
        if self._reader is None:
            self._reader = Reader(self._workspace.database)
        return self._reader

    def close(self) -> None:
        """Let go of the database; the next question opens it again."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None
