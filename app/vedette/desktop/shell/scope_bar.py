"""The bar above every section: way back, search, projects, environments, run, time, live or paused."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.shell.choices import SEPARATOR, Choice, ChoiceMenu
from vedette.desktop.shell.earlier_queries import EarlierQueries
from vedette.desktop.shell.query_bar.bar import QueryBar
from vedette.desktop.shell.query_history import QueryHistory
from vedette.desktop.shell.scope import SPANS, Scope
from vedette.desktop.shell.time_range import RangeDialog, say_range
from vedette.desktop.theme.theme import Theme
from vedette.desktop.theme.tokens import project_token
from vedette.desktop.widgets.buttons import Button, IconButton
from vedette.desktop.widgets.labels import frame, label
from vedette.desktop.widgets.plain_text import plain_tip, plain_title
from vedette.desktop.widgets.units import count

if TYPE_CHECKING:
    from vedette.desktop.shell.query_bar.facts import StoreFacts
    from vedette.store.queries.projects import ProjectRow
    from vedette.store.queries.runs import RunRow

_MOST_RUNS = 30
_MARGIN, _SPACING = 12, 8
_FIELD_DIGITS, _TITLE_DIGITS = 46, 12
"""Room the search field, or a title in its place, is given before buttons say anything."""
T = TypeVar("T")


class ScopeBar(QWidget):
    """What is looked at. Every button opens a menu that the arrow keys work in."""

    scopeChanged = Signal(object)
    queryChanged = Signal(str)
    offChanged = Signal()
    submitted = Signal()
    left = Signal()
    pauseWanted = Signal()

    def __init__(
        self,
        theme: Theme,
        history: QueryHistory,
        facts: "StoreFacts | None" = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("scope")
        self.scope = Scope()
        self._theme = theme
        self._history = history
        self._section = "issues"
        self._is_paused = self._is_tiny = False
        self._is_scoped = True
        self._words: list[tuple[Button, str, bool]] = []  # and whether it limits
        self._waiting = 0
        self._projects: Sequence[ProjectRow] = ()
        self._runs: Sequence[RunRow] = ()
        self._environments: Sequence[str] = ()
        self.back = IconButton(theme, "arrow-left", tr("Back"), name="scope.back")
        self.forward = IconButton(theme, "arrow-right", tr("Forward"), name="scope.forward")
        self.query = QueryBar(
            theme,
            name="scope.query",
            title=tr("Search issues"),
            hint=tr("Search issues: type, message, tag:value, release:…"),
            facts=facts,
        )
        self.query.completing.set_recent(lambda: history.queries(self._section))
        self.title = label("", "title", name="scope.title")
        self.view_menu = QMenu(self)
        self.view = Button(theme, tr("View"), name="scope.view", icon="layout-list", menu=self.view_menu)
        self._view: tuple[str, bool] = ("", False)
        self.project = Button(theme, tr("All projects"), name="scope.project", icon="boxes")
        self.environment = Button(theme, tr("All environments"), name="scope.environment", icon="layers")
        self.run = Button(theme, tr("All runs"), name="scope.run", icon="play")
        self.time = Button(theme, tr("All time"), name="scope.time", icon="calendar")
        self.all_time = IconButton(theme, "x", tr("Back to all time"), name="scope.all_time")
        self.live = Button(theme, tr("Live"), name="scope.live")
        self.note = label("", "error", name="scope.note", wrap=True)
        self._lay_out()
        self._connect()
        self._say()
        self.set_paused(False)

    def _lay_out(self) -> None:
        self._lead = QStackedWidget()
        self._lead.addWidget(self.query)
        self._lead.addWidget(self.title)
        bar = frame("bar", "scope.bar")
        row = QHBoxLayout()
        row.setSpacing(_SPACING)
        row.addWidget(self.back)
        row.addWidget(self.forward)
        row.addWidget(self._lead, 1)
        for button in (self.view, self.project, self.environment, self.run):
            row.addWidget(button)
        time = QHBoxLayout()
        time.setSpacing(1)
        time.addWidget(self.time)
        time.addWidget(self.all_time)
        row.addLayout(time)
        row.addWidget(self.live)
        column = QVBoxLayout(bar)
        column.setContentsMargins(_MARGIN, 7, _MARGIN, 7)
        column.setSpacing(3)
        column.addLayout(row)
        column.addWidget(self.note)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(bar)
        self.note.hide()

    def _connect(self) -> None:
        self._theme.changed.connect(self._draw_dot)
        self._theme.changed.connect(self._fit)
        self.query.queryChanged.connect(self.queryChanged)
        self.query.offChanged.connect(self.offChanged)
        self.query.submitted.connect(self._submit)
        self.query.left.connect(self.left)
        self.query.historyWanted.connect(self.show_history)
        self.project.clicked.connect(lambda: self._open(self.project, self._project_choices, many=True))
        self.environment.clicked.connect(
            lambda: self._open(self.environment, self._environment_choices, many=True)
        )
        self.run.clicked.connect(lambda: self._open(self.run, self._run_choices))
        self.time.clicked.connect(lambda: self._open(self.time, self._time_choices))
        self.all_time.clicked.connect(lambda: self.change(span=None, since=None, until=None))
        self.live.clicked.connect(lambda: self.pauseWanted.emit())

    # ---------------------------------------------------------------- what is shown

    def show_section(self, key: str, title: str, *, searches: bool, scoped: bool) -> None:
        """Serve section *key*: with the search field or its *title* in its place, with or without scope."""
        self._section = key
        self.title.setText("" if searches else title)
        self._lead.setCurrentWidget(self.query if searches else self.title)
        self._is_scoped = scoped
        self._say()

    def say_error(self, text: str, column: int = 0, length: int = 0) -> None:
        """Say under the field why the query cannot be used, and underline where; "" once it can.

        *column* counts from 0; *length* 0 stands for the word at that place.
        """
        if text:
            self.query.say_wrong(text, column, length)
        else:
            self.query.clear_wrong()
        place = tr("{sentence} (at character {number})").format(sentence=text, number=column + 1)
        self.note.setText(place if text else "")
        self.note.setVisible(bool(text))

    def set_choices(
        self, projects: "Sequence[ProjectRow]", runs: "Sequence[RunRow]", environments: Sequence[str] = ()
    ) -> None:
        """Take in what there is to choose from."""
        self._projects, self._runs, self._environments = projects, runs, environments
        self._say()

    def set_paused(self, paused: bool, waiting: int = 0) -> None:
        """Show whether views follow, and how much waits."""
        self._is_paused = paused
        self._waiting = waiting
        self._say_live()
        if paused:
            name = tr("Paused, {count} waiting: follow again").format(count=count(waiting))
            tip = tr("Views stand still; events are still taken. Follow again (Ctrl+Alt+Space)")
        else:
            name, tip = tr("Live: pause"), tr("Views follow what arrives. Pause (Ctrl+Alt+Space)")
        self.live.setAccessibleName(name)
        self.live.setToolTip(tip)
        self._draw_dot()

    def _say_live(self) -> None:
        text = tr("Live")
        if self._is_paused:
            waiting = tr("Paused · {count} waiting").format(count=count(self._waiting))
            text = waiting if self._waiting else tr("Paused")
        self.live.setText("" if self._is_tiny else text)
        self.live.updateGeometry()
        self._fit()

    def _draw_dot(self) -> None:
        """Give the live button its dot: filled green, or the pause sign."""
        if self._is_paused:
            self.live.setIcon(self._theme.icon("pause", "level.warning.text"))
        else:
            self.live.setIcon(self._dot("level.ok.fill"))

    def _colour_dot(self, colour: int) -> QIcon:
        return self._dot(project_token(colour))

    def _dot(self, token: str) -> QIcon:
        ratio = self.devicePixelRatioF()
        side = self.live.iconSize().width()
        pixmap = QPixmap(round(side * ratio), round(side * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(token))
        painter.drawEllipse(QRectF(side / 2 - 4, side / 2 - 4, 8, 8))
        painter.end()
        return QIcon(pixmap)

    def set_view(self, name: str, *, is_modified: bool) -> None:
        """Show which saved view one is in, "" for none, and whether something else is looked at by now."""
        if (name, is_modified) != self._view:
            self._view = (name, is_modified)
            self._say()

    def _say_view(self) -> None:
        """Give the views' button its words; they are the first to go where there is little room."""
        name, is_modified = self._view
        is_shown = self._lead.currentWidget() is self.query and not self._is_tiny
        self.view.setVisible(is_shown)
        said = tr("View: {name}").format(name=name) if name else tr("Save this search as a view")
        text = plain_title(_shortened(name, 18)) if name else ""
        if is_modified:
            said = tr("View: {name}, modified").format(name=name)
            text = f"{text} •"
        self.view.setAccessibleName(said)
        self.view.setToolTip(plain_tip(said))
        self.view.setText("")
        if is_shown and text:
            self._words.insert(0, (self.view, text, is_modified))

    def set_tiny(self, tiny: bool) -> None:
        """Leave only icons, and no arrows, in a very narrow window."""
        if tiny != self._is_tiny:
            self._is_tiny = tiny
            self.back.setVisible(not tiny)
            self.forward.setVisible(not tiny)
            self._say_live()
            self._say()

    def set_ways(self, *, back: bool, forward: bool) -> None:
        self.back.setEnabled(back)
        self.forward.setEnabled(forward)

    def _say(self) -> None:
        scope = self.scope
        names = {row.id: row.slug for row in self._projects}
        projects = ", ".join(names.get(n, str(n)) for n in scope.projects) or tr("All projects")
        environments = ", ".join(scope.environments) or tr("All environments")
        run = tr("All runs") if scope.run is None else tr("Run {number}").format(number=scope.run)
        limited = scope.span is not None or scope.since is not None or scope.until is not None
        # With little room the first gives its words up first: what says least.
        self._words = []
        for button, what, text, is_wanted, is_limited in (
            (self.run, tr("Run"), run, True, scope.run is not None),
            (self.environment, tr("Environments"), environments, bool(self._environments),
             bool(scope.environments)),
            (self.time, tr("Time"), self._say_time(), True, limited),
            (self.project, tr("Projects"), projects, True, bool(scope.projects)),
        ):  # fmt: skip
            name = tr("{what}: {chosen}").format(what=what, chosen=text)
            button.setAccessibleName(name)
            button.setToolTip(plain_tip(name))
            # In a strip the search needs the room of what limits nothing and is seldom asked for.
            is_seldom = self._is_tiny and not is_limited and button in (self.environment, self.run)
            is_shown = self._is_scoped and is_wanted and not is_seldom
            button.setVisible(is_shown)
            if is_shown:
                self._words.append((button, plain_title(_shortened(text)), is_limited))
            else:
                button.setText("")
        self._words.sort(key=lambda word: word[2])
        self._say_view()
        self.all_time.setVisible(self._is_scoped and limited)
        self._fit()

    def _fit(self) -> None:
        """Say on as many buttons as there is room for what is chosen; the others keep their icons."""
        for button, text, _ in self._words:
            button.setText("" if self._is_tiny else text)
        shown = [part for part in self._parts() if not part.isHidden()]
        room = self.width() - 2 * _MARGIN - _SPACING * len(shown) - self._least_lead()
        excess = sum(part.sizeHint().width() for part in shown) - room
        for button, _, _ in self._words:
            if excess > 0 and button.text():
                before = button.sizeHint().width()
                button.setText("")
                excess -= before - button.sizeHint().width()
        for button, _, _ in self._words:
            button.updateGeometry()

    def _parts(self) -> tuple[QWidget, ...]:
        return (
            self.back, self.forward, self.view, self.project, self.environment, self.run, self.time,
            self.all_time, self.live,
        )  # fmt: skip

    def _least_lead(self) -> int:
        """Return what the search field is not to be without, in pixels."""
        digits = _FIELD_DIGITS if self._lead.currentWidget() is self.query else _TITLE_DIGITS
        return round(self._theme.metrics("body").horizontalAdvance("0") * digits)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def minimumSizeHint(self) -> QSize:
        # Buttons give up their words, so these ask for no width.
        return QSize(0, super().minimumSizeHint().height())

    def _say_time(self) -> str:
        scope = self.scope
        if scope.since is not None or scope.until is not None:
            return say_range(scope.since, scope.until)
        return tr(next((name for name, span in SPANS if span == scope.span), SPANS[0][0]))

    # ---------------------------------------------------------------- choosing

    def _project_choices(self) -> list[Choice]:
        chosen = self.scope.projects
        every = Choice(tr("All projects"), not chosen, lambda: self.change(projects=()))
        return [
            every,
            SEPARATOR,
            *(
                Choice(
                    row.slug,
                    row.id in chosen,
                    lambda row=row: self.change(projects=_switched(self.scope.projects, row.id)),  # type: ignore[misc]
                    self._colour_dot(row.colour),
                )
                for row in self._projects
            ),
        ]

    def _environment_choices(self) -> list[Choice]:
        chosen = self.scope.environments
        every = Choice(tr("All environments"), not chosen, lambda: self.change(environments=()))
        return [
            every,
            SEPARATOR,
            *(
                Choice(
                    name,
                    name in chosen,
                    lambda name=name: self.change(environments=_switched(self.scope.environments, name)),  # type: ignore[misc]
                )
                for name in self._environments
            ),
        ]

    def _run_choices(self) -> list[Choice]:
        choices = [Choice(tr("All runs"), self.scope.run is None, lambda: self.change(run=None)), SEPARATOR]
        for row in self._runs[:_MOST_RUNS]:
            title = tr("Run {number}").format(number=row.id) + (f" – {row.name}" if row.name else "")
            current = tr("{run} (now)").format(run=title) if row.ended is None else title
            choices.append(
                Choice(current, row.id == self.scope.run, lambda row=row: self.change(run=row.id))  # type: ignore[misc]
            )
        return choices

    def _time_choices(self) -> list[Choice]:
        scope = self.scope
        is_range = scope.since is not None or scope.until is not None
        choices = [
            Choice(
                tr(name),
                span == scope.span and not is_range,
                lambda span=span: self.change(span=span, since=None, until=None),  # type: ignore[misc]
            )
            for name, span in SPANS
        ]
        title = say_range(scope.since, scope.until) if is_range else tr("From … until …")
        return [*choices, SEPARATOR, Choice(title, is_range, self.ask_for_range)]

    def ask_for_range(self) -> None:
        """Ask from when until when, in a dialog."""
        dialog = RangeDialog(self.scope.since, self.scope.until, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def take() -> None:
            since, until = dialog.bounds()
            self.change(span=None, since=since, until=until)

        dialog.accepted.connect(take)
        dialog.open()

    def _open(self, button: Button, read: Callable[[], Sequence[Choice]], *, many: bool = False) -> None:
        menu = ChoiceMenu(self, read, many=many)
        menu.setAccessibleName(button.accessibleName())
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def change(self, **members: Any) -> None:
        """Look at the same scope with other *members*."""
        self.set_scope(replace(self.scope, **members))

    def set_scope(self, scope: Scope) -> None:
        """Look at *scope*."""
        if scope != self.scope:
            self.scope = scope
            self._say()
            self.scopeChanged.emit(scope)

    def focus_query(self) -> None:
        """Bring the keyboard to the search field."""
        self.query.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ---------------------------------------------------------------- earlier queries

    def _submit(self, query: str) -> None:
        self._history.note(self._section, query)
        self.submitted.emit()

    def show_history(self) -> None:
        """Offer the queries of this section that were used before."""
        menu = EarlierQueries(self, self._history, self._section)
        menu.chosen.connect(self._use)
        menu.popup(self.query.mapToGlobal(self.query.rect().bottomLeft()))

    def _use(self, query: str) -> None:
        self.query.set_text(query)
        self.queryChanged.emit(query)


def _switched(chosen: tuple[T, ...], one: T) -> tuple[T, ...]:
    """Return *chosen* with *one* added, or without it if it was there."""
    return tuple(other for other in chosen if other != one) if one in chosen else (*chosen, one)


def _shortened(text: str, most: int = 28) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
