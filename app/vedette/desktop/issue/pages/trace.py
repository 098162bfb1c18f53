"""Where an event stands in its trace: the spans around it, the other events, and the way there."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issue.facts.trace_summary import TraceSummary, mini_rows
from vedette.desktop.issue.pages.mini_waterfall import MiniWaterfall
from vedette.desktop.issue.parts import ColumnPage, empty_part, lined_table
from vedette.desktop.issue.read import EventPage
from vedette.desktop.language import tr
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.theme.tokens import level_token
from vedette.desktop.widgets.buttons import command_button
from vedette.desktop.widgets.key_values import KeyValue
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.paged_model import Column, PageAnswer, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.desktop.widgets.relative_time import exact
from vedette.desktop.widgets.units import count, duration
from vedette.store.queries.traces import TraceError, get_trace, trace_errors, trace_spans

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

_MOST_SPANS = 5_000
_MOST_EVENTS = 200
_ROWS = 8

Db = Any


def read_summary(db: Db, trace: str, span: str | None) -> TraceSummary:
    """Return what is kept of a trace (32 hex) around *span* (16 hex)."""
    number = bytes.fromhex(trace)
    row = get_trace(db, number)
    events = tuple(trace_errors(db, number, _MOST_EVENTS))
    if row is None:
        return TraceSummary(None, (), is_cut=False, events=events)
    spans = trace_spans(db, number, _MOST_SPANS)
    return TraceSummary(row, mini_rows(spans, row, span), row.spans > len(spans), events)


class TracePage(ColumnPage):
    """The trace in small, the events on it; Open trace."""

    navigate = Signal(object)
    settled = Signal()

    def __init__(
        self, bridge: "Bridge", theme: Theme, commands: CommandRegistry, parent: QWidget | None = None
    ) -> None:
        super().__init__(name="event.section.trace", title=tr("Trace"), parent=parent)
        self._theme = theme
        self._commands = commands
        self._page: EventPage | None = None
        self._events: tuple[TraceError, ...] = ()
        self._asking = InFlight(bridge, self)
        self._asking.settled.connect(self.settled)
        self.waterfall: MiniWaterfall | None = None
        self.list: PaintedList | None = None

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being read."""
        return self._asking.is_settled

    def set_page(self, page: EventPage) -> None:
        """Show another event's trace; what is kept of it is read beside the window."""
        self._asking.cancel_all()
        self.clear_column()
        self.waterfall = self.list = None
        self._page = page
        if page.row.trace is None:
            part = empty_part(
                self._theme,
                "event.trace.empty",
                tr("Not part of a trace"),
                tr("Without tracing in the SDK there is nothing to link to."),
                "chart-gantt",
            )
            self.column.addWidget(part, 1)
            return
        follow = command_button(self._theme, self._commands, "event.trace", show_hint=True)
        self.add_title(tr("Trace"), follow)
        self._add_facts(page)
        self._note = label(tr("Reading…"), "caption", name="event.trace.note", wrap=True)
        self.column.addWidget(self._note)
        self.column.addStretch(1)
        self.scroll_to_top()
        self._asking.ask(
            "trace", read_summary, page.row.trace, page.row.span, answer=self._take, failed=self._fail
        )

    def _add_facts(self, page: EventPage) -> None:
        context = (page.event.get("contexts") or {}).get("trace") or {}
        told = [
            (tr("trace"), page.row.trace),
            (tr("span"), page.row.span),
            (tr("parent span"), context.get("parent_span_id")),
            (tr("operation"), context.get("op")),
            (tr("status"), context.get("status") if context.get("status") != "unknown" else None),
        ]
        rows = [KeyValue(name, str(value), code=True) for name, value in told if value]
        self.column.addWidget(lined_table(self._theme, "event.trace.facts", tr("Trace"), rows))

    def _fail(self, sentence: str, details: str) -> None:
        self._note.setText(sentence)

    def _take(self, found: TraceSummary) -> None:
        self._note.setText(_words(found))
        at = self.column.count() - 1
        if found.rows:
            self.waterfall = MiniWaterfall(self._theme, name="event.trace.waterfall")
            self.waterfall.set_rows(found.rows)
            self.waterfall.chosen.connect(self._open_span)
            self.column.insertWidget(at, self.waterfall)
            at += 1
        self._events = tuple(
            one for one in found.events if self._page is None or one.event_id != self._page.row.event_id
        )
        if self._events:
            self._add_events(at)

    def _add_events(self, at: int) -> None:
        title = label(tr("Other events of this trace"), "title")
        start = self._page.row.ts if self._page is not None else 0
        columns = (
            Column[TraceError](
                tr("Level"), text=lambda row: row.level, token=lambda row: level_token(row.level)
            ),
            Column[TraceError](tr("Title"), text=lambda row: row.title, tip=lambda row: row.title),
            Column[TraceError](tr("Issue"), text=lambda row: row.short),
            Column[TraceError](
                tr("From this event"),
                text=lambda row: duration(row.ts - start) if row.ts != start else "0 s",
                right=True,
                tip=lambda row: exact(row.ts),
            ),
        )
        model: PagedModel[TraceError] = PagedModel(
            columns,
            self._fetch,
            key=lambda row: row.id,
            describe=lambda row: f"{row.level}, {row.title}, {row.short}",
            color=self._theme.color,
            parent=self,
        )
        self.list = PaintedList(
            self._theme, name="event.trace.events", title=tr("Other events of this trace"), parent=self
        )
        self.list.set_model(model)
        header = self.list.horizontalHeader()
        for column, digits in ((0, 9), (2, 14), (3, 14)):
            self.list.set_column_width(column, digits)
        header.setSectionResizeMode(1, header.ResizeMode.Stretch)
        rows = min(_ROWS, len(self._events))
        self.list.setFixedHeight(rows * self.list.row_pixels + header.sizeHint().height() + 4)
        self.list.rowOpened.connect(self._open_event)
        model.reload()
        self.column.insertWidget(at, title)
        self.column.insertWidget(at + 1, self.list)

    def _fetch(self, after: TraceError | None, limit: int, answer: PageAnswer[TraceError]) -> None:
        answer(self._events if after is None else ())

    def _open_event(self, key: object) -> None:
        found = next((row for row in self._events if row.id == key), None)
        if found is not None:
            self.navigate.emit(Place("issues", found.issue, extra=found.event_id))

    def _open_span(self, span: str) -> None:
        if self._page is not None and self._page.row.trace is not None:
            self.navigate.emit(Place("traces", self._page.row.trace, extra=span))


def _words(found: TraceSummary) -> str:
    """Return in a sentence what is kept of a trace."""
    if found.row is None:
        return tr("No span of this trace is stored: it was not sampled, or tracing is switched off.")
    row = found.row
    parts = [
        duration(row.duration),
        tr("{count} span(s)", "", row.spans).format(count=count(row.spans)),
        tr("%n transaction(s)", "", row.segments) if row.segments > 1 else "",
        tr("%n error(s)", "", len(found.events)) if found.events else "",
        tr("the longest {count} are shown").format(count=len(found.rows)) if found.hidden else "",
    ]
    return " · ".join(part for part in parts if part)
