"""What is known of the files on this disk that an event's frames name, kept true while they are looked at."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.issue.read import EventPage
from vedette.desktop.issue.source.looking import LocalSource, SourceKey, look_up_all, look_up_one
from vedette.desktop.issue.stack.frames import Frame
from vedette.desktop.issue.stack.threads import ThreadChoice

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

_MOST_THREADS = 20
AGAIN_MS = 120
"""Editors write a file in several steps; it is read once they are through."""


def thread_key(choice: ThreadChoice) -> str:
    """Return the name that a thread's stack trace goes by here."""
    return f"thread {choice.at}"


def _stacks(page: EventPage) -> dict[str, tuple[Frame, ...]]:
    threads = {thread_key(choice): choice.frames for choice in page.threads[:_MOST_THREADS] if choice.frames}
    return page.stacks | threads


class PageSources(QObject):
    """The local source of one event's frames; read beside the window, and again when a file changes."""

    changed = Signal()
    """Something else is known than before."""
    settled = Signal()

    def __init__(self, bridge: "Bridge", parent: QObject) -> None:
        super().__init__(parent)
        self._page: EventPage | None = None
        self._found: dict[SourceKey, LocalSource] = {}
        self._asking = InFlight(bridge, self)
        self._asking.settled.connect(self.settled)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._note_change)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self.refresh)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being read."""
        return self._asking.is_settled and not self._again.isActive()

    def set_page(self, page: EventPage) -> None:
        """Speak of another event: what was read with it now, the rest and git's word soon."""
        self._asking.cancel_all()
        self._again.stop()
        self._page, self._found = page, dict(page.sources)
        self.refresh()

    def of(self, stack: str) -> dict[int, LocalSource]:
        """Return what is known of the frames of the stack trace *stack*, by their places."""
        return {at: local for (name, at), local in self._found.items() if name == stack}

    def refresh(self) -> None:
        """Look at the files again."""
        page = self._page
        if page is not None and page.roots:
            self._asking.compute(
                "sources",
                look_up_all,
                page.roots,
                _stacks(page),
                page.revisions,
                answer=self._take,
                failed=self._keep,
            )

    def locate(self, frame: Frame, answer: Callable[[LocalSource | None], object]) -> None:
        """Look for the file of any frame, also of a library's, and give what is found to *answer*."""
        page = self._page
        if page is None or not page.roots:
            answer(None)
            return

        def fail(sentence: str, details: str) -> None:
            answer(None)

        self._asking.compute("one", look_up_one, page.roots, frame, answer=answer, failed=fail)

    def _take(self, found: dict[SourceKey, LocalSource]) -> None:
        self._watch(found)
        if found != self._found:
            self._found = found
            self.changed.emit()

    def _watch(self, found: dict[SourceKey, LocalSource]) -> None:
        wanted = {str(local.path) for local in found.values() if local.path is not None}
        watched = set(self._watcher.files())
        if gone := watched - wanted:
            self._watcher.removePaths(list(gone))
        if new := wanted - watched:  # also one that was replaced: the watch went with the old file
            self._watcher.addPaths(list(new))

    def _keep(self, sentence: str, details: str) -> None:
        """Leave things as they are; the event's own lines are shown where no file is known."""

    def _note_change(self, path: str) -> None:
        self._again.start()
