"""The lines to copy, one for each place a program may run in."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.connect.copy_button import CopyButton
from vedette.desktop.connect.targets import Target
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.elided_label import ElidedLabel
from vedette.desktop.widgets.labels import label

_BESIDE_FROM = 34  # in widths of "x"; narrower, a title stands above its line


class _Row:
    """One target's widgets."""

    def __init__(self, theme: Theme, target: Target, name: str) -> None:
        self.title = label(target.title, "muted")
        self.value = ElidedLabel(theme, "code", name=f"{name}.value")
        self.value.set_text(target.value)
        self.value.setVisible(bool(target.value))
        self.text = QWidget()
        lines = QVBoxLayout(self.text)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(1)
        lines.addWidget(self.value)
        for words, role in ((target.missing, "warning"), (target.note, "caption")):
            if words:
                said: QLabel = label(words, role, wrap=True)
                said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
                lines.addWidget(said)
        what = tr("Copy the line for: {place}").format(place=f"{target.title} {target.note}".strip())
        self.copy = CopyButton(theme, what, self.value.full_text, name=f"{name}.copy")
        self.copy.setVisible(bool(target.value))
        self.text.setAccessibleName(
            ", ".join(filter(None, (target.title, target.value, target.missing, target.note)))
        )

    def widgets(self) -> tuple[QWidget, ...]:
        return self.title, self.text, self.copy


class TargetRows(QWidget):
    """Targets below each other: what for, the line, Copy. Built anew only when they differ."""

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._targets: tuple[Target, ...] = ()
        self._rows: list[_Row] = []
        self._is_wide: bool | None = None
        self.setObjectName(name)
        self.setAccessibleName(tr("Where your program runs"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets shown."""
        return self._targets

    def show_targets(self, targets: tuple[Target, ...]) -> None:
        """Show *targets*."""
        if targets == self._targets:
            return
        self._targets = targets
        for row in self._rows:
            for widget in row.widgets():
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._rows = [_Row(self._theme, one, f"{self.objectName()}.{one.key}") for one in targets]
        self._arrange()

    def _arrange(self) -> None:
        """Place the rows; in a narrow page a title has a line of its own."""
        top = Qt.AlignmentFlag.AlignTop
        wide = self._is_wide is not False
        for n, row in enumerate(self._rows):
            if wide:
                self._grid.addWidget(row.title, n, 0, top)
                self._grid.addWidget(row.text, n, 1)
                self._grid.addWidget(row.copy, n, 2, top)
            else:
                self._grid.addWidget(row.title, 2 * n, 0, 1, 3)
                self._grid.addWidget(row.text, 2 * n + 1, 0, 1, 2)
                self._grid.addWidget(row.copy, 2 * n + 1, 2, top)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= self._theme.metrics("body").horizontalAdvance("x") * _BESIDE_FROM * 2
        if wide != self._is_wide:
            self._is_wide = wide
            self._arrange()
