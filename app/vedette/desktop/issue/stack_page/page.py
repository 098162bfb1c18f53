"""The stack trace page: exceptions newest first, their frames, threads, the message, and all of it raw."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from vedette.desktop.issue.parts import ColumnPage, empty_part, pair_rows
from vedette.desktop.issue.read import EventPage
from vedette.desktop.issue.stack.frames import StackShow
from vedette.desktop.issue.stack.outline import exceptions_of, is_tree
from vedette.desktop.issue.stack.raw_text import raw_text, stack_text
from vedette.desktop.issue.stack_page.exception_outline import ExceptionOutline
from vedette.desktop.issue.stack_page.exception_section import ExceptionSection
from vedette.desktop.issue.stack_page.preferences import StackPreferences
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.code_view import CodeView
from vedette.desktop.widgets.json_values import children
from vedette.desktop.widgets.key_values import KeyValueTable
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.domain.json import JsonObject

if TYPE_CHECKING:
    from vedette.desktop.issue.stack.threads import ThreadChoice

OPENED = 3
"""So many exceptions show their frames at once; the others do when they are chosen."""


class StackPage(ColumnPage):
    """Everything about where it happened."""

    changed = Signal()
    """Another way of showing frames was chosen."""

    def __init__(self, theme: Theme, preferences: StackPreferences, parent: QWidget | None = None) -> None:
        super().__init__(name="event.section.exception", title="Stack trace", parent=parent)
        self._theme = theme
        self._preferences = preferences
        self._page: EventPage | None = None
        self._threads: tuple[ThreadChoice, ...] = ()
        self.how = preferences.show
        self._sections: list[ExceptionSection] = []
        self._used = 0
        self._build()

    def _build(self) -> None:
        theme = self._theme
        self._bar = QWidget()
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(8)
        self._heading = label("Stack trace", "title", name="event.stack.heading")
        self.threads = QComboBox()
        self.threads.setObjectName("event.threads")
        self.threads.setAccessibleName("Thread")
        self.threads.setMinimumContentsLength(14)
        self.threads.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.shows = Segmented(
            theme,
            [Segment("relevant", "Most relevant"), Segment("full", "Full"), Segment("raw", "Raw")],
            name="event.stack.show",
            title="Which frames",
        )
        self.orders = Segmented(
            theme,
            [Segment("newest", "Newest first"), Segment("oldest", "Oldest")],
            name="event.stack.order",
            title="Order of frames",
        )
        bar.addWidget(self._heading)
        bar.addWidget(self.threads)
        bar.addStretch(1)
        bar.addWidget(self.shows)
        bar.addWidget(self.orders)
        self.message = CodeView(theme, name="event.message", title="Message", numbers=False, most_lines=12)
        self.params = KeyValueTable(
            theme, name="event.message.params", title="Message parameters", lines=True
        )
        self.outline = ExceptionOutline(theme, name="event.outline")
        self.left_out = label("", "caption", name="event.exceptions.left_out")
        self.raw = CodeView(
            theme, name="event.stack.raw", title="Stack trace as text", numbers=False, most_lines=5_000
        )
        self.nothing = empty_part(
            theme, "event.stack.empty", "No stack trace", "This event came without an exception or a stack."
        )
        self.column.addWidget(self._bar)
        for part in (self.message, self.params, self.outline, self.left_out, self.raw, self.nothing):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.shows.choose(self.how.value)
        self.orders.choose("newest" if self._preferences.newest_first else "oldest")
        self.shows.chosen.connect(lambda key: self.set_show(StackShow(key)))
        self.orders.chosen.connect(lambda key: self.set_newest_first(key == "newest"))
        self.outline.chosen.connect(self.go_to_exception)
        self.threads.activated.connect(self._show_thread)

    # Content

    def set_page(self, page: EventPage) -> None:
        """Show another event from its beginning."""
        self._page = page
        self._threads = page.threads
        self._fill_threads()
        self._fill_message()
        self._show_exceptions()
        self.scroll_to_top()

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
            rows = [*pair_rows([("message", template)], code=True), *rows]
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
            self._next_section().show_stack(page, "", "event", page.stacks["event"])
        elif self._threads and self._threads[0].frames:
            self._next_section().show_stack(page, self._threads[0].title, "thread", self._threads[0].frames)

    def _show_thread(self, index: int) -> None:
        page = self._page
        if page is None or not 0 <= index < len(self._threads):
            return
        choice = self._threads[index]
        if page.outline and (choice.crashed or (index == 0 and not choice.frames)):
            self._show_exceptions()
            return
        self._used = 0
        self._next_section().show_stack(page, choice.title, "thread", choice.frames)
        self._hide_spare()
        self.outline.hide()
        self._fill()

    def _say_left_out(self, event: JsonObject) -> None:
        omitted = (event.get("exception") or {}).get("exc_omitted")
        text = ""
        if isinstance(omitted, list) and len(omitted) == 2:
            text = f"The SDK left out exceptions {omitted[0]} to {omitted[1]}."
        self.left_out.setText(text)
        self.left_out.setVisible(bool(text))

    def _next_section(self) -> ExceptionSection:
        if self._used == len(self._sections):
            section = ExceptionSection(self._theme, self._used, self.inner)
            section.frames.revealed.connect(lambda rect, of=section: self._reveal(of, rect))
            self._sections.append(section)
            self.column.insertWidget(self.column.indexOf(self.raw), section)
        self._used += 1
        return self._sections[self._used - 1]

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
            section.setVisible(at < self._used and not is_raw)
            if at < min(self._used, OPENED) and not is_raw:
                section.fill(
                    self.how,
                    newest_first=self._preferences.newest_first,
                    variables=self._preferences.variables,
                )
            elif at < self._used and not is_raw:
                section.hide()
        self.raw.setVisible(is_raw and self._used > 0)
        if is_raw and self._used and self._page is not None:
            self.raw.set_source(self.raw_text().split("\n"))
        self.nothing.setVisible(self._used == 0 and not self.message.isVisibleTo(self))
        self._heading.setText("Stack trace" if self._used else "Message")
        for part in (self.shows, self.orders):
            part.setVisible(self._used > 0)

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
        """Show the relevant frames, all of them, or text."""
        self.how = show
        self.shows.choose(show.value)
        if show is not StackShow.RAW:
            self._preferences.show = show
        if self._page is not None:
            self._fill()
        self.changed.emit()

    def set_newest_first(self, newest: bool) -> None:
        """Put the innermost frame first or last."""
        self._preferences.newest_first = newest
        self.orders.choose("newest" if newest else "oldest")
        if self._page is not None:
            self._fill()
        self.changed.emit()

    def toggle_variables(self) -> None:
        """Show or hide variables."""
        self._preferences.variables = not self._preferences.variables
        for section in self.sections():
            section.frames.set_shows_variables(self._preferences.variables)
        self.changed.emit()

    # Moving

    def go_to_exception(self, at: int) -> None:
        """Bring the exception at place *at* into sight with its frames and give it the keyboard."""
        for section in self.sections():
            if section.at == at:
                section.show()
                section.fill(
                    self.how,
                    newest_first=self._preferences.newest_first,
                    variables=self._preferences.variables,
                )
                self.column.activate()
                self.verticalScrollBar().setValue(section.y() - 8)
                section.frames.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to_next_own(self) -> None:
        """Open the next frame of the application in the stack trace that has the keyboard, else the first."""
        shown = [section for section in self.sections() if not section.isHidden()]
        with_focus = [section for section in shown if section.isAncestorOf(self.focusWidget() or self)]
        for section in [*with_focus, *shown][:1]:
            section.frames.setFocus(Qt.FocusReason.ShortcutFocusReason)
            section.frames.go_to_next_own()

    def _reveal(self, section: ExceptionSection, rect: QRect) -> None:
        top = section.frames.mapTo(self.inner, QPoint(0, rect.top())).y()
        bar = self.verticalScrollBar()
        if top < bar.value():
            bar.setValue(top - 8)
        elif top + rect.height() > bar.value() + self.viewport().height():
            bar.setValue(top + rect.height() + 8 - self.viewport().height())
