"""Buttons in the theme's roles: primary, plain, quiet, with an icon and the key that does the same."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QMenu,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from vedette.desktop.commands.keys import show_keys
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.theme.theme import CHIP_RADIUS, Theme


class Button(QPushButton):
    """A push button in a role ("", primary, quiet, danger, small, link), with icon, key hint or menu."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        name: str,
        role: str = "",
        icon: str = "",
        keys: str = "",
        menu: QMenu | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._keys = show_keys(keys) if keys else ""
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setProperty("role", role)
        if icon:
            self.setIcon(theme.icon(icon, "accent.on" if role == "primary" else "text.muted"))
        if menu is not None:
            self.setMenu(menu)
        theme.changed.connect(self.updateGeometry)
        self.setIconSize(theme.icon_size())

    def _ink(self) -> str:
        if not self.isEnabled():
            return "text.disabled"
        return "accent.on" if self.property("role") == "primary" else "text.muted"

    def _tail(self) -> int:
        """Return the width of what stands after the text."""
        tail = 0
        if self._keys:
            tail += round(self._theme.metrics("caption").horizontalAdvance(self._keys)) + 16
        if self.menu() is not None:
            tail += 18
        return tail

    @override
    def sizeHint(self) -> QSize:
        # Focus and the checked state change border and weight; a constant width keeps the row still.
        hint = super().sizeHint()
        return QSize(hint.width() + self._tail(), hint.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._tail():
            super().paintEvent(event)
            return
        self._paint_with_tail()

    def _paint_with_tail(self) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        option.rect = self.rect().adjusted(0, 0, -self._tail(), 0)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        right = self.width() - 10
        if self.menu() is not None:
            ratio = self.devicePixelRatioF()
            chevron = self._theme.icon_pixmap("chevron-down", self._ink(), 14, ratio)
            painter.drawPixmap(right - 14, (self.height() - 14) // 2, chevron)
            right -= 18
        if self._keys:
            self._paint_keys(painter, right)
        painter.end()

    def _paint_keys(self, painter: QPainter, right: int) -> None:
        metrics = self._theme.metrics("caption")
        width = metrics.horizontalAdvance(self._keys) + 10
        box = QRectF(right - width, (self.height() - metrics.height() - 2) / 2, width, metrics.height() + 2)
        ink = self._theme.color(self._ink())
        if self.property("role") != "primary":
            painter.setPen(QPen(self._theme.color("border"), 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), CHIP_RADIUS, CHIP_RADIUS)
        painter.setPen(ink)
        painter.setFont(self._theme.font("caption"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._keys)


class IconButton(QToolButton):
    """A quiet button that shows only an icon; its title is the accessible name and the tool tip."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        *,
        name: str,
        framed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setToolTip(title)
        self.setIcon(theme.icon(icon, "text.muted", "accent.text"))
        self.setIconSize(theme.icon_size())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if framed:
            self.setProperty("role", "button")
            self.setProperty("square", "true")


def command_button(
    theme: Theme,
    registry: CommandRegistry,
    command_id: str,
    *,
    role: str = "",
    show_hint: bool = False,
    parent: QWidget | None = None,
) -> Button:
    """Return a button that runs a command and follows whether it applies; named ``<command id>.button``."""
    command = registry.command(command_id)
    button = Button(
        theme,
        command.title,
        name=f"{command_id}.button",
        role=role,
        icon=command.icon,
        keys=command.keys[0] if show_hint and command.keys else "",
        parent=parent,
    )
    action = registry.action(command_id)
    button.setToolTip(registry.tool_tip(command_id))
    button.setEnabled(action.isEnabled())
    button.clicked.connect(lambda: registry.run(command_id))
    action.enabledChanged.connect(button.setEnabled)
    return button


def command_icon_button(
    theme: Theme,
    registry: CommandRegistry,
    command_id: str,
    *,
    framed: bool = False,
    parent: QWidget | None = None,
) -> IconButton:
    """Return an icon button that runs a command and follows whether it applies."""
    command = registry.command(command_id)
    button = IconButton(
        theme, command.icon, command.title, name=f"{command_id}.button", framed=framed, parent=parent
    )
    action = registry.action(command_id)
    button.setToolTip(registry.tool_tip(command_id))
    button.setEnabled(action.isEnabled())
    button.clicked.connect(lambda: registry.run(command_id))
    action.enabledChanged.connect(button.setEnabled)
    return button
