"""One box for everything: commands by name, and pasted ids, short ids and links go straight there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.plain_text import plain_title
from vedette.store.queries.events import find_event
from vedette.store.queries.issue_rows import IssueFilter
from vedette.store.queries.issues import issue_by_short, page_issues
from vedette.store.queries.traces import get_trace
from vedette.store.search import QueryError, parse_query

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

_HEX = re.compile(r"[0-9a-f]{32}")
_SHORT = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*-\d+")
_LINK = re.compile(r"vedette://[^/]*/(?P<section>\w+)/(?P<id>[\w-]+)")
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Target:
    """Something found in the store, and where it is."""

    title: str
    place: Place


def find_targets(db: Any, text: str) -> list[Target]:
    """Return what *text* names: an event id, a trace id, a short id, a link; else issues with these words."""
    text = text.strip()
    link = _LINK.search(text)
    if link:
        text = link["id"]
    bare = text.replace("-", "").lower()
    if _HEX.fullmatch(bare):
        return _by_hex(db, bytes.fromhex(bare))
    if _SHORT.fullmatch(text) and (issue := issue_by_short(db, text.upper())) is not None:
        return [Target(f"{issue.short}  {issue.title}", Place("issues", issue.id))]
    if len(text) < 3:
        return []
    try:
        rows = page_issues(db, IssueFilter(query=parse_query(text)), limit=6)
    except QueryError:
        return []
    return [Target(f"{row.short}  {row.title}", Place("issues", row.id)) for row in rows]


def _by_hex(db: Any, number: bytes) -> list[Target]:
    found = []
    event = find_event(db, number)
    if event is not None:
        found.append(Target(f"Event {number.hex()[:8]}", Place("issues", event.issue, extra=number.hex())))
    if get_trace(db, number) is not None:
        found.append(Target(f"Trace {number.hex()[:8]}", Place("traces", number.hex())))
    return found


class Palette(QDialog):
    """Ctrl+K. Type, arrows, Enter."""

    chosen = Signal(object)
    """A Place was chosen."""

    def __init__(self, bridge: "Bridge", commands: CommandRegistry, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._commands = commands
        self._asking = InFlight(bridge, self)
        self.setObjectName("palette")
        self.setAccessibleName("Commands")
        self.edit = QLineEdit()
        self.edit.setObjectName("palette.edit")
        self.edit.setAccessibleName("Command or id")
        self.edit.setPlaceholderText("Type a command, or paste an event id, a trace id, DESK-12 …")
        self.found = QListWidget()
        self.found.setObjectName("palette.found")
        self.found.setAccessibleName("Found")
        self.found.setUniformItemSizes(True)
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(8)
        layout.addWidget(self.edit)
        layout.addWidget(self.found)
        self.edit.textChanged.connect(self._search)
        self.edit.installEventFilter(self)
        self.found.itemClicked.connect(lambda _: self._take())

    def open_over(self, window: QWidget) -> None:
        """Show the box over *window*, empty."""
        width = min(620, window.width() - 40)
        self.resize(width, 430)
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - width) // 2, corner.y() + 70)
        self.edit.clear()
        self._search("")
        self.show()
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def _search(self, text: str) -> None:
        self._fill(text, ())
        if text.strip():
            self._asking.ask(
                "targets", find_targets, text,
                answer=lambda targets: self._fill(text, targets), failed=lambda *_: None,
            )  # fmt: skip

    def _fill(self, text: str, targets: Sequence[Target]) -> None:
        self.found.clear()
        for target in targets:
            item = QListWidgetItem(plain_title(target.title))
            item.setData(Qt.ItemDataRole.UserRole, target.place)
            self.found.addItem(item)
        for hit in self._commands.search(text, limit=_SHOWN):
            keys = "   ".join(hit.command.keys[:1])
            item = QListWidgetItem(f"{hit.command.title}{'      ' + keys if keys else ''}")
            item.setData(Qt.ItemDataRole.UserRole, hit.command.id)
            self.found.addItem(item)
        self.found.setCurrentRow(0)

    def _take(self) -> None:
        item = self.found.currentItem()
        if item is None:
            return
        what = item.data(Qt.ItemDataRole.UserRole)
        self.hide()
        if isinstance(what, Place):
            self.chosen.emit(what)
        else:
            self._commands.run(str(what))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if key == Qt.Key.Key_Down else -1
                count = self.found.count()
                if count:
                    self.found.setCurrentRow((self.found.currentRow() + step) % count)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
        return super().eventFilter(watched, event)
