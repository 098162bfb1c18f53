"""Where a user can be: a section, what is open in it, and the query; and the way back through such places."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vedette.desktop.shell.query_bar.draft import Off


@dataclass(frozen=True, slots=True)
class Place:
    """One place. ``id`` is an issue's or a request's row id or a trace's 32 hex.

    ``extra`` is an event of an issue, a span of a trace, the number of a request's item. ``off`` are terms of
    the query that are kept and not applied.
    """

    section: str
    id: int | str | None = None
    query: str = ""
    extra: str = ""
    off: "tuple[Off, ...]" = ()


@dataclass(slots=True)
class _Visit:
    """A place one was at, and how its view looked when one left."""

    place: Place
    number: int  # grows with each coming
    state: dict[str, Any] | None = None


class History:
    """The way back and forward through places."""

    def __init__(self, limit: int = 200) -> None:
        self._visits: list[_Visit] = []
        self._at = -1
        self._limit = limit
        self._number = 0

    @property
    def current(self) -> Place | None:
        return self._visits[self._at].place if self._at >= 0 else None

    @property
    def state(self) -> dict[str, Any] | None:
        """How the current place looked when one left it; None if one never did."""
        return self._visits[self._at].state if self._at >= 0 else None

    @property
    def can_go_back(self) -> bool:
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        return self._at < len(self._visits) - 1

    def keep(self, state: dict[str, Any]) -> None:
        """Remember how the current place looks."""
        if self._at >= 0:
            self._visits[self._at].state = state

    def visit(self, place: Place) -> None:
        """Go to a new place; what lay ahead is forgotten. The same place again changes nothing."""
        if place == self.current:
            return
        del self._visits[self._at + 1 :]
        self._visits.append(_Visit(place, self._next_number()))
        del self._visits[: -self._limit]
        self._at = len(self._visits) - 1

    def back(self) -> Place | None:
        """Step back; None at the beginning."""
        return self._step(-1)

    def forward(self) -> Place | None:
        """Step forward; None at the end."""
        return self._step(1)

    def latest_by_section(self) -> list[Place]:
        """Return for each section the place one was at last, the section one was in last first."""
        found: dict[str, Place] = {}
        for visit in sorted(self._visits, key=lambda visit: -visit.number):
            found.setdefault(visit.place.section, visit.place)
        return list(found.values())

    def off_beside(self, place: Place) -> "tuple[Off, ...]":
        """Return what was switched off beside the query of *place* when one was last in its section."""
        last = next((one for one in self.latest_by_section() if one.section == place.section), None)
        return last.off if last is not None and last.query == place.query else ()

    def _next_number(self) -> int:
        self._number += 1
        return self._number

    def _step(self, by: int) -> Place | None:
        if not 0 <= self._at + by < len(self._visits):
            return None
        self._at += by
        self._visits[self._at].number = self._next_number()
        return self._visits[self._at].place
