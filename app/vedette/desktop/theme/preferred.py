"""What of the look the user chose in the settings, followed live: code font and motion."""

from PySide6.QtCore import QObject

from vedette.desktop.preferences import Preferences
from vedette.desktop.theme.theme import Motion, Theme

CODE_FONT = "appearance.code_font"
"""A font family, "" for the usual one."""
MOTION = "appearance.motion"
"""A `Motion`."""


class PreferredLook(QObject):
    """Gives *theme* what *preferences* say, now and whenever they change."""

    def __init__(self, theme: Theme, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent or theme)
        self._theme = theme
        self._preferences = preferences
        preferences.changed.connect(self._follow)
        for key in (CODE_FONT, MOTION):
            self._follow(key)

    def _follow(self, key: str) -> None:
        if key == CODE_FONT:
            self._theme.set_code_family(self._preferences.get(CODE_FONT, ""))
        elif key == MOTION:
            self._theme.set_motion(motion_of(self._preferences))


def motion_of(preferences: Preferences) -> Motion:
    """Return how much may move; a strange value leaves it to the desktop."""
    try:
        return Motion(preferences.get(MOTION, Motion.SYSTEM.value))
    except ValueError:
        return Motion.SYSTEM
