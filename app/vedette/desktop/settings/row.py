"""One setting: its title, its control, what it means, and the way back to its usual value."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.settings.match_label import MatchLabel
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import IconButton
from vedette.desktop.widgets.flow_layout import FlowLayout

TITLE_LETTERS = 26
"""How many letters wide the column of titles is where there is room for it beside the controls."""
BESIDE_LETTERS = 66
"""In a narrower row the title stands above the control."""
_BAR = 3


class SettingRow(QWidget):
    """A title beside its control, above it where there is no room; below them what the setting means.

    *usual* says the usual value in words, *is_usual* whether it is in force, *reset* brings it back; without
    them the row only shows something.
    """

    def __init__(
        self,
        theme: Theme,
        title: str,
        control: QWidget,
        *,
        name: str,
        about: str = "",
        words: str = "",
        usual: str = "",
        is_usual: Callable[[], bool] | None = None,
        reset: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._words = words
        self._is_usual = is_usual
        self.control = control
        self.setObjectName(f"{name}.row")
        self.title = MatchLabel(theme, title, "", name=f"{name}.title")
        self.title.setBuddy(control)
        self.help = MatchLabel(theme, about, "muted", name=f"{name}.help")
        self.help.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.help.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        tip = tr("Back to the usual value: {value}").format(value=usual) if usual else tr("Reset")
        self.reset = IconButton(theme, "rotate-ccw", tip, name=f"{name}.reset")
        self.reset.setAccessibleName(f"{title}: {tip}")
        if reset is not None:
            self.reset.clicked.connect(reset)
        self._lay_out()
        self.help.setHidden(not about)  # only now: without a parent it would be a window of its own
        theme.changed.connect(self._fit)
        self.show_state()

    def _lay_out(self) -> None:
        self._ends = QHBoxLayout()
        self._ends.setSpacing(4)
        policy = self.reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # so that nothing moves when a value changes
        self.reset.setSizePolicy(policy)
        takes_all = self.control.sizePolicy().horizontalPolicy() in (
            QSizePolicy.Policy.Expanding,
            QSizePolicy.Policy.Ignored,
        )
        self._ends.addWidget(self.control, int(takes_all))
        self._ends.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignTop)
        self._ends.addStretch(int(not takes_all))
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(6)
        self._line.addWidget(self.title, 0, Qt.AlignmentFlag.AlignTop)
        self._line.addLayout(self._ends, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 5, 0, 5)
        column.setSpacing(3)
        column.addLayout(self._line)
        column.addWidget(self.help)

    # ---------------------------------------------------------------- state

    @property
    def is_changed(self) -> bool:
        """Whether the setting has another value than the usual one."""
        return self._is_usual is not None and not self._is_usual()

    def show_state(self) -> None:
        """Mark the row if its setting is not the usual one."""
        changed = self.is_changed
        had_focus = self.reset.hasFocus()
        self.reset.setVisible(changed)
        if had_focus and not changed:
            self.control.setFocus(Qt.FocusReason.OtherFocusReason)
        text = self.title.plain
        self.title.setAccessibleName(tr("{title}, changed").format(title=text) if changed else text)
        self.update()

    def say_help(self, text: str) -> None:
        """Say something else below the control."""
        self.help.say(text)
        self.help.setVisible(bool(text))

    # ---------------------------------------------------------------- search

    def apply_filter(self, words: Sequence[str], around: str = "") -> int:
        """Show the row if all of *words* are in what it says or in *around*; returns how many rows show."""
        own = f"{self.title.plain} {self.help.plain} {self._words} {around}".casefold()
        fits = all(word in own for word in words)
        for label in (self.title, self.help):
            label.mark(words if fits else ())
        self.setVisible(fits)
        return int(fits)

    # ---------------------------------------------------------------- room

    def _fit(self) -> None:
        letter = self._theme.metrics("body").averageCharWidth()
        wide = round(letter * TITLE_LETTERS)
        beside = self.width() >= letter * BESIDE_LETTERS
        self.title.setMinimumWidth(wide if beside else 0)
        self.title.setMaximumWidth(wide if beside else 16_777_215)
        # In the middle of the control's first line, however many it has.
        control = max(self.control.sizeHint().height(), self.reset.sizeHint().height())
        first_line = min(control, self._theme.line_height("body") + 16)
        self.title.setMinimumHeight(first_line if beside else 0)
        direction = QBoxLayout.Direction
        self._line.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        margins = self.help.contentsMargins()
        left = wide + self._line.spacing() if beside else 0
        if margins.left() != left:
            self.help.setContentsMargins(left, 0, 0, 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.is_changed:
            painter = QPainter(self)
            painter.fillRect(0, 4, _BAR, self.height() - 8, self._theme.color("accent"))


def side_by_side(*widgets: QWidget) -> QWidget:
    """Return *widgets* as one control, in several lines where there is no room."""
    found = QWidget()
    flow = FlowLayout(8, found)
    for widget in widgets:
        flow.addWidget(widget)
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    found.setSizePolicy(policy)
    return found


def value_label(theme: Theme, name: str, *, role: str = "") -> MatchLabel:
    """Return a label for a value that can be selected, as the control of a row that only shows something."""
    found = MatchLabel(theme, "", role, name=name)
    found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    found.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return found
