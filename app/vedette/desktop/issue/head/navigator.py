"""Which event of the issue is shown, and the way to the others; or all of them, or their tags."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget
from typing_extensions import override

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issue.bar_layout import BarLayout, lay_in_bar
from vedette.desktop.issue.clamped_text import ClampedText
from vedette.desktop.issue.drag_handle import DragHandle, GetFile
from vedette.desktop.issue.facts.contexts import runtime_line
from vedette.desktop.issue.head.jump_box import JumpBox
from vedette.desktop.issue.parts import SIDE
from vedette.desktop.issue.read import EventPage
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets import relative_time
from vedette.desktop.widgets.buttons import Button, IconButton, command_icon_button
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.desktop.widgets.units import count, duration
from vedette.domain.times import SECOND, Micros
from vedette.store.queries.issue_events import Standing

EVENT, EVENTS, TAGS, MERGED, ACTIVITY = "event", "events", "tags", "merged", "activity"
MENU: tuple[str | None, ...] = (
    "event.first",
    "event.previous",
    "event.next",
    "event.last",
    "event.jump",
    "event.follow",
    None,
    "event.compare_previous",
    "event.compare_latest",
    "event.compare_pick",
    None,
    "event.split",
    "event.move",
    None,
    "event.trace",
    "event.raw_json",
    None,
    "event.copy_markdown",
    "event.copy_json",
    "event.copy_raw",
    "event.copy_curl",
    "event.copy_link",
    "event.copy_id",
    None,
    "event.save",
)
COMPARE: tuple[str | None, ...] = (
    "event.compare_previous",
    "event.compare_next",
    "event.compare_first",
    "event.compare_latest",
    None,
    "event.compare_pick",
)
LEAST = 300
_SKEWED = 2 * SECOND
_COMPARE_FROM, _ID_FROM, _FACTS_FROM, _LATEST_FROM, _ENDS_FROM, _WORDS_FROM = 520, 660, 760, 800, 940, 1040


class EventNavigator(QFrame):
    """Event, all events or tags; the event's id, time and place among those that fit; the way to others."""

    shown = Signal(str)
    """EVENT, EVENTS, TAGS, MERGED or ACTIVITY was chosen."""
    newestWanted = Signal()
    jumpWanted = Signal(str)
    """A number or id was typed."""

    def __init__(
        self, theme: Theme, commands: CommandRegistry, get_file: GetFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._commands = commands
        self._page: EventPage | None = None
        self._newer = 0
        self.setObjectName("event.navigator")
        self.setAccessibleName(tr("Event"))
        self.setProperty("role", "bar")
        self.shows = Segmented(
            theme,
            [
                Segment(EVENT, tr("Event")),
                Segment(EVENTS, tr("All events")),
                Segment(TAGS, tr("Tags")),
                Segment(ACTIVITY, tr("Activity")),
                Segment(MERGED, tr("Merged")),
            ],
            name="issue.shows",
            title=tr("What is shown of the issue"),
        )
        self.event_id = DragHandle(theme, "", get_file, name="event.id", role="quiet", icon="")
        self.facts = ClampedText(theme, "caption", "text.muted", name="event.facts")
        self.newer = Button(theme, "", name="event.newer", role="small", icon="arrow-up")
        self.newer.hide()
        self.position = Button(theme, "", name="event.position", role="quiet")
        self.first = command_icon_button(theme, commands, "event.first", framed=True)
        self.previous = command_icon_button(theme, commands, "event.previous", framed=True)
        self.next = command_icon_button(theme, commands, "event.next", framed=True)
        self.last = command_icon_button(theme, commands, "event.last", framed=True)
        self.latest = Button(
            theme, tr("Latest"), name="event.follow.button", role="small", icon="arrow-down-to-line"
        )
        self.latest.setCheckable(True)
        self.latest.setToolTip(commands.tool_tip("event.follow"))
        self.compare = command_icon_button(theme, commands, "event.compare", framed=True)
        self.more = IconButton(theme, "ellipsis", tr("More about this event"), name="event.more", framed=True)
        self.jump = JumpBox(theme, self)
        self._lay_out()
        self.shows.chosen.connect(self.shown)
        self.event_id.clicked.connect(lambda: commands.run("event.copy_id"))
        self.position.clicked.connect(lambda: commands.run("event.jump"))
        self.latest.clicked.connect(lambda: commands.run("event.follow"))
        self.newer.clicked.connect(self.newestWanted)
        self.more.clicked.connect(self.show_menu)
        self.jump.wanted.connect(self.jumpWanted)

    def _lay_out(self) -> None:
        row = BarLayout(6, (SIDE, 6, SIDE, 6))
        row.add(self.shows)
        row.add(self.event_id)
        row.add(self.facts, stretch=True, least=60)
        row.add_space()
        row.add(self.newer)
        # Together, or a narrow bar would leave the last button alone in a second line.
        self._ways = QWidget()
        ways = QHBoxLayout(self._ways)
        ways.setContentsMargins(0, 0, 0, 0)
        ways.setSpacing(6)
        for part in (
            self.position,
            self.first,
            self.previous,
            self.next,
            self.last,
            self.latest,
            self.compare,
            self.more,
        ):
            ways.addWidget(part)
        row.add(self._ways)
        lay_in_bar(self, row)
        self.setMinimumWidth(LEAST)

    # What is shown

    def choose(self, what: str) -> None:
        """Say that EVENT, EVENTS, TAGS, MERGED or ACTIVITY is shown now."""
        self.shows.choose(what)
        self._fit()

    def set_counts(self, events: int, tags: int) -> None:
        """Say how many events and tags there are."""
        self.shows.set_count(EVENTS, events)
        self.shows.set_count(TAGS, tags)

    def set_notes(self, notes: int) -> None:
        """Say how many notes there are."""
        self.shows.set_count(ACTIVITY, notes or None)

    def set_page(self, page: EventPage, now: Micros) -> None:
        """Show another event."""
        self._page = page
        self.event_id.setText(page.row.event_id[:8])
        self.event_id.setToolTip(
            tr("{id}\nClick to copy it, drag it out of the window as a file").format(id=page.row.event_id)
        )
        self.event_id.setAccessibleName(tr("Event {id}").format(id=page.row.event_id))
        self.set_beside(page.beside)
        self.tick(now)

    def set_beside(self, beside: Standing) -> None:
        """Show where the event stands now."""
        whole = tr("{place} of {total}").format(place=count(beside.position), total=count(beside.total))
        text, tip = whole, ""
        if beside.matching != beside.total or not beside.fits:
            tip = tr("{place} events in all").format(place=whole)
            text = (
                tr("{place} of {total} matching") if beside.fits else tr("not among {total} matching")
            ).format(place=count(beside.place), total=count(beside.matching))
        newer = beside.total - beside.position
        tip += ("\n" if tip else "") + (
            tr("%n newer event(s)", "", newer) if newer else tr("the newest event")
        )
        self.position.setText(text)
        self.position.setAccessibleName(f"{text}, {tip}".replace("\n", ", "))
        self.position.setToolTip(f"{tip}\n{tr('Click to go to an event by number or id')}")

    def set_newer(self, number: int) -> None:
        """Offer *number* events that arrived since; 0 takes the offer back."""
        self._newer = number
        self.newer.setVisible(number > 0 and self.shows.current() == EVENT)
        position = self._page.beside.total + number if self._page is not None else number
        text = (
            tr("Newer event {number} arrived").format(number=count(position))
            if number == 1
            else tr("%n newer event(s) arrived", "", number)
        )
        self.newer.setText(text if self.width() >= _LATEST_FROM else f"+{count(number)}")
        self.newer.setAccessibleName(text)
        self.newer.setToolTip(text)

    def set_following(self, on: bool) -> None:
        """Say whether the newest event is shown as it arrives."""
        self.latest.setChecked(on)
        self._fit()

    def tick(self, now: Micros) -> None:
        """Say again how long ago it was."""
        if self._page is None:
            return
        row = self._page.row
        parts = (
            relative_time.ago(row.ts, now),
            _skew(self._page.skew),
            runtime_line(self._page.event),
            row.environment,
            row.release,
        )
        self.facts.set_text(" · ".join(part for part in parts if part), tip=self._tip())
        self._fit()

    def _tip(self) -> str:
        page = self._page
        if page is None:
            return ""
        lines = [relative_time.exact(page.row.ts), page.row.event_id]
        if page.received is not None:
            lines.append(tr("arrived {time}").format(time=relative_time.exact(page.received)))
        if page.skew is not None:
            lines.append(tr("{time} after it was sent, by the clocks").format(time=duration(page.skew)))
        return "\n".join(lines)

    def open_jump(self) -> None:
        """Ask for the number or id of an event."""
        total = self._page.beside.matching if self._page is not None else 0
        corner = self.position.mapToGlobal(QPoint(0, self.position.height() + 2))
        self.jump.open_at(corner, tr("1 is the oldest, {total} the newest").format(total=count(total)))

    def open_compare(self) -> None:
        """Ask which event to compare with."""
        self._popup(COMPARE, self.compare, "event.compare.menu")

    def show_menu(self) -> None:
        """Open the menu of the event."""
        self._popup(MENU, self.more, "event.menu")

    def _popup(self, entries: tuple[str | None, ...], below: QWidget, name: str) -> None:
        menu = self._commands.fill_menu(QMenu(self), entries)
        menu.setObjectName(name)
        self._commands.refresh()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(below.mapToGlobal(below.rect().bottomLeft()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show what there is room for, and what belongs to one event only while one is shown."""
        width, one = self.width(), self.shows.current() == EVENT
        self.event_id.setVisible(one and width >= _ID_FROM)
        self.facts.setVisible(one and width >= _FACTS_FROM and bool(self.facts.text()))
        self._ways.setVisible(one)
        for part in (self.first, self.last):
            part.setVisible(width >= _ENDS_FROM)
        self.latest.setText(tr("Latest") if width >= _WORDS_FROM else "")
        self.latest.setVisible(width >= _LATEST_FROM or self.latest.isChecked())
        self.compare.setVisible(width >= _COMPARE_FROM)
        self.set_newer(self._newer)


def _skew(skew: int | None) -> str:
    """Return a note on clocks that differ, "" while they agree within what a network takes."""
    if skew is None or -_SKEWED < skew < _SKEWED * 5:
        return ""
    if skew < 0:
        return tr("its clock is {time} ahead").format(time=duration(-skew))
    return tr("sent {time} before it arrived").format(time=duration(skew))
