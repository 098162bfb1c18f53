"""Asks until when issues are to be archived: so many events more, or a moment."""

from PySide6.QtCore import QDateTime, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
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
from vedette.domain.times import Micros

_DAY_S = 24 * 60 * 60
MOST_EVENTS = 1_000_000


class UntilDialog(QDialog):
    """A small window of its own; it does nothing by itself."""

    eventsChosen = Signal(int)
    momentChosen = Signal(object)
    """Micros."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("issues.until")
        self.setWindowTitle(tr("Archive until…"))
        self.for_moment = QRadioButton(tr("Until"))
        self.for_events = QRadioButton(tr("Until it happened"))
        for button, name in ((self.for_moment, "moment"), (self.for_events, "events")):
            button.setObjectName(f"issues.until.{name}")
        self._group = QButtonGroup(self)
        self._group.addButton(self.for_moment)
        self._group.addButton(self.for_events)
        self.for_moment.setChecked(True)
        self.moment = QDateTimeEdit(QDateTime.currentDateTime().addSecs(_DAY_S))
        self.moment.setObjectName("issues.until.moment_field")
        self.moment.setAccessibleName(tr("Archive until this moment"))
        self.moment.setMinimumDateTime(QDateTime.currentDateTime())
        self.moment.setCalendarPopup(True)
        self.count = QSpinBox()
        self.count.setObjectName("issues.until.count_field")
        self.count.setAccessibleName(tr("Archive until so many more events"))
        self.count.setRange(1, MOST_EVENTS)
        self.count.setValue(10)
        self.archive = Button(
            theme, tr("Archive"), name="issues.until.archive", role="primary", icon="archive"
        )
        self.cancel = Button(theme, tr("Cancel"), name="issues.until.cancel")
        self.archive.setDefault(True)
        self._lay_out()
        self.moment.dateTimeChanged.connect(lambda *_: self.for_moment.setChecked(True))
        self.count.valueChanged.connect(lambda *_: self.for_events.setChecked(True))
        self.archive.clicked.connect(self._choose)
        self.cancel.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.addWidget(self.for_moment, 0, 0)
        grid.addWidget(self.moment, 0, 1)
        grid.addWidget(self.for_events, 1, 0)
        grid.addWidget(self.count, 1, 1)
        grid.addWidget(label(tr("times more")), 1, 2)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.archive)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(14)
        column.addLayout(grid)
        column.addLayout(buttons)

    def _choose(self) -> None:
        self.accept()
        if self.for_events.isChecked():
            self.eventsChosen.emit(self.count.value())
        else:
            self.momentChosen.emit(Micros(self.moment.dateTime().toMSecsSinceEpoch() * 1000))
