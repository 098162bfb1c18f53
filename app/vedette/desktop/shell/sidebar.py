"""The sidebar: station card, sections with counts, stations nearby."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from vedette.desktop.bridge.state import Nearby, StationState
from vedette.desktop.language import tr
from vedette.desktop.shell.sections import Section
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets import units
from vedette.desktop.widgets.labels import frame, label
from vedette.desktop.widgets.plain_text import plain_tip, plain_title

WIDTH = 204
_ICON = 16
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Dot(QWidget):
    """A small coloured dot; what it means stands in words beside it."""

    def __init__(self, theme: Theme, token: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.token = token
        self.setFixedSize(9, 9)
        theme.changed.connect(self.update)

    def set_token(self, token: str) -> None:
        self.token = token
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(self.token))
        painter.drawEllipse(QRectF(0.5, 0.5, 8, 8))


class StationCard(QPushButton):
    """State, address and rate of the station; leads to the page that connects apps."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("station.card")
        self.setProperty("card", "true")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.dot = Dot(theme, "text.faint")
        self.state = label(tr("Starting…"), "title", name="station.state")
        self.lan = label("", "caption", name="station.lan")
        self.address = label("", "code.muted", name="station.address")
        self.rate = label("", "caption", name="station.rate")
        top = QHBoxLayout()
        top.setSpacing(7)
        top.addWidget(self.dot)
        top.addWidget(self.state)
        top.addStretch(1)
        top.addWidget(self.lan)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(2)
        layout.addLayout(top)
        layout.addWidget(self.address)
        layout.addWidget(self.rate)
        for child in (self.dot, self.state, self.lan, self.address, self.rate):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.say(StationState())

    @override
    def sizeHint(self) -> QSize:
        inner = self.layout()
        return inner.sizeHint() if inner is not None else super().sizeHint()

    def say(self, station: StationState) -> None:
        """Show the station's state."""
        if station.trouble and station.listening:
            state, token = tr("Trouble"), "level.warning.fill"
        elif station.listening:
            state, token = tr("Listening"), "level.ok.fill"
        else:
            state, token = (tr("Not reached") if station.attached else tr("Read only")), "text.faint"
        self.state.setText(state)
        self.dot.set_token(token)
        self.lan.setText(tr("LAN") if station.lan else "")
        address = station.address
        self.address.setText(address or tr("no station"))
        apps = tr("%n app(s) connected", "", station.senders) if station.senders else tr("No app connected")
        rate = units.count(round(station.rate))
        self.rate.setText(tr("{apps} · {rate} ev/min").format(apps=apps, rate=rate))
        self.setAccessibleName(
            tr("Station: {state}, {address}, {apps}, {rate} events a minute").format(
                state=state, address=address, apps=apps, rate=rate
            )
        )
        where = plain_tip("\n".join(station.addresses))
        self.setToolTip(plain_tip(station.trouble) or where or tr("No station is running."))


