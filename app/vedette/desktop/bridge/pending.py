"""Live changes on their way to the views, merged by kind."""

from vedette.domain.changes import Change, ChangeKind

MOST_IDS = 20_000
"""With more ids than this of one kind, it is said without ids: anything of the kind may have changed."""


class Pending:
    """Changes that wait. However many come, what is held stays small."""

    def __init__(self) -> None:
        self._ids: dict[ChangeKind, dict[int | str, None] | None] = {}
        self.events = 0
        """How many new events wait."""

    def __bool__(self) -> bool:
        return bool(self._ids)

    def add(self, change: Change) -> None:
        """Take one change in; no ids means anything of its kind."""
        if change.kind is ChangeKind.EVENT:
            self.events += len(change.ids)
        held = self._ids.get(change.kind, {})
        if not change.ids or held is None:
            self._ids[change.kind] = None
            return
        held.update(dict.fromkeys(change.ids))
        self._ids[change.kind] = held if len(held) <= MOST_IDS else None

    def take(self) -> tuple[Change, ...]:
        """Return what waits, one change for each kind, and begin anew."""
        found = tuple(Change(kind, tuple(ids or ())) for kind, ids in self._ids.items())
        self._ids = {}
        self.events = 0
        return found
