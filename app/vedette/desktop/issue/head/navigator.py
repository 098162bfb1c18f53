"""Which event of the issue is shown, and the way to the others."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issue.clamped_text import ClampedText
from vedette.desktop.issue.facts.contexts import runtime_line
from vedette.desktop.issue.parts import SIDE
from vedette.desktop.issue.read import EventPage
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets import relative_time
from vedette.desktop.widgets.buttons import Button, IconButton, command_icon_button
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.units import plural
from vedette.domain.times import Micros
from vedette.store.queries.events import Neighbours

MENU: tuple[str | None, ...] = (
    "event.first",
    "event.last",
    None,
    "event.copy_markdown",
    "event.copy_curl",
    "event.copy_id",
    None,
    "event.raw_json",
    "event.trace",
)


class EventNavigator(QFrame):
    """Event id, time, runtime, environment; n of m; previous and next."""

    newestWanted = Signal()

    def __init__(self, theme: Theme, commands: CommandRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: EventPage | None = None
        self.setObjectName("event.navigator")
        self.setAccessibleName("Event")
        self.setProperty("role", "bar")
        self.event_id = label("", "code.muted", name="event.id", selectable=True)
        self.facts = ClampedText(theme, "caption", "text.muted", name="event.facts")
        self.newer = Button(theme, "", name="event.newer", role="small", icon="arrow-up")
        self.newer.hide()
        self.position = label("", "caption", name="event.position")
        self.previous = command_icon_button(theme, commands, "event.previous", framed=True)
        self.next = command_icon_button(theme, commands, "event.next", framed=True)
        self.more = IconButton(theme, "ellipsis", "More about this event", name="event.more", framed=True)
        self._commands = commands
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 6, SIDE, 6)
        row.setSpacing(8)
        row.addWidget(self.event_id)
        row.addWidget(self.facts, 1)
        for part in (self.newer, self.position, self.previous, self.next, self.more):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.newer.clicked.connect(self.newestWanted)
        self.more.clicked.connect(self._show_menu)

    def set_page(self, page: EventPage, now: Micros) -> None:
        """Show another event."""
        self._page = page
        self.event_id.setText(page.row.event_id[:8])
        self.event_id.setToolTip(page.row.event_id)
        self.event_id.setAccessibleName(f"Event {page.row.event_id}")
        self.set_beside(page.beside)
        self.tick(now)

    def set_beside(self, beside: Neighbours) -> None:
        """Show where the event stands now."""
        self.position.setText(f"{beside.position:,} of {beside.total:,}")
        newer = beside.total - beside.position
        self.position.setToolTip(f"{plural(newer, 'newer event')}" if newer else "the newest event")

    def set_newer(self, count: int) -> None:
        """Offer *count* events that arrived since; 0 takes the offer back."""
        self.newer.setVisible(count > 0)
        text = "Newer event arrived" if count == 1 else f"{count:,} newer events arrived"
        self.newer.setText(text)
        self.newer.setAccessibleName(text)

    def tick(self, now: Micros) -> None:
        """Say again how long ago it was."""
        if self._page is None:
            return
        row = self._page.row
        parts = (
            relative_time.ago(row.ts, now),
            runtime_line(self._page.event),
            row.environment,
            row.release,
        )
        self.facts.set_text(
            " · ".join(part for part in parts if part), tip=f"{relative_time.exact(row.ts)}\n{row.event_id}"
        )

    def _show_menu(self) -> None:
        menu = self._commands.fill_menu(QMenu(self), MENU)
        self._commands.refresh()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
