"""The page of storage: what lies where, how long it is kept, and what other limits would free."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from vedette.desktop.bridge.state import StationState
from vedette.desktop.language import tr
from vedette.desktop.settings.calm import CalmDoubleSpinBox, CalmSpinBox
from vedette.desktop.settings.limits import SizeLimits
from vedette.desktop.settings.match_label import MatchLabel
from vedette.desktop.settings.page import SettingsPage
from vedette.desktop.settings.read import Storage, read_storage
from vedette.desktop.settings.row import SettingRow, value_label
from vedette.desktop.settings.station_values import USUAL, is_usual, value_of
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets import units
from vedette.desktop.widgets.buttons import Button
from vedette.domain.times import now
from vedette.store.queries.freeing import Freed, would_free
from vedette.store.retention import RetentionLimits

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

SECTION = "retention"
TYPING_MS = 120
REFRESH_MS = 2_000
"""How soon after a change in the store what is shown of it is read again."""
_LONGEST_DAYS = 36_500
_GIGABYTE = 1024**3


class StoragePage(SettingsPage):
    """Tighter limits apply a minute after they were set; until then they can be taken back."""

    def __init__(self, bridge: "Bridge", theme: Theme) -> None:
        super().__init__(bridge, theme, "storage", tr("Storage & retention"))
        self._before: dict[str, int | float] = {}  # what the station kept before the last change
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(TYPING_MS)
        self._look.timeout.connect(self._ask_freed)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self._reread)
        self._add_sizes()
        self.begin_group(tr("Retention"))
        self.days = CalmSpinBox(
            "settings.days", tr("Days to keep events"), 0, _LONGEST_DAYS, suffix=tr(" days")
        )
        self.days.setSpecialValueText(tr("for ever"))
        self._add("days", self.days, tr("Keep for"), tr("90 days"), words="age retention old delete")
        self.gigabytes = CalmDoubleSpinBox(
            "settings.gigabytes", tr("Largest size of the database"), 0.1, 100_000, suffix=" GB"
        )
        self._add(
            "gigabytes",
            self.gigabytes,
            tr("Keep at most"),
            "10 GB",
            about=tr(
                "Of the database. The oldest goes first, in small steps while nothing else is to do. Starred "
                "issues keep their events, with payloads and attachments."
            ),
            words="size limit quota disk starred",
        )
        self._add_freeing()
        self.free_megabytes = CalmSpinBox(
            "settings.freeMegabytes", tr("Room to leave on the disk"), 0, 10_000_000, suffix=" MB"
        )
        self._add(
            "freeMegabytes",
            self.free_megabytes,
            tr("Leave free"),
            "500 MB",
            about=tr("With less room on the disk than this nothing more is taken, and senders are told so."),
            words="disk full space reserve",
        )
        self.largest = SizeLimits(bridge, theme, self)
        self._connect()
        self.show_station(bridge.station)

    def _add_sizes(self) -> None:
        self._sizes = {
            key: value_label(self._theme, f"settings.size.{key}")
            for key in ("database", "attachments", "spool", "total", "free")
        }
        for key, title, about in (
            ("database", tr("Database"), ""),
            ("attachments", tr("Attachments"), tr("Files sent along, and very large payloads.")),
            ("spool", tr("Spool"), tr("What was taken and is not stored yet; it empties by itself.")),
            ("total", tr("All together"), ""),
            ("free", tr("Free on the disk"), ""),
        ):
            self.add(
                SettingRow(
                    self._theme,
                    title,
                    self._sizes[key],
                    name=f"settings.size.{key}",
                    about=about,
                    words="size disk space used bytes",
                )
            )

    def _add_freeing(self) -> None:
        self.freed = MatchLabel(self._theme, "", "", name="settings.freed")
        self.undo = Button(self._theme, tr("Undo"), name="settings.freed.undo", role="small", icon="undo-2")
        self.undo.setAccessibleName(tr("Undo the change of limits"))
        self.free_now = Button(self._theme, tr("Free now"), name="settings.freed.now", role="small")
        control = QWidget()
        control.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        line = QHBoxLayout(control)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.freed, 1)
        line.addWidget(self.undo)
        line.addWidget(self.free_now)
        self.undo.hide()
        self.free_now.hide()
        self.add(
            SettingRow(
                self._theme,
                tr("Would free"),
                control,
                name="settings.freed",
                words="retention delete space free",
            )
        )

    def _add(
        self,
        member: str,
        control: CalmSpinBox | CalmDoubleSpinBox,
        title: str,
        usual: str,
        *,
        about: str = "",
        words: str = "",
    ) -> None:
        self.add(
            SettingRow(
                self._theme,
                title,
                control,
                name=f"settings.{member}",
                about=about,
                words=words,
                usual=usual,
                is_usual=lambda: is_usual(self._bridge.station, SECTION, member),
                reset=lambda: self._put({member: USUAL[SECTION][member]}),
            )
        )

    def _connect(self) -> None:
        for member, field in self._fields().items():
            field.editingFinished.connect(lambda member=member: self._put_field(member))
        for limit in (self.days, self.gigabytes):
            limit.valueChanged.connect(lambda _: self._look.start())
        self.undo.clicked.connect(self._take_back)
        self._bridge.changed.connect(lambda _: self._refresh.isActive() or self._refresh.start())
        self.free_now.clicked.connect(self._free)

    def _fields(self) -> dict[str, CalmSpinBox | CalmDoubleSpinBox]:
        return {"days": self.days, "gigabytes": self.gigabytes, "freeMegabytes": self.free_megabytes}

    # ---------------------------------------------------------------- showing

    def _reread(self) -> None:
        if self.isVisible():
            self.open()

    def open(self) -> None:
        self._asking.ask(
            "storage", read_storage, self._bridge.workspace, answer=self._show, failed=self.failed.emit
        )
        self._ask_freed()

    def _show(self, storage: Storage) -> None:
        sizes, counted = storage.sizes, storage.totals
        said = {
            "database": tr("{size}: {events}, {traces}").format(
                size=units.size(sizes.database),
                events=_grouped(tr("%n event(s)", "", counted.events), counted.events),
                traces=_grouped(tr("%n trace(s)", "", counted.traces), counted.traces),
            ),
            "attachments": units.size(sizes.blobs),
            "spool": units.size(sizes.spool),
            "total": units.size(sizes.total),
            "free": units.size(storage.free) if storage.free is not None else units.NO_VALUE,
        }
        for key, text in said.items():
            self._sizes[key].say(text)

    def show_station(self, station: StationState) -> None:
        for member, field in self._fields().items():
            field.setEnabled(station.listening)
            if not field.hasFocus():
                _set(field, value_of(station, SECTION, member))
        self.largest.show_station(station)
        self.show_states()

    # ---------------------------------------------------------------- freeing

    def limits(self) -> RetentionLimits:
        """The limits as they stand in the fields."""
        return RetentionLimits(self.days.value(), round(self.gigabytes.value() * _GIGABYTE))

    def _in_force(self) -> RetentionLimits:
        station = self._bridge.station
        days, gigabytes = (value_of(station, SECTION, member) for member in ("days", "gigabytes"))
        return RetentionLimits(days, round(gigabytes * _GIGABYTE))

    def _ask_freed(self) -> None:
        limits = self.limits()
        self._asking.ask(
            "freed",
            would_free,
            limits,
            now(),
            answer=lambda freed: self._show_freed(freed, limits),
            failed=lambda sentence, _: self.freed.say(sentence),
        )

    def _show_freed(self, freed: Freed, limits: RetentionLimits) -> None:
        is_in_force = limits == self._in_force()
        self.freed.say(_in_words(freed, is_in_force=is_in_force))
        self.free_now.setVisible(is_in_force and freed.through is not None and self._bridge.station.listening)
        if is_in_force and freed.through is None:
            self._before.clear()
        self.undo.setVisible(is_in_force and bool(self._before))

    def _put_field(self, member: str) -> None:
        value = self._fields()[member].value()
        if value != value_of(self._bridge.station, SECTION, member):
            self._put({member: value})

    def _put(self, body: dict[str, int | float]) -> None:
        before = {member: value_of(self._bridge.station, SECTION, member) for member in body}
        self._call(body, lambda: self._before.update(before))

    def _take_back(self) -> None:
        body = dict(self._before)
        self._call(body, self._before.clear)
        for member, value in body.items():
            _set(self._fields()[member], value)
        self.days.setFocus()

    def _call(self, body: dict[str, int | float], then: Callable[[], object]) -> None:
        def changed(_: object) -> None:
            then()
            self._ask_freed()

        def fail(sentence: str, details: str) -> None:
            self.failed.emit(sentence, details)
            for member, field in self._fields().items():
                _set(field, value_of(self._bridge.station, SECTION, member))

        self._bridge.call("PUT", "/station/", dict(body), answer=changed, failed=fail, owner=self)

    def _free(self) -> None:
        def begun(_: object) -> None:
            self._before.clear()
            self.undo.hide()
            self.free_now.hide()
            self.freed.say(tr("Being freed, in small steps while nothing else is to do."))
            self._refresh.start()

        self.days.setFocus()  # the button goes away under the keyboard
        self._bridge.call("POST", "/station/free/", {}, answer=begun, failed=self.failed.emit, owner=self)


def _set(field: CalmSpinBox | CalmDoubleSpinBox, value: float) -> None:
    if isinstance(field, CalmSpinBox):
        field.setValue(round(value))
    else:
        field.setValue(float(value))


def _in_words(freed: Freed, *, is_in_force: bool) -> str:
    """Return what would go under the limits in the fields, and when."""
    if freed.through is None:
        return tr("Nothing: all that is stored is within these limits.")
    size = units.size(freed.bytes + freed.attachments)
    events = _grouped(tr("%n event(s)", "", freed.events), freed.events)
    through = QDateTime.fromMSecsSinceEpoch(freed.through // 1_000)
    when = QLocale().toString(through, QLocale.FormatType.ShortFormat)
    words = tr("About {size}: {events}, all that came until {when}.")
    if is_in_force:
        words = tr("About {size}: {events}, all that came until {when}. It goes within a minute or two.")
    said = [words.format(size=size, events=events, when=when)]
    if freed.kept:
        kept = tr("%n event(s) of starred issues stay(s|).", "", freed.kept)
        said.append(_grouped(kept, freed.kept))
    return " ".join(said)


def _grouped(text: str, number: int) -> str:
    """Return *text* with *number* in it as the language writes large ones."""
    return text.replace(str(number), units.count(number), 1)
