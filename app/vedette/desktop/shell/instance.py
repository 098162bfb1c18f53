"""One process for the windows of a workspace: a second start asks the first to show something, and ends."""

import hashlib
import logging
import os
import sys
from dataclasses import dataclass

import orjson
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from vedette.desktop.shell.links import MOST_CHARACTERS
from vedette.domain.workspace import Workspace

log = logging.getLogger(__name__)

ANSWER_MS = 500
LINE_MS = 2_000
"""Who connected and said nothing for this long is let go."""
MOST_BYTES = 16 * 1024
"""More than the longest request there is; a longer one is not read."""
MOST_AT_ONCE = 8
_MOST_TOKEN = 500
_TAKEN = b"taken\n"
_ANY_PROCESS = -1  # ASFW_ANY


@dataclass(frozen=True, slots=True)
class Request:
    """What a start wants to be shown: a link's place if there is one, in a window of its own if so asked.

    ``token`` is what the desktop gave the start to prove that the user caused it; without it some desktops
    let no other window come to the front.
    """

    link: str = ""
    new_window: bool = False
    token: str = ""

    @classmethod
    def for_start(cls, link: str = "", new_window: bool = False) -> "Request":
        """Return the request of this start; whatever is no link stays so and can still be spoken of."""
        plain = "".join(sign if sign.isprintable() else "\ufffd" for sign in link[: MOST_CHARACTERS + 1])
        return cls(plain, new_window, activation_token())

    def to_line(self) -> bytes:
        """Return the request as the line `read_request` reads."""
        return orjson.dumps(["show", self.link, self.new_window, self.token]) + b"\n"


def read_request(line: bytes) -> Request | None:
    """Return the request in *line*, None for anything that is none."""
    try:
        word, link, new_window, token = orjson.loads(line)
    except (ValueError, TypeError):
        return None
    if word != "show" or not isinstance(link, str) or not isinstance(token, str):
        return None
    if len(link) > MOST_CHARACTERS + 1 or len(token) > _MOST_TOKEN or not (link + token).isprintable():
        return None
    return Request(link, new_window is True, token)


class SingleInstance(QObject):
    """The claim of this process to be the only one with windows on *workspace*."""

    raised = Signal()
    """Another start asked to come to the front, whatever else it asked."""
    linkArrived = Signal(str)
    """Another start brought a link, which nobody has looked at yet."""
    windowWanted = Signal(str)
    """Another start asked for a further window, at a link unless that is ""."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = f"vedette-{_digest(workspace)}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(MOST_AT_ONCE)
        self._server.newConnection.connect(self._answer)

    @property
    def name(self) -> str:
        """What the socket is called, which only processes of this user may open."""
        return self._name

    def claim(self, request: Request | None = None) -> bool:
        """Return whether this is the first; if not, the first has been asked what *request* says."""
        if self._ask_first(request or Request.for_start()):
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

    def _ask_first(self, request: Request) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(ANSWER_MS):
            return False
        _let_come_to_front()
        socket.write(request.to_line())
        socket.waitForBytesWritten(ANSWER_MS)
        # A first that is busy still reads it later; only that it got it is waited for.
        socket.waitForReadyRead(ANSWER_MS)
        socket.disconnectFromServer()
        return True

    def _answer(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            caller = _Caller(connection)
            caller.asked.connect(self._take)
            caller.read()

    def _take(self, request: Request) -> None:
        if request.token:
            # Qt hands it to the desktop with the next window that wants to the front.
            os.environ["XDG_ACTIVATION_TOKEN"] = request.token
        if request.new_window:
            self.windowWanted.emit(request.link)
            return
        self.raised.emit()
        if request.link:
            self.linkArrived.emit(request.link)


class _Caller(QObject):
    """One connection of another start, until its line is there or its time is over. Goes with it."""

    asked = Signal(object)

    def __init__(self, connection: QLocalSocket) -> None:
        super().__init__(connection)
        self._connection = connection
        self._line = b""
        self._is_done = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._let_go)
        self._timer.start(LINE_MS)
        # More than this is never held, however much is sent.
        connection.setReadBufferSize(MOST_BYTES)
        connection.readyRead.connect(self.read)
        connection.disconnected.connect(connection.deleteLater)

    def read(self) -> None:
        """Take in what has come so far."""
        if self._is_done:
            return
        self._line += self._connection.read(MOST_BYTES - len(self._line)).data()
        head, newline, _ = self._line.partition(b"\n")
        if newline:
            self._finish(read_request(head))
        elif len(self._line) >= MOST_BYTES:
            self._finish(None)

    def _finish(self, request: Request | None) -> None:
        self._is_done = True
        if request is None:
            log.warning("another start asked for something that is no request")
            self._let_go()
            return
        self._connection.write(_TAKEN)
        self._connection.flush()
        self.asked.emit(request)

    def _let_go(self) -> None:
        self._connection.abort()


def activation_token() -> str:
    """Return what the desktop gave this start to prove that the user caused it, "" if nothing."""
    token = os.environ.get("XDG_ACTIVATION_TOKEN") or os.environ.get("DESKTOP_STARTUP_ID") or ""
    return token if len(token) <= _MOST_TOKEN and token.isprintable() else ""


def _let_come_to_front() -> None:
    """Let the first process bring its window to the front, which on Windows only this one may now."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROCESS)


def _digest(workspace: Workspace) -> str:
    """Return a name for the folder that is the same in every process, and short enough for a socket."""
    folder = str(workspace.folder.resolve()).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(folder, digest_size=8).hexdigest()
