"""One trace: head, minimap, waterfall, details; reads it, keeps it, and says when more has arrived."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.trace.actions import ROW_MENU, trace_commands
from vedette.desktop.trace.critical_path import Path, critical_path
from vedette.desktop.trace.describe import changes_sentence, shape_sentence
from vedette.desktop.trace.details import DetailsPane
from vedette.desktop.trace.find import NO_MATCHES, find_spans
from vedette.desktop.trace.header import TraceHeader
from vedette.desktop.trace.minimap import draw_minimap
from vedette.desktop.trace.overview import Overview
from vedette.desktop.trace.range_panel import RangePanel
from vedette.desktop.trace.read import OpenedTrace, SpanFacts, count_spans, read_span, read_trace
from vedette.desktop.trace.steering import Steering
from vedette.desktop.trace.time_window import TimeWindow
from vedette.desktop.trace.tree import TraceTree
from vedette.desktop.trace.waterfall import Waterfall
from vedette.desktop.widgets import units
from vedette.desktop.widgets.notices import Banner, EmptyState
from vedette.domain.changes import ChangeKind

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

LOADING_MS = 150
_DETAILS_WIDTH = 320
_OPEN_LIMIT = 20.0  # seconds; a hundred thousand spans take one


class TraceView(QWidget):
    """The trace screen. ``open`` shows a trace; ``settled`` fires when nothing is under way any more."""

    navigate = Signal(object)
    """A link to another place was followed: a Place."""
    settled = Signal()

    def __init__(
        self, bridge: "Bridge", commands: CommandRegistry, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._commands = commands
        self._trace_id = ""
        self._wanted_span: bytes | None = None
        self._failed = False
        self.opened: OpenedTrace | None = None
        self._asking = InFlight(bridge, self)
        self._asking.settled.connect(self.settled)
        self.setObjectName("trace")
        self.setProperty("role", "canvas")
        self.setAccessibleName("Trace")
        self.window_of_time = TimeWindow(self)
        self.waterfall = Waterfall(theme, self.window_of_time, name="trace.waterfall")
        self.steering = Steering(self.waterfall, self.window_of_time, self)
        commands.register(*trace_commands(self.steering))
        self.header = TraceHeader(theme, commands, name="trace.header")
        self.banner = Banner(theme, name="trace.banner")
        self.overview = Overview(theme, self.window_of_time, name="trace.minimap")
        self.range_panel = RangePanel(theme, name="trace.range")
        self.details = DetailsPane(theme, name="trace.details")
        self.empty = EmptyState(theme, name="trace.empty")
        self._loading = QTimer(self)
        self._loading.setSingleShot(True)
        self._loading.setInterval(LOADING_MS)
        self._loading.timeout.connect(self._say_loading)
        self._lay_out()
        self.setFocusProxy(self.waterfall)
        self._connect()
        self._say_nothing()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.overview)
        self._lower = QSplitter(Qt.Orientation.Vertical)
        self._lower.setObjectName("trace.lower")
        self._lower.addWidget(self.waterfall)
        self._lower.addWidget(self.range_panel)
        self._lower.setStretchFactor(0, 3)
        self._lower.setStretchFactor(1, 1)
        column.addWidget(self._lower, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("trace.splitter")
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.details)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setCollapsible(0, False)
        self.splitter.setSizes([900, _DETAILS_WIDTH])
        whole = QWidget()
        page = QVBoxLayout(whole)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.header)
        # The banner stands apart from the edges; hidden, it must leave no gap.
        self._banner_room = QWidget()
        room = QVBoxLayout(self._banner_room)
        room.setContentsMargins(12, 8, 12, 8)
        room.addWidget(self.banner)
        self._banner_room.hide()
        page.addWidget(self._banner_room)
        page.addWidget(self.splitter, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(whole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _connect(self) -> None:
        self._bridge.changed.connect(self._take_changes)
        self.empty.acted.connect(self._act_on_empty)
        self.header.issueFollowed.connect(lambda issue: self.navigate.emit(Place("issues", issue)))
        self.header.more.clicked.connect(self.reload)
        self.header.field.queryChanged.connect(self._find)
        self.header.field.submitted.connect(self._submit_find)
        self.header.field.left.connect(self._leave_find)
        self.banner.closed.connect(self._banner_room.hide)
        self.banner.acted.connect(lambda: self.navigate.emit(Place("ingest", None)))
        self.details.issueFollowed.connect(
            lambda issue, event: self.navigate.emit(Place("issues", issue, extra=event))
        )
        self.details.attributes.filterRequested.connect(self._filter_by)
        self.overview.minimapWanted.connect(self._draw_minimap)
        self.range_panel.closed.connect(self.waterfall.ruler.clear)
        self.waterfall.ruler.rangeSelected.connect(self._show_range)
        self.waterfall.ruler.rangeCleared.connect(self.range_panel.forget)
        self.waterfall.currentChanged.connect(self._show_details)
        self.waterfall.activated.connect(lambda _: self.steering.focus_details())
        self.waterfall.rowsChanged.connect(self._say_changes)
        self.waterfall.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.waterfall.customContextMenuRequested.connect(self._show_menu)
        self.steering.findWanted.connect(self._focus_find)
        self.steering.detailsWanted.connect(self._focus_details)
        self.steering.pathWanted.connect(self._show_path)
        self.steering.moved.connect(self._say_found)

    # Opening

    @property
    def trace_id(self) -> str:
        """The trace open or being opened, 32 hex; "" for none."""
        return self._trace_id

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return self._asking.is_settled

    def open(self, trace_id: str, span_id: str | None = None) -> None:
        """Show the trace with *trace_id* (32 hex); with *span_id* (16 hex), that span selected."""
        wanted = _bytes(trace_id, 16)
        self._wanted_span = _bytes(span_id or "", 8)
        if wanted is None:
            self._trace_id, self.opened = "", None
            self._say_missing(f"{trace_id[:40]!r} is not a trace id: it has 32 hexadecimal digits.")
            return
        if trace_id == self._trace_id and self.opened is not None:
            self._select_wanted(self.opened.tree)
            return
        self._asking.cancel_all()
        self.opened = None
        self._trace_id = self.steering.trace_id = trace_id
        self._read(wanted)

    def reload(self) -> None:
        """Read the open trace again; the current span stays current."""
        wanted = _bytes(self._trace_id, 16)
        if wanted is None:
            return
        tree, current = self.waterfall.tree, self.waterfall.current
        number = tree.span_number(current) if tree is not None and current is not None else None
        if tree is not None and number is not None:
            self._wanted_span = tree.spans[number].span_id
        self._read(wanted)

    def _read(self, wanted: bytes) -> None:
        self._failed = False
        self._loading.start()
        self._asking.ask(
            "trace",
            read_trace,
            wanted,
            self._bridge.workspace,
            answer=self._show,
            failed=self._fail,
            limit=_OPEN_LIMIT,
        )

    def _show(self, opened: OpenedTrace | None) -> None:
        self._loading.stop()
        if opened is None:
            self.opened = None
            self._say_missing(
                "This trace is not in the workspace: retention removed it, or it never arrived."
            )
            return
        self.opened = opened
        self._stack.setCurrentIndex(1)
        self.header.show_trace(opened)
        self.header.set_more(0)
        self.overview.set_minimap(None)
        self.waterfall.ruler.clear()
        self.window_of_time.set_trace(opened.tree.duration)
        self.waterfall.set_rows(opened.rows)
        self.window_of_time.set_vitals(opened.vitals)
        self._say_shape(opened)
        self._say_changes()
        self._draw_minimap(*self.overview.wanted)
        self._find(self.header.field.text())
        self._show_path(self.steering.shows_path())
        self._select_wanted(opened.tree)
        self._commands.refresh()

    def _select_wanted(self, tree: TraceTree) -> None:
        wanted, self._wanted_span = self._wanted_span, None
        if wanted is not None:
            number = next((n for n, span in enumerate(tree.spans) if span.span_id == wanted), None)
            if number is not None:
                self.waterfall.select(tree.node_of[number])
                return
        if self.waterfall.current is None and len(tree):
            self.waterfall.select(0)

    def _fail(self, sentence: str, details: str) -> None:
        self._loading.stop()
        self._failed = True
        if self.opened is None:
            self._stack.setCurrentIndex(0)
            self.empty.say(sentence, details[:200], action="Try again", icon="triangle-alert")
        else:
            self._say_above(sentence, details=details)

    # Saying how things stand

    def _say_nothing(self) -> None:
        self._stack.setCurrentIndex(0)
        self.empty.say(
            "No trace open", "Choose one in the list of traces.", action="Show traces", icon="list-tree"
        )

    def _say_loading(self) -> None:
        if self.opened is None:
            self.empty.say("Reading the trace…", icon="loader")
            self._stack.setCurrentIndex(0)

    def _say_missing(self, sentence: str) -> None:
        self._stack.setCurrentIndex(0)
        self.empty.say("Trace not found", sentence, action="Show traces", icon="unlink")

    def _act_on_empty(self) -> None:
        wanted = _bytes(self._trace_id, 16)
        if wanted is not None and self._failed:
            self._read(wanted)
        else:
            self.navigate.emit(Place("traces", None))

    def _say_shape(self, opened: OpenedTrace) -> None:
        sentence = shape_sentence(opened.tree)
        if opened.is_cut:
            sentence = f"Only the first {len(opened.tree.spans):,} spans are shown. {sentence}".strip()
        if sentence:
            self._say_above(sentence, level="warning", action="Why?")
        else:
            self._banner_room.hide()

    def _say_above(self, sentence: str, *, details: str = "", level: str = "error", action: str = "") -> None:
        self.banner.say(sentence, details=details, level=level, action=action)
        self._banner_room.show()

    def _say_changes(self) -> None:
        rows = self.waterfall.rows
        self.header.set_changes("" if rows is None else changes_sentence(rows))
        self._commands.refresh()

    def _say_found(self) -> None:
        matches, current = self.waterfall.matches, self.waterfall.current
        if not matches.text:
            self.header.set_found("")
        elif not len(matches):
            self.header.set_found("no match")
        else:
            at = matches.number(current) if current is not None else 0
            total = units.count(len(matches))
            self.header.set_found(f"{at:,} of {total}" if at else f"{total} found")
        self._commands.refresh()

    # Minimap, path, find: worked out beside the window

    def _draw_minimap(self, columns: int, lanes: int) -> None:
        if self.opened is not None:
            self._asking.compute(
                "minimap",
                draw_minimap,
                self.opened.tree,
                columns,
                lanes,
                answer=self.overview.set_minimap,
                failed=self._fail,
            )

    def _show_path(self, on: bool) -> None:
        if on and self.opened is not None:
            self._asking.compute(
                "path", critical_path, self.opened.tree, answer=self._take_path, failed=self._fail
            )
        else:
            self.waterfall.set_path({})

    def _take_path(self, path: Path) -> None:
        self.waterfall.set_path(path if self.steering.shows_path() else {})

    def _find(self, text: str) -> None:
        if self.opened is None or not text.strip():
            self.steering.take_matches(NO_MATCHES)
        else:
            self._asking.compute(
                "find",
                find_spans,
                self.opened.tree,
                text,
                answer=self.steering.take_matches,
                failed=self._fail,
            )

    def _submit_find(self, text: str) -> None:
        matches = self.waterfall.matches
        if len(matches) and matches.text == text:
            self.steering.go_to_match(1)
            self.waterfall.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _leave_find(self) -> None:
        self.waterfall.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _focus_find(self, text: str) -> None:
        if text:
            self.header.field.set_text(text)
            self._find(text)
        else:
            self.header.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _filter_by(self, label: str, value: str, exclude: bool) -> None:
        self.navigate.emit(Place("traces", None, query=f"{'!' if exclude else ''}{label}:{value}"))

    def _show_range(self, start: int, end: int) -> None:
        if self.opened is not None:
            self.range_panel.show_range(self.opened.tree, start, end)

    # Details

    def _show_details(self, node: int | None) -> None:
        opened = self.opened
        if opened is None or node is None:
            self.details.show_nothing()
            return
        self.details.show_node(opened.tree, node, self._trace_id)
        self._say_found()
        number = opened.tree.span_number(node)
        if number is None:
            self._asking.cancel("details")
            return
        span = opened.tree.spans[number]
        self._asking.ask(
            "details",
            read_span,
            self._bridge.workspace,
            span,
            answer=self.details.show_facts,
            failed=self._fail_facts,
        )

    def _fail_facts(self, sentence: str, details: str) -> None:
        self.details.show_facts(SpanFacts(missing=sentence))

    def _focus_details(self) -> None:
        if self.details.width() == 0:
            self.splitter.setSizes([max(1, self.width() - _DETAILS_WIDTH), _DETAILS_WIDTH])
        self.details.times.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_menu(self, at: QPoint) -> None:
        menu = self._commands.fill_menu(QMenu(self), ROW_MENU)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.waterfall.mapToGlobal(at))

    # Live

    def _take_changes(self, changes: object) -> None:
        wanted = _bytes(self._trace_id, 16)
        if wanted is None or not isinstance(changes, tuple) or self._asking.holds("count"):
            return
        if any(change.kind is ChangeKind.TRACE and self._trace_id in change.ids for change in changes):
            self._asking.ask("count", count_spans, wanted, answer=self._take_count, failed=self._skip_count)

    def _skip_count(self, sentence: str, details: str) -> None:
        """The offer to reload is no use without a count; the next change asks again."""

    def _take_count(self, spans: int) -> None:
        if self.opened is None:
            self.reload()
        else:
            self.header.set_more(max(0, spans - len(self.opened.tree.spans)))


def _bytes(text: str, length: int) -> bytes | None:
    """Return an id of *length* bytes from hex, None if it is none."""
    try:
        found = bytes.fromhex(text)
    except ValueError:
        return None
    return found if len(found) == length else None
