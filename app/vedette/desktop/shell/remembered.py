"""What the window remembers from one start to the next: place, size, colours, density."""

from PySide6.QtCore import QByteArray, QSettings

from vedette.desktop.shell.window import MainWindow
from vedette.desktop.theme.theme import Density, SchemeSetting, Theme
from vedette.domain.workspace import Workspace


class Remembered:
    """The file ``window.ini`` beside the workspace's own settings. A damaged value is as none."""

    def __init__(self, workspace: Workspace) -> None:
        self._store = QSettings(str(workspace.folder / "window.ini"), QSettings.Format.IniFormat)

    def scheme(self) -> SchemeSetting:
        """Return which colours the user chose."""
        try:
            return SchemeSetting(self._text("scheme"))
        except ValueError:
            return SchemeSetting.SYSTEM

    def density(self) -> Density:
        """Return how much air rows have."""
        try:
            return Density(self._text("density"))
        except ValueError:
            return Density.COMFORTABLE

    def restore(self, window: MainWindow) -> None:
        """Give *window* the place and size it had; Qt brings it back from a screen that is gone."""
        geometry = self._store.value("geometry")
        if isinstance(geometry, QByteArray):
            window.restoreGeometry(geometry)
        window.dispatcher.letters_enabled = self._text("letters") != "off"

    def keep(self, window: MainWindow, theme: Theme) -> None:
        """Remember where *window* is and how it looks."""
        self._store.setValue("geometry", window.saveGeometry())
        self._store.setValue("letters", "on" if window.dispatcher.letters_enabled else "off")
        self.keep_look(theme)
        self._store.sync()

    def keep_look(self, theme: Theme) -> None:
        """Remember colours and density."""
        self._store.setValue("scheme", theme.setting.value)
        self._store.setValue("density", theme.density.value)

    def _text(self, name: str) -> str:
        return str(self._store.value(name, ""))
