"""Beside the event: how tags spread, who and what it happened on, why events are together."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from vedette.desktop.issue.facts.contexts import device_rows, user_rows
from vedette.desktop.issue.head.tag_bars import TagBars, chief_tags
from vedette.desktop.issue.parts import ColumnPage, pair_rows
from vedette.desktop.issue.read import EventPage, IssueHead
from vedette.desktop.issue.value_menu import ValueActions
from vedette.desktop.language import mark, tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.key_values import KeyValue, KeyValueTable
from vedette.desktop.widgets.labels import label

WIDTH = 240
_GROUPED = {
    "app": mark("exception type and in-app stack trace"),
    "system": mark("exception type and whole stack trace"),
    "default": mark("the SDK's own grouping"),
    "message": mark("the message"),
    "fingerprint": mark("the fingerprint the program set"),
    "checksum": mark("the checksum the SDK sent"),
    "fallback": mark("nothing else to go by"),
}


class SidePanel(ColumnPage):
    """Tags, User, Device, Trace, Grouping."""

    tagChosen = Signal(str)
    traceWanted = Signal()

    def __init__(self, theme: Theme, actions: ValueActions, parent: QWidget | None = None) -> None:
        super().__init__(name="issue.side", title=tr("About the issue"), parent=parent)
        self._theme = theme
        self.setMinimumWidth(200)
        self.column.setContentsMargins(14, 14, 12, 14)
        self.column.setSpacing(4)
        self._tags_title = label(tr("Tags"), "title")
        self.tags = TagBars(theme, name="issue.tags")
        self._user_title = label(tr("User"), "title")
        self.user = KeyValueTable(theme, name="event.user", title=tr("User"), label_width=72)
        self._device_title = label(tr("Device"), "title")
        self.device = KeyValueTable(theme, name="event.device", title=tr("Device"), label_width=72)
        self._trace_title = label(tr("Trace"), "title")
        self.trace = KeyValueTable(theme, name="event.side.trace", title=tr("Trace"), label_width=72)
        self._grouping_title = label(tr("Grouping"), "title")
        self.grouping = label("", "caption", name="issue.grouping", wrap=True)
        self.hash = label("", "code.muted", name="issue.hash", selectable=True)
        for title, part in (
            (self._tags_title, self.tags),
            (self._user_title, self.user),
            (self._device_title, self.device),
            (self._trace_title, self.trace),
            (self._grouping_title, self.grouping),
        ):
            title.setContentsMargins(4, 8 if self.column.count() else 0, 0, 0)
            self.column.addWidget(title)
            self.column.addWidget(part)
        self.grouping.setContentsMargins(4, 0, 4, 0)
        self.hash.setContentsMargins(4, 0, 4, 0)
        self.column.addWidget(self.hash)
        self.column.addStretch(1)
        self.inner.setMinimumWidth(0)
        self.hash.setTextFormat(Qt.TextFormat.PlainText)
        self.user.extend_menu = lambda menu, row: actions.fill(menu, ("user", row.label), row.value)
        self.device.extend_menu = lambda menu, row: actions.fill(menu, (row.label,), row.value)
        self.tags.chosen.connect(self.tagChosen)
        self.trace.linkFollowed.connect(lambda _: self.traceWanted.emit())

    def set_head(self, head: IssueHead) -> None:
        """Show another issue's tags and hashes."""
        tags = chief_tags(head.tags)
        self.tags.set_tags(tags)
        self._tags_title.setVisible(bool(tags))
        self.tags.setVisible(bool(tags))
        self.hash.setText(f"{head.hashes[0][:8]}…" if head.hashes else "")
        self.hash.setToolTip("\n".join(head.hashes))
        self.hash.setVisible(bool(head.hashes))

    def set_page(self, page: EventPage) -> None:
        """Show another event's user and device."""
        user = pair_rows(user_rows(page.event))
        self.user.set_rows(user)
        device = pair_rows(device_rows(page.event))
        self.device.set_rows(device)
        trace = page.row.trace
        self.trace.set_rows(
            [] if trace is None else [KeyValue(tr("trace"), trace[:8], code=True, link=True, tip=trace)]
        )
        words = tr(_GROUPED[page.grouping]) if page.grouping in _GROUPED else page.grouping
        self.grouping.setText(words)
        for title, part, shown in (
            (self._user_title, self.user, bool(user)),
            (self._device_title, self.device, bool(device)),
            (self._trace_title, self.trace, trace is not None),
            (self._grouping_title, self.grouping, bool(words)),
        ):
            title.setVisible(shown)
            part.setVisible(shown)
