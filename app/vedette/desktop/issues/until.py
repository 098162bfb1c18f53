"""Asks until when issues are to be archived: a moment, events or users more, the next run or release."""

from PySide6.QtCore import QDateTime, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDateTimeEdit,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import label
from vedette.domain.json import JsonObject
from vedette.domain.times import Micros, to_iso

_DAY_S = 24 * 60 * 60
MOST_EVENTS = 1_000_000
WINDOWS = (0, 5, 60, 24 * 60, 7 * 24 * 60)
"""Minutes within which it has to happen; 0: whenever."""


class UntilDialog(QDialog):
    """A small window of its own; it does nothing by itself."""

    chosen = Signal(object)
    """The condition, in the API's words."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("issues.until")
        self.setWindowTitle(tr("Archive until…"))
        self.for_moment = QRadioButton(tr("Until"))
        self.for_events = QRadioButton(tr("Until it happened"))
        self.for_users = QRadioButton(tr("Until it befell"))
        self.for_run = QRadioButton(tr("Until it happens in the next run"))
        self.for_release = QRadioButton(tr("Until it happens in a newer release"))
        self._group = QButtonGroup(self)
        for button, name in (
            (self.for_moment, "moment"),
            (self.for_events, "events"),
            (self.for_users, "users"),
            (self.for_run, "run"),
            (self.for_release, "release"),
        ):
            button.setObjectName(f"issues.until.{name}")
            self._group.addButton(button)
        self.for_moment.setChecked(True)
        self.moment = QDateTimeEdit(QDateTime.currentDateTime().addSecs(_DAY_S))
        self.moment.setObjectName("issues.until.moment_field")
        self.moment.setAccessibleName(tr("Archive until this moment"))
        self.moment.setMinimumDateTime(QDateTime.currentDateTime())
        self.moment.setCalendarPopup(True)
        self.count = _number("count", tr("Archive until so many more events"))
        self.window_of_events = _windows("count_window", tr("Time within which the events have to happen"))
        self.users = _number("users", tr("Archive until so many more users"))
        self.window_of_users = _windows("users_window", tr("Time within which it has to befall the users"))
        self.archive = Button(
            theme, tr("Archive"), name="issues.until.archive", role="primary", icon="archive"
        )
        self.cancel = Button(theme, tr("Cancel"), name="issues.until.cancel")
        self.archive.setDefault(True)
        self._lay_out()
        self.moment.dateTimeChanged.connect(lambda *_: self.for_moment.setChecked(True))
        for number, window, button in (
            (self.count, self.window_of_events, self.for_events),
            (self.users, self.window_of_users, self.for_users),
        ):
            number.valueChanged.connect(lambda *_, button=button: button.setChecked(True))
            window.activated.connect(lambda *_, button=button: button.setChecked(True))
        self.archive.clicked.connect(self._choose)
        self.cancel.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.addWidget(self.for_moment, 0, 0)
        grid.addWidget(self.moment, 0, 1, 1, 3)
        grid.addWidget(self.for_events, 1, 0)
        grid.addWidget(self.count, 1, 1)
        grid.addWidget(label(tr("times more")), 1, 2)
        grid.addWidget(self.window_of_events, 1, 3)
        grid.addWidget(self.for_users, 2, 0)
        grid.addWidget(self.users, 2, 1)
        grid.addWidget(label(tr("users more")), 2, 2)
        grid.addWidget(self.window_of_users, 2, 3)
        grid.addWidget(self.for_run, 3, 0, 1, 4)
        grid.addWidget(self.for_release, 4, 0, 1, 4)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.archive)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(14)
        column.addLayout(grid)
        column.addLayout(buttons)

    def condition(self) -> JsonObject:
        """Return what is chosen, as `statusDetails` of the API."""
        if self.for_events.isChecked():
            return _counted("ignoreCount", self.count, "ignoreWindow", self.window_of_events)
        if self.for_users.isChecked():
            return _counted("ignoreUserCount", self.users, "ignoreUserWindow", self.window_of_users)
        if self.for_run.isChecked():
            return {"untilNextRun": True}
        if self.for_release.isChecked():
            return {"untilNextRelease": True}
        return {"ignoreUntil": to_iso(Micros(self.moment.dateTime().toMSecsSinceEpoch() * 1000))}

    def _choose(self) -> None:
        self.accept()
        self.chosen.emit(self.condition())


def _number(name: str, title: str) -> QSpinBox:
    field = QSpinBox()
    field.setObjectName(f"issues.until.{name}_field")
    field.setAccessibleName(title)
    field.setRange(1, MOST_EVENTS)
    field.setValue(10)
    return field


def _windows(name: str, title: str) -> QComboBox:
    field = QComboBox()
    field.setObjectName(f"issues.until.{name}_field")
    field.setAccessibleName(title)
    words = (tr("whenever"), tr("in 5 minutes"), tr("in an hour"), tr("in a day"), tr("in a week"))
    for minutes, text in zip(WINDOWS, words, strict=True):
        field.addItem(text, minutes)
    return field


def _counted(name: str, number: QSpinBox, window_name: str, window: QComboBox) -> JsonObject:
    minutes: int = window.currentData()
    return {name: number.value()} | ({window_name: minutes} if minutes else {})
