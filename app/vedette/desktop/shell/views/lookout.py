"""What saved views see of a window: its list of issues, and where they are shown."""

from dataclasses import replace
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from vedette.desktop.shell.places import History, Place
from vedette.desktop.shell.scope_bar import ScopeBar
from vedette.desktop.shell.sidebar import Sidebar
from vedette.desktop.shell.views.desk import ViewsDesk
from vedette.desktop.shell.views.panel import ViewsPanel
from vedette.desktop.shell.views.view import Looked
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.notices import Toast

SECTION = "issues"
"""The section whose searches can be saved as views."""


class Window(Protocol):
    """The parts of the window that are needed."""

    history: History
    scope: ScopeBar
    views: dict[str, Any]

    def view(self, key: str) -> Any: ...
    def visit(self, place: Place) -> None: ...
    def say_trouble(self, sentence: str, details: str = "") -> None: ...


class Lookout:
    """The list of issues of one window as saved views know it."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def looked(self) -> Looked | None:
        """Return what is looked at in the list, None while another section is shown."""
        window = self._window
        place, view = window.history.current, window.views.get(SECTION)
        if place is None or place.section != SECTION or view is None:
            return None
        sort, columns = view.list_options()
        return Looked(place.query, place.off, replace(window.scope.scope, run=None), sort, columns)

    def look_at(self, looked: Looked) -> None:
        """Show the list so; the run stays."""
        window = self._window
        window.view(SECTION).set_list_options(looked.sort, looked.columns)
        window.scope.set_scope(replace(looked.scope, run=window.scope.scope.run))
        window.visit(Place(SECTION, None, looked.query, off=looked.off))

    def say_trouble(self, sentence: str, details: str = "") -> None:
        """Say that something was not done."""
        self._window.say_trouble(sentence, details)


def join_views(desk: ViewsDesk, theme: Theme, scope: ScopeBar, sidebar: Sidebar, window: QWidget) -> None:
    """Put the views below their section's entry, and the one that one is in onto the bar."""
    if SECTION in sidebar.buttons:
        panel = ViewsPanel(theme, desk)
        sidebar.put_below(SECTION, panel)
        panel.follow(sidebar.buttons[SECTION])
    desk.done.connect(Toast(theme, window, name="views.toast").say)
    scope.view_menu.aboutToShow.connect(lambda: desk.fill_bar_menu(scope.view_menu))
    desk.changed.connect(
        lambda: scope.set_view(desk.current.name if desk.current else "", is_modified=desk.is_modified)
    )
