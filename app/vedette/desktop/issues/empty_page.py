"""What stands where rows would be: a sentence, what can be done; at first, how to send something."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QStackedWidget, QVBoxLayout, QWidget

from vedette.desktop.issues.counted import grouped
from vedette.desktop.issues.empty import Nothing, Why
from vedette.desktop.issues.sentences import heading_of
from vedette.desktop.issues.tabs import FIRST, without
from vedette.desktop.language import mark, tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets import relative_time, units
from vedette.desktop.widgets.buttons import Button, IconButton
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.notices import EmptyState
from vedette.desktop.widgets.plain_text import plain_title
from vedette.domain.times import now
from vedette.store.queries.issue_rows import Count, IssueRow

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge
    from vedette.desktop.connect.first_run import FirstRun

_LONGEST_TERM = 60
_LONGEST_TITLE = 80
_WAYS: dict[Why, tuple[str, str, str, str]] = {
    Why.SCOPE: (
        mark("Nothing in this scope"),
        mark("There are issues in other projects, runs or times."),
        mark("Show all projects, runs and times"),
        "filter-x",
    ),
    Why.NOTHING_OPEN: (
        mark("Nothing open"),
        mark("Every issue is resolved or archived."),
        mark("Show all issues"),
        "circle-check",
    ),
    Why.TAB: (mark("None here"), "", mark("Show unresolved issues"), "inbox"),
    Why.NO_MATCH: (mark("No issue matches"), "", mark("Show everything else"), "filter-x"),
}


class EmptyPage(QStackedWidget):
    """One page for each reason. The first-run page is made when first needed."""

    queryWanted = Signal(str)
    scopeCleared = Signal()
    navigate = Signal(object)
    opened = Signal(int)
    """A resolved issue that is to be shown."""

    def __init__(self, bridge: "Bridge", theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._query = ""
        self._nothing: Nothing | None = None
        self.setObjectName("issues.empty.page")
        self.setProperty("role", "canvas")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # it takes the keyboard over from the list
        self.state = EmptyState(theme, name="issues.empty")
        self.details = _Details(theme)
        self.first_run: FirstRun | None = None
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 0, 24, 0)
        column.addStretch(2)
        column.addWidget(self.state)
        column.addWidget(self.details, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.addWidget(page)
        self.state.acted.connect(self._act)
        self.details.removed.connect(lambda term: self.queryWanted.emit(without(self._query, term)))
        self.details.opened.connect(self.opened)

    @property
    def why(self) -> Why | None:
        """What is said now; None: nothing, or that issues are being read."""
        return None if self._nothing is None else self._nothing.why

    def say_reading(self) -> None:
        """Say that issues are being read."""
        self._nothing = None
        self.details.clear()
        self.state.say(tr("Reading issues…"), icon="loader")
        self._show(self.state.accessibleName())

    def say(self, nothing: Nothing, query: str) -> None:
        """Say why there are no rows for *query*."""
        self._nothing, self._query = nothing, query
        self.details.clear()
        if nothing.why is Why.NOTHING_YET:
            self._show_first_run()
            return
        sentence, more, action, icon = _WAYS[nothing.why]
        self.state.say(tr(sentence), tr(more) if more else "", action=tr(action), icon=icon)
        if nothing.terms:
            self.details.show_terms(nothing.terms)
        elif nothing.resolved:
            self.details.show_resolved(nothing.resolved)
        self._show(f"{self.state.accessibleName()} {self.details.sentence}".strip())

    def _show(self, name: str) -> None:
        self.setAccessibleName(name)
        self.setCurrentIndex(0)

    def _show_first_run(self) -> None:
        if self.first_run is None:
            from vedette.desktop.connect.first_run import FirstRun  # start-up time

            self.first_run = FirstRun(self._bridge, self._theme)
            self.first_run.navigate.connect(self.navigate)
            self.addWidget(self.first_run)
        self.setAccessibleName(tr("Nothing received yet"))
        self.setCurrentWidget(self.first_run)

    def _act(self) -> None:
        if self.why is Why.SCOPE:
            self.scopeCleared.emit()
        elif self.why is Why.NOTHING_OPEN:
            self.queryWanted.emit("")
        elif self.why is Why.TAB:
            self.queryWanted.emit(FIRST)
        elif self.why is Why.NO_MATCH and self._nothing is not None:
            query = self._query
            for term, _ in self._nothing.terms:
                query = without(query, term)
            self.queryWanted.emit(query)


class _Details(QWidget):
    """Rows below the sentence: terms that can be removed, or issues that were resolved last."""

    removed = Signal(str)
    opened = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("issues.empty.details")
        self.sentence = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 12, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def clear(self) -> None:
        """Show no rows."""
        self.sentence = ""
        self.hide()
        while (item := self._column.takeAt(0)) is not None:
            _throw_away(item.layout())
            if (widget := item.widget()) is not None:
                widget.deleteLater()

    def show_terms(self, terms: tuple[tuple[str, Count | None], ...]) -> None:
        """Show what each term finds alone, with a cross that removes it."""
        said = []
        for at, (term, count) in enumerate(terms):
            hits = _alone(count)
            short = term if len(term) <= _LONGEST_TERM else term[: _LONGEST_TERM - 1] + "…"
            row = QHBoxLayout()
            row.setSpacing(10)
            remove = IconButton(
                self._theme, "x", tr("Remove {term}").format(term=term), name=f"issues.empty.remove.{at}"
            )
            remove.clicked.connect(lambda _checked=False, term=term: self.removed.emit(term))
            row.addWidget(label(short, "code"))
            row.addWidget(label(hits, "muted" if count is None or count.n else "warning"), 1)
            row.addWidget(remove)
            self._column.addLayout(row)
            said.append(f"{term}  {hits}")
        self.sentence = " · ".join(said)
        self.show()

    def show_resolved(self, rows: tuple[IssueRow, ...]) -> None:
        """Show the issues that were resolved last; a click opens one."""
        self._column.addWidget(label(tr("Resolved last"), "caption.strong"))
        for row in rows:
            title = " ".join(f"{heading_of(row)} {row.value if row.type else ''}".split())
            if len(title) > _LONGEST_TITLE:
                title = title[: _LONGEST_TITLE - 1] + "…"
            line = QHBoxLayout()
            line.setSpacing(10)
            button = Button(
                self._theme,
                plain_title(f"{row.short}  {title}"),
                name=f"issues.empty.open.{row.id}",
                role="link",
            )
            button.clicked.connect(lambda _checked=False, number=row.id: self.opened.emit(number))
            line.addWidget(button)
            line.addStretch(1)
            if row.resolved_at is not None:
                line.addWidget(label(relative_time.ago(row.resolved_at, now()), "caption"))
            self._column.addLayout(line)
        self.sentence = tr("Resolved last: {names}").format(names=", ".join(row.short for row in rows))
        self.show()


def _alone(count: Count | None) -> str:
    if count is None:
        return tr("cannot be read alone")
    if not count.exact:
        return tr("more than {count} issues alone").format(count=units.count(count.n))
    return grouped(tr("%n issue(s) alone", "", count.n), count.n)


def _throw_away(layout: QLayout | None) -> None:
    while layout is not None and (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.deleteLater()
