"""The issues that changed rules would change, as a list whose rows open the issue."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vedette.api.regroup_preview import IssueChange, RegroupPreview
from vedette.desktop.language import tr
from vedette.desktop.settings.grouping.report import sentence, where_to
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.paged_model import Column, PageAnswer, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.desktop.widgets.units import count


class ReportList(QWidget):
    """Rows of a preview; ``opened`` carries the issue of the row that was activated."""

    opened = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[IssueChange, ...] = ()
        columns = (
            Column[IssueChange](tr("Issue"), text=lambda row: row.short),
            Column[IssueChange](tr("Title"), text=lambda row: row.title, tip=lambda row: row.title),
            Column[IssueChange](tr("Events"), text=lambda row: count(row.events)),
            Column[IssueChange](tr("Would go"), text=where_to, tip=where_to),
        )
        self.model: PagedModel[IssueChange] = PagedModel(
            columns,
            self._fetch,
            key=lambda row: row.issue,
            describe=sentence,
            color=theme.color,
            page=100_000,
            parent=self,
        )
        self.list = PaintedList(
            theme, name="settings.grouping.report", title=tr("What would change"), parent=self
        )
        self.list.set_model(self.model)
        self.list.set_column_width(0, 14)
        self.list.set_column_width(2, 8)
        self.list.set_column_width(3, 34)
        header = self.list.horizontalHeader()
        header.setSectionResizeMode(1, header.ResizeMode.Stretch)
        self.list.rowOpened.connect(lambda row: self.opened.emit(row.issue))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)

    def show_preview(self, preview: RegroupPreview) -> None:
        """Show what *preview* found."""
        self._rows = preview.changes
        self.model.reload()

    def _fetch(self, after: IssueChange | None, limit: int, answer: PageAnswer[IssueChange]) -> None:
        answer(self._rows if after is None else ())
