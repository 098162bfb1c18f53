"""A button that copies a text and says so for a moment."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button

SAID_MS = 1_500


class CopyButton(Button):
    """ "Copy", and "Copied" once it has. Its width stays, so nothing beside it moves."""

    def __init__(
        self,
        theme: Theme,
        what: str,
        text: Callable[[], str],
        *,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        """*what* is the accessible name, "Copy the DSN": it names the text where the place is not seen."""
        super().__init__(theme, tr("Copied"), name=name, role="small", icon="copy", parent=parent)
        self._what = what
        self._source = text
        width = self.sizeHint().width()
        self.setText(tr("Copy", "verb"))
        self.setMinimumWidth(max(width, self.sizeHint().width()))
        self._back = QTimer(self)
        self._back.setSingleShot(True)
        self._back.setInterval(SAID_MS)
        self._back.timeout.connect(self._say_copy)
        self._say_copy()
        self.clicked.connect(self.copy)

    def copy(self) -> None:
        """Put the text on the clipboard."""
        QGuiApplication.clipboard().setText(self._source())
        self.setText(tr("Copied"))
        self.setAccessibleName(tr("Copied: {what}").format(what=self._what))
        self._back.start()

    def _say_copy(self) -> None:
        self.setText(tr("Copy", "verb"))
        self.setAccessibleName(self._what)
