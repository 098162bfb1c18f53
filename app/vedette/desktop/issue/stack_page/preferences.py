"""How the user wants stack traces: kept from one start to the next."""

from PySide6.QtCore import QSettings

from vedette.desktop.issue.stack.frames import StackShow

_SHOW, _OLDEST, _VARIABLES = "issue/stack_show", "issue/stack_oldest_first", "issue/stack_variables"


class StackPreferences:
    """Reads and writes the choices; a damaged value counts as none."""

    def __init__(self, settings: QSettings | None = None) -> None:
        """*settings* None: the user's own file."""
        self._settings = settings or QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Vedette", "views"
        )

    @property
    def show(self) -> StackShow:
        """Most relevant, full or raw; raw is for the moment and comes back as most relevant."""
        value = self._settings.value(_SHOW, StackShow.RELEVANT.value)
        return StackShow.FULL if value == StackShow.FULL.value else StackShow.RELEVANT

    @show.setter
    def show(self, value: StackShow) -> None:
        self._settings.setValue(_SHOW, value.value)

    @property
    def newest_first(self) -> bool:
        """Whether the innermost frame stands at the top."""
        return str(self._settings.value(_OLDEST, "false")) != "true"

    @newest_first.setter
    def newest_first(self, value: bool) -> None:
        self._settings.setValue(_OLDEST, "false" if value else "true")

    @property
    def variables(self) -> bool:
        """Whether open frames show their variables."""
        return str(self._settings.value(_VARIABLES, "true")) != "false"

    @variables.setter
    def variables(self, value: bool) -> None:
        self._settings.setValue(_VARIABLES, "true" if value else "false")
