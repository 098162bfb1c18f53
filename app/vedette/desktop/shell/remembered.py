"""What the windows remember from one start to the next: places, sizes, colours, density."""

from collections.abc import Sequence
from typing import Any

import orjson
from PySide6.QtCore import QByteArray, QSettings

from vedette.desktop.shell.places import Place
from vedette.desktop.shell.window import MainWindow
from vedette.desktop.theme.theme import Density, SchemeSetting, Theme
from vedette.domain.workspace import Workspace

MOST_WINDOWS = 12


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

    def keep(self, window: MainWindow, theme: Theme) -> None:
        """Remember where *window* is, if it is a whole one, and how it looks."""
        if not window.arrangement.is_alone and not window.arrangement.is_strip():
            self._store.setValue("geometry", window.saveGeometry())
        self.keep_look(theme)
        self._store.sync()

    def keep_look(self, theme: Theme) -> None:
        """Remember colours and density."""
        self._store.setValue("scheme", theme.setting.value)
        self._store.setValue("density", theme.density.value)

    def keep_others(self, windows: Sequence[tuple[Place, QByteArray, bool]]) -> None:
        """Remember the windows besides the first: what each shows, where it stands, whether it is alone."""
        kept = [
            [
                place.section,
                place.id,
                place.query,
                place.extra,
                bytes(geometry.toBase64().data()).decode(),
                alone,
            ]
            for place, geometry, alone in windows[:MOST_WINDOWS]
        ]
        self._store.setValue("others", orjson.dumps(kept).decode())
        self._store.sync()

    def others(self) -> list[tuple[Place, QByteArray, bool]]:
        """Return the windows that were open besides the first; what is no window is left out."""
        try:
            kept: Any = orjson.loads(self._text("others"))
        except orjson.JSONDecodeError:
            return []
        found = [_window(one) for one in kept] if isinstance(kept, list) else []
        return [window for window in found if window is not None][:MOST_WINDOWS]

    def _text(self, name: str) -> str:
        return str(self._store.value(name, ""))


def _window(value: object) -> tuple[Place, QByteArray, bool] | None:
    match value:
        case [
            str(section),
            (int() | str() | None) as number,
            str(query),
            str(extra),
            str(geometry),
            bool(alone),
        ]:
            place = Place(section, number, query, extra)
            return place, QByteArray.fromBase64(geometry.encode()), alone
        case _:
            return None
