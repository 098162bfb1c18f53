"""Through which interfaces the station can be reached: one tick each, with what it opens."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from vedette.desktop.bridge.state import StationState
from vedette.desktop.connect.copy_button import CopyButton
from vedette.desktop.connect.firewall import firewall_hint
from vedette.desktop.connect.reachable import Reachable
from vedette.desktop.connect.source import DsnSource
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.elided_label import ElidedLabel
from vedette.desktop.widgets.labels import label, set_role
from vedette.desktop.widgets.plain_text import plain_tip, plain_title

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge


class InterfaceTicks(QWidget):
    """Loopback, always on, and the machine's interfaces. A tick takes effect at once."""

    ended = Signal()
    """The station has answered a tick."""

    def __init__(self, bridge: "Bridge", source: DsnSource, theme: Theme, *, name: str) -> None:
        super().__init__()
        self._bridge = bridge
        self._source = source
        self._theme = theme
        self._boxes: dict[str, QCheckBox] = {}
        self._shown: tuple[Reachable, ...] | None = None
        self._under_way = 0
        self.setObjectName(name)
        self.setAccessibleName(tr("Interfaces"))
        self._check = QLabel()
        self.loopback = label(tr("This computer (loopback), always on"), "muted", name=f"{name}.loopback")
        self._ticks = QVBoxLayout()
        self._ticks.setSpacing(4)
        self.opens = label("", "caption", name=f"{name}.opens", wrap=True)
        self.trouble = label("", "error", name=f"{name}.trouble", wrap=True)
        self.trouble.hide()
        self.firewall = label("", "caption", name=f"{name}.firewall", wrap=True)
        self.command = ElidedLabel(theme, "code", name=f"{name}.command")
        self.copy_command = CopyButton(
            theme, tr("Copy the firewall command"), self.command.full_text, name=f"{name}.copy_command"
        )
        self._lay_out()
        theme.changed.connect(self._draw_check)
        self._draw_check()
        source.changed.connect(self._follow)
        bridge.stationChanged.connect(self._say_problems)
        self._follow()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        always = QHBoxLayout()
        always.setContentsMargins(4, 0, 0, 0)
        always.setSpacing(8)
        always.addWidget(self._check)
        always.addWidget(self.loopback, 1)
        column.addLayout(always)
        column.addLayout(self._ticks)
        for said in (self.opens, self.trouble, self.firewall):
            said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            column.addWidget(said)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.command, 1)
        row.addWidget(self.copy_command)
        column.addLayout(row)

    @property
    def is_settled(self) -> bool:
        """Whether no tick is being carried out."""
        return self._under_way == 0

    def box(self, interface: str) -> QCheckBox:
        """Return the box of *interface*. Raises KeyError."""
        return self._boxes[interface]

    # ---------------------------------------------------------------- what is shown

    def _draw_check(self) -> None:
        pixmap = self._theme.icon_pixmap("check", "level.ok.text", 16, self.devicePixelRatioF())
        self._check.setPixmap(pixmap)

    def _follow(self) -> None:
        reach = self._source.reach
        if self._under_way:
            return  # the answer brings the state; one from before would flip the tick back
        if reach.interfaces != self._shown:
            self._shown = reach.interfaces
            self._build(reach.interfaces)
        self._say_what_opens()
        hint = firewall_hint(reach.host, reach.port) if reach.open else None
        self.firewall.setVisible(hint is not None)
        self.firewall.setText(hint.sentence if hint else "")
        command = hint.command if hint else ""
        self.command.set_text(command)
        self.command.setVisible(bool(command))
        self.copy_command.setVisible(bool(command))

    def _build(self, interfaces: tuple[Reachable, ...]) -> None:
        """Show a box for each interface; boxes that stay keep the focus."""
        names = [one.name for one in interfaces]
        for name in [name for name in self._boxes if name not in names]:
            box = self._boxes.pop(name)
            self._ticks.removeWidget(box)
            box.hide()
            box.deleteLater()
        for n, one in enumerate(interfaces):
            box = self._boxes.get(one.name) or self._add(one.name)
            self._ticks.insertWidget(n, box)
            text = f"{one.name} · {one.words} · {', '.join(one.addresses[:2])}"
            box.setText(plain_title(text))
            box.setAccessibleName(text)
            box.setToolTip(plain_tip(", ".join(one.addresses)))
            box.setChecked(one.is_chosen or one.is_open)
            box.setEnabled(self._bridge.station.listening)

    def _add(self, name: str) -> QCheckBox:
        box = QCheckBox()
        box.setObjectName(f"{self.objectName()}.{name}")
        box.clicked.connect(self._tick)
        self._boxes[name] = box
        return box

    def _say_what_opens(self) -> None:
        port = self._source.reach.port
        ticked = [name for name, box in self._boxes.items() if box.isChecked()]
        if not self._boxes:
            text = tr("This machine has no network at the moment, or no station is running.")
        elif ticked:
            text = tr(
                "Port {port} is open to devices there. They may send with a key this station knows; other "
                "keys are refused and shown in Ingest. Reading needs the token, from everywhere."
            ).format(port=port)
        else:
            text = tr(
                "A tick opens port {port} to every device on that network: they may send with a known key. "
                "Reading always needs the token."
            ).format(port=port)
        self.opens.setText(text)

    def _say_problems(self, station: StationState) -> None:
        if not self._under_way:
            self._say_trouble(" ".join(map(str, station.details.get("problems") or ())))

    def _say_trouble(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))
        set_role(self.trouble, "error")

    # ---------------------------------------------------------------- ticking

    def _tick(self) -> None:
        chosen = [name for name, box in self._boxes.items() if box.isChecked()]
        self._under_way += 1
        self._say_what_opens()
        self._bridge.call(
            "PUT", "/station/", {"interfaces": chosen}, answer=lambda _: self._end(""),
            failed=lambda sentence, _: self._end(sentence), owner=self,
        )  # fmt: skip

    def _end(self, trouble: str) -> None:
        self._under_way -= 1
        if trouble:
            self._shown = None  # as the station has it, not as it was ticked
        self._say_trouble(trouble)
        if trouble:
            self._follow()
        self.ended.emit()
