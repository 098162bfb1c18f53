"""The search field: finished terms as chips, free text after them, the key that leads here."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import CHIP_RADIUS, Theme
from vedette.desktop.widgets.labels import repolish
from vedette.desktop.widgets.plain_text import plain_tip
from vedette.desktop.widgets.query_terms import Term, split_finished, split_terms

TYPING_MS = 150
_LEAST_TEXT = 12
"""Room for so many digits stays for typing; chips that leave less fold into one that counts them."""


class _TermChip(QWidget):
    """One finished term; a click takes it back into the text."""

    clicked = Signal()

    def __init__(self, theme: Theme, term: Term, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._term = term
        self.setAccessibleName(str(term))
        self.setToolTip(tr("Click to edit, Backspace in the empty field to take it back"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        metrics = self._theme.metrics("code")
        return QSize(round(metrics.horizontalAdvance(str(self._term))) + 14, round(metrics.height()) + 5)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("border"), 1))
        painter.setBrush(self._theme.color("bg.sunken" if not self._theme.is_dark else "bg.raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CHIP_RADIUS, CHIP_RADIUS)
        painter.setFont(self._theme.font("code"))
        metrics = self._theme.metrics("code")
        base = (self.height() - metrics.height()) / 2 + metrics.ascent()
        painter.setPen(self._theme.color("accent.text"))
        painter.drawText(7, round(base), self._term.key)
        painter.setPen(self._theme.color("text"))
        painter.drawText(7 + round(metrics.horizontalAdvance(self._term.key)), round(base), self._term.value)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()


class _FoldedChips(QToolButton):
    """Stands for the chips there is no room for; opens them as text."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}.folded")
        self.setProperty("role", "chip")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    def stand_for(self, terms: Sequence[Term]) -> None:
        """Say how many and which; hide for none."""
        words = " ".join(map(str, terms))
        self.setText(f"+{len(terms)}")
        self.setToolTip(plain_tip(words))
        self.setAccessibleName(tr("%n more filter(s): {terms}", "", len(terms)).format(terms=words))
        self.setVisible(bool(terms))


class SearchField(QFrame):
    """A query line. ``text()`` is the whole query, chips included."""

    queryChanged = Signal(str)
    """The query differs, 150 ms after the last key or at once when a term was finished or taken back."""
    submitted = Signal(str)
    historyWanted = Signal()
    """Down or Alt+Down: earlier queries are asked for."""
    left = Signal()
    """Escape in an empty field: the focus wants to go back to the list."""

    def __init__(
        self,
        theme: Theme,
        *,
        name: str,
        title: str,
        hint: str,
        keys: str = "/",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._terms: list[Term] = []
        self._chips: list[_TermChip] = []
        self._last = ""
        self.setObjectName(name)
        self.setProperty("role", "field")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._icon = QLabel()
        self._edit = QLineEdit()
        self._edit.setObjectName(f"{name}.edit")
        self._edit.setProperty("role", "bare")
        self._edit.setAccessibleName(title)
        self._edit.setPlaceholderText(hint)
        self._key = QLabel(keys)
        self._key.setProperty("role", "key")
        self._folded = _FoldedChips(name, self)
        self._folded.clicked.connect(self._unfold)
        if not keys:
            self._key.hide()  # never shown here: without a parent it would be a window for a moment
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(9, 4, 7, 4)
        self._row.setSpacing(6)
        # The chips' width must not keep the field wide: they fold.
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        for part in (self._icon, self._folded, self._edit, self._key):
            self._row.addWidget(part)
        self._row.setStretchFactor(self._edit, 1)
        self.setFocusProxy(self._edit)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._announce)
        self._edit.textEdited.connect(self._edited)
        self._edit.installEventFilter(self)
        theme.changed.connect(self._follow_theme)
        self._follow_theme()

    def text(self) -> str:
        """Return the whole query: chips and text."""
        return " ".join([*map(str, self._terms), self._edit.text().strip()]).strip()

    def set_text(self, query: str) -> None:
        """Show *query*, keyed terms as chips. Does not send ``queryChanged``."""
        terms = split_terms(query)
        self._terms = [term for term in terms if term.key]
        self._edit.setText(" ".join(str(term) for term in terms if not term.key))
        self._last = self.text()
        self._show_chips()

    def terms(self) -> tuple[Term, ...]:
        """Return the finished terms shown as chips."""
        return tuple(self._terms)

    def _edited(self, text: str) -> None:
        finished, left = split_finished(text)
        if finished:
            self._terms += finished
            self._edit.setText(left)
            self._show_chips()
            self._announce()
        else:
            self._typing.start()

    def _take_back(self, at: int) -> None:
        term = self._terms.pop(at)
        rest = self._edit.text().strip()
        self._edit.setText(f"{term} {rest}" if rest else str(term))
        self._edit.setCursorPosition(len(str(term)))
        self._show_chips()
        self._edit.setFocus()
        self._announce()

    def _show_chips(self) -> None:
        for chip in self._chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [_TermChip(self._theme, term, self) for term in self._terms]
        for at, chip in enumerate(self._chips):
            chip.clicked.connect(lambda at=at: self._take_back(at))
            self._row.insertWidget(1 + at, chip)
        self._fold()

    def _fold(self) -> None:
        """Show as many chips from the left as leave room for typing."""
        room = self.width() - self._icon.sizeHint().width() - 2 * self._row.spacing() - 16
        room -= round(self._theme.metrics("body").horizontalAdvance("0") * _LEAST_TEXT)
        widths = [chip.sizeHint().width() + self._row.spacing() for chip in self._chips]
        if sum(widths) > room:
            room -= self._folded.sizeHint().width() + self._row.spacing()
        shown = 0
        while shown < len(widths) and widths[shown] <= room:
            room -= widths[shown]
            shown += 1
        for at, chip in enumerate(self._chips):
            chip.setVisible(at < shown)
        self._folded.stand_for(self._terms[shown:])

    def _unfold(self) -> None:
        """Turn the chips there is no room for into text."""
        shown = sum(not chip.isHidden() for chip in self._chips)
        hidden = self._terms[shown:]
        del self._terms[shown:]
        self._edit.setText(" ".join([*map(str, hidden), self._edit.text().strip()]).strip())
        self._show_chips()
        self._edit.setFocus()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    @override
    def minimumSizeHint(self) -> QSize:
        # Chips fold, so they ask for no width of their own.
        hint = super().minimumSizeHint()
        digits = round(self._theme.metrics("body").horizontalAdvance("0") * _LEAST_TEXT)
        return QSize(min(hint.width(), digits + 60), hint.height())

    def _announce(self) -> None:
        self._typing.stop()
        query = self.text()
        if query != self._last:
            self._last = query
            self.queryChanged.emit(query)

    def _follow_theme(self) -> None:
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(self._theme.icon_pixmap("search", "text.muted", 16, ratio))
        self._fold()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.setProperty("focused", "true" if kind == QEvent.Type.FocusIn else "false")
            repolish(self)
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key_pressed(event)
        return super().eventFilter(watched, event)

    def _key_pressed(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Backspace and self._terms and not self._edit.text():
            self._take_back(len(self._terms) - 1)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._announce()
            self.submitted.emit(self.text())
            return True
        if key == Qt.Key.Key_Escape:
            return self._escape()
        if key == Qt.Key.Key_Down:
            self.historyWanted.emit()
            return True
        return False

    def _escape(self) -> bool:
        if self._edit.text():
            self._edit.clear()
            self._announce()
        else:
            self.left.emit()
        return True
