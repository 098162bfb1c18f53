""" "Send a test event", and beside it who was heard last, or why something was refused."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.connect.hello import HelloKind, read_hello
from vedette.desktop.connect.read import Arrived, read_arrival, read_latest
from vedette.desktop.connect.source import DsnSource
from vedette.desktop.ingest.processes import sender_processes
from vedette.desktop.ingest.wording import Listed
from vedette.desktop.language import tr
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import label, set_role
from vedette.domain.changes import ChangeKind
from vedette.domain.times import now

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

REFRESH_MS = 250
TICK_MS = 1_000
PATIENCE = 15
"""Seconds a test event may take until it is said that it has not come."""
_BESIDE_FROM = 480  # pixels; narrower, the link stands below the words
_LIVE = (ChangeKind.REQUEST, ChangeKind.PROJECT)
_STORED = (ChangeKind.EVENT, ChangeKind.ISSUE, ChangeKind.ISSUE_NEW)
_MARKS = {
    HelloKind.WAITING: ("circle", "text.faint"),
    HelloKind.SEEN: ("circle-check", "level.ok.text"),
    HelloKind.REFUSED: ("circle-alert", "level.error.text"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What stands beside the button, and the button behind it."""

    kind: HelloKind
    sentence: str
    title: str = ""
    place: Place | None = None


class Greeting(QWidget):
    """The test event's button and the line beside it."""

    navigate = Signal(object)
    settled = Signal()

    def __init__(
        self,
        bridge: "Bridge",
        source: DsnSource,
        theme: Theme,
        *,
        name: str,
        clock: Callable[[], int] = now,
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._source = source
        self._theme = theme
        self._clock = clock
        self._latest: list[Listed] = []
        self._awaited = ""  # the id of the test event that has been sent and is not stored yet
        self._waited = 0
        self._test: Line | None = None  # how the test goes; shown until somebody else is heard
        self._heard: int | None = None
        self._asking = InFlight(bridge, self)
        self.line = Line(HelloKind.WAITING, "")
        self.setObjectName(name)
        self.send = Button(theme, tr("Send a test event"), name=f"{name}.send", role="primary", icon="zap")
        self._mark = QLabel()
        self.words = label("", "muted", name=f"{name}.line", wrap=True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.link = Button(theme, "", name=f"{name}.link", role="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._said = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._said.setSpacing(8)
        self._said.addWidget(self.words, 1)
        self._said.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self.send)
        row.addWidget(self._mark)
        row.addLayout(self._said, 1)
        self.setMinimumWidth(240)  # else the link, which can go below, would keep it wide
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self.read)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._pass_time)
        self._tick.start()
        self.send.clicked.connect(self.send_test_event)
        self.link.clicked.connect(self._follow)
        self._asking.settled.connect(self.settled)
        bridge.changed.connect(self._take_changes)
        bridge.stationChanged.connect(lambda _: self._renew())
        theme.changed.connect(self._draw_mark)
        self._renew()
        self.read()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return self._asking.is_settled and not self._refresh.isActive()

    # ---------------------------------------------------------------- hello

    def read(self) -> None:
        """Look who was there last."""
        self._asking.ask("latest", read_latest, answer=self._take_latest, failed=lambda *_: None)

    def _take_latest(self, latest: list[Listed]) -> None:
        self._latest = latest
        self._renew()

    def _renew(self) -> None:
        """Show how the test goes, else who was heard last."""
        hello = read_hello(self._latest, self._clock(), sender_processes(self._bridge.station.details))
        if self._test is not None and not self.is_testing and hello.request != self._heard:
            self._test = None
        if self._test is not None:
            self._show(self._test)
        elif hello.kind is HelloKind.REFUSED:
            self._show(Line(hello.kind, hello.sentence, tr("Show in Ingest"), Place("ingest", hello.request)))
        else:
            self._show(Line(hello.kind, hello.sentence))

    def _show(self, line: Line) -> None:
        if line == self.line:
            return
        self.line = line
        self.words.setText(line.sentence)
        self.words.setAccessibleName(line.sentence)
        set_role(self.words, "error" if line.kind is HelloKind.REFUSED else "muted")
        self.link.setText(line.title)
        self.link.setAccessibleName(line.title)
        self.link.setVisible(bool(line.title))
        self._draw_mark()

    def _draw_mark(self) -> None:
        icon, token = _MARKS[self.line.kind]
        self._mark.setPixmap(self._theme.icon_pixmap(icon, token, 16, self.devicePixelRatioF()))

    def _follow(self) -> None:
        if self.line.place is not None:
            self.navigate.emit(self.line.place)

    # ---------------------------------------------------------------- the test event

    @property
    def is_testing(self) -> bool:
        """Whether a test event is on its way."""
        return not self.send.isEnabled()

    def send_test_event(self) -> None:
        """Send an error with a short trace to this station, and say where it ended up."""
        if self.is_testing:
            return
        self.send.setEnabled(False)
        self._test = Line(HelloKind.WAITING, tr("Sending…"))
        self._renew()
        self._bridge.send_test_event(
            self._source.local_dsn, answer=self._posted, failed=lambda why, _: self._refused(why), owner=self
        )

    def _posted(self, event_id: str) -> None:
        self._awaited, self._waited = event_id, 0
        self._test = Line(HelloKind.WAITING, tr("Sent. It is being stored…"))
        self._renew()
        self._look()

    def _refused(self, why: str) -> None:
        self._conclude(Line(HelloKind.REFUSED, why, tr("Show in Ingest"), Place("ingest")))

    def _look(self) -> None:
        self._asking.ask("arrival", read_arrival, self._awaited, answer=self._arrived, failed=lambda *_: None)

    def _arrived(self, arrived: Arrived | None) -> None:
        if arrived is not None:
            sentence = tr("The test event is stored: {title}").format(title=arrived.title)
            place = Place("issues", arrived.issue)
            self._conclude(
                Line(HelloKind.SEEN, sentence, tr("Open {issue}").format(issue=arrived.short), place)
            )

    def _conclude(self, line: Line) -> None:
        self._awaited = ""
        self._heard = read_hello(self._latest, self._clock()).request
        self._test = line
        self.send.setEnabled(True)
        self._renew()

    def _pass_time(self) -> None:
        if not self._awaited:
            self._renew()  # "3 s ago" grows older
            return
        self._waited += 1
        if self._waited > PATIENCE:
            why = tr("It was taken, but has not been stored within {seconds} s.").format(seconds=PATIENCE)
            self._conclude(Line(HelloKind.REFUSED, why, tr("Show in Ingest"), Place("ingest")))
        elif not self._asking.holds("arrival"):
            self._look()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        beside = event.size().width() >= _BESIDE_FROM
        self._said.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    # ---------------------------------------------------------------- live

    def _take_changes(self, changes: object) -> None:
        if not isinstance(changes, tuple):
            return
        kinds = {change.kind for change in changes}
        if self._awaited and kinds.intersection(_STORED):
            self._look()
        if kinds.intersection(_LIVE) and not self._refresh.isActive():
            self._refresh.start()
