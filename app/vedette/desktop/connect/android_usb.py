"""Android by cable: `adb reverse`, run for a device when the user says so."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.connect import adb as bridge_of
from vedette.desktop.connect.adb import Adb, Device
from vedette.desktop.connect.copy_button import CopyButton
from vedette.desktop.connect.source import DsnSource
from vedette.desktop.connect.targets import adb_line
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.elided_label import ElidedLabel
from vedette.desktop.widgets.labels import label, set_role
from vedette.desktop.widgets.plain_text import plain_title

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge


class AndroidUsb(QWidget):
    """The command, what adb sees, and a Run button for each device."""

    settled = Signal()

    def __init__(self, bridge: "Bridge", source: DsnSource, theme: Theme, *, name: str) -> None:
        super().__init__()
        self._source = source
        self._theme = theme
        self._asking = InFlight(bridge, self)
        self._adb = Adb()
        self._buttons: list[Button] = []
        self.setObjectName(name)
        self.setAccessibleName(tr("Android by USB"))
        self.value = ElidedLabel(theme, "code", name=f"{name}.value")
        self.copy = CopyButton(theme, tr("Copy the adb command"), self.value.full_text, name=f"{name}.copy")
        self.said = label("", "caption", name=f"{name}.said", wrap=True)
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.look = Button(
            theme, tr("Look for devices"), name=f"{name}.look", role="small", icon="folder-search"
        )
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.value, 1)
        head.addWidget(self.copy)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self.look)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.said)
        column.addLayout(self._row)
        self.look.clicked.connect(lambda: self.look_for(start_server=True))
        self._asking.settled.connect(self.settled)
        source.changed.connect(self._follow)
        self._follow()
        self._show()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return self._asking.is_settled

    @property
    def runs(self) -> tuple[Button, ...]:
        """The Run buttons, one for each device that is ready."""
        return tuple(self._buttons)

    def look_for(self, *, start_server: bool) -> None:
        """See what adb has; its server is started only with *start_server*."""
        self._say(tr("Looking for adb…") if start_server else "")
        self._asking.compute(
            "find",
            _look,
            start_server,
            answer=self._take,
            failed=lambda sentence, _: self._say(sentence, "error"),
        )

    def _take(self, found: Adb) -> None:
        self._adb = found
        self._show()

    def _follow(self) -> None:
        self.value.set_text(adb_line(self._source.reach.port))

    def _show(self) -> None:
        adb = self._adb
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        ready = [device for device in adb.devices if device.is_ready]
        self._buttons = [self._run_button(device) for device in ready]
        for n, button in enumerate(self._buttons):
            self._row.insertWidget(n, button)
        self.look.setVisible(bool(adb.path))
        self.look.setText(tr("Look again") if adb.is_asked else tr("Look for devices"))
        self.look.setAccessibleName(self.look.text())
        self._say(_sentence(adb), "error" if adb.problem else "caption")

    def _run_button(self, device: Device) -> Button:
        button = Button(
            self._theme,
            plain_title(tr("Run for {device}").format(device=device.title)),
            name=f"{self.objectName()}.run.{device.serial}",
            role="small",
            icon="play",
        )
        button.clicked.connect(lambda: self._run(device))
        return button

    def _run(self, device: Device) -> None:
        self._say(tr("Running…"))
        self._asking.compute(
            "reverse", bridge_of.reverse, self._adb.path, device.serial, self._source.reach.port,
            answer=lambda why: self._ran(device, why), failed=lambda sentence, _: self._ran(device, sentence),
        )  # fmt: skip

    def _ran(self, device: Device, why: str) -> None:
        if why:
            self._say(why, "error")
        else:
            done = tr("Done. On {device} the DSN for this computer works until the cable is pulled.")
            self._say(done.format(device=device.title), "ok")

    def _say(self, text: str, role: str = "caption") -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
        set_role(self.said, role)


def _look(start_server: bool) -> Adb:
    return bridge_of.look(start_server=start_server)


def _sentence(adb: Adb) -> str:
    """Return what to say of what adb sees."""
    if adb.problem:
        return adb.problem
    if not adb.path:
        return tr("Then the DSN for this computer works on the device. adb was not found on this machine.")
    if not adb.is_asked:
        return tr("Then the DSN for this computer works on the device.")
    waiting = [device.title for device in adb.devices if device.state == "unauthorized"]
    if waiting:
        return tr("{device} asks whether to allow debugging from this computer.").format(device=waiting[0])
    if not adb.devices:
        return tr("No device is connected. Switch on USB debugging in its developer options.")
    return tr("Then the DSN for this computer works on the device.")
