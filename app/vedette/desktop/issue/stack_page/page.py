"""The stack trace page: exceptions newest first, their frames, threads, the message, and all of it raw."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issue.folding import FoldMemory
from vedette.desktop.issue.parts import ColumnPage, empty_part, pair_rows
from vedette.desktop.issue.read import EventPage
from vedette.desktop.issue.stack.frames import StackShow
from vedette.desktop.issue.stack.outline import exceptions_of, is_tree
from vedette.desktop.issue.stack.raw_text import raw_text, stack_text
from vedette.desktop.issue.stack_page.actions import FrameActions, frame_commands
from vedette.desktop.issue.stack_page.exception_outline import ExceptionOutline
from vedette.desktop.issue.stack_page.exception_section import ExceptionSection
from vedette.desktop.issue.stack_page.file_panel import FilePanel
from vedette.desktop.issue.stack_page.frame_list import FrameList
from vedette.desktop.issue.stack_page.native_parts import ImageSection
from vedette.desktop.issue.stack_page.preferences import KEYS, StackPreferences
from vedette.desktop.issue.stack_page.sources import PageSources, thread_key
from vedette.desktop.language import tr
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.code_view import CodeView
from vedette.desktop.widgets.json_values import children
from vedette.desktop.widgets.key_values import KeyValueTable
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.notices import Banner
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.domain.json import JsonObject

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge
    from vedette.desktop.issue.stack.threads import ThreadChoice

OPENED = 3
"""So many exceptions show their frames at once; the others do when they are chosen."""
_BESIDE = 900
"""From this width on a whole file stands beside the frames, else below them."""


class StackPage(QWidget):
    """Everything about where it happened."""

    changed = Signal()
    """Another way of showing frames was chosen, or another frame is current."""
    navigate = Signal(object)
    """A Place to go to."""
    settled = Signal()

    def __init__(
        self,
        bridge: "Bridge",
        commands: CommandRegistry,
        theme: Theme,
        preferences: StackPreferences,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("event.section.exception")
        self.setAccessibleName(tr("Stack trace"))
        self._theme = theme
        self._commands = commands
        self._preferences = preferences
        self._memory = FoldMemory(bridge.preferences)
        self._page: EventPage | None = None
        self._threads: tuple[ThreadChoice, ...] = ()
        self.how = preferences.show
        self._before_raw = StackShow.RELEVANT
        self._sections: list[ExceptionSection] = []
        self._used = 0
        self.sources = PageSources(bridge, self)
        self.file = FilePanel(bridge, theme)
        self.actions_of_frame = FrameActions(bridge, self, self)
        commands.register(*frame_commands(self.actions_of_frame))
        self._build()
        self._connect()

    def _build(self) -> None:
        theme = self._theme
        self._scroll = ColumnPage(name="event.stack", title=tr("Stack trace"))
        self.column, self.inner = self._scroll.column, self._scroll.inner
        self._bar = QWidget()
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(8)
        self._heading = label(tr("Stack trace"), "title", name="event.stack.heading")
        self.threads = QComboBox()
        self.threads.setObjectName("event.threads")
        self.threads.setAccessibleName(tr("Thread"))
        self.threads.setMinimumContentsLength(14)
        self.threads.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.shows = Segmented(
            theme,
            [
                Segment("relevant", tr("Most relevant")),
                Segment("full", tr("Full", "all frames")),
                Segment("raw", tr("Raw")),
            ],
            name="event.stack.show",
            title=tr("Which frames"),
        )
        self.orders = Segmented(
            theme,
            [Segment("newest", tr("Newest first")), Segment("oldest", tr("Oldest"))],
            name="event.stack.order",
            title=tr("Order of frames"),
        )
        bar.addWidget(self._heading)
        bar.addWidget(self.threads)
        bar.addStretch(1)
        bar.addWidget(self.shows)
        bar.addWidget(self.orders)
        self.banner = Banner(theme, name="event.stack.banner")
        self.message = CodeView(
            theme, name="event.message", title=tr("Message"), numbers=False, most_lines=12
        )
        self.params = KeyValueTable(
            theme, name="event.message.params", title=tr("Message parameters"), lines=True
        )
        self.outline = ExceptionOutline(theme, name="event.outline")
        self.left_out = label("", "caption", name="event.exceptions.left_out")
        self.raw = CodeView(
            theme, name="event.stack.raw", title=tr("Stack trace as text"), numbers=False, most_lines=5_000
        )
        self.images = ImageSection(theme, self._memory)
        self.nothing = empty_part(
            theme,
            "event.stack.empty",
            tr("No stack trace"),
            tr("This event came without an exception or a stack."),
        )
        self.column.addWidget(self._bar)
        parts = (self.banner, self.message, self.params, self.outline, self.left_out, self.raw)
        for part in (*parts, self.images, self.nothing):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setObjectName("event.stack.split")
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._scroll)
        self._split.addWidget(self.file)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._split)
        self._show_choices()

    def _connect(self) -> None:
        self.shows.chosen.connect(lambda key: self.set_show(StackShow(key)))
        self.orders.chosen.connect(lambda key: self.set_newest_first(key == "newest"))
        self.outline.chosen.connect(self.go_to_exception)
        self.threads.activated.connect(self._show_thread)
        self._preferences.changed.connect(self._follow_preference)
        self.sources.changed.connect(self._show_sources)
        self.actions_of_frame.failed.connect(self._say_trouble)
        self.actions_of_frame.navigate.connect(self.navigate)
        self.banner.acted.connect(lambda: self.navigate.emit(Place("settings")))
        self.file.editorWanted.connect(self.actions_of_frame.edit_file)
        self.file.closed.connect(self._return_from_file)
        for part in (self.sources, self.file, self.actions_of_frame):
            part.settled.connect(self._check_settled)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being read."""
        return self.sources.is_settled and self.file.is_settled and self.actions_of_frame.is_settled

    def _check_settled(self) -> None:
        if self.is_settled:
            self.settled.emit()

    # Content

    def set_page(self, page: EventPage) -> None:
        """Show another event from its beginning."""
        self._page = page
        self._threads = page.threads
        self.banner.clear()
        if not self.file.isHidden():
            self.file.close_file()
        self.sources.set_page(page)
        self._fill_threads()
        self._fill_message()
        self._show_exceptions()
        self.images.set_event(page.event)
        self._scroll.scroll_to_top()
        self.actions_of_frame.prepare()

    def _fill_threads(self) -> None:
        self.threads.clear()
        for choice in self._threads:
            self.threads.addItem(choice.text)
        has_any = any(choice.frames for choice in self._threads)
        self.threads.setVisible(has_any and (len(self._threads) > 1 or not self._page_has_exceptions()))

    def _page_has_exceptions(self) -> bool:
        return self._page is not None and bool(self._page.outline)

    def _fill_message(self) -> None:
        assert self._page is not None
        entry = self._page.event.get("logentry") or {}
        text = str(entry.get("formatted") or entry.get("message") or "")
        template = str(entry.get("message") or "")
        self.message.setVisible(bool(text))
        self.message.set_source(text.split("\n"))
        rows = pair_rows([(str(step), value) for step, value in children(entry.get("params"))], code=True)
        if rows and template and template != text:
            rows = [*pair_rows([(tr("message"), template)], code=True), *rows]
        self.params.set_rows(rows)
        self.params.setVisible(bool(rows))

    def _show_exceptions(self) -> None:
        page = self._page
        assert page is not None
        rows = page.outline
        exceptions = dict(exceptions_of(page.event))
        self._used = 0
        for row in rows:
            section = self._next_section()
            section.show_exception(page, row, exceptions[row.at], alone=len(rows) == 1)
        if not rows:
            self._show_only_stack(page)
        self._hide_spare()
        self.outline.setVisible(is_tree(rows))
        self.outline.set_rows(rows if is_tree(rows) else ())
        self._say_left_out(page.event)
        self._fill()

    def _show_only_stack(self, page: EventPage) -> None:
        if "event" in page.stacks:
            stack = page.event.get("stacktrace")
            self._next_section().show_stack(page, "", "event", page.stacks["event"], stack, ("stacktrace",))
        elif self._threads and self._threads[0].frames:
            self._show_stack_of(page, self._threads[0])

    def _show_stack_of(self, page: EventPage, choice: "ThreadChoice") -> None:
        values = (page.event.get("threads") or {}).get("values") or ()
        stack = values[choice.at].get("stacktrace") if choice.at < len(values) else None
        path = ("threads", "values", choice.at, "stacktrace")
        section = self._next_section()
        section.show_stack(page, choice.title, thread_key(choice), choice.frames, stack, path)

    def _show_thread(self, index: int) -> None:
        page = self._page
        if page is None or not 0 <= index < len(self._threads):
            return
        choice = self._threads[index]
        if page.outline and (choice.crashed or (index == 0 and not choice.frames)):
            self._show_exceptions()
            return
        self._used = 0
        self._show_stack_of(page, choice)
        self._hide_spare()
        self.outline.hide()
        self._fill()

    def _say_left_out(self, event: JsonObject) -> None:
        omitted = (event.get("exception") or {}).get("exc_omitted")
        text = ""
        if isinstance(omitted, list) and len(omitted) == 2:
            text = tr("The SDK left out exceptions {first} to {last}.").format(
                first=omitted[0], last=omitted[1]
            )
        self.left_out.setText(text)
        self.left_out.setVisible(bool(text))

    def _next_section(self) -> ExceptionSection:
        if self._used == len(self._sections):
            self._sections.append(self._make_section())
        self._used += 1
        return self._sections[self._used - 1]

    def _make_section(self) -> ExceptionSection:
        section = ExceptionSection(self._theme, self._memory, self._used, self.inner)
        frames = section.frames
        frames.revealed.connect(lambda rect: self._reveal(section, rect))
        frames.editorWanted.connect(self.actions_of_frame.edit_frame)
        frames.fileWanted.connect(self.actions_of_frame.show_whole_file)
        frames.differenceWanted.connect(self.actions_of_frame.show_difference)
        frames.extend_menu = lambda menu: self.actions_of_frame.extend_menu(self._commands, menu)
        self.column.insertWidget(self.column.indexOf(self.raw), section)
        return section

    def _hide_spare(self) -> None:
        for at, section in enumerate(self._sections):
            section.setVisible(at < self._used)

    def sections(self) -> Sequence[ExceptionSection]:
        """Return the sections in use."""
        return self._sections[: self._used]

    def _fill(self) -> None:
        """Show everything in the way chosen: frames, or the platform's own text."""
        is_raw = self.how is StackShow.RAW
        for at, section in enumerate(self._sections):
            section.setVisible(at < min(self._used, OPENED) and not is_raw)
            if at < min(self._used, OPENED) and not is_raw:
                self._fill_section(section)
        self.raw.setVisible(is_raw and self._used > 0)
        if is_raw and self._used and self._page is not None:
            self.raw.set_source(self.raw_text().split("\n"))
        self.nothing.setVisible(self._used == 0 and not self.message.isVisibleTo(self))
        self._heading.setText(tr("Stack trace") if self._used else tr("Message"))
        for part in (self.shows, self.orders):
            part.setVisible(self._used > 0)

    def _fill_section(self, section: ExceptionSection) -> None:
        section.fill(
            self.how,
            newest_first=self._preferences.newest_first,
            variables=self._preferences.variables,
            local=self.sources.of(section.key),
        )

    def _show_sources(self) -> None:
        for section in self.sections():
            section.frames.set_local(self.sources.of(section.key))
        self.changed.emit()

    def raw_text(self) -> str:
        """Return the shown stack traces as the platform prints them."""
        page = self._page
        if page is None:
            return ""
        if page.outline and self.sections() and self.sections()[0].at >= 0:
            return raw_text(page.event)
        index = max(0, self.threads.currentIndex())
        frames = self._threads[index].frames if self._threads else page.stacks.get("event", ())
        return stack_text(frames, page.platform)

    # Ways of showing

    def set_show(self, show: StackShow) -> None:
        """Show the relevant frames, all of them, or text; in every window, and after the next start."""
        self._preferences.show = show

    def toggle_raw(self) -> None:
        """Show text, or the frames again as before."""
        self.set_show(self._before_raw if self.how is StackShow.RAW else StackShow.RAW)

    def set_newest_first(self, newest: bool) -> None:
        """Put the innermost frame first or last."""
        self._preferences.newest_first = newest

    def toggle_variables(self) -> None:
        """Show or hide variables."""
        self._preferences.variables = not self._preferences.variables

    def _follow_preference(self, key: str) -> None:
        if key not in KEYS:
            return
        self._show_choices()
        if self._page is not None:
            self._fill()
        self.changed.emit()

    def _show_choices(self) -> None:
        self.how = self._preferences.show
        if self.how is not StackShow.RAW:
            self._before_raw = self.how
        self.shows.choose(self.how.value)
        self.orders.choose("newest" if self._preferences.newest_first else "oldest")

    # The current frame

    def current_list(self) -> FrameList | None:
        """Return the list of frames that has the keyboard, else the first in sight."""
        shown = [section for section in self.sections() if not section.isHidden()]
        focus = QApplication.focusWidget()
        with_focus = [section for section in shown if focus is not None and section.isAncestorOf(focus)]
        return next((section.frames for section in (*with_focus, *shown)), None)

    def platform(self) -> str:
        """Return the event's platform."""
        return self._page.platform if self._page is not None else ""

    def has_folder(self) -> bool:
        """Return whether it is known where the project's source lies."""
        return self._page is not None and bool(self._page.roots)

    def is_in_sight(self) -> bool:
        """Return whether the page is what is looked at."""
        return self._page is not None and self.isVisible() and self.how is not StackShow.RAW

    def _say_trouble(self, sentence: str) -> None:
        action = tr("Settings") if tr("Settings") in sentence else ""
        self.banner.say(sentence, level="warning", action=action)
        self._scroll.scroll_to_top()

    def _return_from_file(self) -> None:
        frames = self.current_list()
        if frames is not None:
            frames.setFocus(Qt.FocusReason.OtherFocusReason)

    # Moving

    def go_to_exception(self, at: int) -> None:
        """Bring the exception at place *at* into sight with its frames and give it the keyboard."""
        for section in self.sections():
            if section.at == at:
                section.show()
                self._fill_section(section)
                self.column.activate()
                self._scroll.verticalScrollBar().setValue(section.y() - 8)
                section.frames.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to_next_own(self) -> None:
        """Open the next frame of the application in the stack trace that has the keyboard, else the first."""
        frames = self.current_list()
        if frames is not None:
            frames.setFocus(Qt.FocusReason.ShortcutFocusReason)
            frames.go_to_next_own()

    def _reveal(self, section: ExceptionSection, rect: QRect) -> None:
        top = section.frames.mapTo(self.inner, QPoint(0, rect.top())).y()
        bar, port = self._scroll.verticalScrollBar(), self._scroll.viewport()
        if top < bar.value():
            bar.setValue(top - 8)
        elif top + rect.height() > bar.value() + port.height():
            bar.setValue(top + rect.height() + 8 - port.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = Qt.Orientation.Horizontal if self.width() >= _BESIDE else Qt.Orientation.Vertical
        if wide != self._split.orientation():
            self._split.setOrientation(wide)

    # Back and forward

    def view_state(self) -> dict[str, Any]:
        """Return what is open and where the page is scrolled to."""
        opened = [sorted(section.frames.open_frames()) for section in self.sections()]
        return {"scroll": self._scroll.verticalScrollBar().value(), "open": opened}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Open and scroll as `view_state` found it, for the same event."""
        for section, places in zip(self.sections(), state.get("open", ()), strict=False):
            section.frames.set_open_frames(places)
        self.column.activate()
        self._scroll.verticalScrollBar().setValue(int(state.get("scroll", 0)))
