"""What the event commands do: move among events, change what the stack page shows, copy, follow links."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import SignalInstance

from vedette.desktop.issue.facts.request import RequestFacts, request_facts
from vedette.desktop.issue.facts.request_copies import curl_command, fetch_call, httpie_command, raw_request
from vedette.desktop.issue.head.navigator import EVENTS
from vedette.desktop.issue.markdown import MarkdownHead, event_markdown
from vedette.desktop.issue.read import EventPage
from vedette.desktop.issue.stack.frames import StackShow
from vedette.desktop.issue.stack_page.page import StackPage
from vedette.desktop.issue.stack_page.preferences import StackPreferences
from vedette.desktop.language import mark, tr
from vedette.desktop.shell.links import issue_link
from vedette.desktop.shell.places import Place
from vedette.desktop.widgets import relative_time
from vedette.processing.exporting import Naming, NamingExporter, export_event, export_payload
from vedette.store.queries.issue_events import Standing
from vedette.store.queries.issues import IssueRow

_REQUEST_FORMS: dict[str, tuple[Callable[..., str], str]] = {
    "curl": (curl_command, mark("Copied as cURL")),
    "httpie": (httpie_command, mark("Copied as HTTPie")),
    "fetch": (fetch_call, mark("Copied as fetch")),
    "raw": (raw_request, mark("Request copied as it is sent")),
}


class SteeredView(Protocol):
    """What the commands need of the issue view."""

    stack: StackPage
    preferences: StackPreferences

    @property
    def navigate(self) -> SignalInstance: ...
    @property
    def folder(self) -> Path: ...
    @property
    def issue(self) -> IssueRow | None: ...
    @property
    def page(self) -> EventPage | None: ...
    @property
    def beside(self) -> Standing | None: ...
    def part(self) -> str: ...
    def show_part(self, what: str) -> None: ...
    def section(self) -> str: ...
    def show_section(self, key: str) -> None: ...
    def read_event(self, which: str) -> None: ...
    def find_row(self, which: str, then: Callable[[int], object]) -> None: ...
    def selected_rows(self) -> tuple[int, ...]: ...
    def ask_where(self) -> None: ...
    def ask_compare(self) -> None: ...
    def follow_latest(self, on: bool) -> None: ...
    def is_following(self) -> bool: ...
    def save_event(self) -> None: ...
    def show_menu(self) -> None: ...
    def copy_made(self, said: str, make: Callable[..., str], *args: object) -> None: ...
    def copy_text(self, said: str, text: str) -> None: ...


class EventSteering:
    """Implements what the commands of the event act on, for one view."""

    def __init__(self, view: SteeredView) -> None:
        self._view = view

    # What applies

    def has_issue(self) -> bool:
        return self._view.issue is not None

    def has_event(self) -> bool:
        page = self._view.page
        return page is not None and not page.missing

    def has_previous(self) -> bool:
        return self._view.beside is not None and self._view.beside.previous is not None

    def has_next(self) -> bool:
        return self._view.beside is not None and self._view.beside.next is not None

    def has_older(self) -> bool:
        return self.has_previous()

    def has_newer(self) -> bool:
        return self.has_next()

    def has_others(self) -> bool:
        return self._view.beside is not None and self._view.beside.total > 1

    def has_request(self) -> bool:
        page = self._view.page
        return page is not None and request_facts(page.event) is not None

    def has_trace(self) -> bool:
        page = self._view.page
        return page is not None and page.row.trace is not None

    def can_compare(self) -> bool:
        if self._view.part() == EVENTS:
            return len(self._view.selected_rows()) in (1, 2) and self.has_event()
        return self.has_event() and self.has_others()

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

    def ask_where(self) -> None:
        self._view.ask_where()

    def toggle_follow(self) -> None:
        self._view.follow_latest(not self._view.is_following())

    def follows(self) -> bool:
        return self._view.is_following()

    def show_part(self, what: str) -> None:
        self._view.show_part(what)

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

    # Comparing

    def compare(self) -> None:
        """Compare the two rows selected, the one with the event shown, or ask with which."""
        rows = self._view.selected_rows() if self._view.part() == EVENTS else ()
        page = self._view.page
        if len(rows) == 2:
            self._set_beside(min(rows), max(rows))
        elif len(rows) == 1 and page is not None and rows[0] != page.row.id:
            self._set_beside(page.row.id, rows[0])
        else:
            self._view.ask_compare()

    def compare_with(self, which: str) -> None:
        """Compare with the previous, next, latest or oldest event."""
        page, beside = self._view.page, self._view.beside
        if page is None or beside is None:
            return
        wanted = {"previous": beside.previous, "next": beside.next}.get(which, which)
        if wanted is not None:
            self._view.find_row(wanted, lambda row: self._set_beside(page.row.id, row))

    def _set_beside(self, first: int, second: int) -> None:
        self._view.navigate.emit(Place("compare", extra=f"{first},{second}"))

    # Copies and links

    def copy_markdown(self) -> None:
        page, issue = self._view.page, self._view.issue
        if page is not None and issue is not None:
            link = issue_link(self._view.folder, issue.short, page.row.event_id)
            head = MarkdownHead(
                issue.short,
                issue.title,
                issue.culprit,
                relative_time.exact(page.row.ts),
                tr("{place} of {total}").format(place=page.beside.position, total=page.beside.total),
                link,
            )
            named = Naming(issue.title, issue.type, issue.value, issue.culprit)
            self._view.copy_made(tr("Copied as Markdown"), _markdown, page, head, named)

    def copy_json(self) -> None:
        page = self._view.page
        if page is not None:
            self._view.copy_made(tr("Copied as JSON"), _json, page)

    def copy_as_received(self) -> None:
        page = self._view.page
        if page is not None:
            self._view.copy_made(tr("Copied as received"), _as_received, page)

    def copy_request(self, form: str) -> None:
        page = self._view.page
        if page is not None and request_facts(page.event) is not None:
            make, said = _REQUEST_FORMS[form]
            self._view.copy_made(tr(said), _request, page, make)

    def copy_event_id(self) -> None:
        if self._view.page is not None:
            self._view.copy_text(tr("Event id copied"), self._view.page.row.event_id)

    def copy_link(self) -> None:
        page, issue = self._view.page, self._view.issue
        if page is not None and issue is not None:
            link = issue_link(self._view.folder, issue.short, page.row.event_id)
            self._view.copy_text(tr("Link copied"), link)

    def save(self) -> None:
        self._view.save_event()

    def show_raw_json(self) -> None:
        self._view.show_section("raw")

    def show_menu(self) -> None:
        self._view.show_menu()

    def follow_trace(self) -> None:
        page = self._view.page
        if page is not None and page.row.trace is not None:
            self._view.navigate.emit(Place("traces", page.row.trace, extra=page.row.span or ""))


# What leaves is scrubbed as the event's project asks; these run beside the window.


def _markdown(page: EventPage, head: MarkdownHead, named: Naming) -> str:
    left = NamingExporter(page.rules).of(named)
    head = replace(head, title=left.title, culprit=left.culprit)
    return event_markdown(export_event(page.event, page.rules), head)


def _json(page: EventPage) -> str:
    return export_payload(page.item_type, page.raw, page.rules).decode("utf-8", errors="replace")


def _as_received(page: EventPage) -> str:
    return page.raw.decode("utf-8", errors="replace")


def _request(page: EventPage, make: Callable[[RequestFacts], str]) -> str:
    request = request_facts(export_event(page.event, page.rules))
    return make(request) if request is not None else ""
