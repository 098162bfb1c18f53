"""A look at the database once after each start: is it still sound?

In a thread of its own, when there is first nothing else to do, since reading a large file through takes
seconds. After an end that was not a clean one it may take longer.
"""

import threading
from collections.abc import Callable

from vedette.domain.workspace import Workspace
from vedette.store.check import CHECK_SECONDS, DatabaseFacts, check_database
from vedette.store.errors import StoreError

QUICK_SECONDS = 3.0


class Soundness:
    """Checks once; `trouble` is a sentence once something was found."""

    def __init__(self, workspace: Workspace, *, check: Callable[..., DatabaseFacts] = check_database) -> None:
        """Made before the database is opened: what lies beside it then tells how the last process ended."""
        self._path = workspace.database
        self._check = check
        wal = workspace.database.with_name(workspace.database.name + "-wal")
        left = workspace.mark.exists() or (wal.exists() and wal.stat().st_size > 0)
        self._seconds = CHECK_SECONDS if left else QUICK_SECONDS
        self._thread: threading.Thread | None = None
        self._told = False
        self.trouble = ""

    def start(self) -> None:
        """Begin, if it has not begun yet."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="database check", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        try:
            facts = self._check(self._path, seconds=self._seconds)
        except StoreError as error:
            self.trouble = str(error)
            return
        if facts.faults:
            self.trouble = (
                f"Vedette's database is damaged ({facts.faults[0]}). `vedette doctor` says what can be done."
            )

    def take_trouble(self) -> str:
        """Return the sentence the first time it is there, "" otherwise."""
        if not self.trouble or self._told:
            return ""
        self._told = True
        return self.trouble

    def wait(self, seconds: float) -> None:
        """Wait until the check is over, at most *seconds*."""
        if self._thread is not None:
            self._thread.join(seconds)
