"""What closing the last window means: asked once, then as the user said."""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.preferences import Preferences
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import label

PREFERENCE = "tray.close"
_WIDTH_LETTERS = 54


class OnClose(StrEnum):
    """The preference's values."""

    ASK = "ask"
    KEEP = "keep"
    QUIT = "quit"


def chosen_on_close(preferences: Preferences) -> OnClose:
    """Return what the user said, ASK for nothing or nonsense."""
    try:
        return OnClose(preferences.get(PREFERENCE, OnClose.ASK.value))
    except ValueError:
        return OnClose.ASK


class CloseQuestion(QDialog):
    """Asks whether to go on listening without a window. ``choice`` is ASK when it was left with Escape."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.choice = OnClose.ASK
        self.setObjectName("tray.question")
        self.setWindowTitle(tr("Vedette"))
        self.setAccessibleName(tr("Go on listening in the tray?"))
        width = round(theme.metrics("body").horizontalAdvance("n" * _WIDTH_LETTERS))
        question = label(tr("Go on listening in the tray?"), "title", wrap=True)
        more = label(
            tr(
                "Programs can go on sending, and you are told of new issues. The icon in the tray opens the "
                "window again. This is asked once; Settings, Notifications, changes it."
            ),
            wrap=True,
        )
        more.setMinimumWidth(width)
        self.keep = Button(theme, tr("Go on listening"), name="tray.question.keep", role="primary")
        self.quit = Button(theme, tr("Quit"), name="tray.question.quit")
        self.keep.setDefault(True)
        self.keep.clicked.connect(lambda: self._choose(OnClose.KEEP))
        self.quit.clicked.connect(lambda: self._choose(OnClose.QUIT))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        # The platform's own order: on Windows the affirmative one comes first.
        first_affirmative = QGuiApplication.platformName() == "windows"
        pair = (self.keep, self.quit) if first_affirmative else (self.quit, self.keep)
        for button in pair:
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        for part in (question, more):
            layout.addWidget(part)
        layout.addLayout(buttons)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)

    def _choose(self, choice: OnClose) -> None:
        self.choice = choice
        self.accept()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)
