"""The main window: sidebar, scope bar, the section one is in, status bar; the way back and forward."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QMouseEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.commands.dispatcher import KeyDispatcher, contexts_at
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.commands.shortcuts import Shortcuts
from vedette.desktop.language import tr
from vedette.desktop.resources import app_icon
from vedette.desktop.shell.actions import view_commands, window_commands
from vedette.desktop.shell.arrangement import Arrangement
from vedette.desktop.shell.documentation import documentation_folder
from vedette.desktop.shell.live import LiveParts
from vedette.desktop.shell.menu_bar import make_menus
from vedette.desktop.shell.palette import Palette
from vedette.desktop.shell.palette_entries import look_around
from vedette.desktop.shell.pane_focus import cycle, hold_focus, panes_of
from vedette.desktop.shell.places import History, Place
from vedette.desktop.shell.query_bar.facts import StoreFacts
from vedette.desktop.shell.query_history import QueryHistory
from vedette.desktop.shell.scope import Scope
from vedette.desktop.shell.scope_bar import ScopeBar
from vedette.desktop.shell.sections import Section
from vedette.desktop.shell.sheet import ShortcutSheet
from vedette.desktop.shell.sidebar import Sidebar
from vedette.desktop.shell.status_bar import StatusBar
from vedette.desktop.shell.switcher import Stop, Switcher
from vedette.desktop.shell.tab_order import neighbour
from vedette.desktop.shell.views.desk import ViewsDesk
from vedette.desktop.shell.views.lookout import Lookout, join_views
from vedette.desktop.theme.preferred import PreferredLook
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.accessible import describe_as_pane
from vedette.desktop.widgets.notices import Banner
from vedette.domain.times import now

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

TINY = 560
"""In a narrower window there is room for little but the section."""
ZOOM = "appearance.zoom"
"""The preference for the size of all text, 1.0 being the usual."""
LETTERS = "keyboard.letters"
"""The preference for single letters as keys."""
_ZOOM_STEP = 0.1
_NOT_STORED = "outcome:refused"
"""What Ingest is filtered by when one asks for what was dropped."""


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
        self.can_reopen: Callable[[], bool] = lambda: False
        self._put_aside: dict[str, Place] = {}  # what was open in a section when its pane was put away
        self._is_painted = False
        self.setObjectName("window")
        self.setWindowTitle("Vedette")
        self.setWindowIcon(app_icon())
        self.setMinimumSize(420, 360)
        self.resize(1440, 900)
        self.sidebar = Sidebar(theme, sections)
        self.facts = StoreFacts(bridge, self)
        self.scope = ScopeBar(theme, QueryHistory(bridge.preferences), self.facts)
        self.banner = Banner(theme, name="window.banner")
        self.status = StatusBar(theme)
        self.stack = QStackedWidget()
        self.stack.setObjectName("sections")
        self.palette_box = Palette(bridge, self.commands, theme, self)
        self.switcher = Switcher(theme, self)
        self.arrangement = Arrangement(self, theme, bridge.preferences, self.sidebar)
        self.saved_views = ViewsDesk(bridge, Lookout(self), self)
        self.live = LiveParts(bridge, sections, self.sidebar, self.scope, self.status, self.banner, self)
        self._lay_out()
        join_views(self.saved_views, theme, self.scope, self.sidebar, self)
        self.commands.register(*window_commands(self, theme, sections), *view_commands(self.saved_views))
        make_menus(self.menuBar(), self.commands)
        self._connect()
        theme.dress(self)
        for key in (ZOOM, LETTERS):
            self._take_preference(key)

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.scope)
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        ground = QWidget()
        ground.setProperty("role", "canvas")
        whole = QVBoxLayout(ground)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.arrangement.lay_out(right), 1)
        whole.addWidget(self.status)
        self.setCentralWidget(ground)

    def _connect(self) -> None:
        self.sidebar.chosen.connect(lambda key: self.go_to(Place(key)))
        self.scope.back.clicked.connect(self.go_back)
        self.scope.forward.clicked.connect(self.go_forward)
        self.scope.scopeChanged.connect(self._take_scope)
        self.scope.queryChanged.connect(self._take_query)
        self.scope.offChanged.connect(self._take_off)
        self.scope.submitted.connect(self._focus_view)
        self.scope.left.connect(self._focus_view)
        self.scope.pauseWanted.connect(self.live.toggle_pause)
        self.status.paletteWanted.connect(self.open_palette)
        self.status.sheetWanted.connect(self.open_sheet)
        self.status.droppedWanted.connect(lambda: self.go_to(Place("ingest", query=_NOT_STORED)))
        self.status.addressesWanted.connect(lambda: self.go_to(Place("connect")))
        self.palette_box.chosen.connect(self.go_to)
        self.palette_box.scopeWanted.connect(self.scope.set_scope)
        self.switcher.chosen.connect(self.go_to)
        self.dispatcher.sequenceStarted.connect(self.status.show_stroke)
        self.dispatcher.sequenceEnded.connect(lambda: self.status.show_stroke(""))
        self.arrangement.resizing.changed.connect(self.status.show_hint)
        self.arrangement.layoutChanged.connect(self._lay_out_views)
        self.live.settled.connect(self.settled)
        self.firstPainted.connect(self.saved_views.feed.read)
        self.live.pauseChanged.connect(self.commands.refresh)
        self.firstPainted.connect(self.live.read)
        self._preferences.changed.connect(self._take_preference)
        self._say_ways()

    # ---------------------------------------------------------------- going

    def view(self, key: str) -> Any:
        """Return a section's view, made when first asked for."""
        view = self.views.get(key)
        if view is None:
            with self._theme.resting():
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
            view.set_layout(self.arrangement.layout_kind)
        if hasattr(view, "set_scope"):
            view.set_scope(self.scope.scope)
        if hasattr(view, "scopeWanted"):
            view.scopeWanted.connect(self.scope.set_scope)
        if hasattr(view, "queryFailed"):
            view.queryFailed.connect(self.scope.say_error)
            view.queryWanted.connect(self._take_query)
            view.scopeCleared.connect(lambda: self.scope.set_scope(Scope()))
            view.countsChanged.connect(lambda counts: self.live.count("issues", counts["unresolved"]))
        if hasattr(view, "optionsChanged"):
            view.optionsChanged.connect(self.saved_views.look)
        if hasattr(view, "settled"):
            view.settled.connect(self._say_title)
            view.settled.connect(lambda: hold_focus(self, self._focus_view))

    def go_to(self, place: object) -> None:
        """Go to a Place and remember it for the way back. Without a query, a section keeps its own."""
        where = cast("Place", place)
        if where.section not in self.sections:
            return
        if self.arrangement.is_strip() and where.id is not None:
            # The strip is for lists; what is opened from one stands beside.
            self.newWindowWanted.emit(where)
            return
        if not where.query:
            where = replace(where, query=getattr(self.view(where.section), "query", ""))
        if not where.off:
            where = replace(where, off=self.history.off_beside(where))
        self.visit(where)

    def visit(self, place: Place) -> None:
        """Go to a Place just as it is."""
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

    def can_go_back(self) -> bool:
        return self.history.can_go_back

    def can_go_forward(self) -> bool:
        return self.history.can_go_forward

    def _return_to(self, place: Place | None) -> None:
        if place is None:
            return
        self._show(place)
        view = self.view(place.section)
        state = self.history.state
        if state is not None and hasattr(view, "restore_state"):
            view.restore_state(state)

    def _keep_state(self) -> None:
        """Note how the place one is about to leave looks."""
        place = self.history.current
        view: Any = None if place is None else self.views.get(place.section)
        if hasattr(view, "view_state"):
            self.history.keep(view.view_state())

    def go_recent(self, by: int = 1) -> None:
        """Offer the sections one was in, the latest first, while Ctrl is held."""
        stops = []
        for place in self.history.latest_by_section():
            section = self.sections[place.section]
            stops.append(Stop(place, section.title, self._theme.icon(section.icon)))
        if len(stops) > 1:
            self.switcher.open_over(self, stops, by)

    def _show(self, place: Place) -> None:
        view = self.view(place.section)
        had_focus = self.stack.isAncestorOf(self.focusWidget() or self)
        self.stack.setCurrentWidget(view)
        self.sidebar.choose(place.section)
        section = self.sections[place.section]
        self.scope.show_section(
            section.key, section.title, searches=hasattr(view, "queryWanted"), scoped=section.is_scoped
        )
        if hasattr(view, "queryWanted"):
            self.scope.query.set_query(place.query, place.off)
        if hasattr(view, "go"):
            view.go(place)
        elif hasattr(view, "open"):
            view.open()
        self._say_title()
        self._say_ways()
        self.saved_views.look()
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
            # What is switched off stays so while a view narrows the rest.
            self.visit(Place(current.section, None, text, off=self.scope.query.draft.with_text(text).off))

    def _take_off(self) -> None:
        self.visit(replace(self.history.current or Place("issues"), off=self.scope.query.off()))

    def _take_scope(self, scope: Scope) -> None:
        self.facts.set_scope(scope)
        for view in self.views.values():
            if hasattr(view, "set_scope"):
                view.set_scope(scope)
        self.saved_views.look()

    def take_scope(self, scope: Scope) -> None:
        """Look at *scope*."""
        self.scope.set_scope(scope)

    def clear_view(self) -> None:
        """Show only what arrives from now on; the cross beside the time brings the rest back."""
        self.scope.change(span=None, since=now(), until=None)

    # ---------------------------------------------------------------- panes

    def _lay_out_views(self) -> None:
        for view in self.views.values():
            if hasattr(view, "set_layout"):
                view.set_layout(self.arrangement.layout_kind)
        self.commands.refresh()

    def focus_on(self, place: Place) -> None:
        """Show one thing alone, without sidebar and list."""
        self.arrangement.begin_alone()
        self.go_to(place)

    def can_toggle_detail(self) -> bool:
        current = self.history.current
        return current is not None and (current.id is not None or current.section in self._put_aside)

    def shows_detail(self) -> bool:
        current = self.history.current
        return current is not None and current.id is not None

    def toggle_detail(self) -> None:
        """Put the open issue or trace away so that the list has all room, or bring it back."""
        current = self.history.current
        if current is None:
            return
        if current.id is not None:
            self._put_aside[current.section] = current
            self.go_to(Place(current.section, None, current.query))
        elif current.section in self._put_aside:
            self.go_to(self._put_aside.pop(current.section))

    def focus_query(self) -> None:
        """Bring the keyboard to the search of the section one is in, else to that of the issues."""
        view: Any = self.stack.currentWidget()
        if view is not None and hasattr(view, "queryWanted"):
            self.scope.focus_query()
        elif view is not None and hasattr(view, "focus_filter"):
            view.focus_filter()
        else:
            self.find_everywhere()

    def find_everywhere(self) -> None:
        """Search all issues, whatever one is looking at."""
        self.go_to(Place("issues"))
        self.scope.focus_query()

    def _focus_view(self) -> None:
        view = self.stack.currentWidget()
        if view is not None:
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> list[QWidget]:
        """Return the panes in sight in reading order."""
        return panes_of((self.scope, self.sidebar), self.stack.currentWidget(), self.status)

    def cycle_panes(self, by: int) -> None:
        """Bring the keyboard to the next pane: scope, sidebar, section (its parts one by one), status."""
        cycle(self.panes(), self.focusWidget(), by)

    # ---------------------------------------------------------------- doing

    def open_palette(self, text: str = "") -> None:
        """Open the box for commands and places, with *text* typed already."""
        around = look_around(self.stack.currentWidget(), self.scope.scope, self.saved_views.ways())
        self.palette_box.open_over(self, text if isinstance(text, str) else "", around)

    def open_sheet(self) -> None:
        """Show which keys apply where the keyboard is."""
        focus = self.focusWidget() or self.stack.currentWidget() or self
        off = tr("Single-letter keys are switched off.") if not self.letters_enabled() else ""
        with self._theme.resting():
            sheet = ShortcutSheet(self.commands, contexts_at(focus), self._theme, self, note=off)
            sheet.settingsWanted.connect(lambda: self.go_to(Place("settings", "shortcuts")))
            sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            sheet.open()

    def open_documentation(self) -> None:
        """Open the folder of the pages that came with the program."""
        folder = documentation_folder()
        if folder is None:
            self.say_trouble(tr("This copy of Vedette came without its documentation."))
        else:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def zoom(self, by: int) -> None:
        """Make all text larger (1), smaller (-1) or its usual size (0), from now on."""
        zoom = self._preferences.get(ZOOM, 1.0)
        self._preferences.set(ZOOM, 1.0 if by == 0 else round(min(2.0, max(0.7, zoom + by * _ZOOM_STEP)), 2))

    def toggle_letters(self) -> None:
        """Switch the single-letter keys off or on as a group, in every window."""
        self._preferences.set(LETTERS, not self.letters_enabled())

    def letters_enabled(self) -> bool:
        return self.dispatcher.letters_enabled

    def _take_preference(self, key: str) -> None:
        if key == ZOOM:
            self._theme.set_zoom(self._preferences.get(ZOOM, 1.0))
        elif key == LETTERS:
            self.dispatcher.letters_enabled = self._preferences.get(LETTERS, True)

    def say_trouble(self, sentence: str, details: str = "") -> None:
        """Say *sentence* above the section, where it stays until closed."""
        self.live.say_trouble(sentence, details)

    # ---------------------------------------------------------------- windows

    def take_over(self, other: "MainWindow") -> None:
        """Be where *other* is and look as it does, with its way back."""
        other._keep_state()
        self.history = other.history
        self.take_scope(other.scope.scope)
        if other.arrangement.is_alone:
            self.arrangement.begin_alone()
        self._return_to(self.history.current)

    def open_window(self) -> None:
        """Open another window."""
        self.newWindowWanted.emit(None)

    def open_apart(self) -> None:
        """Open what is open here in a window of its own."""
        self.newWindowWanted.emit(self.history.current)

    def can_open_apart(self) -> bool:
        return self.shows_detail()

    def reopen(self) -> None:
        """Open the last closed window again."""
        self.reopenWanted.emit()

    def quit(self) -> None:
        """Close every window and end."""
        self.quitWanted.emit()

    def come_up(self) -> None:
        """Come to the front, out of the task bar if need be."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    # ---------------------------------------------------------------- events

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        self.arrangement.fit(width)
        self.scope.set_tiny(width < TINY)
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
        # The mouse's own buttons for back and forward: the window of the desktop has them before any widget.
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            way = {Qt.MouseButton.BackButton: self.go_back, Qt.MouseButton.ForwardButton: self.go_forward}
            go = way.get(event.button())
            if go is not None and watched is self.windowHandle():
                go()
                return True
        return super().eventFilter(watched, event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)  # twice is once

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
