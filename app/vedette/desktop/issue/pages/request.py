"""The HTTP request an event tells of: address, query, headers, cookies, body; all of it to be copied."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import orjson
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issue.clamped_text import ClampedText
from vedette.desktop.issue.facts.hex_dump import hex_lines
from vedette.desktop.issue.facts.request import Pairs, RequestFacts, request_facts
from vedette.desktop.issue.facts.request_copies import body_text
from vedette.desktop.issue.folding import FoldMemory, FoldSection
from vedette.desktop.issue.parts import ColumnPage, empty_part, lined_table, pair_rows, value_tree
from vedette.desktop.issue.read import EventPage
from vedette.desktop.issue.value_menu import ValueActions
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.code_view import CodeView
from vedette.desktop.widgets.json_values import inner_meta, is_container
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.desktop.widgets.units import count, size
from vedette.domain.json import JsonValue
from vedette.processing.exporting import export_event

if TYPE_CHECKING:
    from vedette.desktop.preferences import Preferences

COPIES = ("event.copy_curl", "event.copy_httpie", "event.copy_fetch", "event.copy_request")
_MOST_LINES = 5_000
_MOST_HEX = 16 * 1024


class RequestPage(ColumnPage):
    """One request."""

    def __init__(
        self,
        theme: Theme,
        commands: CommandRegistry,
        preferences: "Preferences",
        actions: ValueActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name="event.section.request", title=tr("Request"), parent=parent)
        self._theme = theme
        self._commands = commands
        self._memory = FoldMemory(preferences)
        self._actions = actions

    def set_page(self, page: EventPage) -> None:
        """Show another event's request."""
        self.clear_column()
        request = request_facts(page.event)
        if request is None:
            part = empty_part(
                self._theme,
                "event.request.empty",
                tr("No HTTP request"),
                tr("This event did not happen while one was served or sent."),
                "globe",
            )
            self.column.addWidget(part, 1)
            return
        self._fill(request, page)
        self.column.addStretch(1)
        self.scroll_to_top()

    def _fill(self, request: RequestFacts, page: EventPage) -> None:
        menu = self._commands.fill_menu(QMenu(self), COPIES)
        copy = Button(
            self._theme, tr("Copy as"), name="event.request.copy", role="small", icon="copy", menu=menu
        )
        self.add_title(tr("Request"), copy)
        line = ClampedText(self._theme, "code", name="event.request.line", lines=4)
        line.set_text(request.line)
        self.column.addWidget(line)
        self._add_table(tr("Address"), "url", request.url_parts())
        self._add_table(tr("Query"), "query", request.query)
        if request.body not in (None, "", {}, []):
            self._add_section(tr("Body"), "body", self._body(request, page), note=_body_note(request))
        self._add_table(tr("Headers"), "headers", request.headers)
        self._add_table(tr("Cookies"), "cookies", request.cookies)
        self._add_table(tr("Environment", "of the web server"), "environment", request.environment)

    def _add_section(self, title: str, key: str, part: QWidget, *, note: str = "") -> None:
        section = FoldSection(self._theme, self._memory, f"request.{key}", title, note=note)
        section.add(part)
        self.column.addWidget(section)

    def _add_table(self, title: str, key: str, pairs: Pairs) -> None:
        if not pairs:
            return
        table = lined_table(
            self._theme,
            f"event.request.{key}",
            title,
            pair_rows(pairs, code=True),
            actions=self._actions,
            path=("request", key),
        )
        self._add_section(title, key, table, note=count(len(pairs)) if len(pairs) > 1 else "")

    def _body(self, request: RequestFacts, page: EventPage) -> QWidget:
        meta = inner_meta(inner_meta(page.event.get("_meta"), "request"), "data")
        return BodyView(self._theme, request, meta, self._actions, partial(_outgoing_body, page))


class BodyView(QWidget):
    """A body in three forms: laid out, as it was sent, its bytes. Each is made when first looked at."""

    def __init__(
        self,
        theme: Theme,
        request: RequestFacts,
        meta: JsonValue,
        actions: ValueActions,
        outgoing: Callable[[], str] | None = None,
    ) -> None:
        """*outgoing* makes what is copied of it, if that is not the whole text."""
        super().__init__()
        self._theme = theme
        self._text = body_text(request)
        self._value = _parsed(request.body)
        self._meta = meta if is_container(request.body) else None
        self._actions = actions
        self._parts: dict[str, QWidget] = {}
        shapes = [Segment("raw", tr("Raw", "form of a body")), Segment("hex", tr("Hex"))]
        if is_container(self._value):
            shapes.insert(0, Segment("pretty", tr("Pretty", "form of a body")))
        self.forms = Segmented(theme, shapes, name="event.request.forms", title=tr("How the body is shown"))
        copy = Button(
            theme, tr("Copy body"), name="event.request.copy_body", role="small", icon="copy", parent=self
        )
        copy.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(outgoing() if outgoing else self._text)
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        bar = QWidget()
        line = _row(bar, (self.forms, None, copy))
        line.setSpacing(8)
        self._column.addWidget(bar)
        self.forms.chosen.connect(self.show_form)
        self.show_form(self.forms.current())

    def show_form(self, key: str) -> None:
        """Show the body pretty, raw or in hex."""
        make: dict[str, Callable[[], QWidget]] = {
            "pretty": self._pretty,
            "raw": lambda: self._code(self._text.split("\n"), "raw"),
            "hex": lambda: self._code(hex_lines(self._text.encode()[:_MOST_HEX]), "hex"),
        }
        if key not in self._parts:
            self._parts[key] = make[key]()
            self._column.addWidget(self._parts[key])
        for name, part in self._parts.items():
            part.setVisible(name == key)

    def _pretty(self) -> QWidget:
        name, title = "event.request.body", tr("Request body")
        path = ("request", "data")
        return value_tree(self._theme, name, title, self._value, self._meta, actions=self._actions, path=path)

    def _code(self, lines: Sequence[str], form: str) -> QWidget:
        code = CodeView(
            self._theme,
            name=f"event.request.body.{form}",
            title=tr("Request body"),
            numbers=False,
            most_lines=_MOST_LINES,
        )
        code.set_source(lines[:_MOST_LINES], filename="body.json" if self._value is not None else "body.txt")
        return code


def _outgoing_body(page: EventPage) -> str:
    """Return the body as it may leave; of the size of what an SDK sends, so it takes a moment at most."""
    request = request_facts(export_event(page.event, page.rules))
    return body_text(request) if request is not None else ""


def _row(bar: QWidget, parts: Sequence[QWidget | None]) -> QHBoxLayout:
    line = QHBoxLayout(bar)
    line.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        if part is None:
            line.addStretch(1)
        else:
            line.addWidget(part)
    return line


def _parsed(body: JsonValue) -> JsonValue:
    """Return the value a body stands for: itself, or what its text is as JSON; None for other text."""
    if not isinstance(body, str):
        return body
    try:
        value: JsonValue = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return value if is_container(value) else None


def _body_note(request: RequestFacts) -> str:
    parts = (request.content_type, size(len(body_text(request).encode())))
    return " · ".join(part for part in parts if part)
