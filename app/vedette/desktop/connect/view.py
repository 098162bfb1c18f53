"""Connect an app: the DSN, a snippet, a QR code for phones, and who was heard."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.connect.actions import connect_commands
from vedette.desktop.connect.android_usb import AndroidUsb
from vedette.desktop.connect.greeting import Greeting
from vedette.desktop.connect.interface_ticks import InterfaceTicks
from vedette.desktop.connect.qr_view import QrView
from vedette.desktop.connect.snippet_panel import SnippetPanel
from vedette.desktop.connect.source import DsnSource
from vedette.desktop.connect.target_rows import TargetRows
from vedette.desktop.connect.targets import targets
from vedette.desktop.language import tr
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import frame, label
from vedette.desktop.widgets.notices import Banner
from vedette.domain.times import now

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

WIDEST = 836
_CARD = 214
_BESIDE_FROM = 700  # a narrower page puts the card below


class ConnectView(QWidget):
    """How to point an SDK at this station."""

    navigate = Signal(object)
    settled = Signal()

    def __init__(
        self,
        bridge: "Bridge",
        commands: CommandRegistry,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        clock: Callable[[], int] = now,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("connect")
        self.setProperty("role", "canvas")
        self.setProperty("commandContext", "connect")
        self.setAccessibleName(tr("Connect an app"))
        self.commands = commands
        commands.register(*connect_commands(self))
        self.source = DsnSource(bridge, self)
        self.panel = SnippetPanel(self.source, theme, name="connect.snippet")
        self.greeting = Greeting(bridge, self.source, theme, name="connect.greeting", clock=clock)
        self.qr = QrView(theme, name="connect.qr", title=tr("QR code of the DSN"))
        self.card_title = label("", "title", name="connect.card.title", wrap=True)
        self.card_text = label("", "muted", name="connect.card.text", wrap=True)
        self.open_settings = Button(theme, tr("Open settings"), name="connect.card.settings", role="small")
        self.rows = TargetRows(theme, name="connect.target")
        self.usb = AndroidUsb(bridge, self.source, theme, name="connect.target.usb")
        self.ticks = InterfaceTicks(bridge, self.source, theme, name="connect.interfaces")
        self.banner = Banner(theme, name="connect.banner")
        self._lay_out()
        self.source.changed.connect(self._follow)
        self.source.failed.connect(lambda sentence, details: self.banner.say(sentence, details=details))
        for ended in (
            self.source.settled, self.greeting.settled, self.usb.settled, self.ticks.ended,
        ):  # fmt: skip
            ended.connect(self._settle)
        self.greeting.navigate.connect(self.navigate)
        self.open_settings.clicked.connect(lambda: self.navigate.emit(Place("settings", query="listening")))
        self.setFocusProxy(self.panel.platforms)
        self._follow()

    def _lay_out(self) -> None:
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(22)
        self._body.addWidget(self.panel, 1)
        self._body.addWidget(self._build_card(), 0, Qt.AlignmentFlag.AlignTop)
        page = QWidget()
        page.setMaximumWidth(WIDEST)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 28, 0, 28)
        column.setSpacing(14)
        column.addWidget(label(tr("Point an SDK at this station"), "hero", wrap=True))
        text = tr("Any Sentry SDK on this machine or this network works. Nothing leaves your network.")
        column.addWidget(label(text, "muted", wrap=True))
        column.addWidget(self.panel.platforms)
        column.addLayout(self._body)
        column.addWidget(self.greeting)
        for title, widgets in (
            (tr("Where your program runs"), (self.rows,)),
            (tr("Android by USB"), (self.usb,)),
            (tr("Who can reach this station"), (self.ticks,)),
        ):
            column.addSpacing(10)
            column.addWidget(label(title, "title"))
            for widget in widgets:
                column.addWidget(widget)
        column.addStretch(1)
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        middle = QHBoxLayout(inner)
        middle.setContentsMargins(24, 0, 24, 0)
        middle.addStretch(1)
        middle.addWidget(page, 1_000)
        middle.addStretch(1)
        self.area = QScrollArea()
        self.area.setObjectName("connect.area")
        self.area.setAccessibleName(tr("Connect an app"))
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.banner)
        layout.addWidget(self.area)

    def _build_card(self) -> QWidget:
        card = frame("code", "connect.card")
        card.setFixedWidth(_CARD)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 16, 16, 16)
        inside.setSpacing(8)
        middle = Qt.AlignmentFlag.AlignHCenter
        inside.addWidget(self.qr, 0, middle)
        for text in (self.card_title, self.card_text):
            text.setAlignment(middle)
            inside.addWidget(text)
        inside.addWidget(self.open_settings, 0, middle)
        return card

    # ---------------------------------------------------------------- what is shown

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        parts = (self.source, self.greeting, self.usb, self.ticks)
        return all(part.is_settled for part in parts)

    def go(self, place: Place) -> None:
        """Show *place*; its query may name a platform."""
        if place.query:
            self.choose_platform(place.query)

    def choose_platform(self, key: str) -> None:
        """Show the snippet of platform *key*. Raises KeyError."""
        self.panel.choose(key)

    def reload(self) -> None:
        """Read everything again."""
        self.banner.clear()
        self.source.read()
        self.greeting.read()

    def copy_dsn(self) -> None:
        """Copy the DSN."""
        self.panel.copy_dsn.copy()

    def copy_snippet(self) -> None:
        """Copy the snippet."""
        self.panel.copy_code.copy()

    def send_test_event(self) -> None:
        """Send a test event."""
        self.greeting.send_test_event()

    def _settle(self) -> None:
        if self.is_settled:
            self.settled.emit()

    def _follow(self) -> None:
        network = self.source.network_dsn
        self.qr.setVisible(bool(network))
        self.open_settings.setVisible(not network)
        if network:
            self.qr.set_text(network)
            self.card_title.setText(tr("Phone on this network"))
            self.card_text.setText(tr("Scan it to get the DSN onto a device."))
        else:
            self.card_title.setText(tr("Phones and other computers"))
            self.card_text.setText(
                tr("Only programs on this computer can send. Tick an interface below to let devices in.")
            )
        self.rows.show_targets(targets(self.source.reach, self.source.key))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.usb.look_for(start_server=False)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = event.size().width() >= _BESIDE_FROM
        directions = QBoxLayout.Direction
        self._body.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
