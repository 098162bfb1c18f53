"""Finds one of an issue's events: by what a user typed, or as the other side of a comparison."""

from collections.abc import Callable
from typing import Any

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.issue.head.jump_box import JumpBox
from vedette.desktop.issue.read import find_wanted
from vedette.desktop.language import tr
from vedette.store.queries import issue_events
from vedette.store.queries.events import issue_event
from vedette.store.queries.issue_events import EventFilter

Failed = Callable[[str, str], None]


class EventFinding:
    """Asks the store; what is found is handed on."""

    def __init__(self, asking: InFlight, failed: Failed) -> None:
        self._asking = asking
        self._failed = failed

    def jump(
        self, issue: int, text: str, where: EventFilter, box: JumpBox, then: Callable[[str], object]
    ) -> None:
        """Call *then* with the id of the event meant by *text*; if there is none, *box* says so."""

        def take(event_id: str | None) -> None:
            if event_id is None:
                box.say(tr("This issue has no such event."))
            else:
                box.hide()
                then(event_id)

        self._asking.ask("jump", find_wanted, issue, text, where, answer=take, failed=self._failed)

    def find_row(self, issue: int, which: str, where: EventFilter, then: Callable[[int], object]) -> None:
        """Call *then* with the row id of an event: latest, oldest, or by its id."""
        self._asking.ask(
            "row", _row_of, issue, which, where,
            answer=lambda row: None if row is None else then(row), failed=self._failed,
        )  # fmt: skip


def _row_of(db: Any, issue: int, which: str, where: EventFilter) -> int | None:
    if which in ("latest", "oldest"):
        row = issue_events.pick_event(db, issue, which, where)
    else:
        row = issue_event(db, issue, which)
    return row.id if row is not None else None
