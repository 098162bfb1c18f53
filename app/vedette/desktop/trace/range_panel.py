"""What the selected stretch of time was spent on, under the waterfall."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.trace.aggregate import By, Share
from vedette.desktop.trace.describe import length
from vedette.desktop.widgets import units
from vedette.desktop.widgets.buttons import IconButton
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.paged_model import Column, PageAnswer, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.desktop.widgets.segmented import Segment, Segmented

_MOST = 200


class RangePanel(QFrame):
    """Spans of a stretch of time, summed up by operation, description or service."""

    closed = Signal()
    sharesWanted = Signal(int, int, str)
    """What was done from, to, summed up by one of `By`."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._range: tuple[int, int] | None = None
        self._found: Sequence[Share] = ()
        self.setObjectName(name)
        self.setProperty("role", "panel")
        self._title = label("", "caption.strong", name=f"{name}.title")
        self.by = Segmented(
            theme,
            [
                Segment(By.OP, tr("Operation")),
                Segment(By.DESCRIPTION, tr("Description")),
                Segment(By.SERVICE, tr("Service")),
            ],
            name=f"{name}.by",
            title=tr("Sum up by"),
        )
        self.by.chosen.connect(lambda _: self._ask())
        close = IconButton(theme, "x", tr("Close the selected range"), name=f"{name}.close")
        close.clicked.connect(self.closed)
        self.model: PagedModel[Share] = PagedModel(
            (
                Column(
                    tr("What"), text=lambda share: share.name or tr("(unnamed)"), tip=lambda share: share.name
                ),
                Column(tr("Spans"), text=lambda share: units.count(share.spans), right=True),
                Column(tr("Time"), text=lambda share: units.duration(share.total), right=True),
                Column(tr("Self time"), text=lambda share: units.duration(share.self_time), right=True),
            ),
            self._fetch,
            key=lambda share: share.name,
            describe=lambda share: tr("{name}, {spans}, self time {own}").format(
                name=share.name,
                spans=tr("%n span(s)", "", share.spans),
                own=units.duration(share.self_time),
            ),
            page=_MOST,
            parent=self,
        )
        self.list = PaintedList(theme, name=f"{name}.list", title=tr("Time in the selected range"))
        self.list.set_model(self.model)
        self.list.horizontalHeader().setSectionResizeMode(0, self.list.horizontalHeader().ResizeMode.Stretch)
        for column, digits in ((1, 8), (2, 10), (3, 10)):
            self.list.set_column_width(column, digits)
        top = QHBoxLayout()
        top.setContentsMargins(12, 6, 6, 4)
        top.addWidget(self._title, 1)
        top.addWidget(self.by)
        top.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.list, 1)
        self.hide()

    def show_range(self, start: int, end: int) -> None:
        """Ask for the sums of [start, end], from the trace's start, and show them when they come."""
        self._range = (start, end)
        self._title.setText(
            tr("{length} selected: {start} to {end}").format(
                length=length(end - start), start=length(start), end=length(end)
            )
        )
        self._ask()
        self.show()

    def show_shares(self, found: Sequence[Share]) -> None:
        """Show the sums asked for."""
        if self._range is not None:
            self._found = found
            self.model.reload()

    def forget(self) -> None:
        """Show no range."""
        self._range = None
        self.hide()

    def _ask(self) -> None:
        if self._range is not None:
            self.sharesWanted.emit(*self._range, self.by.current())

    def _fetch(self, after: Share | None, limit: int, answer: PageAnswer[Share]) -> None:
        answer(self._found[:limit] if after is None else [])
