"""The head of a trace: what it is called, its figures, its issues, and what to show it as."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.trace.elided import ElidedLabel
from vedette.desktop.trace.read import IssueLink, OpenedTrace
from vedette.desktop.widgets import relative_time, units
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import Figure, label
from vedette.desktop.widgets.plain_text import plain_tip, plain_title
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.domain.times import now

_MOST_ISSUES = 2
_NARROW = 46
"""Times the height of a line: below this width issues and the span count make way."""


class TraceHeader(QFrame):
    """Name, ids and services; Duration, Spans, Errors; Issues; Waterfall, Table, JSON or Items."""

    issueFollowed = Signal(int)

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self.setObjectName(name)
        self.setProperty("role", "bar")
        self.title = ElidedLabel(theme, "header", "text", name=f"{name}.title")
        self.subtitle = ElidedLabel(theme, "caption", "text.muted", name=f"{name}.subtitle")
        self.duration = Figure(tr("Duration"), name=f"{name}.duration")
        self.spans = Figure(tr("Spans"), name=f"{name}.spans")
        self.errors = Figure(tr("Errors"), name=f"{name}.errors")
        self._issue_box = QWidget()
        self._issues_caption = label(tr("Issues"), "caption")
        self._issues = QHBoxLayout()
        self._issues.setContentsMargins(0, 0, 0, 0)
        self._issues.setSpacing(6)
        self._has_issues = False
        self.tabs = Segmented(
            theme,
            [
                Segment("waterfall", tr("Waterfall")),
                Segment("table", tr("Table")),
                Segment("json", tr("JSON")),
                Segment("items", tr("Items")),
            ],
            name=f"{name}.tabs",
            title=tr("Show the trace as"),
        )
        self._lay_out()

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self.title)
        names.addWidget(self.subtitle)
        issues = QVBoxLayout(self._issue_box)
        issues.setContentsMargins(0, 0, 0, 0)
        issues.setSpacing(2)
        issues.addStretch(1)
        issues.addWidget(self._issues_caption)
        issues.addLayout(self._issues)
        issues.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 10, 14, 8)
        row.setSpacing(24)
        row.addLayout(names, 3)
        for figure in (self.duration, self.spans, self.errors):
            row.addWidget(figure)
        row.addWidget(self._issue_box)
        row.addStretch(1)
        row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)

    def show_trace(self, opened: OpenedTrace) -> None:
        """Show the figures of another trace."""
        row, tree = opened.row, opened.tree
        self.title.set_text(row.name or row.op or tr("Trace without a root"))
        services = tr("%n service(s)", "", len(opened.services))
        self.subtitle.set_text(
            f"{row.trace_id[:16]} · {services} · {relative_time.ago(row.start, now())}",
            f"{row.trace_id}\n{', '.join(opened.services)}\n{relative_time.exact(row.start)}",
        )
        self.duration.set_value(units.duration(tree.duration), tip=f"{tree.duration:,} µs")
        self.spans.set_value(units.count(len(tree.spans)) + ("+" if opened.is_cut else ""))
        errors = len(tree.errors)
        self.errors.set_value(units.count(errors), role="title.error" if errors else "title")
        self._set_issues(opened.issues)

    def _set_issues(self, issues: Sequence[IssueLink]) -> None:
        while (item := self._issues.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._has_issues = bool(issues)
        for issue in issues[:_MOST_ISSUES]:
            self._issues.addWidget(self._link(issue))
        if len(issues) > _MOST_ISSUES:
            more = label(f"+{len(issues) - _MOST_ISSUES}", "caption")
            more.setToolTip(plain_tip("\n".join(f"{issue.short} {issue.title}" for issue in issues)))
            self._issues.addWidget(more)
        self._issues.addStretch(1)
        self._fit()

    def _link(self, issue: IssueLink) -> Button:
        title = issue.title.split(":", 1)[0]
        title = title if len(title) <= 24 else title[:23] + "…"
        link = Button(self._theme, plain_title(title), name=f"{self._name}.issue.{issue.short}", role="link")
        link.setAccessibleName(tr("Open issue {issue}: {title}").format(issue=issue.short, title=issue.title))
        here = tr("%n error(s) here", "", issue.errors)
        link.setToolTip(plain_tip(f"{issue.short} {issue.title}\n{here}"))
        link.clicked.connect(lambda: self.issueFollowed.emit(issue.id))
        return link

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() >= _NARROW * self._theme.line_height("body")
        self._issue_box.setVisible(self._has_issues and wide)
        self.spans.setVisible(wide)
