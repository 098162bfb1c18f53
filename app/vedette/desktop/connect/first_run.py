"""What the list of issues shows while nothing has come yet: where to point an SDK, and other beginnings."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from vedette.desktop.connect.copy_button import CopyButton
from vedette.desktop.connect.demo import open_demo
from vedette.desktop.connect.drop_area import DropArea
from vedette.desktop.connect.greeting import Greeting
from vedette.desktop.connect.snippet_panel import SnippetPanel
from vedette.desktop.connect.source import DsnSource
from vedette.desktop.connect.targets import spotlight_line
from vedette.desktop.language import tr
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.elided_label import ElidedLabel
from vedette.desktop.widgets.labels import label
from vedette.domain.times import now

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

WIDEST = 640


class FirstRun(QWidget):
    """DSN, snippet, test event, files, the demo, and a way to the whole page. Registers no commands."""

    navigate = Signal(object)
    settled = Signal()

    def __init__(
        self,
        bridge: "Bridge",
        theme: Theme,
        parent: QWidget | None = None,
        *,
        clock: Callable[[], int] = now,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.setObjectName("first_run")
        self.setAccessibleName(tr("Point an SDK at this station"))
        self.source = DsnSource(bridge, self)
        self._theme = theme
        self._mark = QLabel()
        self.title = label("", "header", name="first_run.title", wrap=True)
        self.panel = SnippetPanel(self.source, theme, name="first_run.snippet")
        self.spotlight = ElidedLabel(theme, "code", name="first_run.spotlight")
        self.copy_spotlight = CopyButton(
            theme, tr("Copy the Spotlight line"), self.spotlight.full_text, name="first_run.copy_spotlight"
        )
        self.greeting = Greeting(bridge, self.source, theme, name="first_run.greeting", clock=clock)
        self.pair = Button(theme, tr("Pair a device…"), name="first_run.pair", icon="smartphone")
        self.drop = DropArea(bridge, self.source, theme, name="first_run.drop")
        self.demo = Button(theme, tr("Open demo workspace"), name="first_run.demo", icon="play")
        self.trouble = label("", "error", name="first_run.trouble", wrap=True)
        self.trouble.hide()
        self._lay_out()
        self.source.changed.connect(self._follow)
        for part in (self.source, self.greeting, self.drop):
            part.settled.connect(self._settle)
        self.source.failed.connect(lambda sentence, _: self._say_trouble(sentence))
        self.greeting.navigate.connect(self.navigate)
        self.pair.clicked.connect(lambda: self.navigate.emit(Place("connect", query="places")))
        self.demo.clicked.connect(lambda: self._say_trouble(open_demo()))
        theme.changed.connect(self._follow)
        self.setFocusProxy(self.panel.platforms)
        self._follow()

    def _lay_out(self) -> None:
        page = QWidget()
        page.setMaximumWidth(WIDEST)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 24, 0, 24)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.title, 1)
        column.addLayout(head)
        column.addWidget(label(tr("No issue yet. Point a Sentry SDK here:"), "muted", wrap=True))
        column.addWidget(self.panel.platforms)
        column.addWidget(self.panel)
        column.addLayout(_row(label(tr("or no code:"), "muted"), self.spotlight, self.copy_spotlight))
        column.addSpacing(4)
        column.addWidget(self.greeting)
        column.addWidget(self.trouble)
        column.addSpacing(4)
        device = label(tr("Phone, emulator, container or another computer?"), "muted", wrap=True)
        column.addLayout(_row(None, device, self.pair))
        look = label(
            tr("Rather look around first? With recorded data, in a window of its own:"), "muted", wrap=True
        )
        column.addLayout(_row(None, look, self.demo))
        column.addWidget(self.drop)
        column.addStretch(1)
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        middle = QHBoxLayout(inner)
        middle.setContentsMargins(24, 0, 24, 0)
        middle.addStretch(1)
        middle.addWidget(page, 1_000)
        middle.addStretch(1)
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return self.source.is_settled and self.greeting.is_settled and self.drop.is_settled

    def _settle(self) -> None:
        if self.is_settled:
            self.settled.emit()

    def _follow(self) -> None:
        station = self._bridge.station
        address = self.source.address
        if station.listening:
            self.title.setText(tr("Listening on {address}").format(address=address))
        elif station.trouble:
            self.title.setText(station.trouble)
        else:
            not_yet = tr("The station on {address} is not running yet")
            self.title.setText(not_yet.format(address=address))
        icon, token = (
            ("radio", "level.ok.text") if station.listening else ("circle-alert", "level.warning.text")
        )
        self._mark.setPixmap(self._theme.icon_pixmap(icon, token, 20, self.devicePixelRatioF()))
        self.spotlight.set_text(spotlight_line(station.base_url))

    def _say_trouble(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))


def _row(first: QWidget | None, middle: QWidget, last: QWidget) -> QHBoxLayout:
    """Return a line whose *middle* gives way."""
    row = QHBoxLayout()
    row.setSpacing(8)
    if first is not None:
        row.addWidget(first)
    row.addWidget(middle, 1)
    row.addWidget(last)
    return row
