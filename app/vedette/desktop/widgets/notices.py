"""What the window says by itself: an empty area, an error in place, a toast with Undo."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button, IconButton
from vedette.desktop.widgets.chip import chip_words
from vedette.desktop.widgets.labels import label, repolish

UNDO_MS = 8000
_ROOM = 70
"""A banner with less room than so many letters puts its buttons below the sentence."""


class EmptyState(QWidget):
    """One sentence and one action where data would be: nothing yet, no match, all resolved, searching."""

    acted = Signal()

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = "inbox"
        self.setObjectName(name)
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter)
        self._sentence = label("", "title", name=f"{name}.sentence", wrap=True)
        self._more = label("", "muted", name=f"{name}.more", wrap=True)
        self._action = Button(theme, "", name=f"{name}.action")
        self._action.clicked.connect(self.acted)
        self._details = ""
        self._copy = Button(theme, tr("Copy details"), name=f"{name}.copy", role="small", icon="copy")
        self._copy.clicked.connect(self._copy_details)
        self._copy.hide()
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addStretch(2)
        for part in (self._icon, self._sentence, self._more):
            layout.addWidget(part)
        for text in (self._sentence, self._more):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(6)
        layout.addWidget(self._action, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        theme.changed.connect(self._draw_icon)

    def say(
        self, sentence: str, more: str = "", *, action: str = "", icon: str = "inbox", details: str = ""
    ) -> None:
        """Show *sentence*, a muted second one, a button if *action* has a text; *details* can be copied."""
        self._icon_name = icon
        self._details = details
        self._copy.setVisible(bool(details))
        self._sentence.setText(sentence)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(f"{sentence} {more}".strip())
        self._draw_icon()

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(f"{self._sentence.text()}\n{self._details}")

    def _draw_icon(self) -> None:
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(self._theme.icon_pixmap(self._icon_name, "text.faint", 32, ratio))


class Banner(QFrame):
    """An inline bar for trouble inside Vedette or a state worth a sentence. Never a modal dialog."""

    acted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._details = ""
        self._level = "error"
        self.setObjectName(name)
        self.setProperty("role", "banner")
        self._icon = QLabel()
        self._text = label("", name=f"{name}.text", selectable=True, wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = Button(theme, "", name=f"{name}.action", role="small")
        self._copy = Button(theme, tr("Copy details"), name=f"{name}.copy", role="small", icon="copy")
        self._close = IconButton(theme, "x", tr("Close this message"), name=f"{name}.close")
        self._action.clicked.connect(self.acted)
        self._copy.clicked.connect(self._copy_details)
        self._close.clicked.connect(self._dismiss)
        self._is_narrow: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(10, 6, 6, 6)
        self._grid.setSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._arrange(narrow=False)
        theme.changed.connect(self._draw_icon)
        self.hide()

    def _arrange(self, *, narrow: bool) -> None:
        """Put the buttons beside the sentence, or below it where it would be squeezed into a column."""
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        top = Qt.AlignmentFlag.AlignTop if narrow else Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(self._icon, 0, 0, top)
        self._grid.addWidget(self._text, 0, 1, 1, 2 if narrow else 1)
        self._grid.addWidget(self._action, 1 if narrow else 0, 1 if narrow else 2, Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(self._copy, 1 if narrow else 0, 2 if narrow else 3, Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(self._close, 0, 4, top)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(
            narrow=event.size().width() < self._theme.metrics("body").horizontalAdvance("x") * _ROOM
        )

    def say(self, sentence: str, *, details: str = "", level: str = "error", action: str = "") -> None:
        """Show *sentence* at *level* (error, warning, info); *details* can be copied."""
        self._details, self._level = details, level
        self._text.setText(sentence)
        self._text.setAccessibleName(sentence)
        self.setAccessibleName(f"{chip_words(level)}: {sentence}")
        self.setProperty("level", level)
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self._copy.setVisible(bool(details))
        self._draw_icon()
        for widget in (self, self._text):
            repolish(widget)
        self.show()

    def clear(self) -> None:
        """Take the message away."""
        self.hide()

    def _dismiss(self) -> None:
        self.hide()
        self.closed.emit()

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(f"{self._text.text()}\n{self._details}")

    def _draw_icon(self) -> None:
        name = "info" if self._level == "info" else "triangle-alert"
        pixmap = self._theme.icon_pixmap(name, f"level.{self._level}.text", 16, self.devicePixelRatioF())
        self._icon.setPixmap(pixmap)


class Toast(QFrame):
    """One line at the bottom of its parent for 8 seconds, with Undo. A new one replaces the old one.

    The time stands still while the pointer is over it or the focus in it.
    """

    undone = Signal()
    expired = Signal()

    def __init__(
        self, theme: Theme, parent: QWidget, *, name: str = "toast", lifetime_ms: int = UNDO_MS
    ) -> None:
        super().__init__(parent)
        self._undo: Callable[[], object] | None = None
        self.setObjectName(name)
        self.setProperty("role", "toast")
        self._text = label("", name=f"{name}.text")
        self._button = Button(theme, tr("Undo"), name=f"{name}.undo", role="small")
        self._button.clicked.connect(self._take_back)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 8, 7)
        row.setSpacing(12)
        row.addWidget(self._text)
        row.addWidget(self._button)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(lifetime_ms)
        self.timer.timeout.connect(self._expire)
        parent.installEventFilter(self)
        self.hide()

    def say(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Show *text*; with *undo*, a button that calls it once."""
        self._undo = undo
        self._text.setText(text)
        self.setAccessibleName(text)
        self._button.setVisible(undo is not None)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self.timer.start()

    def _take_back(self) -> None:
        undo, self._undo = self._undo, None
        self.timer.stop()
        self.hide()
        if undo is not None:
            undo()
            self.undone.emit()

    def _expire(self) -> None:
        self._undo = None
        self.hide()
        self.expired.emit()

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            at = QPoint((parent.width() - self.width()) // 2, parent.height() - self.height() - 40)
            self.move(at)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    @override
    def enterEvent(self, event: QEvent) -> None:
        self.timer.stop()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        if self.isVisible():
            self.timer.start()
