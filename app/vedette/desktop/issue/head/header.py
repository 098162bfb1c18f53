"""The head of an issue: what it is called, where, how it stands, how often and since when."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issue.bar_layout import BarLayout, bar_of
from vedette.desktop.issue.clamped_text import ClampedText
from vedette.desktop.issue.head.histogram import SHORT, TALL, Histogram
from vedette.desktop.issue.parts import SIDE
from vedette.desktop.issue.read import IssueHead
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets import relative_time, units
from vedette.desktop.widgets.buttons import Button, command_button, command_icon_button
from vedette.desktop.widgets.chip import Chip
from vedette.desktop.widgets.issue_standing import standing_of
from vedette.desktop.widgets.labels import Figure, label
from vedette.desktop.widgets.severity import LevelMark
from vedette.domain.issues import Status
from vedette.domain.times import Micros
from vedette.store.queries.issues import IssueRow

LOW = 620
"""Below this height the head gives up air and half its histogram for the event."""
LEAST = 300
NARROW = 640
"""Below this width its buttons show only their icons."""
COPIES: tuple[str | None, ...] = (
    "event.copy_markdown",
    "event.copy_json",
    "event.copy_raw",
    "event.copy_curl",
    None,
    "event.copy_id",
)


class IssueHeader(QFrame):
    """Short id and chips, what can be done, title, value, culprit, histogram and figures."""

    def __init__(self, theme: Theme, commands: CommandRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._head: IssueHead | None = None
        self.setObjectName("issue.header")
        self.setAccessibleName(tr("Issue"))
        self.setProperty("role", "bar")
        self.mark = LevelMark(theme, "error")
        self.short = label("", "muted", name="issue.short", selectable=True)
        self._width = 0
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
        self.edit = command_icon_button(theme, commands, "event.edit", framed=True)
        self.copy = Button(
            theme,
            tr("Copy as"),
            name="issue.copy",
            icon="copy",
            menu=commands.fill_menu(QMenu(self), COPIES),
        )
        self.resolve: Button = command_button(
            theme, commands, "issue.resolve", role="primary", show_hint=True
        )
        self.title = ClampedText(theme, "hero", name="issue.title")
        self.value = ClampedText(theme, "body", "text.muted", name="issue.value", lines=3)
        self.culprit = ClampedText(theme, "caption", "text.muted", name="issue.culprit")
        self.standing = ClampedText(theme, "caption", "text", name="issue.standing")
        self.histogram = Histogram(theme, name="issue.histogram")
        self.events = Figure(tr("Events"), name="issue.events")
        self.users = Figure(tr("Users"), name="issue.users")
        self.devices = Figure(tr("Devices"), name="issue.devices")
        self.first = Figure(tr("First seen"), name="issue.first")
        self.last = Figure(tr("Last seen"), name="issue.last")
        self._lay_out()

    def _lay_out(self) -> None:
        top = BarLayout()
        for part in (self.mark, self.short, self.level, self.handled, self.state, self.release):
            top.add(part)
        top.add_space()
        for button in (self.star, self.archive, self.edit, self.copy, self.resolve):
            top.add(button)
        bar = bar_of(top)
        self._figures = QHBoxLayout()
        self._figures.setSpacing(28)
        self._figures.addWidget(self.histogram, 1, Qt.AlignmentFlag.AlignBottom)
        for figure in (self.events, self.users, self.devices, self.first, self.last):
            self._figures.addWidget(figure, 0, Qt.AlignmentFlag.AlignBottom)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SIDE, 12, SIDE, 12)
        self._column.setSpacing(2)
        self._column.addWidget(bar)
        self._column.addSpacing(6)
        for text in (self.title, self.value, self.culprit, self.standing):
            self._column.addWidget(text)
        self._column.addSpacing(8)
        self._column.addLayout(self._figures)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(LEAST)

    def set_room(self, width: int, height: int) -> None:
        """Take less height in low windows, less width in narrow ones."""
        low, narrow = height < LOW, width < NARROW
        self.histogram.set_bar_height(SHORT if low else TALL)
        self._column.setContentsMargins(SIDE, 6 if low else 12, SIDE, 6 if low else 12)
        self._figures.setSpacing(14 if narrow else 28)
        self.value.set_lines(1 if low else 3)
        self.copy.setText("" if narrow else tr("Copy as"))
        self.first.setVisible(width >= 460)
        self.edit.setVisible(width >= 520)
        self._width = width
        self._show_chips()

    def _show_chips(self) -> None:
        """Show the chips there is room for; the tags say the same."""
        for chip, least in ((self.level, 540), (self.handled, NARROW), (self.release, 760)):
            chip.setVisible(bool(chip.text()) and self._width >= least)

    def set_head(self, head: IssueHead, now: Micros, place: str = "") -> None:
        """Show *head*; *place* stands after the culprit: the route or the function of the event shown."""
        self._head = head
        issue = head.issue
        self.mark.set_level(str(issue.level))
        self.short.setText(issue.short)
        self.short.setAccessibleName(tr("Issue {name}").format(name=issue.short))
        self.level.set_text(str(issue.level))
        self.handled.set_text("unhandled" if issue.handled is False else "")
        self.state.set_text(state_word(issue))
        release = tr("new in {release}").format(release=_short_release(issue.first_release or ""))
        self.release.set_text(release if issue.first_release else "", "accent.text")
        tip = tr("First seen in release {release}").format(release=issue.first_release)
        self.release.setToolTip(tip if issue.first_release else "")
        self.title.set_text(issue.type or issue.title)
        self.value.set_text(issue.value if issue.type or issue.value != issue.title else "")
        where = [text for text in (issue.culprit, place) if text]
        self.culprit.set_text(" · ".join(dict.fromkeys(where)))
        self.standing.set_text(standing_of(issue))
        self.resolve.setText(tr("Reopen") if issue.status is Status.RESOLVED else tr("Resolve"))
        self.resolve.setAccessibleName(self.resolve.text())
        self.archive.setAccessibleName(tr("Bring back") if issue.status is Status.IGNORED else tr("Archive"))
        self.star.setProperty("on", issue.starred)
        self.star.setIcon(self._theme.icon("star", "accent.text" if issue.starred else "text.muted"))
        self.star.setAccessibleName(tr("Remove star") if issue.starred else tr("Star"))
        self._show_chips()
        self.histogram.set_head(head)
        self._set_counts(head)
        self.tick(now)

    def _set_counts(self, head: IssueHead) -> None:
        issue = head.issue
        tip = units.count(issue.n)
        if head.is_zoomed:
            tip = tr("{count}, {part} of them in the chosen time").format(
                count=tip, part=units.count(sum(head.histogram))
            )
        self.events.set_value(units.count(issue.n), tip=tip)
        self.users.set_value(units.count(issue.users) if issue.users else units.NO_VALUE)
        self.devices.set_value(units.count(head.devices))
        self.devices.setVisible(head.devices > 1)

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
