"""The tray icon's menu, filled as it opens."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from vedette.desktop.language import tr
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.tray.pausing import TimedPause
from vedette.desktop.tray.read import UNSEEN, Unseen
from vedette.desktop.tray.state import shown_count
from vedette.desktop.widgets.plain_text import plain_title

_LONGEST = 60


class TrayTarget(Protocol):
    """What the menu acts on."""

    @property
    def unseen(self) -> Unseen: ...
    @property
    def is_paused(self) -> bool: ...
    @property
    def can_start_run(self) -> bool: ...
    def resume(self) -> None: ...
    def show_place(self, place: Place) -> None: ...
    def come_up(self) -> None: ...
    def start_run(self) -> None: ...
    def copy_dsn(self) -> None: ...
    def quit(self) -> None: ...


class TrayMenu(QMenu):
    """Unseen errors, pauses, and the ways into the window."""

    def __init__(self, at: TrayTarget, pause: TimedPause, theme: Theme) -> None:
        super().__init__()
        self._at = at
        self._pause = pause
        self._theme = theme
        self.setObjectName("tray.menu")
        self.setAccessibleName(tr("Vedette"))
        self.pauses = QMenu(tr("Pause"), self)
        self.pauses.setObjectName("tray.menu.pause")
        self.pauses.setIcon(theme.icon("pause"))
        self.aboutToShow.connect(self.fill)
        # Desktops that show the menu themselves ask for it before it opens.
        self.fill()

    def fill(self) -> None:
        """Make the entries anew: as things are now."""
        at = self._at
        self.clear()
        self._add_unseen(at.unseen)
        self.addSeparator()
        if at.is_paused:
            self._entry(self, "resume", tr("Go on"), at.resume, "play")
        else:
            self._fill_pauses()
            self.addMenu(self.pauses)
        run = self._entry(self, "run", tr("Begin a new run"), at.start_run, "play")
        run.setEnabled(at.can_start_run)
        self._entry(self, "dsn", tr("Copy DSN"), at.copy_dsn, "copy")
        self._entry(self, "pair", tr("Pair a device"), lambda: at.show_place(Place("connect")), "smartphone")
        self.addSeparator()
        self._entry(self, "open", tr("Open Vedette"), at.come_up, "external-link")
        self._entry(self, "settings", tr("Settings"), lambda: at.show_place(Place("settings")), "settings")
        self._entry(self, "quit", tr("Quit"), at.quit, "power")

    def _add_unseen(self, unseen: Unseen) -> None:
        if not unseen.count:
            none = self._entry(self, "none", tr("No unseen errors"), lambda: None)
            none.setEnabled(False)
            return
        for row in unseen.newest:
            text = row.title if len(row.title) <= _LONGEST else row.title[: _LONGEST - 1] + "…"
            self._entry(
                self,
                f"issue.{row.id}",
                f"{row.short}  {plain_title(text)}",
                lambda number=row.id: self._at.show_place(Place("issues", number)),  # type: ignore[misc]
                "circle-alert",
            )
        if unseen.count > len(unseen.newest):
            words = tr("All {count} unseen errors").format(count=shown_count(unseen.count))
            self._entry(
                self, "all", words, lambda: self._at.show_place(Place("issues", query=UNSEEN)), "list"
            )

    def _fill_pauses(self) -> None:
        self.pauses.clear()
        pause = self._pause
        choices: Sequence[tuple[str, str, Callable[[], object]]] = (
            ("10", tr("For 10 minutes"), lambda: pause.pause_for(timedelta(minutes=10))),
            ("60", tr("For an hour"), lambda: pause.pause_for(timedelta(hours=1))),
            ("tomorrow", tr("Until tomorrow"), pause.pause_until_tomorrow),
        )
        for name, words, does in choices:
            self._entry(self.pauses, f"pause.{name}", words, does)

    def _entry(
        self, menu: QMenu, name: str, words: str, does: Callable[[], object], icon: str = ""
    ) -> QAction:
        action = QAction(words, menu)
        action.setObjectName(f"tray.{name}")
        if icon:
            action.setIcon(self._theme.icon(icon))
        action.triggered.connect(lambda: does())
        menu.addAction(action)
        return action
