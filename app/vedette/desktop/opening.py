"""What is opened from outside: links are followed, files are sent to the station as if dropped on Connect."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QUrl

from vedette.desktop.language import tr
from vedette.desktop.shell.following import Followed, LinkFollower
from vedette.desktop.shell.places import Place

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge
    from vedette.desktop.connect.post import FileResult


def open_in(window: Any, bridge: "Bridge", what: str) -> None:
    """Open *what*, a ``vedette:`` or ``file:`` link, in *window*; what cannot be is said there."""
    url = QUrl(what)
    if url.isLocalFile():
        FileOpener(bridge, window, window).open(Path(url.toLocalFile()))
    elif what:
        LinkFollower(bridge, window, window).follow(what)


class FileOpener(QObject):
    """Sends a file once the station listens and its key is known, and shows what came in."""

    def __init__(self, bridge: "Bridge", window: Followed, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._window = window

    def open(self, path: Path) -> None:
        """Send the file at *path*, now or as soon as the station is there."""
        if self._bridge.station.listening:
            self._when_key_known(lambda dsn: self._send(path, dsn))
            return

        def look(_state: object) -> None:
            if self._bridge.station.listening:
                self._bridge.stationChanged.disconnect(look)
                self.open(path)

        self._bridge.stationChanged.connect(look)

    def _when_key_known(self, then: Callable[[str], object]) -> None:
        from vedette.desktop.connect.source import DsnSource  # start-up time: with it comes the store

        source = DsnSource(self._bridge, self)
        source.settled.connect(lambda: then(source.local_dsn), Qt.ConnectionType.SingleShotConnection)

    def _send(self, path: Path, dsn: str) -> None:
        from vedette.desktop.connect.post import send_files  # start-up time: with it comes the store

        self._bridge.compute(
            send_files, [path], dsn, answer=self._take, failed=self._window.say_trouble, owner=self
        )

    def _take(self, results: "list[FileResult]") -> None:
        for result in results:
            if result.why:
                sentence = tr("{file} was not taken: {why}").format(file=result.name, why=result.why)
                self._window.say_trouble(sentence)
            else:
                self._window.go_to(Place("ingest"))
