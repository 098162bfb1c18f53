"""What can be done with the current span: copy it in many forms, open its code, find its like elsewhere."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from vedette.desktop.commands.command import Command
from vedette.desktop.editor.opening import open_in_editor
from vedette.desktop.language import tr
from vedette.desktop.shell.links import link_of
from vedette.desktop.shell.places import Place
from vedette.desktop.trace import facts
from vedette.desktop.trace.describe import title_of
from vedette.desktop.trace.request_text import curl_of
from vedette.desktop.trace.sql_format import format_sql, is_sql
from vedette.desktop.trace.tree import Kind, Node
from vedette.domain.json import JsonObject

if TYPE_CHECKING:
    from vedette.desktop.preferences import Preferences
    from vedette.desktop.trace.details import DetailsPane
    from vedette.desktop.trace.waterfall import Waterfall

COPY_MENU: tuple[str | None, ...] = (
    "trace.copy_row",
    "trace.copy_description",
    "trace.copy_sql",
    "trace.copy_curl",
    "trace.copy_attributes",
    "trace.copy_json_span",
    "trace.copy_raw_span",
    None,
    "trace.copy_span_id",
    "trace.copy_trace_id",
    "trace.copy_link",
)
_COLUMNS = 100


class SpanActions(QObject):
    """Acts on the row that is current in *waterfall*, with what *details* knows of it."""

    navigate = Signal(object)
    windowWanted = Signal(object)
    failed = Signal(str)
    """Something could not be done, in a sentence."""

    def __init__(
        self,
        waterfall: "Waterfall",
        details: "DetailsPane",
        preferences: "Preferences",
        workspace: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._waterfall = waterfall
        self._details = details
        self._preferences = preferences
        self._workspace = workspace
        self.trace_id = ""

    # What applies

    def node(self) -> Node | None:
        """Return the current node."""
        tree, current = self._waterfall.tree, self._waterfall.current
        return None if tree is None or current is None else tree.node(current)

    def has_node(self) -> bool:
        """Return whether a row is current."""
        return self._waterfall.current is not None

    def is_span(self) -> bool:
        """Return whether the current row stands for a span."""
        node = self.node()
        return node is not None and node.kind not in (Kind.GAP, Kind.ERROR)

    def has_sql(self) -> bool:
        """Return whether the current span is a database statement."""
        node = self.node()
        return node is not None and is_sql(node.op, node.description)

    def has_request(self) -> bool:
        """Return whether the current span's request can be written as a command."""
        return bool(self._curl())

    def has_attributes(self) -> bool:
        """Return whether the payload of the current span has been read."""
        return bool(self._details.facts.details)

    def has_code(self) -> bool:
        """Return whether the current span's file is on this disk."""
        return self._details.facts.file is not None

    def has_trace(self) -> bool:
        """Return whether a trace is open."""
        return self._waterfall.rows is not None

    # Copying

    def copy_row(self) -> None:
        """Copy the row as one line."""
        self._copy(facts.row_text)

    def copy_description(self) -> None:
        """Copy what the current row says."""
        self._copy(lambda node: title_of(node) or node.op)

    def copy_sql(self) -> None:
        """Copy the statement, laid out."""
        self._copy(lambda node: "\n".join(format_sql(node.description, _COLUMNS)))

    def copy_curl(self) -> None:
        """Copy the request as a cURL command."""
        self._copy(lambda _: self._curl())

    def copy_attributes(self) -> None:
        """Copy the attributes, one a line."""
        rows = facts.attributes(self._details.facts.outgoing)
        self._copy(lambda _: "\n".join(f"{row.label}: {row.value}" for row in rows))

    def copy_json(self) -> None:
        """Copy the span as JSON, as its project's rules let it leave."""
        self._copy_details(self._details.facts.outgoing)

    def copy_as_received(self) -> None:
        """Copy the span as it came."""
        self._copy_details(self._details.facts.details)

    def _copy_details(self, details: JsonObject) -> None:
        value = details.get("raw") or details
        self._copy(lambda _: orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())

    def copy_span_id(self) -> None:
        """Copy the id of the current span."""
        self._copy(lambda _: self._span_id())

    def copy_trace_id(self) -> None:
        """Copy the id of the trace."""
        QGuiApplication.clipboard().setText(self.trace_id)

    def copy_link(self) -> None:
        """Copy the link to the current span."""
        QGuiApplication.clipboard().setText(link_of(self._place(), self._workspace))

    def _copy(self, text: Callable[[Node], str]) -> None:
        node = self.node()
        if node is not None and (found := text(node)):
            QGuiApplication.clipboard().setText(found)

    def _curl(self) -> str:
        node = self.node()
        return "" if node is None else curl_of(node.op, node.description, self._details.facts.outgoing)

    def _span_id(self) -> str:
        tree, current = self._waterfall.tree, self._waterfall.current
        number = tree.span_number(current) if tree is not None and current is not None else None
        return tree.spans[number].span_id.hex() if tree is not None and number is not None else ""

    # Going elsewhere

    def _place(self) -> Place:
        return Place("traces", self.trace_id, extra=self._span_id())

    def open_window(self) -> None:
        """Open the trace, at this span, in a window of its own."""
        self.windowWanted.emit(self._place())

    def open_code(self) -> None:
        """Open the place where the span was begun in the editor."""
        place, file = self._details.facts.place, self._details.facts.file
        if place is None or file is None:
            return
        trouble = open_in_editor(self._preferences, file, place.line or 1, 1)
        if trouble:
            self.failed.emit(trouble)

    def find_everywhere(self) -> None:
        """List all traces with a span that does the same."""
        node = self.node()
        if node is None:
            return
        terms = [f"op:{node.op}"] if node.op else []
        if node.description:
            escaped = node.description.replace("\\", "\\\\").replace('"', '\\"')
            terms.append(f'span:"{escaped}"')
        self.navigate.emit(Place("traces", None, query=" ".join(terms)))

    def open_issue(self) -> None:
        """Open the issue of the first error on the current row."""
        tree, current = self._waterfall.tree, self._waterfall.current
        errors = tree.errors_on(current) if tree is not None and current is not None else []
        if errors:
            self.navigate.emit(Place("issues", errors[0].issue, extra=errors[0].event_id))

    def has_issue(self) -> bool:
        """Return whether the current row has an error."""
        node = self.node()
        return node is not None and node.errors > 0


