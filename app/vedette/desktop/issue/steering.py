"""What the event commands do: move among events, change what the stack page shows, copy, follow links."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import SignalInstance

from vedette.desktop.issue.facts.request import request_facts
from vedette.desktop.issue.facts.request_copies import curl_command
from vedette.desktop.issue.markdown import MarkdownHead, event_markdown
from vedette.desktop.issue.read import EventPage
from vedette.desktop.issue.stack.frames import StackShow
from vedette.desktop.issue.stack_page.page import StackPage
from vedette.desktop.issue.stack_page.preferences import StackPreferences
from vedette.desktop.shell.places import Place
from vedette.desktop.widgets import relative_time
from vedette.store.queries.events import Neighbours
from vedette.store.queries.issues import IssueRow


class SteeredView(Protocol):
    """What the commands need of the issue view."""

    stack: StackPage
    preferences: StackPreferences

    @property
    def navigate(self) -> SignalInstance: ...
    @property
    def issue(self) -> IssueRow | None: ...
    @property
    def page(self) -> EventPage | None: ...
    @property
    def beside(self) -> Neighbours | None: ...
    def section(self) -> str: ...
    def show_section(self, key: str) -> None: ...
    def read_event(self, which: str) -> None: ...
    def copy_made(self, said: str, make: Callable[..., str], *args: object) -> None: ...
    def copy_text(self, said: str, text: str) -> None: ...


class EventSteering:
    """Implements what the commands of the event act on, for one view."""

    def __init__(self, view: SteeredView) -> None:
        self._view = view

    # What applies

    def has_event(self) -> bool:
        page = self._view.page
        return page is not None and not page.missing

    def has_previous(self) -> bool:
        return self._view.beside is not None and self._view.beside.previous is not None

    def has_next(self) -> bool:
        return self._view.beside is not None and self._view.beside.next is not None

    def has_request(self) -> bool:
        page = self._view.page
        return page is not None and request_facts(page.event) is not None

    def has_trace(self) -> bool:
        page = self._view.page
        return page is not None and page.row.trace is not None

    def shows_stack(self) -> bool:
        return self.has_event() and self._view.section() == "exception"

    def shows_all_frames(self) -> bool:
        return self._view.stack.how is StackShow.FULL

    def shows_raw(self) -> bool:
        return self._view.stack.how is StackShow.RAW

    def shows_variables(self) -> bool:
        return self._view.preferences.variables

    # Events

    def go_previous(self) -> None:
        beside = self._view.beside
        if beside is not None and beside.previous is not None:
            self._view.read_event(beside.previous)

    def go_next(self) -> None:
        beside = self._view.beside
        if beside is not None and beside.next is not None:
            self._view.read_event(beside.next)

    def go_first(self) -> None:
        self._view.read_event("oldest")

    def go_last(self) -> None:
        self._view.read_event("latest")

    # The stack page

    def show_section(self, key: str) -> None:
        self._view.show_section(key)

    def toggle_in_app(self) -> None:
        full = self.shows_all_frames()
        self._view.stack.set_show(StackShow.RELEVANT if full else StackShow.FULL)

    def toggle_order(self) -> None:
        self._view.stack.set_newest_first(not self._view.preferences.newest_first)

    def toggle_raw(self) -> None:
        self._view.stack.toggle_raw()

    def toggle_variables(self) -> None:
        self._view.stack.toggle_variables()

    def go_to_next_own_frame(self) -> None:
        self._view.stack.go_to_next_own()

    # Copies and links

    def copy_markdown(self) -> None:
        page, issue = self._view.page, self._view.issue
        if page is not None and issue is not None:
            head = MarkdownHead(issue.short, issue.title, issue.culprit, relative_time.exact(page.row.ts))
            self._view.copy_made("Copied as Markdown", event_markdown, page.event, head)

    def copy_curl(self) -> None:
        request = request_facts(self._view.page.event) if self._view.page is not None else None
        if request is not None:
            self._view.copy_made("Copied as cURL", curl_command, request)

    def copy_event_id(self) -> None:
        if self._view.page is not None:
            self._view.copy_text("Event id copied", self._view.page.row.event_id)

    def show_raw_json(self) -> None:
        self._view.show_section("raw")

    def follow_trace(self) -> None:
        page = self._view.page
        if page is not None and page.row.trace is not None:
            self._view.navigate.emit(Place("traces", page.row.trace, extra=page.row.span or ""))
