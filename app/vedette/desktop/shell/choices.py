"""The menus of the scope bar: one of several, or several at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from vedette.desktop.widgets.plain_text import plain_title


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry: what it says, whether it is chosen, what choosing it does. An empty title separates."""

    title: str
    is_chosen: bool = False
    choose: Callable[[], object] = lambda: None
    icon: QIcon | None = None
    is_checkable: bool = True


SEPARATOR = Choice("")


class ChoiceMenu(QMenu):
    """A menu of choices. With *many* a click or Space switches one and the menu stays; Enter closes it."""

    def __init__(self, parent: QWidget, read: Callable[[], Sequence[Choice]], *, many: bool = False) -> None:
        """*read* gives the choices as they are now; it is asked again after each."""
        super().__init__(parent)
        self._read = read
        self._many = many
        self._fill()
        self.aboutToHide.connect(self.deleteLater)

    def _fill(self) -> None:
        for choice in self._read():
            if not choice.title:
                self.addSeparator()
                continue
            action = self.addAction(plain_title(choice.title))
            action.setCheckable(choice.is_checkable)
            action.setChecked(choice.is_chosen)
            if choice.icon is not None:
                action.setIcon(choice.icon)
            # Qt hands the checked state over, which is nothing a choice asks for.
            action.triggered.connect(lambda _checked=False, choose=choice.choose: choose())

    def _switch(self, action: QAction | None) -> bool:
        """Choose without closing; False if this is not the menu or the entry for it."""
        if not self._many or action is None or not action.isCheckable():
            return False
        action.trigger()
        for shown, choice in zip(self.actions(), self._read(), strict=False):
            shown.setChecked(choice.is_chosen)
        return True

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._switch(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space or not self._switch(self.activeAction()):
            super().keyPressEvent(event)
