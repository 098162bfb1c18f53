"""The bar above every section: way back, search, projects, run, time, live or paused."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from vedette.desktop.shell.scope import SPANS, Scope
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button, IconButton
from vedette.desktop.widgets.labels import frame, label
from vedette.desktop.widgets.plain_text import plain_tip, plain_title
from vedette.desktop.widgets.search_field import SearchField
from vedette.store.queries.projects import ProjectRow
from vedette.store.queries.runs import RunRow


class ScopeBar(QWidget):
    """What is looked at. Every button opens a menu that the arrow keys work in."""

    scopeChanged = Signal(object)
    queryChanged = Signal(str)
    submitted = Signal()
    left = Signal()
    pauseWanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scope")
        self.scope = Scope()
        self._is_paused = self._is_tiny = False
        self._waiting = 0
        self._projects: Sequence[ProjectRow] = ()
        self._runs: Sequence[RunRow] = ()
        self.back = IconButton(theme, "arrow-left", "Back", name="scope.back")
        self.forward = IconButton(theme, "arrow-right", "Forward", name="scope.forward")
        self.query = SearchField(
            theme,
            name="scope.query",
            title="Search issues",
            hint="Search issues: type, message, tag:value, release:…",
        )
        self.title = label("", "title", name="scope.title")
        self.project = Button(theme, "All projects", name="scope.project", icon="boxes")
        self.run = Button(theme, "All runs", name="scope.run", icon="play")
        self.time = Button(theme, "All time", name="scope.time", icon="calendar")
        self.live = Button(theme, "Live", name="scope.live")
        self.note = label("", "error", name="scope.note", wrap=True)
        self._theme = theme
        self._is_narrow = False
        self._lead = QStackedWidget()
        self._lead.addWidget(self.query)
        self._lead.addWidget(self.title)
        bar = frame("bar", "scope.bar")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addWidget(self.forward)
        row.addWidget(self._lead, 1)
        for button in (self.project, self.run, self.time, self.live):
            row.addWidget(button)
        column = QVBoxLayout(bar)
        column.setContentsMargins(10, 7, 14, 7)
        column.setSpacing(3)
        column.addLayout(row)
        column.addWidget(self.note)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(bar)
        self.note.hide()
        theme.changed.connect(self._draw_dot)
        self.query.queryChanged.connect(self.queryChanged)
        self.query.submitted.connect(lambda _: self.submitted.emit())
        self.query.left.connect(self.left)
        self.project.clicked.connect(lambda: self._open(self.project, self._project_choices()))
        self.run.clicked.connect(lambda: self._open(self.run, self._run_choices()))
        self.time.clicked.connect(lambda: self._open(self.time, self._time_choices()))
        self.live.clicked.connect(lambda: self.pauseWanted.emit())
        self._say()
        self.set_paused(False)

    # ---------------------------------------------------------------- what is shown

    def lead_with(self, title: str) -> None:
        """Show the search field, or with a *title* that section's name in its place."""
        self.title.setText(title)
        self._lead.setCurrentWidget(self.title if title else self.query)

    def say_error(self, text: str, column: int = 0) -> None:
        """Say under the field why the query cannot be used and at which place (from 0); "" once it can."""
        self.note.setText(f"{text} (at character {column + 1})" if text else "")
        self.note.setVisible(bool(text))

    def set_choices(self, projects: Sequence[ProjectRow], runs: Sequence[RunRow]) -> None:
        """Take in what there is to choose from."""
        self._projects, self._runs = projects, runs
        self._say()

    def set_paused(self, paused: bool, waiting: int = 0) -> None:
        """Show whether views follow, and how much waits."""
        self._is_paused = paused
        self._waiting = waiting
        self._say_live()
        self.live.setAccessibleName(f"Paused, {waiting:,} waiting: follow again" if paused else "Live: pause")
        what = "Views stand still; events are still taken." if paused else "Views follow what arrives."
        self.live.setToolTip(f"{what} {'Follow again' if paused else 'Pause'} (Ctrl+Alt+Space)")
        self._draw_dot()

    def _say_live(self) -> None:
        text = "Live"
        if self._is_paused:
            text = f"Paused · {self._waiting:,} waiting" if self._waiting else "Paused"
        self.live.setText("" if self._is_tiny else text)
        self.live.updateGeometry()

    def _draw_dot(self) -> None:
        """Give the live button its dot: filled green, or the pause sign."""
        if self._is_paused:
            self.live.setIcon(self._theme.icon("pause", "level.warning.text"))
            return
        ratio = self.devicePixelRatioF()
        side = self.live.iconSize().width()
        pixmap = QPixmap(round(side * ratio), round(side * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("level.ok.fill"))
        painter.drawEllipse(QRectF(side / 2 - 4, side / 2 - 4, 8, 8))
        painter.end()
        self.live.setIcon(QIcon(pixmap))

    def set_narrow(self, narrow: bool, *, very: bool = False) -> None:
        """Leave only the icons of the scope's buttons, for little room; with *very* no arrows either."""
        self.back.setVisible(not very)
        self.forward.setVisible(not very)
        if very != self._is_tiny:
            self._is_tiny = very
            self._say_live()
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self._say()

    def set_ways(self, *, back: bool, forward: bool) -> None:
        self.back.setEnabled(back)
        self.forward.setEnabled(forward)

    def _say(self) -> None:
        scope = self.scope
        names = {row.id: row.slug for row in self._projects}
        project = ", ".join(names.get(n, str(n)) for n in scope.projects) or "All projects"
        run = "All runs" if scope.run is None else f"Run {scope.run}"
        time = next((name for name, span in SPANS if span == scope.span), "All time")
        for button, what, text in (
            (self.project, "Projects", project),
            (self.run, "Run", run),
            (self.time, "Time", time),
        ):
            button.setText("" if self._is_narrow else plain_title(text))
            button.setAccessibleName(f"{what}: {text}")
            button.setToolTip(plain_tip(f"{what}: {text}"))
            button.updateGeometry()

    # ---------------------------------------------------------------- choosing

    def _project_choices(self) -> list[tuple[str, bool, Scope]]:
        scope = self.scope
        choices = [("All projects", not scope.projects, replace(scope, projects=()))]
        choices += [
            (row.slug, row.id in scope.projects, replace(scope, projects=(row.id,))) for row in self._projects
        ]
        return choices

    def _run_choices(self) -> list[tuple[str, bool, Scope]]:
        scope = self.scope
        choices = [("All runs", scope.run is None, replace(scope, run=None))]
        for row in self._runs[:30]:
            name = f"Run {row.id}" + (f" – {row.name}" if row.name else "")
            current = " (now)" if row.ended is None else ""
            choices.append((name + current, row.id == scope.run, replace(scope, run=row.id)))
        return choices

    def _time_choices(self) -> list[tuple[str, bool, Scope]]:
        scope = self.scope
        return [(name, span == scope.span, replace(scope, span=span)) for name, span in SPANS]

    def _open(self, button: Button, choices: Sequence[tuple[str, bool, Scope]]) -> None:
        menu = QMenu(self)
        for name, current, scope in choices:
            action = menu.addAction(plain_title(name))
            action.setCheckable(True)
            action.setChecked(current)
            action.triggered.connect(lambda _checked=False, scope=scope: self.set_scope(scope))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def set_scope(self, scope: Scope) -> None:
        """Look at *scope*."""
        if scope != self.scope:
            self.scope = scope
            self._say()
            self.scopeChanged.emit(scope)

    def focus_query(self) -> None:
        """Bring the keyboard to the search field."""
        self.query.setFocus(Qt.FocusReason.ShortcutFocusReason)
