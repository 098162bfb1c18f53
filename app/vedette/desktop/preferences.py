"""What the user chose, kept from one start to the next and the same in every window."""

from typing import Any, TypeVar

import orjson
from PySide6.QtCore import QObject, QSettings, Signal

T = TypeVar("T", bool, int, float, str, list[Any], dict[str, Any])


class Preferences(QObject):
    """Values by dotted key, `issues.columns`. A damaged or strange value counts as none.

    Each value is JSON in the user's own file `preferences.ini`, in the platform's place for settings.
    """

    changed = Signal(str)
    """A key has another value now."""

    def __init__(self, settings: QSettings | None = None, parent: QObject | None = None) -> None:
        """*settings* None: the user's own file."""
        super().__init__(parent)
        self._settings = settings or QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Vedette", "preferences"
        )
        self._known: dict[str, object] = {}

    def get(self, key: str, default: T) -> T:
        """Return the value of *key*, *default* if there is none of the default's own type."""
        value = self._read(key)
        if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        return value if type(value) is type(default) else default

    def is_set(self, key: str) -> bool:
        """Return whether the user chose a value."""
        return self._read(key) is not None

    def set(self, key: str, value: bool | float | str | list[Any] | dict[str, Any]) -> None:
        """Keep *value* for *key*."""
        if self._read(key) == value and type(self._read(key)) is type(value):
            return
        self._known[key] = value
        self._settings.setValue(key, orjson.dumps(value).decode())
        self.changed.emit(key)

    def reset(self, key: str) -> None:
        """Forget the user's value."""
        if self._read(key) is None:
            return
        self._known[key] = None
        self._settings.remove(key)
        self.changed.emit(key)

    def keys(self) -> tuple[str, ...]:
        """Return the keys that have a value."""
        return tuple(self._settings.allKeys())

    def _read(self, key: str) -> object:
        if key not in self._known:
            self._known[key] = _parsed(self._settings.value(key))
        return self._known[key]


def _parsed(text: object) -> object:
    try:
        return orjson.loads(text) if isinstance(text, str) else None
    except orjson.JSONDecodeError:
        return None
