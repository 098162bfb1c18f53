"""One trace: head, minimap, waterfall, table, details; reads it, keeps it, and says when more has arrived."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import tr
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.trace.actions import row_menu
from vedette.desktop.trace.aggregate import By, shares
from vedette.desktop.trace.describe import shape_sentence
from vedette.desktop.trace.finding import Finding
from vedette.desktop.trace.json_page import MOST
from vedette.desktop.trace.kept_state import restore_rows, rows_state
from vedette.desktop.trace.looks import Looks
from vedette.desktop.trace.panes import Panes
from vedette.desktop.trace.parts import Parts
from vedette.desktop.trace.read import OpenedTrace, SpanFacts, count_spans, read_span, read_trace
from vedette.desktop.trace.span_lines import as_json
from vedette.desktop.trace.tree import TraceTree
from vedette.domain.changes import ChangeKind
from vedette.store.queries.linked_items import linked_to_trace

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from vedette.desktop.bridge.bridge import Bridge

LOADING_MS = 150
_OPEN_LIMIT = 20.0  # seconds; a hundred thousand spans take one


class TraceView(QWidget):
    """The trace screen. ``open`` shows a trace; ``settled`` fires when nothing is under way any more."""

    navigate = Signal(object)
    """A link to another place was followed: a Place."""
    windowWanted = Signal(object)
    """A Place is wanted in a window of its own."""
    settled = Signal()

    def __init__(
        self, bridge: "Bridge", commands: CommandRegistry, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._commands = commands
        self._trace_id = ""
        self._wanted_span: bytes | None = None
        self._wanted_state: Mapping[str, Any] | None = None
        self._failed = False
        self.setObjectName("trace")
        self.setProperty("role", "canvas")
        self.setAccessibleName(tr("Trace"))
        parts = self._parts = Parts(bridge, commands, theme, self)
        self.asking, self.options, self.window_of_time = parts.asking, parts.options, parts.window_of_time
        self.waterfall, self.details, self.steering = parts.waterfall, parts.details, parts.steering
        self.header, self.bar, self.banner = parts.header, parts.bar, parts.banner
        self.overview, self.range_panel, self.table = parts.overview, parts.range_panel, parts.table
        self.json_page, self.legend, self.empty = parts.json_page, parts.legend, parts.empty
        self.items = parts.items
        self._acts = parts.acts
        for asking in (self.asking, self.items):
            asking.settled.connect(self._settle)
        self._loading = QTimer(self)
        self._loading.setSingleShot(True)
        self._loading.setInterval(LOADING_MS)
        self._loading.timeout.connect(self._say_loading)
        self.panes = Panes(parts, self)
        self.splitter = self.panes.splitter
        self.finding = Finding(parts)
        self.looks = Looks(parts)
        self.setFocusProxy(self.waterfall)
        self._connect()
        self._say_nothing()

    def _connect(self) -> None:
        self._bridge.changed.connect(self._take_changes)
        self._parts.failed.connect(self.fail)
        self.finding.left.connect(lambda: self.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.looks.reshaping.connect(self.keep_current)
        self.looks.reshaped.connect(self.show_opened)
        self.empty.acted.connect(self._act_on_empty)
        self.header.issueFollowed.connect(lambda issue: self.navigate.emit(Place("issues", issue)))
        self.header.tabs.chosen.connect(self.show_tab)
        self.bar.more.clicked.connect(self.reload)
        self.banner.acted.connect(lambda: self.navigate.emit(Place("ingest", None, "outcome:refused")))
        self.details.issueFollowed.connect(
            lambda issue, event: self.navigate.emit(Place("issues", issue, extra=event))
        )
        self.details.spanFollowed.connect(self._go_to_span)
        self.details.traceFollowed.connect(
            lambda trace, span: self.navigate.emit(Place("traces", trace, extra=span))
        )
        self.details.codeWanted.connect(self._acts.open_code)
        self.range_panel.closed.connect(self.waterfall.ruler.clear)
        self.waterfall.ruler.rangeSelected.connect(self.range_panel.show_range)
        self.range_panel.sharesWanted.connect(self._sum_up)
        self.waterfall.ruler.rangeCleared.connect(self.range_panel.forget)
        self.waterfall.currentChanged.connect(self._show_details)
        self.waterfall.activated.connect(lambda _: self.steering.focus_details())
        self.waterfall.menuWanted.connect(self._show_menu)
        self.table.currentChanged.connect(self.waterfall.select)
        self.table.opened.connect(self._show_in_waterfall)
        self.table.menuWanted.connect(self._show_menu)
        self.steering.detailsWanted.connect(self._focus_details)
        self.steering.menuWanted.connect(lambda: self._show_menu(self.waterfall.menu_point()))
        self.steering.tabWanted.connect(self.show_tab)
        self.steering.copyWanted.connect(self._copy_all)
        self.items.navigate.connect(self.navigate)
        self.items.counted.connect(lambda number: self.header.tabs.set_count("items", number or None))
        self._acts.navigate.connect(self.navigate)
        self._acts.windowWanted.connect(self.windowWanted)
        self._acts.failed.connect(lambda sentence: self._say_above(sentence))

    # Opening

    @property
    def trace_id(self) -> str:
        """The trace open or being opened, 32 hex; "" for none."""
        return self._trace_id

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return self.asking.is_settled and self.items.is_settled

    def _settle(self) -> None:
        if self.is_settled:
            self.settled.emit()

    @property
    def opened(self) -> OpenedTrace | None:
        """The trace shown."""
        return self._parts.opened

    def title(self) -> str:
        """Return what the window may be called."""
        if self.opened is None:
            return tr("Trace")
        return self.opened.row.name or tr("Trace {id}").format(id=self._trace_id[:8])

    def open(self, trace_id: str, span_id: str | None = None) -> None:
        """Show the trace with *trace_id* (32 hex); with *span_id* (16 hex), that span selected."""
        wanted = _bytes(trace_id, 16)
        self._wanted_span = _bytes(span_id or "", 8)
        if wanted is None:
            self._trace_id, self._parts.opened = "", None
            sentence = tr("{id} is not a trace id: it has 32 hexadecimal digits.")
            self._say_missing(sentence.format(id=repr(trace_id[:40])))
            return
        if trace_id == self._trace_id and self.opened is not None:
            self._select_wanted(self.opened.tree)
            return
        self.asking.cancel_all()
        self._parts.opened = None
        self._trace_id = self._acts.trace_id = trace_id
        self._read(wanted)

    def reload(self) -> None:
        """Read the open trace again; the current span stays current."""
        wanted = _bytes(self._trace_id, 16)
        if wanted is not None:
            self.keep_current()
            self._wanted_state = self.view_state()
            self._read(wanted)

    def keep_current(self) -> None:
        """Remember the current span, to be current again when the rows are made anew."""
        tree, current = self.waterfall.tree, self.waterfall.current
        number = tree.span_number(current) if tree is not None and current is not None else None
        if tree is not None and number is not None:
            self._wanted_span = tree.spans[number].span_id

    def _read(self, wanted: bytes) -> None:
        self._failed = False
        self._loading.start()
        self.asking.ask(
            "trace",
            read_trace,
            wanted,
            self._bridge.workspace,
            self.options.shaping(),
            answer=self._take,
            failed=self.fail,
            limit=_OPEN_LIMIT,
        )

    def _take(self, opened: OpenedTrace | None) -> None:
        self._loading.stop()
        if opened is None:
            self._parts.opened = None
            self._say_missing(
                tr("This trace is not in the workspace: retention removed it, or it never arrived.")
            )
            return
        self.bar.set_more(0)
        self.waterfall.ruler.clear()
        self.window_of_time.set_trace(opened.tree.duration)
        self.show_opened(opened)

    def show_opened(self, opened: OpenedTrace) -> None:
        """Show a trace as it was read, or as it was shaped anew."""
        self._parts.opened = opened
        self.panes.show_trace()
        self.header.show_trace(opened)
        self.overview.set_minimap(None)
        self.window_of_time.set_duration(opened.tree.duration)
        opened.rows.set_shown(grouping=self.options.is_on("grouping"), gaps=self.options.is_on("gaps"))
        self.waterfall.set_rows(opened.rows)
        self.table.set_tree(opened.tree)
        self.window_of_time.set_vitals(opened.vitals)
        self._say_shape(opened)
        self.looks.show_opened()
        self.finding.find_again()
        self._select_wanted(opened.tree)
        self._restore(opened.tree)
        self._show_json()
        self.items.ask(linked_to_trace, self._bridge.workspace, bytes.fromhex(self._trace_id))
        self._commands.refresh()

    def _select_wanted(self, tree: TraceTree) -> None:
        wanted, self._wanted_span = self._wanted_span, None
        if wanted is not None and self._select_span(tree, wanted):
            return
        if self.waterfall.current is None and len(tree):
            self.waterfall.select(0)

    def _select_span(self, tree: TraceTree, wanted: bytes) -> bool:
        number = next((n for n, span in enumerate(tree.spans) if span.span_id == wanted), None)
        if number is not None:
            self.waterfall.select(tree.node_of[number])
        return number is not None

    def _go_to_span(self, span_id: str) -> None:
        wanted = _bytes(span_id, 8)
        if self.opened is not None and wanted is not None:
            self._select_span(self.opened.tree, wanted)

    def fail(self, sentence: str, details: str) -> None:
        """Say that something could not be read or worked out."""
        self._loading.stop()
        if self.opened is None:
            self._failed = True
            self.panes.show_empty()
            self.empty.say(sentence, action=tr("Try again"), icon="triangle-alert", details=details)
        else:
            self._say_above(sentence, details=details)

    # Saying how things stand

    def _say_nothing(self) -> None:
        self.panes.show_empty()
        self.empty.say(
            tr("No trace open"),
            tr("Choose one in the list of traces."),
            action=tr("Show traces"),
            icon="list-tree",
        )

    def _say_loading(self) -> None:
        if self.opened is None:
            self.empty.say(tr("Reading the trace…"), icon="loader")
            self.panes.show_empty()

    def _say_missing(self, sentence: str) -> None:
        self.panes.show_empty()
        self.empty.say(tr("Trace not found"), sentence, action=tr("Show traces"), icon="unlink")

    def _act_on_empty(self) -> None:
        wanted = _bytes(self._trace_id, 16)
        if wanted is not None and self._failed:
            self._read(wanted)
        else:
            self.navigate.emit(Place("traces", None))

    def _say_shape(self, opened: OpenedTrace) -> None:
        sentence = shape_sentence(opened.tree)
        if opened.is_cut:
            cut = tr("Only the first {count} spans are shown.").format(count=f"{len(opened.tree.spans):,}")
            sentence = f"{cut} {sentence}".strip()
        if sentence:
            self._say_above(sentence, level="warning", action=tr("Why?"))
        else:
            self.panes.banner_room.hide()

    def _say_above(self, sentence: str, *, details: str = "", level: str = "error", action: str = "") -> None:
        self.banner.say(sentence, details=details, level=level, action=action)
        self.panes.banner_room.show()

    # Tabs, details, ranges

    def show_tab(self, key: str) -> None:
        """Show the trace as ``waterfall``, ``table``, ``json`` or ``items``."""
        self.header.tabs.choose(key)
        had_focus = self.panes.pages.isAncestorOf(self.focusWidget() or self)
        self.panes.show_page(key)
        if key == "table":
            self.table.show_now()
            if self.waterfall.current is not None:
                self.table.show_node(self.waterfall.current)
        elif key == "json":
            self._show_json()
        lists = {"table": self.table.list, "json": self.json_page.tree, "items": self.items.list}
        page = lists.get(key, self.waterfall)
        self.setFocusProxy(page)
        if had_focus:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_in_waterfall(self, node: int) -> None:
        self.show_tab("waterfall")
        self.waterfall.select(node)
        self.waterfall.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_json(self) -> None:
        if self.opened is not None and self.header.tabs.current() == "json":
            self.asking.compute(
                "json", as_json, self.opened.tree, self._trace_id, MOST,
                answer=self.json_page.show_trace, failed=self.fail,
            )  # fmt: skip

    def _copy_all(self, form: str) -> None:
        if self.opened is None:
            return
        if form == "csv":
            self.table.show_now()
            QGuiApplication.clipboard().setText(self.table.csv())
        else:
            self.asking.compute(
                "copy", self.looks.whole_json, self.opened.tree, self._trace_id,
                answer=QGuiApplication.clipboard().setText, failed=self.fail,
            )  # fmt: skip

    def _sum_up(self, start: int, end: int, by: str) -> None:
        if self.opened is not None:
            self.asking.compute(
                "range", shares, self.opened.tree, start, end, By(by),
                answer=self.range_panel.show_shares, failed=self.fail,
            )  # fmt: skip

    def _show_details(self, node: int | None) -> None:
        opened = self.opened
        if opened is None or node is None:
            self.details.show_nothing()
            return
        self.details.show_node(opened.tree, node, self._trace_id, self.waterfall.repeat_of(node))
        self.finding.say_found()
        number = opened.tree.span_number(node)
        if number is None:
            self.asking.cancel("details")
            return
        self.asking.ask(
            "details",
            read_span,
            self._bridge.workspace,
            opened.tree.spans[number],
            answer=self._take_facts,
            failed=self._fail_facts,
        )

    def _take_facts(self, found: SpanFacts) -> None:
        self.details.show_facts(found)
        self._commands.refresh()

    def _fail_facts(self, sentence: str, details: str) -> None:
        self.details.show_facts(SpanFacts(missing=sentence))

    def _focus_details(self) -> None:
        self.panes.open_details()
        target = self.details.times if self.details.form.current() == "details" else self.details.json
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def build_menu(self) -> QMenu:
        """Return the menu of the current row."""
        return row_menu(self._commands, QMenu(self))

    def _show_menu(self, at: "QPoint") -> None:
        menu = self.build_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._commands.refresh()
        menu.popup(at)

    # The way back

    def view_state(self) -> dict[str, Any]:
        """Return what is needed to come back: tab, query, fold, place, zoom, the current span."""
        if self.opened is None:
            return {}
        scale = self.window_of_time.scale
        return {
            "trace": self._trace_id,
            "tab": self.header.tabs.current(),
            "find": self.bar.field.text(),
            "zoom": [] if self.window_of_time.is_whole else [scale.start, scale.end],
            **rows_state(self.waterfall),
        }

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Come back to what `view_state` said, as soon as the trace has been read."""
        self._wanted_state = state
        if self.opened is not None and self.asking.holds("trace") is False:
            self._restore(self.opened.tree)

    def _restore(self, tree: TraceTree) -> None:
        state, self._wanted_state = self._wanted_state, None
        if not state or state.get("trace") != self._trace_id:
            return
        self.show_tab(str(state.get("tab") or "waterfall"))
        if state.get("find") and state["find"] != self.bar.field.text():
            self.bar.field.set_text(str(state["find"]))
            self.finding.find_again()
        if state.get("zoom"):
            self.window_of_time.show(*state["zoom"])
        restore_rows(self.waterfall, tree, state)

    # Live

    def _take_changes(self, changes: object) -> None:
        wanted = _bytes(self._trace_id, 16)
        if wanted is None or not isinstance(changes, tuple) or self.asking.holds("count"):
            return
        if any(change.kind is ChangeKind.TRACE and self._trace_id in change.ids for change in changes):
            self.asking.ask("count", count_spans, wanted, answer=self._take_count, failed=self._skip_count)

    def _skip_count(self, sentence: str, details: str) -> None:
        """The offer to reload is no use without a count; the next change asks again."""

    def _take_count(self, spans: int) -> None:
        if self.opened is None:
            self.reload()
        else:
            self.bar.set_more(max(0, spans - len(self.opened.tree.spans)))


def _bytes(text: str, length: int) -> bytes | None:
    """Return an id of *length* bytes from hex, None if it is none."""
    try:
        found = bytes.fromhex(text)
    except ValueError:
        return None
    return found if len(found) == length else None
