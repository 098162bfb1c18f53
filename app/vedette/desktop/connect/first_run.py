"""What the list of issues shows while nothing has come yet: where to point an SDK, in little room."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from vedette.desktop.connect.copy_button import CopyButton
from vedette.desktop.connect.greeting import Greeting
from vedette.desktop.connect.snippet_panel import SnippetPanel
from vedette.desktop.connect.source import DsnSource
from vedette.desktop.connect.targets import spotlight_line
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
    """DSN, snippet, test event, and a way to the whole page. Registers no commands."""

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
        self.setAccessibleName("Point an SDK at this station")
        self.source = DsnSource(bridge, self)
        self.title = label("", "header", name="first_run.title", wrap=True)
        self.panel = SnippetPanel(self.source, theme, name="first_run.snippet")
        self.spotlight = ElidedLabel(theme, "code", name="first_run.spotlight")
        self.copy_spotlight = CopyButton(
            theme, "the Spotlight line", self.spotlight.full_text, name="first_run.copy_spotlight"
        )
        self.greeting = Greeting(bridge, self.source, theme, name="first_run.greeting", clock=clock)
        self.pair = Button(theme, "Pair a device…", name="first_run.pair", icon="smartphone")
        self._lay_out()
        self.source.changed.connect(self._follow)
        self.source.settled.connect(self._settle)
        self.greeting.settled.connect(self._settle)
        self.greeting.navigate.connect(self.navigate)
        self.pair.clicked.connect(lambda: self.navigate.emit(Place("connect")))
        self.setFocusProxy(self.panel.platforms)
        self._follow()

    def _lay_out(self) -> None:
        page = QWidget()
        page.setMaximumWidth(WIDEST)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 24, 0, 24)
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addWidget(label("No issue yet. Point a Sentry SDK here:", "muted", wrap=True))
        column.addWidget(self.panel.platforms)
        column.addWidget(self.panel)
        no_code = QHBoxLayout()
        no_code.setSpacing(8)
        no_code.addWidget(label("or no code:", "muted"))
        no_code.addWidget(self.spotlight, 1)
        no_code.addWidget(self.copy_spotlight)
        column.addLayout(no_code)
        column.addSpacing(4)
        column.addWidget(self.greeting)
        device = QHBoxLayout()
        device.setSpacing(8)
        device.addWidget(label("Phone, emulator, container or another computer?", "muted", wrap=True), 1)
        device.addWidget(self.pair)
        column.addLayout(device)
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
        return self.source.is_settled and self.greeting.is_settled

    def _settle(self) -> None:
        if self.is_settled:
            self.settled.emit()

    def _follow(self) -> None:
        station = self._bridge.station
        if station.listening:
            self.title.setText(f"Listening on {self.source.address}")
        else:
            self.title.setText(station.trouble or f"The station on {self.source.address} is not running yet")
        self.spotlight.set_text(spotlight_line(station.base_url))
