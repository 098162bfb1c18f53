"""Below the list: the chosen request's facts on the left, its items on the right."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedLayout, QWidget
from typing_extensions import override

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.ingest.items_pane import ItemsPane
from vedette.desktop.ingest.read import Detail, Part, read_detail
from vedette.desktop.ingest.request_pane import RequestPane
from vedette.desktop.language import tr
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.notices import EmptyState

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

_BESIDE_FROM = 700  # pixels; narrower, the items stand below the facts


class Panes(QWidget):
    """One request in full, or a hint to choose one."""

    navigate = Signal(object)
    read = Signal(object)
    """A request's detail was read and is shown; carries the Detail."""
    failed = Signal(str, str)

    def __init__(self, bridge: "Bridge", commands: CommandRegistry, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._wants_bytes: int | None = None
        self._wanted_part: tuple[int, int] | None = None
        self.detail: Detail | None = None
        self.asking = InFlight(bridge, self)
        self.setObjectName("ingest.below")
        self.request = RequestPane(theme, commands)
        self.items = ItemsPane(bridge, theme)
        hint = EmptyState(theme, name="ingest.hint")
        hint.say(
            tr("No request chosen"),
            tr("Choose one to see what it was, and what is in it."),
            icon="inbox",
        )
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setObjectName("ingest.panes")
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.request)
        self._splitter.addWidget(self.items)
        # What is in it is what one came for; the facts are short.
        self._splitter.setSizes([400, 640])
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(hint)
        self._stack.addWidget(self._splitter)
        self.request.issueWanted.connect(self.open_issue)
        self.items.partOpened.connect(self._open_part)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return self.asking.is_settled and self.items.asking.is_settled

    def show_request(self, number: int) -> None:
        """Read the request *number* and show it."""
        self.asking.ask(
            "detail", read_detail, self._bridge.workspace, number,
            answer=self._take, failed=self.failed.emit,
        )  # fmt: skip

    def want_bytes(self, number: int) -> None:
        """Show the bytes of the request *number* once it is shown."""
        self._wants_bytes = number

    def want_part(self, number: int, n: int) -> None:
        """Open part *n* of the request *number*: now if it is shown, else once it is."""
        self._wanted_part = number, n
        self._show_wanted_part()

    def _show_wanted_part(self) -> None:
        if self.detail is not None and self._wanted_part is not None:
            number, n = self._wanted_part
            if number == self.detail.listed.request.id:
                self._wanted_part = None
                self.items.list.select_key(n)

    def _take(self, detail: Detail | None) -> None:
        self.detail = detail
        self._stack.setCurrentIndex(0 if detail is None else 1)
        if detail is None:
            return
        self.request.show_detail(detail)
        self.items.show_detail(detail)
        self._show_wanted_part()
        self.read.emit(detail)
        if self._wants_bytes == detail.listed.request.id:
            self._wants_bytes = None
            self.items.content.show_bytes()

    def focus_items(self) -> None:
        """Bring the keyboard to the items."""
        target = self.items.list if self.items.list.isVisible() else self.items.content.tree
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leading_part(self) -> Part | None:
        """Return the first part that became an issue or a trace."""
        parts = self.detail.parts if self.detail is not None else ()
        return next((part for part in parts if part.issue is not None or part.trace), None)

    def open_issue(self) -> None:
        """Go to what the request became: its first issue, else its first trace."""
        part = self.leading_part()
        if part is not None:
            self._open_part(part)

    def _open_part(self, part: Part) -> None:
        if part.issue is not None:
            self.navigate.emit(Place("issues", part.issue, extra=part.event_id or ""))
        elif part.trace:
            self.navigate.emit(Place("traces", part.trace))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = event.size().width() >= _BESIDE_FROM
        self._splitter.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)
