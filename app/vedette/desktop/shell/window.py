"""The main window: sidebar, scope bar, the section one is in, status bar; the way back and forward."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.dispatcher import KeyDispatcher, contexts_at
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.commands.shortcuts import Shortcuts
from vedette.desktop.language import tr
from vedette.desktop.resources import app_icon
from vedette.desktop.shell.actions import MENUS, menu_entries, window_commands
from vedette.desktop.shell.layouts import PREFERENCE as LAYOUT
from vedette.desktop.shell.layouts import Layout, chosen_layout
from vedette.desktop.shell.palette import Palette
from vedette.desktop.shell.palette_entries import look_around
from vedette.desktop.shell.places import History, Place
from vedette.desktop.shell.query_history import QueryHistory
from vedette.desktop.shell.scope import Scope
from vedette.desktop.shell.scope_bar import ScopeBar
from vedette.desktop.shell.sections import Section
from vedette.desktop.shell.sheet import ShortcutSheet
from vedette.desktop.shell.sidebar import Sidebar
from vedette.desktop.shell.status_bar import StatusBar
from vedette.desktop.shell.tab_order import neighbour
from vedette.desktop.theme.preferred import PreferredLook
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.accessible import describe_as_pane
from vedette.desktop.widgets.notices import Banner
from vedette.domain.workspace import Workspace

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge
    from vedette.desktop.shell.read import Overview

OVERVIEW_MS = 1_000
SIDEBAR_FROM = 760
"""In a narrower window the sidebar makes way."""
NARROW = 1_200
"""Below this the scope's buttons show only their icons, as long as they limit nothing."""
TINY = 560
ZOOM = "appearance.zoom"
"""The preference for the size of all text, 1.0 being the usual."""
STRIP = (420, 640)
"""Width and height of the narrow strip."""
_ZOOM_STEP = 0.1
_MOST_STATES = 200
_NOT_STORED = "outcome:refused"
"""What Ingest is filtered by when one asks for what was dropped."""

# Where macOS wants its own entries; without a role Qt guesses from the words.
_ROLES = {
    "go.settings": QAction.MenuRole.PreferencesRole,
    "app.quit": QAction.MenuRole.QuitRole,
    "app.about": QAction.MenuRole.AboutRole,
}


