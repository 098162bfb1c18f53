"""Labels and small arrangements in the theme's roles."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.widgets.plain_text import plain_tip


def label(
    text: str, role: str = "", *, name: str = "", selectable: bool = False, wrap: bool = False
) -> QLabel:
    """Return a label in *role*; text is taken literally, never as HTML.

    Roles: caption, caption.strong, muted, title, title.error, title.warning, header, hero, code, code.muted,
    error, warning, ok.
    """
    found = _SelectableLabel(text) if selectable else QLabel(text)
    found.setTextFormat(Qt.TextFormat.PlainText)
    found.setProperty("role", role)
    found.setObjectName(name)
    found.setWordWrap(wrap)
    if selectable:
        found.setAccessibleName(text)
    return found


class _SelectableLabel(QLabel):
    """Text to select with the mouse. No stop for Tab: what is worth copying has a command for it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        # So that Ctrl+C copies the selection and not what another control has.
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)


def set_role(widget: QWidget, role: str) -> None:
    """Give *widget* another role of the style sheet and have it drawn anew."""
    widget.setProperty("role", role)
    repolish(widget)


def repolish(widget: QWidget) -> None:
    """Have the style sheet look at *widget*'s properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def frame(role: str, name: str = "", parent: QWidget | None = None) -> QFrame:
    """Return a frame in *role*: card, code, panel, bar, sidebar, statusbar."""
    found = QFrame(parent)
    found.setProperty("role", role)
    found.setObjectName(name)
    return found


def separator(*, vertical: bool = False) -> QFrame:
    """Return a hairline between two areas."""
    found = frame("separator")
    found.setProperty("orientation", "vertical" if vertical else "horizontal")
    return found


class Figure(QWidget):
    """A caption over a strong value: "Events" above "1,284"."""

    def __init__(self, title: str, value: str = "", *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._title = title
        self._value = label(value, "title", name=f"{name}.value", selectable=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(label(title, "caption"))
        layout.addWidget(self._value)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_value(value)

    def set_value(self, value: str, *, tip: str = "", role: str = "title") -> None:
        """Show *value*; *tip* is its exact form, *role* may be title.error or title.warning."""
        self._value.setText(value)
        set_role(self._value, role)
        self.setToolTip(plain_tip(tip))
        self.setAccessibleName(f"{self._title}: {tip or value}")
