"""A stretch of time in words, and the dialog to enter one."""

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtWidgets import QDateTimeEdit, QDialog, QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget

from vedette.desktop.language import tr
from vedette.desktop.widgets.labels import label
from vedette.domain.times import HOUR, Micros, now

_MILLI = 1_000


def say_range(since: Micros | None, until: Micros | None) -> str:
    """Return ``24 Nov 10:14 – 10:20`` in the user's formats; the day is said once."""
    start, end = _moment(since), _moment(until)
    if since is None or until is None or start is None or end is None:
        only = start or end
        return tr("All time") if only is None else _say(only)
    if start.date() == end.date():
        return f"{_say(start)} – {QLocale().toString(end.time(), QLocale.FormatType.ShortFormat)}"
    return f"{_say(start)} – {_say(end)}"


def _say(moment: QDateTime) -> str:
    day = QLocale().toString(moment.date(), "d MMM")
    return f"{day} {QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)}"


def _moment(micros: Micros | None) -> QDateTime | None:
    return None if micros is None else QDateTime.fromMSecsSinceEpoch(micros // _MILLI)


class RangeDialog(QDialog):
    """Asks from when until when; ``bounds`` is the answer after it was accepted."""

    def __init__(self, since: Micros | None, until: Micros | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("scope.range")
        self.setWindowTitle(tr("Time range"))
        end = until if until is not None else now()
        begin = since if since is not None else Micros(end - HOUR)
        self.since, self.until = self._edit("since", tr("From"), begin), self._edit("until", tr("Until"), end)
        self.trouble = label("", "error", name="scope.range.trouble", wrap=True)
        self.trouble.hide()
        form = QFormLayout()
        form.addRow(tr("From"), self.since)
        form.addRow(tr("Until"), self.until)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.trouble)
        column.addWidget(buttons)

    def _edit(self, name: str, title: str, moment: Micros) -> QDateTimeEdit:
        edit = QDateTimeEdit(QDateTime.fromMSecsSinceEpoch(moment // _MILLI))
        edit.setObjectName(f"scope.range.{name}")
        edit.setAccessibleName(title)
        edit.setCalendarPopup(True)
        edit.setDisplayFormat("yyyy-MM-dd HH:mm:ss")
        return edit

    def bounds(self) -> tuple[Micros, Micros]:
        """Return what was entered, as [since, until)."""
        since, until = (edit.dateTime().toMSecsSinceEpoch() for edit in (self.since, self.until))
        return Micros(since * _MILLI), Micros(until * _MILLI)

    def accept(self) -> None:
        since, until = self.bounds()
        if since >= until:
            self.trouble.setText(tr("The end lies before the beginning."))
            self.trouble.show()
        else:
            super().accept()
