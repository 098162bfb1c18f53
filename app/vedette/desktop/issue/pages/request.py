"""The HTTP request an event tells of: line, query, headers, cookies, body, and all of it as cURL."""

import json

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issue.clamped_text import ClampedText
from vedette.desktop.issue.facts.request import Pairs, RequestFacts, request_facts
from vedette.desktop.issue.parts import ColumnPage, empty_part, lined_table, pair_rows
from vedette.desktop.issue.read import EventPage
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import command_button
from vedette.desktop.widgets.code_view import CodeView
from vedette.desktop.widgets.json_values import inner_meta, is_container
from vedette.desktop.widgets.value_tree import ValueTree


class RequestPage(ColumnPage):
    """One request."""

    filterRequested = Signal(str, str, bool)

    def __init__(self, theme: Theme, commands: CommandRegistry, parent: QWidget | None = None) -> None:
        super().__init__(name="event.section.request", title="Request", parent=parent)
        self._theme = theme
        self._commands = commands

    def set_page(self, page: EventPage) -> None:
        """Show another event's request."""
        self.clear_column()
        request = request_facts(page.event)
        if request is None:
            sentence = "No HTTP request"
            more = "This event did not happen while one was served or sent."
            self.column.addWidget(empty_part(self._theme, "event.request.empty", sentence, more, "globe"), 1)
            return
        self._fill(request, page)
        self.column.addStretch(1)
        self.scroll_to_top()

    def _fill(self, request: RequestFacts, page: EventPage) -> None:
        copy = command_button(self._theme, self._commands, "event.copy_curl", role="small")
        self.add_title("Request", copy)
        line = ClampedText(self._theme, "code", name="event.request.line", lines=4)
        line.set_text(request.line)
        self.column.addWidget(line)
        fragment = (("fragment", request.fragment),) if request.fragment else ()
        self._add_table("Query", "query", (*request.query, *fragment))
        self._add_body(request, page)
        self._add_table("Headers", "headers", request.headers)
        self._add_table("Cookies", "cookies", request.cookies)
        self._add_table("Environment", "environment", request.environment)

    def _add_table(self, title: str, name: str, pairs: Pairs) -> None:
        if not pairs:
            return
        self.add_title(title, note=f"{len(pairs):,}" if len(pairs) > 1 else "")
        rows = pair_rows(pairs, code=True)
        self.column.addWidget(lined_table(self._theme, f"event.request.{name}", title, rows))

    def _add_body(self, request: RequestFacts, page: EventPage) -> None:
        if request.body in (None, "", {}, []):
            return
        self.add_title("Body", note=request.content_type)
        if is_container(request.body):
            tree = ValueTree(self._theme, name="event.request.body", title="Request body", fit=True)
            tree.set_value(request.body, inner_meta(inner_meta(page.event.get("_meta"), "request"), "data"))
            tree.expandToDepth(0)
            self.column.addWidget(tree)
            return
        code = CodeView(self._theme, name="event.request.body", title="Request body", numbers=False)
        text = request.body if isinstance(request.body, str) else json.dumps(request.body)
        code.set_source(text.split("\n")[:5_000], filename="body.txt")
        self.column.addWidget(code)