class MainWindow(QMainWindow):
    """One window on one workspace."""

    settled = Signal()
    firstPainted = Signal()
    """The first frame is on the screen."""
    closed = Signal()
    newWindowWanted = Signal(object)
    """A Place in a window of its own, or None for a new one at the beginning."""
    reopenWanted = Signal()
    quitWanted = Signal()

    def __init__(self, bridge: "Bridge", theme: Theme, sections: Sequence[Section]) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self._preferences = bridge.preferences
        self.history = History()
        self.commands = CommandRegistry(theme, self)
        self.shortcuts = Shortcuts(self.commands, bridge.preferences, self)
        PreferredLook(theme, bridge.preferences, self)
        self.dispatcher = KeyDispatcher(self.commands, self)
        self.sections: dict[str, Section] = {section.key: section for section in sections}
        self.views: dict[str, QWidget] = {}
        self._asking = InFlight(bridge, self)
        self._hid_sidebar: bool | None = None  # the user's own choice; None: the window's width decides
        self._recent: list[str] = []  # keys of sections, the latest first
        self._states: dict[Place, dict[str, Any]] = {}
        self._own_layout: Layout | None = None  # None: the one chosen for all windows
        self._size_before_strip: QSize | None = None
        self.can_reopen: Callable[[], bool] = lambda: False
        self._is_painted = False
        self._has_overview = False
        self._trouble = ""  # of the station, as last said
        self.setObjectName("window")
        self.setWindowTitle("Vedette")
        self.setWindowIcon(app_icon())
        self.setMinimumSize(420, 360)
        self.resize(1440, 900)
        self.sidebar = Sidebar(theme, list(self.sections.values()))
        self.scope = ScopeBar(theme, QueryHistory(bridge.preferences))
        self.banner = Banner(theme, name="window.banner")
        self.status = StatusBar(theme)
        self.stack = QStackedWidget()
        self.stack.setObjectName("sections")
        self.palette_box = Palette(bridge, self.commands, theme, self)
        self._overview = QTimer(self)
        self._overview.setSingleShot(True)
        self._overview.setInterval(OVERVIEW_MS)
        self._overview.timeout.connect(self._read_overview)
        self._lay_out()
        self.commands.register(*window_commands(self, theme, sections))
        self._make_menus()
        self._connect()
        self._theme.set_zoom(self._preferences.get(ZOOM, 1.0))
        self.firstPainted.connect(self._read_overview)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.scope)
        right.addWidget(self.banner)
        right.addWidget(self.stack, 1)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(right, 1)
        ground = QWidget()
        ground.setProperty("role", "canvas")
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(self.status)
        self.setCentralWidget(ground)

    def _make_menus(self) -> None:
        for title in MENUS:
            menu = self.menuBar().addMenu(tr(title))
            menu.setObjectName(f"menu.{title.strip('&').lower()}")
            # Filled again when opened, since views bring commands along when they are first shown.
            menu.aboutToShow.connect(lambda menu=menu, title=title: self._fill_menu(menu, title))
            self._fill_menu(menu, title)
        self.menuBar().setAccessibleName(tr("Menus"))

    def _fill_menu(self, menu: QMenu, title: str) -> None:
        menu.clear()
        for command_id in menu_entries(self.commands, title):
            if command_id is None:
                menu.addSeparator()
            else:
                action = self.commands.action(command_id)
                action.setMenuRole(_ROLES.get(command_id, QAction.MenuRole.NoRole))
                menu.addAction(action)
        self.commands.refresh()

    def _connect(self) -> None:
        self.sidebar.chosen.connect(lambda key: self.go_to(Place(key)))
        self.sidebar.network.wanted.connect(self._put_network)
        self.scope.back.clicked.connect(self.go_back)
        self.scope.forward.clicked.connect(self.go_forward)
        self.scope.scopeChanged.connect(self._take_scope)
        self.scope.queryChanged.connect(self._take_query)
        self.scope.submitted.connect(self._focus_view)
        self.scope.left.connect(self._focus_view)
        self.scope.pauseWanted.connect(self.toggle_pause)
        self.status.paletteWanted.connect(self.open_palette)
        self.status.sheetWanted.connect(self.open_sheet)
        self.status.droppedWanted.connect(lambda: self.go_to(Place("ingest", query=_NOT_STORED)))
        self.status.addressesWanted.connect(lambda: self.go_to(Place("connect")))
        self.palette_box.chosen.connect(self.go_to)
        self.palette_box.scopeWanted.connect(self.scope.set_scope)
        self.dispatcher.sequenceStarted.connect(self.status.show_stroke)
        self.dispatcher.sequenceEnded.connect(lambda: self.status.show_stroke(""))
        self._preferences.changed.connect(self._take_preference)
        self._bridge.changed.connect(self._take_changes)
        self._bridge.stationChanged.connect(self._take_station)
        self._bridge.pausedChanged.connect(self._take_paused)
        self._asking.settled.connect(self.settled)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self._take_station(self._bridge.station)
        self._say_ways()

    # ---------------------------------------------------------------- going

    def view(self, key: str) -> Any:
        """Return a section's view, made when first asked for."""
        view = self.views.get(key)
        if view is None:
            view = self.sections[key].make(self._bridge, self.commands, self._theme)
            self.views[key] = view
            describe_as_pane(view)
            self.stack.addWidget(view)
            self._join(view)
        return view

    def _join(self, view: Any) -> None:
        view.navigate.connect(self.go_to)
        if hasattr(view, "windowWanted"):
            view.windowWanted.connect(self.newWindowWanted)
        if hasattr(view, "set_layout"):
            view.set_layout(self.layout_kind)
        if hasattr(view, "set_scope"):
            view.set_scope(self.scope.scope)
        if hasattr(view, "scopeWanted"):
            view.scopeWanted.connect(self.scope.set_scope)
        if hasattr(view, "queryFailed"):
            view.queryFailed.connect(self.scope.say_error)
            view.queryWanted.connect(self._take_query)
            view.scopeCleared.connect(lambda: self.scope.set_scope(Scope()))
            view.countsChanged.connect(lambda counts: self._count("issues", counts["unresolved"]))
        if hasattr(view, "settled"):
            view.settled.connect(self._say_title)
            view.settled.connect(self._hold_focus)

    def go_to(self, place: object) -> None:
        """Go to a Place and remember it for the way back. Without a query, a section keeps its own."""
        where = cast("Place", place)
        if where.section not in self.sections:
            return
        if not where.query:
            where = replace(where, query=getattr(self.view(where.section), "query", ""))
        self._visit(where)

    def _visit(self, place: Place) -> None:
        self._keep_state()
        self.history.visit(place)
        self._show(place)

    def go_back(self) -> None:
        """Go where one was before, scrolled and selected as it was."""
        self._keep_state()
        self._return_to(self.history.back())

    def go_forward(self) -> None:
        """Go where one came back from."""
        self._keep_state()
        self._return_to(self.history.forward())

    def _return_to(self, place: Place | None) -> None:
        if place is None:
            return
        self._show(place)
        view = self.view(place.section)
        state = self._states.get(place)
        if state is not None and hasattr(view, "restore_state"):
            view.restore_state(state)

    def _keep_state(self) -> None:
        """Note how the place one is about to leave looks."""
        place = self.history.current
        view: Any = None if place is None else self.views.get(place.section)
        if place is not None and hasattr(view, "view_state"):
            self._states.pop(place, None)
            self._states[place] = view.view_state()
            if len(self._states) > _MOST_STATES:
                del self._states[next(iter(self._states))]

    def go_recent(self) -> None:
        """Go to the section one was in before this one."""
        if len(self._recent) > 1:
            self.go_to(Place(self._recent[1]))

    def can_go_back(self) -> bool:
        return self.history.can_go_back

    def can_go_forward(self) -> bool:
        return self.history.can_go_forward

    def _show(self, place: Place) -> None:
        view = self.view(place.section)
        had_focus = self.stack.isAncestorOf(self.focusWidget() or self)
        self.stack.setCurrentWidget(view)
        self.sidebar.choose(place.section)
        self._recent = [place.section, *(key for key in self._recent if key != place.section)]
        section = self.sections[place.section]
        self.scope.show_section(
            section.key, section.title, searches=hasattr(view, "queryWanted"), scoped=section.is_scoped
        )
        if hasattr(view, "queryWanted") and self.scope.query.text() != place.query:
            self.scope.query.set_text(place.query)
        if hasattr(view, "go"):
            view.go(place)
        elif hasattr(view, "open"):
            view.open()
        self._say_title()
        self._say_ways()
        focus = self.focusWidget()
        if had_focus or focus is None or focus is self or self.sidebar.isAncestorOf(focus):
            # Not by a key of its own, so without the ring around the first row.
            view.setFocus(Qt.FocusReason.MouseFocusReason)
        self.commands.refresh()

    def _say_ways(self) -> None:
        self.scope.set_ways(back=self.history.can_go_back, forward=self.history.can_go_forward)

    def _say_title(self) -> None:
        place = self.history.current
        if place is None:
            return
        view: Any = self.view(place.section)
        title = view.title() if hasattr(view, "title") else self.sections[place.section].title
        self.setWindowTitle(f"Vedette — {title}")

    def _take_query(self, text: str) -> None:
        current = self.history.current
        if current is not None:
            self._visit(Place(current.section, None, text))

    def _take_scope(self, scope: Scope) -> None:
        for view in self.views.values():
            if hasattr(view, "set_scope"):
                view.set_scope(scope)

    # ---------------------------------------------------------------- focus

    def focus_query(self) -> None:
        """Bring the keyboard to the search of the section one is in, else to that of the issues."""
        view: Any = self.stack.currentWidget()
        if view is not None and hasattr(view, "queryWanted"):
            self.scope.focus_query()
        elif view is not None and hasattr(view, "focus_filter"):
            view.focus_filter()
        else:
            self.go_to(Place("issues"))
            self.scope.focus_query()

    def _focus_view(self) -> None:
        view = self.stack.currentWidget()
        if view is not None:
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hold_focus(self) -> None:
        """Give the keyboard to the section if nothing has it, as when what it was meant for came later."""
        focus = self.focusWidget()
        if self.isActiveWindow() and (focus is None or focus is self or not focus.isVisible()):
            self._focus_view()

    def cycle_panes(self, by: int) -> None:
        """Bring the keyboard to the next pane: scope, sidebar, section (its parts one by one), status."""
        panes = self._panes()
        focus = self.focusWidget()
        at = next(
            (n for n, pane in enumerate(panes) if focus is not None and _holds(pane, focus)),
            0 if by < 0 else -1,
        )
        for step in range(1, len(panes) + 1):
            pane = panes[(at + by * step) % len(panes)]
            target = _first_focus(pane)
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _panes(self) -> list[QWidget]:
        view: Any = self.stack.currentWidget()
        parts: list[QWidget] = [] if view is None else [view]
        splitter = getattr(view, "splitter", None)
        if splitter is not None:
            parts = [splitter.widget(n) for n in range(splitter.count())]
        panes = [self.scope, self.sidebar, *parts, self.status]
        return [pane for pane in panes if pane.isVisible()]

    # ---------------------------------------------------------------- doing

    def open_palette(self, text: str = "") -> None:
        """Open the box for commands and places, with *text* typed already."""
        around = look_around(self.stack.currentWidget(), self.scope.scope)
        self.palette_box.open_over(self, text if isinstance(text, str) else "", around)

    def open_sheet(self) -> None:
        """Show which keys apply where the keyboard is."""
        focus = self.focusWidget() or self.stack.currentWidget() or self
        off = tr("Single-letter keys are switched off.") if not self.letters_enabled() else ""
        sheet = ShortcutSheet(self.commands, contexts_at(focus), self._theme, self, note=off)
        sheet.settingsWanted.connect(lambda: self.go_to(Place("settings", "shortcuts")))
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.open()

    def toggle_sidebar(self) -> None:
        """Show or hide the sidebar, whatever the width."""
        self._hid_sidebar = self.shows_sidebar()
        self.sidebar.setVisible(not self._hid_sidebar)

    def shows_sidebar(self) -> bool:
        return not self.sidebar.isHidden()

    def toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def zoom(self, by: int) -> None:
        """Make all text larger (1), smaller (-1) or its usual size (0), from now on."""
        zoom = self._preferences.get(ZOOM, 1.0)
        self._preferences.set(ZOOM, 1.0 if by == 0 else round(min(2.0, max(0.7, zoom + by * _ZOOM_STEP)), 2))

    def _take_preference(self, key: str) -> None:
        if key == ZOOM:
            self._theme.set_zoom(self._preferences.get(ZOOM, 1.0))
        if key == LAYOUT:
            self._lay_out_views()

    # ---------------------------------------------------------------- layouts and windows

    @property
    def layout_kind(self) -> Layout:
        """How a list and what is opened from it share this window's room."""
        return self._own_layout or chosen_layout(self._preferences.get(LAYOUT, ""))

    def set_layout(self, layout: Layout) -> None:
        """Choose how lists and what is opened share the room, for all windows."""
        self._own_layout = None
        self._preferences.set(LAYOUT, layout.value)
        self._lay_out_views()

    def _lay_out_views(self) -> None:
        for view in self.views.values():
            if hasattr(view, "set_layout"):
                view.set_layout(self.layout_kind)
        self.commands.refresh()

    def focus_on(self, place: Place) -> None:
        """Show one thing alone, without sidebar and list."""
        self._own_layout = Layout.FOCUS
        self._hid_sidebar = True
        self.sidebar.hide()
        self._lay_out_views()
        self.go_to(place)

    def toggle_compact(self) -> None:
        """Become a narrow strip with the list alone, or what one was before."""
        if self._size_before_strip is None:
            self._size_before_strip = self.size()
            self._own_layout = Layout.FOCUS
            self.showNormal()
            self.resize(*STRIP)
        else:
            self._own_layout = None
            self.resize(self._size_before_strip)
            self._size_before_strip = None
        self._lay_out_views()

    def is_compact(self) -> bool:
        return self._size_before_strip is not None

    def open_window(self) -> None:
        """Open another window."""
        self.newWindowWanted.emit(None)

    def open_apart(self) -> None:
        """Open what is open here in a window of its own."""
        self.newWindowWanted.emit(self.history.current)

    def can_open_apart(self) -> bool:
        current = self.history.current
        return current is not None and current.id is not None

    def reopen(self) -> None:
        """Open the last closed window again."""
        self.reopenWanted.emit()

    def quit(self) -> None:
        """Close every window and end."""
        self.quitWanted.emit()

    def take_scope(self, scope: Scope) -> None:
        """Look at *scope*."""
        self.scope.set_scope(scope)

    def find_everywhere(self) -> None:
        """Search all issues, whatever one is looking at."""
        self.go_to(Place("issues"))
        self.scope.focus_query()

    def toggle_letters(self) -> None:
        """Switch the single-letter keys off or on as a group."""
        self.dispatcher.letters_enabled = not self.dispatcher.letters_enabled

    def letters_enabled(self) -> bool:
        return self.dispatcher.letters_enabled

    def toggle_pause(self) -> None:
        """Hold the views still while events go on being taken, or let them follow again."""
        self._bridge.set_paused(not self._bridge.is_paused)

    def is_paused(self) -> bool:
        return self._bridge.is_paused

    def _take_paused(self, paused: bool) -> None:
        self.scope.set_paused(paused, self._bridge.waiting)
        self.status.set_paused(paused, self._bridge.waiting)
        self.commands.refresh()

    def start_run(self) -> None:
        """Have the station begin a new run."""
        self._bridge.call(
            "POST",
            "/runs/",
            {},
            answer=lambda _: self._overview.start(),
            failed=self.say_trouble,
            owner=self,
        )

    def _put_network(self, on: bool) -> None:
        self._bridge.call("PUT", "/station/", {"lan": on}, failed=self._say_network_trouble, owner=self)

    def _say_network_trouble(self, sentence: str, details: str) -> None:
        self.sidebar.set_station(self._bridge.station)
        self.say_trouble(sentence, details)

    def say_trouble(self, sentence: str, details: str = "") -> None:
        """Say *sentence* above the section, where it stays until closed."""
        self.banner.say(sentence, details=details)

    # ---------------------------------------------------------------- live

    def _take_changes(self, _changes: object) -> None:
        if not self._overview.isActive():
            self._overview.start()

    def _read_overview(self) -> None:
        self._asking.ask(
            "overview",
            _read_overview,
            self._bridge.workspace,
            answer=self._take_overview,
            # The section says what is wrong with the store; twice helps nobody.
            failed=lambda *_: None,
        )

    def _take_overview(self, overview: "Overview") -> None:
        self.status.set_totals(overview.totals, overview.sizes)
        self.scope.set_choices(overview.projects, overview.runs, overview.environments)
        for section in self.sections.values():
            if section.waits_for and getattr(overview.totals, section.waits_for):
                self.sidebar.reveal(section.key, new=self._has_overview)
        self._has_overview = True
        self._count("issues", overview.totals.unresolved)
        self._count("traces", overview.totals.traces)

    def _count(self, key: str, count: int) -> None:
        if key in self.sidebar.buttons:
            self.sidebar.set_count(key, count or None)

    def _take_station(self, _station: object) -> None:
        state = self._bridge.station
        self.sidebar.set_station(state)
        self.status.set_station(state)
        if state.trouble != self._trouble:
            self._trouble = state.trouble
            if state.trouble:
                self.banner.say(state.trouble, level="warning")
            else:
                self.banner.clear()

    # ---------------------------------------------------------------- window

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        if self._hid_sidebar is None:
            self.sidebar.setVisible(width >= SIDEBAR_FROM)
        self.scope.set_narrow(width < NARROW, very=width < TINY)
        self.status.set_narrow(width < TINY)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        widget = neighbour(self, forward=next)
        if widget is None:
            return False
        widget.setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        return True

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The mouse's own buttons for back and forward, wherever in the window they are pressed.
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            way = {Qt.MouseButton.BackButton: self.go_back, Qt.MouseButton.ForwardButton: self.go_forward}
            go = way.get(event.button())
            if go is not None and isinstance(watched, QWidget) and watched.window() is self:
                go()
                return True
        return super().eventFilter(watched, event)

    def come_up(self) -> None:
        """Come to the front, out of the task bar if need be."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self.firstPainted.emit)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)


def _read_overview(db: Any, workspace: Workspace) -> "Overview":
    """Read what the shell shows; in a worker, where the store may be loaded."""
    from vedette.desktop.shell.read import read_overview

    return read_overview(db, workspace)


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)


def _first_focus(pane: QWidget) -> QWidget | None:
    """Return the widget in *pane* that takes the keyboard first, None if none does."""
    proxy = pane.focusProxy()
    if proxy is not None and proxy.isVisibleTo(pane):
        return proxy
    at = pane.nextInFocusChain()
    while at is not None and at is not pane:
        takes = at.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and pane.isAncestorOf(at) and at.isVisible() and at.isEnabled():
            return at
        at = at.nextInFocusChain()
    return None
