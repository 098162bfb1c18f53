"""Buttons in the theme's roles: primary, plain, quiet, with an icon and the key that does the same."""

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPen
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

_ICON_GAP = 7
_CHEVRON = 14


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
        self._menu = menu  # Qt does not own it
        if menu is not None:
            self.setMenu(menu)
        theme.changed.connect(self.updateGeometry)
        self.setIconSize(theme.icon_size())

    def set_keys(self, keys: str) -> None:
        """Show other *keys* behind the text, "" for none."""
        self._keys = show_keys(keys) if keys else ""
        self.updateGeometry()
        self.update()

    def _ink(self) -> str:
        if not self.isEnabled():
            return "text.disabled"
        return "accent.on" if self.property("role") == "primary" else "text.muted"

    def _tail(self) -> int:
        """Return the width of what stands after the text: keys, the menu's chevron."""
        tail = 0
        if self._keys:
            tail += round(self._theme.metrics("caption").horizontalAdvance(self._keys)) + 18
        return tail + (_CHEVRON + 5 if self.menu() is not None else 0)

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        gap = _ICON_GAP - 4 if not self.icon().isNull() and self.text() else 0  # Qt reckons with 4
        return QSize(hint.width() + gap + self._tail(), hint.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        if option.icon.isNull() and not self._tail():
            painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        else:
            self._paint_content(painter, option)
        painter.end()

    def _paint_content(self, painter: QStylePainter, option: QStyleOptionButton) -> None:
        """Draw icon, text, keys and chevron as one centred group."""
        text = option.fontMetrics.size(int(Qt.TextFlag.TextShowMnemonic), option.text).width()
        icon = 0 if option.icon.isNull() else self.iconSize().width() + (_ICON_GAP if option.text else 0)
        left = max(6, (self.width() - icon - text - self._tail()) // 2)
        if icon:
            side = self.iconSize().width()
            box = QRect(left, (self.height() - side) // 2, side, side)
            mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
            option.icon.paint(painter, box, Qt.AlignmentFlag.AlignCenter, mode)
        label = QStyleOptionButton(option)
        label.icon = QIcon()
        label.rect = QRect(left + icon - 20, 0, text + 40, self.height())
        label.features = QStyleOptionButton.ButtonFeature(0)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, label)
        right = left + icon + text + self._tail()
        if self.menu() is not None:
            chevron = self._theme.icon_pixmap("chevron-down", self._ink(), _CHEVRON, self.devicePixelRatioF())
            painter.drawPixmap(right - _CHEVRON, (self.height() - _CHEVRON) // 2, chevron)
            right -= _CHEVRON + 5
        if self._keys:
            self._paint_keys(painter, right)

    def _paint_keys(self, painter: QPainter, right: int) -> None:
        metrics = self._theme.metrics("caption")
        width = metrics.horizontalAdvance(self._keys) + 10
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(right - width, (self.height() - metrics.height() - 2) / 2, width, metrics.height() + 2)
        if self.property("role") != "primary":
            painter.setPen(QPen(self._theme.color("border"), 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), CHIP_RADIUS, CHIP_RADIUS)
        painter.setPen(self._theme.color(self._ink()))
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


class _KeysShown(QObject):
    """Keeps a button's tool tip and key hint as the keys of its command are now."""

    def __init__(
        self,
        registry: CommandRegistry,
        command_id: str,
        button: QPushButton | QToolButton,
        *,
        show_hint: bool = False,
    ) -> None:
        super().__init__(button)
        self._registry = registry
        self._id = command_id
        self._button = button
        self._show_hint = show_hint
        registry.keysChanged.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self._button.setToolTip(self._registry.tool_tip(self._id))
        if self._show_hint and isinstance(self._button, Button):
            keys = self._registry.command(self._id).keys
            self._button.set_keys(keys[0] if keys else "")


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
        parent=parent,
    )
    action = registry.action(command_id)
    _KeysShown(registry, command_id, button, show_hint=show_hint)
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
    _KeysShown(registry, command_id, button)
    button.setEnabled(action.isEnabled())
    button.clicked.connect(lambda: registry.run(command_id))
    action.enabledChanged.connect(button.setEnabled)
    return button
