"""The views in the sidebar, under the section they belong to."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.shell.views.desk import ViewsDesk
from vedette.desktop.shell.views.view import View
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets import units
from vedette.desktop.widgets.plain_text import plain_tip

SHOWN = 8
"""More views than this are folded until one asks for all."""
_INDENT, _COUNT_ROOM = 36, 54
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class ViewButton(QPushButton):
    """One view: its name and how many issues it shows. Alt+Up and Alt+Down move it, Delete deletes it."""

    moved = Signal(int)
    removed = Signal()

    def __init__(
        self, theme: Theme, view: View, fill: Callable[[QMenu, View], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fill = fill
        self.view = view
        self._count: int | None = None
        self._is_modified = False
        self.setCheckable(True)
        self.setObjectName(f"views.{view.id}")
        self.setProperty("section", "true")
        self._say()
        theme.changed.connect(self.update)

    def say(self, count: int | None, *, is_current: bool, is_modified: bool) -> None:
        """Show how many issues there are, and whether one is in this view and has changed it."""
        self._count, self._is_modified = count, is_modified
        self.setChecked(is_current)
        self._say()

    def _say(self) -> None:
        parts = [tr("View {name}").format(name=self.view.name)]
        if self._count is not None:
            parts.append(units.count(self._count))
        if self._is_modified:
            parts.append(tr("modified"))
        self.setAccessibleName(", ".join(parts))
        self.setToolTip(plain_tip(f"{self.view.name}\n{self.view.looked.query or tr('everything')}"))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, max(24, round(self._theme.line_height("body")) + 8))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse() or self.hasFocus():
            painter.setPen(theme.color("focus") if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("bg.selected" if self.isChecked() else "bg.hover"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        role = "title" if self.isChecked() else "body"
        ink = theme.color("text" if self.isChecked() else "text.muted")
        room = self.width() - _INDENT - _COUNT_ROOM
        name = f"{self.view.name} •" if self._is_modified else self.view.name
        name = theme.metrics(role).elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.setFont(theme.font(role))
        painter.setPen(ink)
        painter.drawText(QRectF(_INDENT, 0, room + 8, self.height()), _LEFT, name)
        if self._count is not None:
            painter.setFont(theme.font("caption"))
            painter.drawText(
                QRectF(0, 0, self.width() - 10, self.height()), _RIGHT, units.short_count(self._count)
            )

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        self._fill(menu, self.view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        menu.popup(self.mapToGlobal(QPoint(_INDENT, self.height())) if by_key else event.globalPos())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class ViewsPanel(QWidget):
    """All views in their order."""

    def __init__(self, theme: Theme, desk: ViewsDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._desk = desk
        self._shows_all = False
        self._shown: list[View] = []
        self.setObjectName("views")
        self.setAccessibleName(tr("Views"))
        self.buttons: list[ViewButton] = []
        self._lead: QWidget | None = None
        self.more = QPushButton()
        self.more.setObjectName("views.more")
        self.more.setProperty("role", "link")
        self.more.clicked.connect(self._toggle_all)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 4)
        self._column.setSpacing(1)
        self._column.addWidget(self.more)
        desk.changed.connect(self._show)
        desk.feed.counted.connect(self._say)
        self._show()

    def follow(self, lead: QWidget) -> None:
        """Have Tab come here after *lead*."""
        self._lead = lead
        self._chain()

    def _chain(self) -> None:
        before = self._lead
        for button in (*self.buttons, self.more):
            if before is not None:
                QWidget.setTabOrder(before, button)
            before = button

    def _toggle_all(self) -> None:
        self._shows_all = not self._shows_all
        self._show()

    def _show(self) -> None:
        views = self._desk.feed.views()
        shown = views if self._shows_all else views[:SHOWN]
        if shown != self._shown:
            self._make(shown)
        self.more.setVisible(len(views) > SHOWN)
        left = len(views) - SHOWN
        self.more.setText(tr("Fewer") if self._shows_all else tr("%n more view(s)", "", left))
        self._say()

    def _make(self, views: list[View]) -> None:
        focused = next((button.view.id for button in self.buttons if button.hasFocus()), None)
        for button in self.buttons:
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._shown, self.buttons = list(views), []
        for at, view in enumerate(views):
            button = ViewButton(self._theme, view, self._desk.fill_row_menu, self)
            button.clicked.connect(lambda _=False, number=view.id: self._desk.open(number))
            button.moved.connect(lambda by, view=view: self._desk.move(view, by))
            button.removed.connect(lambda view=view: self._desk.delete(view))
            self._column.insertWidget(at, button)
            self.buttons.append(button)
            if view.id == focused:
                button.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._lead is not None:
            self._chain()

    def _say(self) -> None:
        current, modified = self._desk.current, self._desk.is_modified
        for button in self.buttons:
            is_current = current is not None and button.view.id == current.id
            found = self._desk.feed.counts.get(button.view.id)
            button.say(
                None if found is None else found.n, is_current=is_current, is_modified=is_current and modified
            )
