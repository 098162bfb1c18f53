"""A row of joined buttons of which one is on: view filters, sort orders, representations."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.plain_text import plain_title
from vedette.desktop.widgets.units import count as count_text


@dataclass(frozen=True, slots=True)
class Segment:
    """One choice: its key, its title, and a count beside the title if there is one."""

    key: str
    title: str
    count: int | None = None


class _SegmentButton(QPushButton):
    """Reserves the width of its bold text, so that choosing does not move the others."""

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        bold = self.font()
        bold.setWeight(bold.Weight.DemiBold)
        extra = QFontMetricsF(bold).horizontalAdvance(self.text()) - QFontMetricsF(
            self.font()
        ).horizontalAdvance(self.text())
        return QSize(hint.width() + max(0, round(extra)), hint.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Segmented(QFrame):
    """Joined buttons; Left and Right move the choice, Tab enters and leaves at the chosen one."""

    chosen = Signal(str)
    """The user chose a segment; carries its key. Not sent for ``choose``."""

    def __init__(
        self,
        theme: Theme,
        segments: Sequence[Segment],
        *,
        name: str,
        title: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setProperty("role", "segmented")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, _SegmentButton] = {}
        self._titles: dict[str, str] = {}
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.set_segments(segments)

    def set_segments(self, segments: Sequence[Segment]) -> None:
        """Offer other choices; the chosen key stays if it is still there, else the first is chosen."""
        before = self.current() if self._buttons else ""
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons.clear()
        for segment in segments:
            self._add(segment)
        if self._buttons:
            self.choose(before if before in self._buttons else segments[0].key)

    def _add(self, segment: Segment) -> None:
        button = _SegmentButton(self)
        button.setObjectName(f"{self.objectName()}.{segment.key}")
        button.setProperty("segment", "true")
        button.setCheckable(True)
        button.clicked.connect(lambda: self._click(segment.key))
        self._group.addButton(button)
        self._layout.addWidget(button)
        button.show()
        self._buttons[segment.key] = button
        self._titles[segment.key] = segment.title
        self.set_count(segment.key, segment.count)

    def set_count(self, key: str, count: int | None) -> None:
        """Show *count* beside the title of *key*, or nothing for None."""
        title = self._titles[key]
        text = title if count is None else f"{title} {count_text(count)}"
        self._buttons[key].setText(plain_title(text))
        self._buttons[key].setAccessibleName(text)
        self._buttons[key].updateGeometry()

    def current(self) -> str:
        """Return the key of the chosen segment."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Choose *key* without telling ``chosen``. Raises KeyError."""
        self._buttons[key].setChecked(True)
        self._rove()

    def _click(self, key: str) -> None:
        self._rove()
        self.chosen.emit(key)

    def _rove(self) -> None:
        for button in self._buttons.values():
            button.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if button.isChecked() else Qt.FocusPolicy.NoFocus
            )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        keys = list(self._buttons)
        if step is None or not keys:
            super().keyPressEvent(event)
            return
        key = keys[(keys.index(self.current()) + step) % len(keys)]
        self._buttons[key].setChecked(True)
        self._rove()
        self._buttons[key].setFocus(Qt.FocusReason.TabFocusReason)
        self.chosen.emit(key)