class SectionButton(QPushButton):
    """One section: icon, title, count."""

    def __init__(self, theme: Theme, section: Section, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._section = section
        self._count: int | None = None
        self._is_new = False
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setObjectName(f"section.{section.key}")
        self.setAccessibleName(section.title)
        self.setProperty("section", "true")
        self.setToolTip(f"{section.title} (G {section.go})")
        theme.changed.connect(self.update)

    def set_count(self, count: int | None) -> None:
        self._count = count
        self._say()

    def set_new(self, new: bool) -> None:
        """Mark a section that appeared and was not looked at yet."""
        self._is_new = new
        self._say()

    def _say(self) -> None:
        parts = [self._section.title]
        if self._count is not None:
            parts.append(units.count(self._count))
        if self._is_new:
            parts.append(tr("new"))
        self.setAccessibleName(", ".join(parts))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 16, round(self._theme.line_height("body")) + 12)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(theme.color("focus") if self._shows_focus(option) else Qt.PenStyle.NoPen)
        if self.isChecked() or hovered:
            painter.setBrush(theme.color("bg.selected" if self.isChecked() else "bg.hover"))
        painter.drawRoundedRect(box, 6, 6)
        ink = "accent.text" if self.isChecked() else "text.muted"
        middle = self.height() / 2
        pixmap = theme.icon_pixmap(self._section.icon, ink, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(10, round(middle - _ICON / 2), pixmap)
        role = "title" if self.isChecked() else "body.medium"
        painter.setFont(theme.font(role))
        painter.setPen(theme.color("text" if self.isChecked() else "text.muted"))
        painter.drawText(QRectF(36, 0, self.width() - 80, self.height()), _LEFT, self._section.title)
        if self._is_new:
            width = theme.metrics(role).horizontalAdvance(self._section.title)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.drawEllipse(QRectF(36 + width + 7, middle - 3, 6, 6))
        if self._count is not None:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("text" if self.isChecked() else "text.muted"))
            painter.drawText(
                QRectF(self.width() - 64, 0, 54, self.height()), _RIGHT, units.short_count(self._count)
            )

    @staticmethod
    def _shows_focus(option: QStyleOptionButton) -> bool:
        return bool(
            option.state & QStyle.StateFlag.State_HasFocus
            and option.state & QStyle.StateFlag.State_KeyboardFocusChange
        )


