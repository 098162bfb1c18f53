"""The group of how large things may be: one number for a request, and one for each kind of item."""

from typing import TYPE_CHECKING

from typing_extensions import override

from vedette.desktop.bridge.state import StationState
from vedette.desktop.language import mark, tr
from vedette.desktop.settings.calm import CalmDoubleSpinBox
from vedette.desktop.settings.page import SettingsPage
from vedette.desktop.settings.row import SettingRow
from vedette.desktop.settings.station_values import USUAL, is_usual, value_of
from vedette.desktop.theme.theme import Theme

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

SECTION = "limits"
WHOLE = "bodyMegabytes"
_LEAST, _MOST = 0.01, 4096.0
_WORDS = "size limit largest megabytes too large 413 refused"
_ROWS: dict[str, tuple[str, str, str]] = {
    WHOLE: (
        mark("A request"),
        mark(
            "As it comes and decompressed. A larger one is answered with 413; of one that is taken, a larger "
            "item is refused alone. Changes count at once, for what comes from then on."
        ),
        "body envelope",
    ),
    "eventMegabytes": (
        mark("Events"),
        mark("Also transactions, feedback, replay events and browsers' reports."),
        "error transaction feedback csp",
    ),
    "attachmentMegabytes": (mark("Attachments"), mark("And Unreal crashes."), "file minidump crash unreal"),
    "profileMegabytes": (mark("Profiles"), mark("And their chunks."), "profiling"),
    "replayMegabytes": (mark("Replay recordings"), mark("As they are sent, compressed."), "session rrweb"),
    "replayVideoMegabytes": (mark("Replay videos"), mark("Of phones."), "session mobile"),
    "containerMegabytes": (
        mark("Logs, spans, metrics"),
        mark("All of one item together, OpenTelemetry's requests too."),
        "otlp container opentelemetry",
    ),
    "sessionMegabytes": (mark("Sessions"), "", "release health"),
    "metricBucketsMegabytes": (mark("Old metrics"), mark("Buckets and statsd."), "statsd buckets"),
    "checkInMegabytes": (mark("Check-ins"), "", "cron monitor"),
    "clientReportMegabytes": (mark("Client reports"), "", "discarded sdk"),
}
"""Title, what it means, and words to be found by, of each member."""


class Megabytes(CalmDoubleSpinBox):
    """A size in megabytes to two decimals, written without zeros that say nothing."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__(name, title, _LEAST, _MOST, suffix=" MB")
        self.setDecimals(2)

    @override
    def textFromValue(self, value: float) -> str:
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").removesuffix(point) if point in text else text


class SizeLimits:
    """Adds the group to *page*, and shows what the station says."""

    def __init__(self, bridge: "Bridge", theme: Theme, page: SettingsPage) -> None:
        self._bridge = bridge
        self._page = page
        self.fields: dict[str, Megabytes] = {}
        self._rows: dict[str, SettingRow] = {}
        page.begin_group(tr("Largest sizes"))
        for member, (title, about, words) in _ROWS.items():
            self._add(theme, member, tr(title), tr(about) if about else "", words)

    def _add(self, theme: Theme, member: str, title: str, about: str, words: str) -> None:
        field = self.fields[member] = Megabytes(f"settings.{member}", tr("{kind}: most").format(kind=title))
        usual = USUAL[SECTION][member]
        row = self._rows[member] = SettingRow(
            theme,
            title,
            field,
            name=f"settings.{member}",
            about=about,
            words=f"{_WORDS} {words}",
            usual=f"{usual:g} MB",
            is_usual=lambda: is_usual(self._bridge.station, SECTION, member),
            reset=lambda: self._page.put_station({member: usual}),
        )
        self._page.add(row)
        field.editingFinished.connect(lambda: self._put(member))

    def _put(self, member: str) -> None:
        wanted = round(self.fields[member].value(), 2)
        if wanted != round(value_of(self._bridge.station, SECTION, member), 2):
            self._page.put_station({member: wanted})

    def show_station(self, station: StationState) -> None:
        """Show the sizes in force, and say where one can never be reached."""
        whole = float(value_of(station, SECTION, WHOLE))
        for member, field in self.fields.items():
            value = float(value_of(station, SECTION, member))
            field.setEnabled(station.listening)
            if not field.hasFocus():
                field.blockSignals(True)
                field.setValue(value)
                field.blockSignals(False)
            about = _ROWS[member][1]
            said = [tr(about)] if about else []
            if value > whole:
                said.append(tr("No larger than a request can be: {size} MB.").format(size=f"{whole:g}"))
            self._rows[member].say_help(" ".join(said))
