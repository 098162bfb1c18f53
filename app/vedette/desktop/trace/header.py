"""The head of a trace: what it is called, its figures, its issues, and the field to find spans."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.theme.theme import Theme
from vedette.desktop.trace.read import IssueLink, OpenedTrace
from vedette.desktop.widgets import relative_time, units
from vedette.desktop.widgets.buttons import Button, command_icon_button
from vedette.desktop.widgets.labels import Figure, label
from vedette.desktop.widgets.plain_text import plain_tip, plain_title
from vedette.desktop.widgets.search_field import SearchField
from vedette.domain.times import now

_MOST_ISSUES = 2
_FIELD = 300


class ElidedLabel(QWidget):
    """One line of text that gives way; the whole of it is the tooltip."""

    def __init__(
        self, theme: Theme, role: str, token: str, *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._token = token
        self._text = ""
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def text(self) -> str:
        """Return the whole text."""
        return self._text

    def set_text(self, text: str, tip: str = "") -> None:
        """Say something else."""
        self._text = text
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(tip or text))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        width = self._theme.metrics(self._role).horizontalAdvance(self._text)
        return QSize(round(width) + 2, self._theme.line_height(self._role))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._theme.line_height(self._role))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._theme.font(self._role))
        painter.setPen(self._theme.color(self._token))
        metrics = self._theme.metrics(self._role)
        text = metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
        painter.end()


class TraceHeader(QFrame):
    """Name, ids and services; Duration, Spans, Errors; Issues; find."""

    issueFollowed = Signal(int)

    def __init__(
        self, theme: Theme, commands: CommandRegistry, *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self.setObjectName(name)
        self.setProperty("role", "bar")
        self.title = ElidedLabel(theme, "header", "text", name=f"{name}.title")
        self.subtitle = ElidedLabel(theme, "caption", "text.muted", name=f"{name}.subtitle")
        self.duration = Figure("Duration", name=f"{name}.duration")
        self.spans = Figure("Spans", name=f"{name}.spans")
        self.errors = Figure("Errors", name=f"{name}.errors")
        self._issues_caption = label("Issues", "caption")
        self._issues = QHBoxLayout()
        self._issues.setContentsMargins(0, 0, 0, 0)
        self._issues.setSpacing(6)
        self.changes = ElidedLabel(theme, "caption", "text.muted", name=f"{name}.changes")
        self.more = Button(theme, "", name=f"{name}.more", role="small", icon="refresh-cw")
        self.field = SearchField(
            theme, name="trace.find", title="Find spans", hint="Find span: op, description, is:error"
        )
        self.field.setMaximumWidth(_FIELD)
        self.found = label("", "caption", name=f"{name}.found")
        self._lay_out(commands)
        self.set_more(0)

    def _lay_out(self, commands: CommandRegistry) -> None:
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self.title)
        names.addWidget(self.subtitle)
        issues = QVBoxLayout()
        issues.setSpacing(2)
        issues.addStretch(1)
        issues.addWidget(self._issues_caption)
        issues.addLayout(self._issues)
        issues.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(4)
        find = QHBoxLayout()
        find.setSpacing(4)
        find.addWidget(self.field, 1)
        find.addWidget(self.found)
        find.addWidget(command_icon_button(self._theme, commands, "trace.previous_match"))
        find.addWidget(command_icon_button(self._theme, commands, "trace.next_match"))
        right.addLayout(find)
        below = QHBoxLayout()
        below.addWidget(self.changes, 1)
        below.addWidget(self.more)
        right.addLayout(below)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 10, 14, 8)
        row.setSpacing(24)
        row.addLayout(names, 3)
        for figure in (self.duration, self.spans, self.errors):
            row.addWidget(figure)
        row.addLayout(issues, 1)
        row.addStretch(1)
        row.addLayout(right, 3)

    def show_trace(self, opened: OpenedTrace) -> None:
        """Show the figures of another trace."""
        row, tree = opened.row, opened.tree
        self.title.set_text(row.name or row.op or "Trace without a root")
        services = units.plural(len(opened.services), "service")
        self.subtitle.set_text(
            f"{row.trace_id[:16]} · {services} · {relative_time.ago(row.start, now())}",
            f"{row.trace_id}\n{', '.join(opened.services)}\n{relative_time.exact(row.start)}",
        )
        self.duration.set_value(units.duration(tree.duration), tip=f"{tree.duration:,} µs")
        self.spans.set_value(units.count(len(tree.spans)) + ("+" if opened.is_cut else ""))
        errors = len(tree.errors)
        self.errors.set_value(units.count(errors), role="title.error" if errors else "title")
        self._set_issues(opened.issues)

    def set_changes(self, text: str) -> None:
        """Say what is shown otherwise than it came."""
        self.changes.set_text(text)

    def set_more(self, spans: int) -> None:
        """Offer to read the trace again because *spans* more have arrived; 0 takes the offer away."""
        text = f"{units.plural(spans, 'more span')} arrived, reload" if spans else ""
        self.more.setText(text)
        self.more.setAccessibleName(text)
        # Its place is kept, so that nothing moves when it comes.
        policy = self.more.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.more.setSizePolicy(policy)
        self.more.setVisible(bool(spans))

    def set_found(self, text: str) -> None:
        """Show which of how many matches is current."""
        self.found.setText(text)
        self.found.setAccessibleName(text)

    def _set_issues(self, issues: Sequence[IssueLink]) -> None:
        while (item := self._issues.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._issues_caption.setVisible(bool(issues))
        for issue in issues[:_MOST_ISSUES]:
            self._issues.addWidget(self._link(issue))
        if len(issues) > _MOST_ISSUES:
            self._issues.addWidget(label(f"+{len(issues) - _MOST_ISSUES}", "caption"))
        self._issues.addStretch(1)

    def _link(self, issue: IssueLink) -> Button:
        title = issue.title.split(":", 1)[0]
        title = title if len(title) <= 24 else title[:23] + "…"
        link = Button(self._theme, plain_title(title), name=f"{self._name}.issue.{issue.short}", role="link")
        link.setFixedHeight(self._theme.line_height("title") + 2)  # a figure beside figures
        link.setAccessibleName(f"Open issue {issue.short}: {issue.title}")
        link.setToolTip(plain_tip(f"{issue.short} {issue.title}\n{units.plural(issue.errors, 'error')} here"))
        link.clicked.connect(lambda: self.issueFollowed.emit(issue.id))
        return link
