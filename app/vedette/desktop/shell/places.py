"""Where a user can be: a section, what is open in it, and the query."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One place. ``id`` is an issue's row id or a trace's 32 hex; ``extra`` an event or span."""

    section: str
    id: int | str | None = None
    query: str = ""
    extra: str = ""


class History:
    """The way back and forward through places."""

    def __init__(self, limit: int = 200) -> None:
        self._places: list[Place] = []
        self._at = -1
        self._limit = limit

    @property
    def current(self) -> Place | None:
        return self._places[self._at] if self._at >= 0 else None

    @property
    def can_go_back(self) -> bool:
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        return self._at < len(self._places) - 1

    def visit(self, place: Place) -> None:
        """Go to a new place; what lay ahead is forgotten. The same place again changes nothing."""
        if place == self.current:
            return
        del self._places[self._at + 1 :]
        self._places.append(place)
        del self._places[: -self._limit]
        self._at = len(self._places) - 1

    def back(self) -> Place | None:
        """Step back; None at the beginning."""
        return self._step(-1)

    def forward(self) -> Place | None:
        """Step forward; None at the end."""
        return self._step(1)

    def _step(self, by: int) -> Place | None:
        if not 0 <= self._at + by < len(self._places):
            return None
        self._at += by
        return self._places[self._at]
