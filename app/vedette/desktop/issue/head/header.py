"""The head of an issue: what it is called, where, how it stands, how often and since when."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issue.clamped_text import ClampedText
from vedette.desktop.issue.parts import SIDE
from vedette.desktop.issue.read import IssueHead
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets import relative_time, units
from vedette.desktop.widgets.buttons import Button, command_button, command_icon_button
from vedette.desktop.widgets.chip import Chip
from vedette.desktop.widgets.labels import Figure, label
from vedette.desktop.widgets.sparkline import Sparkline
from vedette.desktop.widgets.sparkline_layout import bar_index
from vedette.domain.issues import Status
from vedette.domain.times import Micros
from vedette.store.queries.issues import IssueRow

LOW = 620
"""Below this height the head gives up air and half its histogram for the event."""
_TALL, _SHORT = 40, 24


class Histogram(Sparkline):
    """Events over time; the pointer tells when and how many."""

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__(theme, name=name, title="Events over time")
        self._head: IssueHead | None = None
        self._height = _TALL
        self.setMouseTracking(True)
        self.setMinimumWidth(120)

    def set_head(self, head: IssueHead) -> None:
        """Show the histogram of *head*."""
        self._head = head
        self.set_values(head.histogram)

    def set_bar_height(self, height: int) -> None:
        """Make the bars at most *height* high."""
        self._height = height
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, self._height)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._head is None or not self._head.histogram:
            return
        count = len(self._head.histogram)
        at = bar_index(event.position().x(), count, self.width())
        width = (self._head.end - self._head.start) / count
        start = round(self._head.start + at * width)
        n = units.plural(self._head.histogram[at], "event")
        until = relative_time.clock(round(start + width))[:5]
        self.setToolTip(f"{n}\n{relative_time.exact(start)[:16]} to {until}")

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self.setToolTip("")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        line = QRect(0, self.height() - 1, self.width(), 1)
        painter.fillRect(line, self._theme.color("border"))
        painter.end()


class IssueHeader(QFrame):
    """Short id and chips, what can be done, title, value, culprit, histogram and figures."""

    def __init__(self, theme: Theme, commands: CommandRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._head: IssueHead | None = None
        self.setObjectName("issue.header")
        self.setAccessibleName("Issue")
        self.setProperty("role", "bar")
        self.short = label("", "muted", name="issue.short", selectable=True)
        self.level = Chip(theme)
        self.handled = Chip(theme)
        self.state = Chip(theme)
        self.release = Chip(theme)
        for chip, name in (
            (self.level, "level"),
            (self.handled, "handled"),
            (self.state, "state"),
            (self.release, "release"),
        ):
            chip.setObjectName(f"issue.chip.{name}")
        self.star = command_icon_button(theme, commands, "issue.star", framed=True)
        self.archive = command_icon_button(theme, commands, "issue.archive", framed=True)
        self.resolve: Button = command_button(
            theme, commands, "issue.resolve", role="primary", show_hint=True
        )
        self.title = ClampedText(theme, "hero", name="issue.title")
        self.value = ClampedText(theme, "body", "text.muted", name="issue.value", lines=3)
        self.culprit = ClampedText(theme, "caption", "text.muted", name="issue.culprit")
        self.histogram = Histogram(theme, name="issue.histogram")
        self.events = Figure("Events", name="issue.events")
        self.users = Figure("Users", name="issue.users")
        self.first = Figure("First seen", name="issue.first")
        self.last = Figure("Last seen", name="issue.last")
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        for part in (self.short, self.level, self.handled, self.state, self.release):
            top.addWidget(part)
        top.addStretch(1)
        for button in (self.star, self.archive, self.resolve):
            top.addWidget(button)
        self._figures = QHBoxLayout()
        self._figures.setSpacing(28)
        self._figures.addWidget(self.histogram, 1, Qt.AlignmentFlag.AlignBottom)
        for figure in (self.events, self.users, self.first, self.last):
            self._figures.addWidget(figure, 0, Qt.AlignmentFlag.AlignBottom)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SIDE, 12, SIDE, 12)
        self._column.setSpacing(2)
        self._column.addLayout(top)
        self._column.addSpacing(6)
        for text in (self.title, self.value, self.culprit):
            self._column.addWidget(text)
        self._column.addSpacing(8)
        self._column.addLayout(self._figures)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_low(self, low: bool) -> None:
        """Take less height, for small windows."""
        self.histogram.set_bar_height(_SHORT if low else _TALL)
        self._column.setContentsMargins(SIDE, 6 if low else 12, SIDE, 6 if low else 12)

    def set_head(self, head: IssueHead, now: Micros, place: str = "") -> None:
        """Show *head*; *place* stands after the culprit: the route or the function of the event shown."""
        self._head = head
        issue = head.issue
        self.short.setText(issue.short)
        self.short.setAccessibleName(f"Issue {issue.short}")
        self.level.set_text(str(issue.level))
        self.handled.set_text({True: "", False: "unhandled", None: ""}[issue.handled])
        self.state.set_text(state_word(issue))
        self.release.set_text(
            f"new in {_short_release(issue.first_release)}" if issue.first_release else "", "accent.text"
        )
        self.release.setToolTip(f"First seen in release {issue.first_release}" if issue.first_release else "")
        self.title.set_text(issue.type or issue.title)
        self.value.set_text(issue.value if issue.type or issue.value != issue.title else "")
        where = [text for text in (issue.culprit, place) if text]
        self.culprit.set_text(" · ".join(dict.fromkeys(where)))
        self.resolve.setText("Reopen" if issue.status is Status.RESOLVED else "Resolve")
        self.resolve.setAccessibleName(self.resolve.text())
        self.archive.setAccessibleName("Bring back" if issue.status is Status.IGNORED else "Archive")
        self.star.setProperty("on", issue.starred)
        self.star.setIcon(self._theme.icon("star", "accent.text" if issue.starred else "text.muted"))
        self.star.setAccessibleName("Remove star" if issue.starred else "Star")
        self.histogram.set_head(head)
        self.events.set_value(units.count(issue.n))
        self.users.set_value(units.count(issue.users) if issue.users else units.NO_VALUE)
        self.tick(now)

    def tick(self, now: Micros) -> None:
        """Say again how long ago first and last were."""
        if self._head is not None:
            issue = self._head.issue
            for figure, moment in ((self.first, issue.first), (self.last, issue.last)):
                figure.set_value(relative_time.ago(moment, now), tip=relative_time.exact(moment))


def state_word(issue: IssueRow) -> str:
    """Return the one word a chip says about where an issue stands, "" for an ordinary open one."""
    if issue.status is Status.RESOLVED:
        return "resolved"
    if issue.status is Status.IGNORED:
        return "archived"
    return issue.substatus if issue.substatus in ("new", "regressed", "escalating") else ""


def _short_release(release: str) -> str:
    """Return a release without its package, a commit cut to eight characters."""
    name = release.rpartition("@")[2] or release
    is_commit = len(name) >= 32 and all(letter in "0123456789abcdef" for letter in name.lower())
    return name[:8] if is_commit else name if len(name) <= 24 else f"{name[:23]}…"
