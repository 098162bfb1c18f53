"""A page of settings: groups of rows, and what every page can do."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.bridge.state import StationState
from vedette.desktop.language import tr
from vedette.desktop.settings.calm import CalmCombo
from vedette.desktop.settings.match_label import MatchLabel
from vedette.desktop.settings.row import SettingRow
from vedette.desktop.theme.theme import Theme
from vedette.domain.json import JsonObject

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge


class Searchable(Protocol):
    """A part of a page that the search shows or hides."""

    def apply_filter(self, words: Sequence[str], around: str = "") -> int: ...


def make_switch(name: str, title: str) -> QCheckBox:
    """Return a switch whose title stands beside it in a row."""
    found = QCheckBox(tr("On"))
    found.setObjectName(name)
    found.setAccessibleName(title)
    return found


class SettingsPage(QWidget):
    """Changes apply at once. Subclasses fill it with `begin_group` and `add`."""

    failed = Signal(str, str)
    navigate = Signal(object)

    def __init__(self, bridge: "Bridge", theme: Theme, key: str, title: str) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self._asking = InFlight(bridge, self)
        self.key = key
        self.setObjectName(f"settings.page.{key}")
        self.setAccessibleName(title)
        self.title = MatchLabel(theme, title, "header", name=f"settings.{key}.header")
        self._shown: dict[str, Callable[[], None]] = {}  # by preference: shows its value
        self._groups: list[tuple[MatchLabel | None, list[Searchable]]] = [(None, [])]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 18)
        self._column.setSpacing(2)
        self._column.addWidget(self.title)
        self._column.addSpacing(6)
        bridge.stationChanged.connect(self.show_station)
        bridge.preferences.changed.connect(self._take_preference)

    # ---------------------------------------------------------------- filling

    def begin_group(self, title: str) -> None:
        """Put what follows below a heading."""
        heading = MatchLabel(self._theme, title, "title")
        heading.setContentsMargins(0, 14, 0, 2)
        self._column.addWidget(heading)
        self._groups.append((heading, []))

    def add(self, part: QWidget, stretch: int = 0) -> None:
        """Add a part that can be searched: a row, or a widget with `apply_filter`."""
        self._column.addWidget(part, stretch)
        self._groups[-1][1].append(part)  # type: ignore[arg-type]

    def add_switch(self, key: str, title: str, *, usual: bool, about: str = "", words: str = "") -> QCheckBox:
        """Add a row that switches preference *key*."""
        switch = make_switch(f"settings.{key}", title)
        preferences = self._bridge.preferences

        def show() -> None:
            switch.setChecked(preferences.get(key, usual))

        switch.clicked.connect(lambda on: self._choose(key, on, usual))
        said = tr("on") if usual else tr("off")
        self._add_preference(
            key, title, switch, show, lambda: preferences.get(key, usual) is usual, said, about, words
        )
        return switch

    def add_choice(
        self,
        key: str,
        title: str,
        choices: Sequence[tuple[str, str]],
        *,
        usual: str,
        about: str = "",
        words: str = "",
    ) -> CalmCombo:
        """Add a row that chooses the text of preference *key* from pairs of value and title."""
        combo = CalmCombo(f"settings.{key}", title, choices)
        preferences = self._bridge.preferences

        def show() -> None:
            combo.choose(preferences.get(key, usual))

        combo.chosen.connect(lambda value: self._choose(key, value, usual))
        titles = " ".join(title for _, title in choices)
        self._add_preference(
            key,
            title,
            combo,
            show,
            lambda: preferences.get(key, usual) == usual,
            dict(choices).get(usual, usual),
            about,
            f"{words} {titles}",
        )
        return combo

    def _add_preference(
        self,
        key: str,
        title: str,
        control: QWidget,
        show: Callable[[], None],
        is_usual: Callable[[], bool],
        said: str,
        about: str,
        words: str,
    ) -> None:
        self._shown[key] = show
        show()
        self.add(
            SettingRow(
                self._theme,
                title,
                control,
                name=f"settings.{key}",
                about=about,
                words=words,
                usual=said,
                is_usual=is_usual,
                reset=lambda: self._bridge.preferences.reset(key),
            )
        )

    def _choose(self, key: str, value: bool | str, usual: bool | str) -> None:
        """Keep a preference; the usual value is kept by keeping none."""
        if value == usual:
            self._bridge.preferences.reset(key)
        else:
            self._bridge.preferences.set(key, value)

    def rows(self) -> list[SettingRow]:
        """Return the rows of single settings."""
        return [part for _, parts in self._groups for part in parts if isinstance(part, SettingRow)]

    # ---------------------------------------------------------------- life

    def open(self) -> None:
        """Read again what is shown; called when the page comes into sight."""

    def show_station(self, station: StationState) -> None:
        """Take the station's newest state in."""

    def show_preference(self, key: str) -> None:
        """Take another value of a preference in."""

    def go(self, extra: str) -> None:
        """Bring the part named *extra* into sight, with the keyboard in it."""
        row = next((row for row in self.rows() if row.objectName() == f"{extra}.row"), None)
        if row is not None:
            row.control.setFocus()

    def apply_filter(self, words: Sequence[str]) -> int:
        """Show only what fits *words* and return how much does; no words: everything."""
        found = 0
        self.title.mark(words)
        for heading, parts in self._groups:
            around = f"{self.title.plain} {heading.plain if heading else ''}"
            fitting = sum(part.apply_filter(words, around) for part in parts)
            if heading is not None:
                heading.setVisible(bool(fitting))
                heading.mark(words)
            found += fitting
        return found

    def _take_preference(self, key: str) -> None:
        if key in self._shown:
            self._shown[key]()
        self.show_preference(key)
        self.show_states()

    def show_states(self) -> None:
        """Mark the rows whose settings are not the usual ones."""
        for row in self.rows():
            row.show_state()

    def put_station(self, body: JsonObject) -> None:
        """Change settings of the station; what it refuses goes back, with the reason."""

        def fail(sentence: str, details: str) -> None:
            self.failed.emit(sentence, details)
            self.show_station(self._bridge.station)

        self._bridge.call("PUT", "/station/", body, failed=fail, owner=self)
