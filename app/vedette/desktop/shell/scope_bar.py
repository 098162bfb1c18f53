"""The bar above every section: way back, search, projects, run, time, live or paused."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from vedette.desktop.shell.scope import SPANS, Scope
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button, IconButton
from vedette.desktop.widgets.labels import frame, label
from vedette.desktop.widgets.plain_text import plain_title
from vedette.desktop.widgets.search_field import SearchField
from vedette.store.queries.projects import ProjectRow
from vedette.store.queries.runs import RunRow


class ScopeBar(QWidget):
    """What is looked at. Every button opens a menu that the arrow keys work in."""

    scopeChanged = Signal(object)
    queryChanged = Signal(str)
    left = Signal()
    pauseWanted = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scope")
        self.scope = Scope()
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
        self.live = Button(theme, "Live", name="scope.live", icon="radio")
        self.note = label("", "error", name="scope.note")
        self._lead = QStackedWidget()
        for widget in (self.query, self.title):
            self._lead.addWidget(widget)
        bar = frame("bar", "scope.bar")
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self.back, self.forward):
            row.addWidget(widget)
        row.addWidget(self._lead, 1)
        for widget in (self.project, self.run, self.time, self.live):
            row.addWidget(widget)
        column = QVBoxLayout(bar)
        column.setContentsMargins(10, 7, 14, 7)
        column.setSpacing(3)
        column.addLayout(row)
        column.addWidget(self.note)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(bar)
        self.note.hide()
        self.live.setCheckable(True)
        self.live.setToolTip("Live: views follow what arrives. Press to pause (Ctrl+Alt+Space)")
        self.query.queryChanged.connect(self.queryChanged)
        self.query.left.connect(self.left)
        self.project.clicked.connect(lambda: self._open(self.project, self._project_choices()))
        self.run.clicked.connect(lambda: self._open(self.run, self._run_choices()))
        self.time.clicked.connect(lambda: self._open(self.time, self._time_choices()))
        self.live.clicked.connect(self.pauseWanted)
        self._say()

    # ---------------------------------------------------------------- what is shown

    def lead_with(self, title: str) -> None:
        """Show the search field, or with a *title* that section's name in its place."""
        self.title.setText(title)
        self._lead.setCurrentWidget(self.title if title else self.query)

    def say_error(self, text: str) -> None:
        """Say under the field why the query cannot be used; "" once it can."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def set_choices(self, projects: Sequence[ProjectRow], runs: Sequence[RunRow]) -> None:
        """Take in what there is to choose from."""
        self._projects, self._runs = projects, runs
        self._say()

    def set_paused(self, paused: bool, waiting: int = 0) -> None:
        """Show whether views follow, and how much waits."""
        self.live.setChecked(paused)
        self.live.setText(f"Paused – {waiting:,} waiting" if paused else "Live")

    def set_ways(self, *, back: bool, forward: bool) -> None:
        self.back.setEnabled(back)
        self.forward.setEnabled(forward)

    def _say(self) -> None:
        scope = self.scope
        names = {row.id: row.name for row in self._projects}
        project = "All projects" if scope.project is None else names.get(scope.project, str(scope.project))
        self.project.setText(plain_title(project))
        self.run.setText("All runs" if scope.run is None else f"Run {scope.run}")
        self.time.setText(next((name for name, span in SPANS if span == scope.span), "All time"))
        for button, what in ((self.project, "Projects"), (self.run, "Run"), (self.time, "Time")):
            button.setAccessibleName(f"{what}: {button.text()}")

    # ---------------------------------------------------------------- choosing

    def _project_choices(self) -> list[tuple[str, bool, Scope]]:
        scope = self.scope
        choices = [("All projects", scope.project is None, replace(scope, project=None))]
        choices += [
            (row.name, row.id == scope.project, replace(scope, project=row.id)) for row in self._projects
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
