"""The main window: sidebar, scope bar, the section one is in, status bar; the way back and forward."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.command import Command
from vedette.desktop.commands.dispatcher import KeyDispatcher, contexts_at
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.resources import app_icon
from vedette.desktop.shell.palette import Palette
from vedette.desktop.shell.places import History, Place
from vedette.desktop.shell.read import Overview, read_overview
from vedette.desktop.shell.scope import Scope
from vedette.desktop.shell.scope_bar import ScopeBar
from vedette.desktop.shell.sections import Section
from vedette.desktop.shell.sheet import ShortcutSheet
from vedette.desktop.shell.sidebar import Sidebar
from vedette.desktop.shell.status_bar import StatusBar
from vedette.desktop.theme.theme import SchemeSetting, Theme

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

OVERVIEW_MS = 1_000
SIDEBAR_FROM = 720
"""In a narrower window the sidebar makes way."""


class MainWindow(QMainWindow):
    """One window on one workspace."""

    settled = Signal()
    closed = Signal()

    def __init__(self, bridge: "Bridge", theme: Theme, sections: Sequence[Section]) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self.history = History()
        self.commands = CommandRegistry(theme, self)
        self.dispatcher = KeyDispatcher(self.commands, self)
        self.sections: dict[str, Section] = {section.key: section for section in sections}
        self.views: dict[str, QWidget] = {}
        self._asking = InFlight(bridge, self)
        self._stale: set[str] = set()
        self.setObjectName("window")
        self.setWindowTitle("Vedette")
        self.setWindowIcon(app_icon())
        self.setMinimumSize(420, 360)
        self.resize(1440, 900)
        self.sidebar = Sidebar(theme, list(self.sections.values()))
        self.scope = ScopeBar(theme)
        self.status = StatusBar(theme)
        self.stack = QStackedWidget()
        self.stack.setObjectName("sections")
        self.palette_box = Palette(bridge, self.commands, theme, self)
        self._overview = QTimer(self)
        self._overview.setSingleShot(True)
        self._overview.setInterval(OVERVIEW_MS)
        self._overview.timeout.connect(self._read_overview)
        self._lay_out()
        self._register()
        self._connect()
        self._fill_menus()
        self._read_overview()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.scope)
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

    # ---------------------------------------------------------------- commands

    def _register(self) -> None:
        scheme = self.set_scheme
        commands = [
            Command("app.palette", "Commands and places", self.open_palette, ("Ctrl+K", "Ctrl+Shift+P")),
            Command("app.shortcuts", "Shortcuts here", self.open_sheet, ("?", "F1"), words="help keys"),
            Command(
                "go.back", "Back", self.go_back, ("Alt+Left",), "arrow-left",
                when=lambda: self.history.can_go_back,
            ),
            Command(
                "go.forward", "Forward", self.go_forward, ("Alt+Right",), "arrow-right",
                when=lambda: self.history.can_go_forward,
            ),
            Command("view.sidebar", "Show or hide the sidebar", self.toggle_sidebar, ("Ctrl+B",)),
            Command("view.next_pane", "Next pane", lambda: self.cycle_panes(1), ("F6",), listed=False),
            Command("view.last_pane", "Pane before", lambda: self.cycle_panes(-1), ("Shift+F6",), listed=False),
            Command("view.light", "Light colours", lambda: scheme(SchemeSetting.LIGHT), icon="sun"),
            Command("view.dark", "Dark colours", lambda: scheme(SchemeSetting.DARK), icon="moon"),
            Command("view.contrast", "High contrast", lambda: scheme(SchemeSetting.CONTRAST), icon="eye"),
            Command("view.system", "System colours", lambda: scheme(SchemeSetting.SYSTEM), icon="monitor"),
            Command("live.pause", "Pause or follow", self.toggle_pause, ("Ctrl+Alt+Space", "Pause"), "pause"),
            Command("run.start", "Begin a new run", self.start_run, ("Ctrl+Shift+N",), "play"),
            Command("app.quit", "Quit", self.close, ("Ctrl+Q",), "power"),
        ]  # fmt: skip
        for n, section in enumerate(self.sections.values(), start=1):
            keys: tuple[str, ...] = (f"G {section.go}", f"Ctrl+{n}")
            if section.key == "settings":
                keys = (*keys, "Ctrl+,")
            commands.append(
                Command(
                    f"go.{section.key}",
                    f"Go to {section.title}",
                    lambda key=section.key: self.go_to(Place(key)),
                    keys,
                    section.icon,
                )
            )
        self.commands.register(*commands)

    def _fill_menus(self) -> None:
        schemes = ["view.light", "view.dark", "view.contrast", "view.system"]
        places = [f"go.{key}" for key in self.sections]
        menus: list[tuple[str, list[str | None]]] = [
            ("&File", ["run.start", None, "app.quit"]),
            ("&View", ["view.sidebar", None, *schemes, None, "live.pause"]),
            ("&Go", ["go.back", "go.forward", None, *places, None, "app.palette"]),
            ("&Help", ["app.shortcuts", "app.palette"]),
        ]
        for title, entries in menus:
            menu: QMenu = self.menuBar().addMenu(title)
            self.commands.fill_menu(menu, entries)

    def _connect(self) -> None:
        self.sidebar.chosen.connect(lambda key: self.go_to(Place(key)))
        self.scope.back.clicked.connect(self.go_back)
        self.scope.forward.clicked.connect(self.go_forward)
        self.scope.scopeChanged.connect(self._take_scope)
        self.scope.queryChanged.connect(self._take_query)
        self.scope.left.connect(self._focus_view)
        self.scope.pauseWanted.connect(lambda _checked: self.toggle_pause())
        self.status.paletteWanted.connect(self.open_palette)
        self.status.sheetWanted.connect(self.open_sheet)
        self.status.droppedWanted.connect(lambda: self.go_to(Place("ingest")))
        self.palette_box.chosen.connect(self.go_to)
        self._bridge.changed.connect(self._take_changes)
        self._bridge.stationChanged.connect(self._take_station)
        self._asking.settled.connect(self.settled)
        self._take_station(self._bridge.station)

    # ---------------------------------------------------------------- going

    def view(self, key: str) -> Any:
        """Return a section's view, made when first asked for."""
        view = self.views.get(key)
        if view is None:
            view = self.sections[key].make(self._bridge, self.commands, self._theme)
            self.views[key] = view
            self.stack.addWidget(view)
            self._join(key, view)
        return view

    def _join(self, key: str, view: Any) -> None:
        view.navigate.connect(self.go_to)
        if hasattr(view, "set_scope"):
            view.set_scope(self.scope.scope)
        if key == "issues":
            view.queryFailed.connect(self.scope.say_error)
            view.queryWanted.connect(self._focus_query)
            view.countsChanged.connect(lambda counts: self.sidebar.set_count("issues", counts["unresolved"]))

    def go_to(self, place: object) -> None:
        """Go to a Place, and remember it for the way back."""
        where = cast("Place", place)
        current = self.history.current
        if where.section == "issues" and where.id is not None and not where.query:
            # An issue is opened beside the list as it is.
            query = current.query if current is not None and current.section == "issues" else ""
            where = Place("issues", where.id, query, where.extra)
        self.history.visit(where)
        self._show(where)

    def go_back(self) -> None:
        place = self.history.back()
        if place is not None:
            self._show(place)

    def go_forward(self) -> None:
        place = self.history.forward()
        if place is not None:
            self._show(place)

    def _show(self, place: Place) -> None:
        view = self.view(place.section)
        section = self.sections[place.section]
        self.stack.setCurrentWidget(view)
        self.sidebar.choose(place.section)
        self.scope.lead_with("" if place.section == "issues" else section.title)
        self.scope.set_ways(back=self.history.can_go_back, forward=self.history.can_go_forward)
        if place.section == "issues" and self.scope.query.text() != place.query:
            self.scope.query.set_text(place.query)
        if hasattr(view, "go"):
            view.go(place)
        elif hasattr(view, "open"):
            view.open()
        self.setWindowTitle(f"{section.title} — Vedette")
        if place.id is None and not self.scope.query.isAncestorOf(self.focusWidget() or self.stack):
            view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.commands.refresh()

    def _take_query(self, text: str) -> None:
        current = self.history.current
        if current is not None and current.section == "issues" and current.query != text:
            self.go_to(Place("issues", None, text))

    def _take_scope(self, scope: Scope) -> None:
        for view in self.views.values():
            if hasattr(view, "set_scope"):
                view.set_scope(scope)

    def _focus_query(self) -> None:
        current = self.history.current
        if current is None or current.section != "issues":
            self.go_to(Place("issues"))
        self.scope.focus_query()

    def _focus_view(self) -> None:
        view = self.stack.currentWidget()
        if view is not None:
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    def cycle_panes(self, by: int) -> None:
        """Bring the keyboard to the next pane: search, sidebar, section, status."""
        current = self.sections[self.history.current.section] if self.history.current else None
        panes: list[QWidget] = [self.scope.query if self.scope.query.isVisible() else self.scope.project]
        if current is not None:
            panes.append(self.sidebar.buttons[current.key])
        view = self.stack.currentWidget()
        if view is not None:
            panes.append(view)
        panes.append(self.status.palette_key)
        focus = self.focusWidget()
        homes: list[QWidget] = [self.scope, self.sidebar, self.stack, self.status]
        if current is None:
            homes.remove(self.sidebar)
        at = next((n for n, home in enumerate(homes) if focus is not None and home.isAncestorOf(focus)), 0)
        panes[(at + by) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    # ---------------------------------------------------------------- doing

    def open_palette(self) -> None:
        self.palette_box.open_over(self)

    def open_sheet(self) -> None:
        focus = self.focusWidget() or self
        sheet = ShortcutSheet(self.commands.shortcut_sheet(contexts_at(focus)), self)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.open()

    def toggle_sidebar(self) -> None:
        self.sidebar.setVisible(self.sidebar.isHidden())

    def set_scheme(self, setting: SchemeSetting) -> None:
        """Change the colours, at once and for the next start."""
        self._theme.set_setting(setting)
        self.settings_changed(setting)

    def settings_changed(self, setting: SchemeSetting) -> None:
        """Hook for whoever keeps the window's settings."""
        self.setProperty("scheme", setting.value)

    def toggle_pause(self) -> None:
        paused = not self._bridge.is_paused
        self._bridge.set_paused(paused)
        self.scope.set_paused(paused, self._bridge.waiting)
        self.status.set_paused(paused)

    def start_run(self) -> None:
        self._bridge.call(
            "POST",
            "/runs/",
            {},
            answer=lambda _: self._overview.start(),
            failed=self._say_trouble,
            owner=self,
        )

    def _say_trouble(self, sentence: str, _details: str) -> None:
        self.status.trouble.setText(sentence)

    # ---------------------------------------------------------------- live

    def _take_changes(self, _changes: object) -> None:
        if not self._overview.isActive():
            self._overview.start()

    def refresh_overview(self) -> None:
        """Read again what the frame shows; a station has been joined."""
        self._read_overview()
        for view in self.views.values():
            if hasattr(view, "reload"):
                view.reload()

    def _read_overview(self) -> None:
        self._asking.ask(
            "overview", read_overview, self._bridge.workspace,
            answer=self._take_overview, failed=self._say_trouble,
        )  # fmt: skip

    def _take_overview(self, overview: Overview) -> None:
        self.status.set_totals(overview.totals, overview.sizes)
        self.scope.set_choices(overview.projects, overview.runs)
        self.sidebar.set_count("issues", overview.totals.unresolved)
        self.sidebar.set_count("traces", overview.totals.traces)

    def _take_station(self, station: object) -> None:
        state = self._bridge.station
        self.sidebar.set_station(state)
        self.status.set_station(state)
        if self._bridge.is_paused:
            self.scope.set_paused(True, self._bridge.waiting)

    # ---------------------------------------------------------------- window

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.BackButton:
            self.go_back()
        elif event.button() == Qt.MouseButton.ForwardButton:
            self.go_forward()
        else:
            super().mousePressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)