def span_commands(at: SpanActions) -> tuple[Command, ...]:
    """Return the commands on the current span."""

    def command(
        verb: str,
        title: str,
        run: Callable[[], object],
        *keys: str,
        icon: str = "",
        when: Callable[[], bool] = at.has_node,
        words: str = "",
    ) -> Command:
        return Command(f"trace.{verb}", title, run, keys, icon, "trace", when, words=words)

    copy = "copy"
    return (
        command(
            "open_window", tr("Open the trace in a new window"), at.open_window, "Ctrl+Return",
            icon="external-link", when=at.has_trace,
        ),
        command(
            "open_issue", tr("Open the issue of the error"), at.open_issue, "Shift+I", icon="circle-alert",
            when=at.has_issue,
        ),
        command(
            "find_everywhere", tr("Find the same in all traces"), at.find_everywhere, icon="telescope",
            when=at.is_span, words="alike similar",
        ),
        command(
            "open_code", tr("Open code in the editor"), at.open_code, "Ctrl+E", icon="file-code",
            when=at.has_code, words="source file",
        ),
        command("copy_row", tr("Copy row"), at.copy_row, "Ctrl+C", icon=copy),
        command("copy_description", tr("Copy description"), at.copy_description, icon=copy),
        command("copy_sql", tr("Copy SQL"), at.copy_sql, icon=copy, when=at.has_sql, words="statement query"),
        command("copy_curl", tr("Copy as cURL"), at.copy_curl, "Shift+C", icon=copy, when=at.has_request),
        command(
            "copy_attributes", tr("Copy attributes"), at.copy_attributes, icon=copy, when=at.has_attributes
        ),
        command("copy_json_span", tr("Copy span as JSON"), at.copy_json, icon=copy, when=at.has_attributes),
        command(
            "copy_raw_span", tr("Copy span as received"), at.copy_as_received, icon=copy,
            when=at.has_attributes, words="raw unscrubbed",
        ),
        command("copy_span_id", tr("Copy span id"), at.copy_span_id, icon=copy, when=at.is_span),
        command("copy_trace_id", tr("Copy trace id"), at.copy_trace_id, icon=copy, when=at.has_trace),
        command("copy_link", tr("Copy link to the span"), at.copy_link, icon="link", when=at.has_trace),
    )  # fmt: skip