class NearbyRow(QPushButton):
    """Another station on the network: its name, and how many projects it has; a menu to reach it."""

    def __init__(self, theme: Theme, station: Nearby, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._station = station
        projects = tr("%n project(s)", "", station.projects)
        self.setObjectName(f"nearby.{station.id}")
        self.setProperty("section", "true")
        self.setAccessibleName(f"{station.name}, {projects}")
        self.setToolTip(plain_tip("\n".join((station.name, projects, *station.urls))))
        self.clicked.connect(self.show_menu)
        theme.changed.connect(self.update)

    def build_menu(self) -> QMenu:
        """Return what can be done with the station: copy an address, see its page in a browser."""
        menu = QMenu(self)
        for url in self._station.urls:
            menu.addAction(tr("Copy {address}").format(address=plain_title(url))).triggered.connect(
                lambda _checked=False, url=url: QGuiApplication.clipboard().setText(url)
            )
        if not self._station.urls:
            menu.addAction(tr("It names no address")).setEnabled(False)
        return menu

    def show_menu(self) -> None:
        """Open the menu below the row."""
        menu = self.build_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    @override
    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 32, round(self._theme.line_height("body")) + 12)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, middle = self._theme, self.height() / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.underMouse():
            painter.setPen(theme.color("focus") if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("bg.hover"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        pixmap = theme.icon_pixmap("monitor", "text.muted", _ICON, self.devicePixelRatioF())
        painter.drawPixmap(2, round(middle - _ICON / 2), pixmap)
        painter.setPen(theme.color("text.muted"))
        painter.setFont(theme.font("caption"))
        count = units.short_count(self._station.projects) if self._station.projects else units.NO_VALUE
        rect = QRectF(0, 0, self.width() - 2, self.height())
        painter.drawText(rect, _RIGHT, count)
        painter.setFont(theme.font("body.medium"))
        room = self.width() - 28 - 40
        name = theme.metrics("body.medium").elidedText(self._station.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(28, 0, room + 8, self.height()), _LEFT, name)
        painter.end()


class NetworkSwitch(QWidget):
    """Whether devices on the network may send, with what that exposes in words."""

    wanted = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.box = QCheckBox(tr("Local network"))
        self.box.setObjectName("station.network")
        self.box.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 2, 4, 0)
        row.addWidget(self.box)

    def say(self, station: StationState) -> None:
        """Show what the station does now."""
        self.box.setEnabled(station.listening)
        self.box.setChecked(station.lan)
        where = plain_tip("\n".join(station.addresses))
        self.box.setToolTip(
            tr("Devices on this network can send to\n{addresses}").format(addresses=where)
            if station.lan
            else tr("Only programs on this computer can send.")
        )

    def _ask(self, on: bool) -> None:
        """Say what switching on exposes before it does; off needs no question."""
        if not on:
            self.wanted.emit(False)
            return
        self.box.setChecked(False)  # until the station says so
        menu = QMenu(self)
        menu.setAccessibleName(tr("Listen on the local network"))
        sentence = menu.addAction(
            tr("Every device on this network can then send to a project whose key it knows.")
        )
        sentence.setEnabled(False)
        reading = menu.addAction(
            tr("Reading needs the token of this computer. The station says its name there.")
        )
        reading.setEnabled(False)
        menu.addSeparator()
        yes = menu.addAction(self._theme.icon("wifi"), tr("Listen on the local network"))
        yes.triggered.connect(lambda: self.wanted.emit(True))
        menu.setActiveAction(yes)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


class Sidebar(QWidget):
    """Everything at the left edge."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, sections: Sequence[Section], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown_nearby: tuple[Nearby, ...] = ()
        self.setObjectName("sidebar")
        self.setFixedWidth(WIDTH)
        ground = frame("sidebar", "sidebar.ground")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)
        self.card = StationCard(theme)
        self.network = NetworkSwitch(theme)
        self.card.clicked.connect(lambda: self.chosen.emit("connect"))
        self.buttons = {s.key: SectionButton(theme, s) for s in sections if s.is_listed}
        for section in sections:
            if section.is_listed and section.waits_for:
                self.buttons[section.key].hide()
        self._nearby = QWidget()
        self._nearby_rows = QVBoxLayout(self._nearby)
        self._nearby_rows.setContentsMargins(8, 12, 8, 0)
        self._nearby_rows.setSpacing(1)
        layout = self._column = QVBoxLayout(ground)
        layout.setContentsMargins(8, 10, 8, 10)
        layout.setSpacing(1)
        layout.addWidget(self.card)
        layout.addWidget(self.network)
        layout.addSpacing(8)
        listed = [section for section in sections if section.is_listed]
        for section in listed:
            if not section.at_bottom:
                layout.addWidget(self.buttons[section.key])
        layout.addWidget(self._nearby)
        layout.addStretch(1)
        for section in listed:
            if section.at_bottom:
                layout.addWidget(self.buttons[section.key])
        for key, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
        self._nearby.hide()

    def put_below(self, key: str, panel: QWidget) -> None:
        """Put *panel* below the entry of the section *key*."""
        self._column.insertWidget(self._column.indexOf(self.buttons[key]) + 1, panel)

    def choose(self, key: str) -> None:
        """Show *key* as the section one is in."""
        for name, button in self.buttons.items():
            button.setChecked(name == key)
            if name == key:
                button.set_new(False)
                button.show()

    def reveal(self, key: str, *, new: bool) -> None:
        """Show the entry of section *key* from now on, with a quiet dot if it is *new*."""
        if self.buttons[key].isHidden():
            self.buttons[key].show()
            self.buttons[key].set_new(new and not self.buttons[key].isChecked())

    def set_count(self, key: str, count: int | None) -> None:
        self.buttons[key].set_count(count)

    def set_station(self, station: StationState) -> None:
        """Show the station's state, and the other stations it sees."""
        self.card.say(station)
        self.network.say(station)
        if station.nearby != self._shown_nearby:
            self._shown_nearby = station.nearby
            self._show_nearby(station.nearby)

    def _show_nearby(self, stations: Sequence[Nearby]) -> None:
        while (item := self._nearby_rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._nearby.setVisible(bool(stations))
        if stations:
            self._nearby_rows.addWidget(label(tr("Stations nearby"), "caption.strong", name="nearby.title"))
        for other in stations:
            self._nearby_rows.addWidget(NearbyRow(self._theme, other))
