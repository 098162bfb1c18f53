"""One window for each workspace: a second start brings the first to the front and ends."""

import hashlib
import logging

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from vedette.domain.workspace import Workspace

log = logging.getLogger(__name__)

ANSWER_MS = 500


class SingleInstance(QObject):
    """The claim of this process to be the only window on *workspace*."""

    raised = Signal()
    """Another start asked this window to come to the front."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = f"vedette-{_digest(workspace)}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def claim(self) -> bool:
        """Return whether this is the first; if not, the first has been asked to come to the front."""
        if self._ask_first():
            return False
        # What a crashed process left behind keeps nobody out.
        QLocalServer.removeServer(self._name)
        if not self._server.listen(self._name):
            log.warning(
                "a second window on this workspace would not be noticed: %s", self._server.errorString()
            )
        return True

    def release(self) -> None:
        """Let another start be the first."""
        self._server.close()

    def _ask_first(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(ANSWER_MS):
            return False
        socket.write(b"raise\n")
        socket.waitForBytesWritten(ANSWER_MS)
        socket.disconnectFromServer()
        return True

    def _answer(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            connection.disconnected.connect(connection.deleteLater)
            self.raised.emit()


def _digest(workspace: Workspace) -> str:
    """Return a name for the folder that is the same in every process, and short enough for a socket."""
    folder = str(workspace.folder.resolve()).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(folder, digest_size=8).hexdigest()
