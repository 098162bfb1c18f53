"""How the parts of a trace stand together: details beside the waterfall, or under it where it is narrow."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.trace.parts import Parts
from vedette.desktop.widgets.accessible import describe_as_pane

_DETAILS_WIDTH = 320
_DETAILS_SHARE = 0.29
_NARROW = 40
"""Times the height of a line: below this width the details stand under the waterfall."""
_ROOMY = 60
"""From this width on the details have their usual width."""


class Panes(QObject):
    """Lays *parts* out in *view*, and turns the splitter with the room there is."""

    def __init__(self, parts: Parts, view: QWidget) -> None:
        super().__init__(view)
        self._parts = parts
        self._view = view
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.pages = QStackedWidget()
        self.pages.setObjectName("trace.pages")
        self.banner_room = QWidget()
        self._stack = QStackedWidget()
        self._shape: tuple[Qt.Orientation, bool] | None = None
        self._lay_out()
        view.installEventFilter(self)

    def _lay_out(self) -> None:
        """Put all together from the top left on: Tab goes in the order in which parts find their place."""
        parts = self._parts
        layout = QVBoxLayout(self._view)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._stack.addWidget(parts.empty)
        whole = QWidget()
        self._stack.addWidget(whole)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (parts.header, parts.bar, self.banner_room):
            column.addWidget(part)
        # The banner stands apart from the edges; hidden, it must leave no gap.
        room = QVBoxLayout(self.banner_room)
        room.setContentsMargins(12, 8, 12, 8)
        room.addWidget(parts.banner)
        parts.banner.closed.connect(self.banner_room.hide)
        self.banner_room.hide()
        column.addWidget(self.splitter, 1)
        self.splitter.setObjectName("trace.splitter")
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(self.pages)
        self._lay_out_pages()
        self.splitter.addWidget(parts.details)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setCollapsible(0, False)

    def _lay_out_pages(self) -> None:
        parts = self._parts
        waterfall = QWidget()
        self._by_key = {
            "waterfall": waterfall,
            "table": parts.table,
            "json": parts.json_page,
            "items": parts.items,
        }
        for page in self._by_key.values():
            describe_as_pane(page)
            self.pages.addWidget(page)
        column = QVBoxLayout(waterfall)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(parts.overview)
        lower = QSplitter(Qt.Orientation.Vertical)
        lower.setObjectName("trace.lower")
        column.addWidget(lower, 1)
        lower.addWidget(parts.waterfall)
        lower.addWidget(parts.range_panel)
        lower.setStretchFactor(0, 3)
        lower.setStretchFactor(1, 1)
        lower.setCollapsible(0, False)
        describe_as_pane(parts.range_panel)
        column.addWidget(parts.legend)

    def show_trace(self) -> None:
        """Show the trace, not the sentence in its place."""
        self._stack.setCurrentIndex(1)

    def show_empty(self) -> None:
        """Show the sentence in place of a trace."""
        self._stack.setCurrentIndex(0)

    def show_page(self, key: str) -> None:
        """Show the waterfall, table, json or items."""
        self.pages.setCurrentWidget(self._by_key[key])

    def open_details(self) -> None:
        """Give the details room if they were folded away."""
        if 0 in self.splitter.sizes():
            across = self.splitter.orientation() is Qt.Orientation.Horizontal
            whole = self.splitter.width() if across else self.splitter.height()
            part = self._details_width() if across else whole // 3
            self.splitter.setSizes([max(1, whole - part), part])

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._view:
            self._turn()
        return False

    def _turn(self) -> None:
        narrow = self._view.width() < _NARROW * self._theme_line()
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        shape = (wanted, self._view.width() < _ROOMY * self._theme_line())
        if shape != self._shape:
            self._shape = shape
            self.splitter.setOrientation(wanted)
            if narrow:
                whole = max(5, self._view.height())
                self.splitter.setSizes([whole * 3 // 5, whole * 2 // 5])
            else:
                details = self._details_width()
                self.splitter.setSizes([max(1, self._view.width() - details), details])

    def _theme_line(self) -> int:
        return self._parts.theme.line_height("body")

    def _details_width(self) -> int:
        return min(_DETAILS_WIDTH, round(self._view.width() * _DETAILS_SHARE))
