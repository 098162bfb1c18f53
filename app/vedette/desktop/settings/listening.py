"""The page of listening: who may reach the station, and by which addresses."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from vedette.desktop.bridge.state import StationState
from vedette.desktop.language import tr
from vedette.desktop.settings.calm import CalmSpinBox
from vedette.desktop.settings.page import SettingsPage, make_switch
from vedette.desktop.settings.row import SettingRow, side_by_side, value_label
from vedette.desktop.settings.station_values import USUAL, is_usual, value_of
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.plain_text import plain_title

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

_SECTION = "listening"
OTLP = 4318
"""Where OpenTelemetry's exporters send by HTTP unasked."""


class ListeningPage(SettingsPage):
    def __init__(self, bridge: "Bridge", theme: Theme) -> None:
        super().__init__(bridge, theme, "listening", tr("Listening"))
        self.addresses = value_label(theme, "settings.addresses", role="code")
        self.add(
            SettingRow(
                theme, tr("Addresses"), self.addresses, name="settings.addresses", words="port url ip host"
            )
        )
        self.lan = make_switch("settings.lan", tr("Take events from the local network"))
        self._lan_row = self._add("lan", self.lan, tr("Local network"), words="lan wifi phone device")
        self._ticks: dict[str, QCheckBox] = {}
        self._interfaces = QWidget()
        self._interfaces.setAccessibleName(tr("Interfaces"))
        self._tick_column = QVBoxLayout(self._interfaces)
        self._tick_column.setContentsMargins(0, 0, 0, 0)
        self._tick_column.setSpacing(2)
        self._interfaces_row = self._add(
            "interfaces",
            self._interfaces,
            tr("Interfaces"),
            about=tr("The local network is listened to on those that are ticked; none ticked: on all."),
            words="network adapter ethernet address",
        )
        self.announce = make_switch("settings.announce", tr("Announce the station"))
        self._add(
            "announce",
            self.announce,
            tr("Announce"),
            about=tr(
                "While it listens to the local network, the station says by multicast DNS that it is there, "
                "so that phones and other desks find it."
            ),
            words="zeroconf mdns bonjour discovery nearby",
        )
        self.name = QLineEdit()
        self.name.setObjectName("settings.name")
        self.name.setAccessibleName(tr("Name of the station"))
        self.name.setMaxLength(100)
        self.name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._add(
            "name", self.name, tr("Name"), about=tr("What others see it called; empty: this computer's name.")
        )
        self.spotlight = make_switch("settings.spotlightReading", tr("Let Spotlight tools read"))
        self._add(
            "spotlightReading",
            self.spotlight,
            tr("Spotlight tools"),
            about=tr(
                "Programs and pages of this computer may read what arrives at /stream without a token, as "
                "Spotlight's own tools do."
            ),
            words="sidecar stream overlay",
        )
        self._add_otlp()
        self.lan.clicked.connect(lambda on: self.put_station({"lan": on}))
        self.announce.clicked.connect(lambda on: self.put_station({"announce": on}))
        self.spotlight.clicked.connect(lambda on: self.put_station({"spotlightReading": on}))
        self.name.editingFinished.connect(self._put_name)
        self.show_station(bridge.station)

    def _add_otlp(self) -> None:
        self.otlp = CalmSpinBox("settings.otlpPort", tr("Port for OpenTelemetry"), 0, 65_535)
        self.otlp.setSpecialValueText(tr("none", "port"))
        self.otlp_usual = Button(
            self._theme, tr("Use {port}").format(port=OTLP), name="settings.otlpPort.use"
        )
        self.otlp_usual.setAccessibleName(tr("Use port {port} for OpenTelemetry").format(port=OTLP))
        both = side_by_side(self.otlp, self.otlp_usual)
        both.setFocusProxy(self.otlp)
        self._otlp_row = self._add(
            "otlpPort", both, tr("OpenTelemetry port"), words="otlp otel 4318 exporter collector http"
        )
        self.otlp.editingFinished.connect(lambda: self._put_otlp(self.otlp.value()))
        self.otlp_usual.clicked.connect(lambda: self._put_otlp(OTLP))

    def _put_otlp(self, port: int) -> None:
        if port != value_of(self._bridge.station, _SECTION, "otlpPort"):
            self.put_station({"otlpPort": port})

    def _add(
        self, member: str, control: QWidget, title: str, *, about: str = "", words: str = ""
    ) -> SettingRow:
        usual = USUAL[_SECTION][member]
        row = SettingRow(
            self._theme,
            title,
            control,
            name=f"settings.{member}",
            about=about,
            words=words,
            usual=_in_words(usual),
            is_usual=lambda: is_usual(self._bridge.station, _SECTION, member),
            reset=lambda: self.put_station({member: usual}),
        )
        self.add(row)
        return row

    def show_station(self, station: StationState) -> None:
        self.addresses.say("\n".join(station.addresses) or tr("Nowhere: no station is running."))
        for member, switch in (
            ("lan", self.lan),
            ("announce", self.announce),
            ("spotlightReading", self.spotlight),
        ):
            switch.setChecked(bool(value_of(station, _SECTION, member)))
        self.lan.setChecked(station.lan)
        if not self.name.hasFocus():
            self.name.setText(str(value_of(station, _SECTION, "name")))
        self.name.setPlaceholderText(str(station.details.get("hostName") or ""))
        self._show_interfaces(station.details.get("interfaces") or [])
        port = int(value_of(station, _SECTION, "otlpPort"))
        if not self.otlp.hasFocus():
            self.otlp.setValue(port)
        self.otlp_usual.setHidden(port == OTLP)
        self._otlp_row.say_help(about_otlp(station, port))
        controls = (self.lan, self.announce, self.spotlight, self.name, self._interfaces, self.otlp)
        for control in (*controls, self.otlp_usual):
            control.setEnabled(station.listening)
        self._lan_row.say_help(about_listening(station))
        self.show_states()

    def _show_interfaces(self, interfaces: list[Any]) -> None:
        """Show a tick for each interface; those that stay keep their widget, so that the keyboard stays."""
        some_chosen = bool(value_of(self._bridge.station, _SECTION, "interfaces"))
        named = {str(found.get("name")): found for found in interfaces if isinstance(found, dict)}
        for name in [name for name in self._ticks if name not in named]:
            tick = self._ticks.pop(name)
            tick.hide()
            tick.deleteLater()
        for name, found in named.items():
            tick = self._ticks.get(name) or self._make_tick(name)
            addresses = ", ".join(map(str, found.get("addresses") or ()))
            tick.setText(plain_title(f"{name}: {addresses}" if addresses else name))
            tick.setAccessibleName(f"{name} {addresses}".strip())
            tick.setChecked(some_chosen and bool(found.get("isChosen")))
        self._interfaces_row.setHidden(not named)

    def _make_tick(self, name: str) -> QCheckBox:
        tick = QCheckBox()
        tick.setObjectName(f"settings.interfaces.{name}")
        tick.clicked.connect(lambda: self._put_interfaces())
        self._tick_column.addWidget(tick)
        tick.show()
        self._ticks[name] = tick
        return tick

    def _put_interfaces(self) -> None:
        chosen = [name for name, tick in self._ticks.items() if tick.isChecked()]
        self.put_station({"interfaces": list(chosen)})

    def _put_name(self) -> None:
        name = self.name.text().strip()
        if name != value_of(self._bridge.station, _SECTION, "name"):
            self.put_station({"name": name})


def _in_words(usual: object) -> str:
    if isinstance(usual, bool):
        return tr("on") if usual else tr("off")
    return str(usual) if usual else tr("none")


def about_otlp(station: StationState, port: int) -> str:
    """Return what the port is for, or why it cannot be listened on."""
    said = tr(
        "Listened on too, at the same addresses, at once. {usual} is where OpenTelemetry's exporters send "
        "when nobody tells them."
    ).format(usual=OTLP)
    problems = [str(one) for one in station.details.get("problems") or () if f"Port {port} " in str(one)]
    return " ".join((*problems, said)) if port else said


def about_listening(station: StationState) -> str:
    """Return what the switch for the network exposes, or would."""
    if not station.listening:
        return tr("No station is running: nothing is taken, and these settings cannot be changed.")
    where = ", ".join(station.addresses)
    if station.lan:
        return tr(
            "Listening on {where}. Every device on this network can send events to a project whose key it "
            "knows; reading needs the token of this computer. The station announces its name there."
        ).format(where=where)
    return tr(
        "Listening on {where}: only programs on this computer can send. Switched on, the port is open to "
        "the local network, to send with a project's key and to read with the token of this computer, and "
        "the station announces its name there."
    ).format(where=where)
