"""Connect an app: the DSN, a snippet, a QR code for phones, and who was heard."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.connect.actions import connect_commands
from vedette.desktop.connect.android_usb import AndroidUsb
from vedette.desktop.connect.greeting import Greeting
from vedette.desktop.connect.interface_ticks import InterfaceTicks
from vedette.desktop.connect.platforms import PLATFORMS
from vedette.desktop.connect.qr_view import QrView
from vedette.desktop.connect.snippet_panel import SnippetPanel
from vedette.desktop.connect.source import DsnSource
from vedette.desktop.connect.target_list import TargetList
from vedette.desktop.connect.targets import targets
from vedette.desktop.language import tr
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import frame, label
from vedette.desktop.widgets.notices import Banner
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.domain.times import now

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

WIDEST = 836
TABS = ("sdk", "places", "network")
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
        self.tabs = Segmented(
            theme,
            [
                Segment("sdk", tr("SDK")),
                Segment("places", tr("Devices and containers")),
                Segment("network", tr("Network")),
            ],
            name="connect.tabs",
            title=tr("What to connect"),
        )
        self.source = DsnSource(bridge, self)
        self.panel = SnippetPanel(self.source, theme, name="connect.snippet")
        self.greeting = Greeting(bridge, self.source, theme, name="connect.greeting", clock=clock)
        self.qr = QrView(theme, name="connect.qr", title=tr("QR code of the DSN"))
        self.card_title = label("", "title", name="connect.card.title", wrap=True)
        self.card_text = label("", "muted", name="connect.card.text", wrap=True)
        self.open_network = Button(theme, tr("Let devices in…"), name="connect.card.network", role="small")
        self.places = TargetList(theme, name="connect.places")
        self.usb = AndroidUsb(bridge, self.source, theme, name="connect.target.usb")
        self.ticks = InterfaceTicks(bridge, self.source, theme, name="connect.interfaces")
        self.banner = Banner(theme, name="connect.banner")
        commands.register(*connect_commands(self))
        self.places.currentRowChanged.connect(lambda _: commands.refresh())
        self._lay_out()
        self.source.changed.connect(self._follow)
        self.source.failed.connect(lambda sentence, details: self.banner.say(sentence, details=details))
        for ended in (
            self.source.settled, self.greeting.settled, self.usb.settled, self.ticks.ended,
        ):  # fmt: skip
            ended.connect(self._settle)
        self.greeting.navigate.connect(self.navigate)
        self.open_network.clicked.connect(lambda: self.show_tab("network"))
        self.tabs.chosen.connect(self.show_tab)
        self.setFocusProxy(self.panel.platforms)
        self._follow()

    def _lay_out(self) -> None:
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(22)
        self._body.addWidget(self.panel, 1)
        self._body.addWidget(self._build_card(), 0, Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._page("connect.sdk", self._sdk_column()))
        self._pages.addWidget(self._page("connect.devices", self._places_column(), scrolls=False))
        self._pages.addWidget(self._page("connect.network", self._network_column()))
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 24, 0)
        head.addStretch(1)
        inside = QVBoxLayout()
        inside.setSpacing(8)
        inside.addWidget(label(tr("Point an SDK at this station"), "hero", wrap=True))
        text = tr("Any Sentry SDK on this machine or this network works. Nothing leaves your network.")
        inside.addWidget(label(text, "muted", wrap=True))
        inside.addSpacing(2)
        inside.addWidget(self.tabs)
        box = QWidget()
        box.setMaximumWidth(WIDEST)
        box.setLayout(inside)
        inside.setContentsMargins(0, 0, 0, 0)
        head.addWidget(box, 1_000)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addLayout(head)
        layout.addWidget(self._pages, 1)

    def _sdk_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(self.panel.platforms)
        column.addLayout(self._body)
        column.addWidget(self.greeting)
        column.addStretch(1)
        return column

    def _places_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(self.places, 1)
        column.addWidget(label(tr("Android by USB"), "title"))
        column.addWidget(self.usb)
        return column

    def _network_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(label(tr("Who can reach this station"), "title"))
        column.addWidget(self.ticks)
        column.addStretch(1)
        return column

    def _page(self, name: str, column: QVBoxLayout, *, scrolls: bool = True) -> QWidget:
        """Return a page as wide as is pleasant to read, which scrolls unless something in it does."""
        page = QWidget()
        page.setMaximumWidth(WIDEST)
        page.setLayout(column)
        column.setContentsMargins(0, 14, 0, 20)
        column.setSpacing(14)
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        middle = QHBoxLayout(inner)
        middle.setContentsMargins(24, 0, 24, 0)
        middle.addStretch(1)
        middle.addWidget(page, 1_000)
        middle.addStretch(1)
        if not scrolls:
            inner.setObjectName(name)
            return inner
        area = QScrollArea()
        area.setObjectName(name)
        area.setAccessibleName(tr("Connect an app"))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        return area

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
        inside.addWidget(self.open_network, 0, middle)
        return card

    # ---------------------------------------------------------------- what is shown

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        parts = (self.source, self.greeting, self.usb, self.ticks)
        return all(part.is_settled for part in parts)

    def go(self, place: Place) -> None:
        """Show *place*; its query may name a tab or a platform."""
        if place.query in TABS:
            self.show_tab(place.query)
        elif place.query:
            self.show_tab(TABS[0])
            self.choose_platform(place.query)

    def show_tab(self, key: str) -> None:
        """Show ``sdk``, ``places`` (lines for devices and containers) or ``network``."""
        self.tabs.choose(key)
        self._pages.setCurrentIndex(TABS.index(key))
        self.setFocusProxy((self.panel.platforms, self.places, self.tabs)[TABS.index(key)])
        if key == "places":
            self.usb.look_for(start_server=False)

    def view_state(self) -> dict[str, Any]:
        """Return what brings the page back as it is."""
        return {"tab": self.tabs.current(), "platform": self.panel.platforms.current()}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Show what `view_state` returned."""
        if state.get("tab") in TABS:
            self.show_tab(str(state["tab"]))
        if any(platform.key == state.get("platform") for platform in PLATFORMS):
            self.choose_platform(str(state["platform"]))

    def copy_line(self) -> None:
        """Copy the chosen line for a device or container."""
        self.places.copy_current()

    def has_line(self) -> bool:
        return self.tabs.current() == "places" and self.places.current_key() is not None

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
        self.open_network.setVisible(not network)
        if network:
            self.qr.set_text(network)
            self.card_title.setText(tr("Phone on this network"))
            self.card_text.setText(tr("Scan it to get the DSN onto a device."))
        else:
            self.card_title.setText(tr("Phones and other computers"))
            self.card_text.setText(
                tr("Only programs on this computer can send until you tick a network interface.")
            )
        self.places.show_targets(targets(self.source.reach, self.source.key))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = event.size().width() >= _BESIDE_FROM
        directions = QBoxLayout.Direction
        self._body.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
