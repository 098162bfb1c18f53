"""The comparison of two events: what differs part by part, or line by line in the bytes of both."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.compare.actions import compare_commands
from vedette.desktop.compare.differences import Counts, Difference, Kind, counts, swapped
from vedette.desktop.compare.heads import Heads
from vedette.desktop.compare.json_lines import LineComparison, compare_lines
from vedette.desktop.compare.markdown import comparison_markdown
from vedette.desktop.compare.paint import RowPaint
from vedette.desktop.compare.read import Comparison, Side, newest_of, parse_pair, read_comparison
from vedette.desktop.issue.bar_layout import BarLayout, Leaves, lay_in_bar
from vedette.desktop.issue.clamped_text import ClampedText
from vedette.desktop.issue.menu_key import open_menu_at_focus
from vedette.desktop.issue.parts import SIDE
from vedette.desktop.language import tr
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button, command_button
from vedette.desktop.widgets.code_view import CodeView
from vedette.desktop.widgets.labels import frame, label
from vedette.desktop.widgets.notices import Banner, EmptyState, Toast
from vedette.desktop.widgets.paged_model import Column, PageAnswer, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.desktop.widgets.units import count

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

LOADING_MS = 150
_ALL = 1_000_000
_SAME, _NOISE = "compare.same", "compare.noise"


class CompareView(QWidget):
    """Two events. ``go`` shows the pair a Place names."""

    navigate = Signal(object)
    windowWanted = Signal(object)
    settled = Signal()

    def __init__(
        self, bridge: "Bridge", commands: CommandRegistry, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._commands = commands
        self._found: Comparison | None = None  # with the sides as they were asked for
        self._rows: tuple[Difference, ...] = ()
        self._is_swapped = False
        self._lines: LineComparison | None = None
        self._change = -1
        self._restoring: dict[str, Any] = {}
        self._asking = InFlight(bridge, self)
        self._asking.settled.connect(self.settled)
        self.setObjectName("compare.view")
        self.setProperty("role", "canvas")
        self.setProperty("commandContext", "compare")
        self.setAccessibleName(tr("Comparison of two events"))
        commands.register(*compare_commands(self))
        self._make_parts()
        self._lay_out()
        self.forms.chosen.connect(lambda _: self._show_form())
        self.heads.opened.connect(self.open_side)
        self.list.currentRowChanged.connect(self._show_whole)
        self.list.rowOpened.connect(lambda _: self.details.setVisible(True))
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.empty.acted.connect(lambda: self.navigate.emit(Place("issues")))
        self._say_nothing()

    # ---------------------------------------------------------------- construction

    def _make_parts(self) -> None:
        theme, commands = self._theme, self._commands
        self.heading = label(tr("Compare events"), "title", name="compare.title")
        self.issue = ClampedText(theme, "caption", "text.muted", name="compare.issue")
        self.forms = Segmented(
            theme,
            [Segment("parts", tr("By part")), Segment("raw", tr("Raw JSON"))],
            name="compare.form",
            title=tr("How the events are compared"),
        )
        self.swap_button = command_button(theme, commands, "compare.swap", role="small")
        self.next = command_button(theme, commands, "compare.next", role="small", show_hint=True)
        self.previous = command_button(theme, commands, "compare.previous", role="small")
        self.copy = command_button(theme, commands, "compare.copy_markdown", role="small")
        self.copy.setText(tr("Copy"))
        self.differ = label("", "title", name="compare.differ")
        self.differ.setContentsMargins(0, 0, 4, 0)
        self.only_a = label("", "muted", name="compare.only_a")
        self.only_b = label("", "muted", name="compare.only_b")
        self.same = self._toggle("same", "compare.same")
        self.noise = self._toggle("noise", "compare.noise")
        self.heads = Heads(theme)
        self.banner = Banner(theme, name="compare.banner")
        self.model: PagedModel[Difference] = PagedModel(
            (Column[Difference](tr("Difference")),),
            self._fetch,
            key=lambda row: row.at,
            describe=lambda row: row.sentence,
            page=_ALL,
            parent=self,
        )
        self.list = PaintedList(
            theme, name="compare.rows", title=tr("Differences"), row_lines=("title", "caption"), header=False
        )
        self.list.set_model(self.model)
        self.list.set_painter(0, RowPaint(theme))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.whole_a = CodeView(
            theme, name="compare.whole.a", title=tr("Value in A"), most_lines=8, numbers=False
        )
        self.whole_b = CodeView(
            theme, name="compare.whole.b", title=tr("Value in B"), most_lines=8, numbers=False
        )
        self.raw = CodeView(theme, name="compare.raw", title=tr("Raw events line by line"), most_lines=3)
        self.raw.setSizePolicy(self.list.sizePolicy())
        self.empty = EmptyState(theme, name="compare.empty")
        self.alike = EmptyState(theme, name="compare.alike")
        self.toast = Toast(theme, self, name="compare.toast")
        self._loading = QTimer(self)
        self._loading.setSingleShot(True)
        self._loading.setInterval(LOADING_MS)
        self._loading.timeout.connect(self._say_loading)

    def _toggle(self, name: str, command: str) -> Button:
        button = Button(self._theme, "", name=f"compare.{name}.toggle", role="quiet")
        button.setCheckable(True)
        button.clicked.connect(lambda: self._commands.run(command))
        button.setToolTip(self._commands.tool_tip(command))
        return button

    def _lay_out(self) -> None:
        top, sums = frame("bar"), frame("bar")
        head = BarLayout(8, (SIDE, 8, SIDE, 8))
        head.add(self.heading)
        head.add(self.issue, stretch=True, least=80)
        head.add_space()
        buttons: tuple[QWidget, ...] = (
            self.forms, self.swap_button, self.previous, self.next, self.copy,
        )  # fmt: skip
        for button in buttons:
            head.add(button)
        lay_in_bar(top, head)
        line = BarLayout(14, (SIDE, 4, SIDE, 4))
        for told in (self.differ, self.only_a, self.only_b, self.same, self.noise):
            line.add(told)
        lay_in_bar(sums, line)
        heads = frame("bar")
        above = QHBoxLayout(heads)
        above.setContentsMargins(0, 0, 0, 0)
        above.addWidget(self.heads)
        self.details = QWidget()
        both = QHBoxLayout(self.details)
        both.setContentsMargins(SIDE, 6, SIDE, 8)
        both.setSpacing(12)
        both.addWidget(self.whole_a, 1, Qt.AlignmentFlag.AlignTop)
        both.addWidget(self.whole_b, 1, Qt.AlignmentFlag.AlignTop)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setObjectName("compare.splitter")
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.details)
        self.splitter.setStretchFactor(0, 1)
        self._forms = Leaves()
        for widget in (self.splitter, self.raw, self.alike):
            self._forms.addWidget(widget)
        self._whole = QWidget()
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (top, heads, sums, self.banner):
            column.addWidget(part)
        column.addWidget(self._forms, 1)
        self._layers = QStackedWidget()
        self._layers.addWidget(self.empty)
        self._layers.addWidget(self._whole)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._layers)
        self.setFocusProxy(self.list)

    # ---------------------------------------------------------------- what is shown

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being read or compared."""
        return self._asking.is_settled

    @property
    def comparison(self) -> Comparison | None:
        """What is compared, None for nothing."""
        return self._found

    def shown(self) -> Sequence[Difference]:
        """Return the rows in sight of the list."""
        return self.model.rows

    def title(self) -> str:
        """Return what is compared, in short."""
        if self._found is None:
            return tr("Compare events")
        names = [side.issue.short if side.issue else side.row.event_id[:8] for side in self._sides()]
        return tr("Compare {a} and {b}").format(a=names[0], b=names[1])

    def go(self, place: Place) -> None:
        """Show the pair of events whose row ids ``extra`` gives, or the issues whose ids ``id`` does."""
        pair = parse_pair(place.extra)
        issues = parse_pair(str(place.id or "").replace(":", ","))
        self._is_swapped = False
        if pair is not None:
            self._read(read_comparison, self._bridge.workspace, *pair)
        elif issues is not None:
            self._read(_read_issues, self._bridge.workspace, *issues)
        else:
            self._found = None
            self._say_nothing()

    def _read(self, question: Any, *args: object) -> None:
        if self._found is None:
            self._loading.start()
        self._asking.cancel("raw")
        self._asking.ask("pair", question, *args, answer=self._take, failed=self._fail)

    def _take(self, found: Comparison | None) -> None:
        self._loading.stop()
        self.banner.clear()
        self._found = found
        self._lines, self._change = None, -1
        if found is None:
            self.empty.say(
                tr("One of the events is gone"),
                tr("Retention removed it, or its issue was deleted."),
                action=tr("Show all issues"),
                icon="git-compare",
            )
            self._layers.setCurrentWidget(self.empty)
        else:
            self._rows = found.rows
            missing = found.a.missing or found.b.missing
            if missing:
                self.banner.say(missing, level="warning")
            self._layers.setCurrentWidget(self._whole)
            self._show()
            self._restore()
        self._commands.refresh()

    def _fail(self, sentence: str, details: str) -> None:
        self._loading.stop()
        if self._found is None:
            self.empty.say(
                tr("The events could not be compared"),
                sentence,
                action=tr("Show all issues"),
                icon="triangle-alert",
            )
            self._layers.setCurrentWidget(self.empty)
        else:
            self.banner.say(sentence, details=details)

    def _say_nothing(self) -> None:
        self.empty.say(
            tr("Nothing to compare"),
            tr("Open an event and press D, or mark two issues and press D."),
            action=tr("Show all issues"),
            icon="git-compare",
        )
        self._layers.setCurrentWidget(self.empty)

    def _say_loading(self) -> None:
        self.empty.say(tr("Comparing…"), icon="loader")
        self._layers.setCurrentWidget(self.empty)

    def _sides(self) -> tuple[Side, Side]:
        assert self._found is not None
        a, b = self._found.a, self._found.b
        return (b, a) if self._is_swapped else (a, b)

    def _show(self) -> None:
        """Put everything in its place again: sides, sums, rows."""
        if self._found is None:
            return
        a, b = self._sides()
        self.heads.a.set_side(a)
        self.heads.b.set_side(b)
        same_issue = self._found.same_issue and a.issue is not None
        self.issue.set_text(f"{a.issue.short}  {a.issue.title}" if same_issue and a.issue is not None else "")
        self.heads.a.issue.setVisible(not same_issue)
        self.heads.b.issue.setVisible(not same_issue)
        self._say_sums(counts(self._rows))
        key = self.list.current_key()
        self.model.reload()
        if key is None or not self.list.select_key(key):
            self.list.go_home()
        self._show_form()

    def _say_sums(self, number: Counts) -> None:
        self.differ.setText(tr("{count} differ", "", number.differ).format(count=count(number.differ)))
        for part, words, n in (
            (self.only_a, tr("− {count} only in A"), number.only_a),
            (self.only_b, tr("+ {count} only in B"), number.only_b),
        ):
            part.setText(words.format(count=count(n)))
            part.setVisible(n > 0)
        same, noise = count(number.same), count(number.noise)
        self.same.setText(
            (tr("{count} the same, shown") if self.shows_same() else tr("{count} the same, hidden")).format(
                count=same
            )
        )
        self.noise.setText(
            (
                tr("{count} always differ, shown")
                if self.shows_noise()
                else tr("{count} always differ, folded")
            ).format(count=noise)
        )
        for button, n, on in (
            (self.same, number.same, self.shows_same()),
            (self.noise, number.noise, self.shows_noise()),
        ):
            button.setVisible(n > 0)
            button.setChecked(on)
            button.setAccessibleName(button.text())

    def _fetch(self, after: Difference | None, limit: int, answer: PageAnswer[Difference]) -> None:
        answer([row for row in self._rows if self._is_shown(row)] if after is None else [])

    def _is_shown(self, row: Difference) -> bool:
        if row.kind is Kind.SAME:
            return self.shows_same()
        return self.shows_noise() or not row.is_noise

    def _show_form(self) -> None:
        if self.shows_raw():
            self._forms.setCurrentWidget(self.raw)
            self.setFocusProxy(self.raw)
            self._read_lines()
        elif self.model.rows:
            self._forms.setCurrentWidget(self.splitter)
            self.setFocusProxy(self.list)
        else:
            self.alike.say(
                tr("Nothing differs"),
                tr("Beside ids, moments and the like, the two events say the same."),
                icon="circle-check",
            )
            self._forms.setCurrentWidget(self.alike)
        self._commands.refresh()

    def _read_lines(self) -> None:
        if self._found is not None and self._lines is None:
            a, b = self._sides()
            self._asking.compute(
                "raw", compare_lines, a.raw, b.raw, answer=self._take_lines, failed=self._fail
            )

    def _take_lines(self, lines: LineComparison) -> None:
        self._lines, self._change = lines, -1
        self.raw.set_lines(lines.lines)
        if lines.is_cut:
            self.banner.say(tr("The events are too long; their beginnings are compared."), level="info")
        self._commands.refresh()

    def _show_whole(self, key: object) -> None:
        row = self.model.row_by_key(key) if isinstance(key, int) else None
        self.details.setVisible(row is not None)
        if row is not None:
            for part, value in ((self.whole_a, row.a), (self.whole_b, row.b)):
                part.set_source((value or "").split("\n")[:200], filename="x.txt")
                part.setVisible(value is not None)

    # ---------------------------------------------------------------- what commands act on

    def has_comparison(self) -> bool:
        return self._found is not None

    def has_differences(self) -> bool:
        if self.shows_raw():
            return self._lines is not None and bool(self._lines.changes)
        return any(row.kind is not Kind.SAME and self._is_shown(row) for row in self._rows)

    def go_next(self) -> None:
        self._step(1)

    def go_previous(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        """Go to the next difference in either direction, round the ends."""
        if self.shows_raw():
            self._step_lines(by)
            return
        places = [at for at, row in enumerate(self.model.rows) if row.kind is not Kind.SAME]
        if not places:
            return
        here = self.list.currentIndex().row()
        ahead = [at for at in places if (at > here if by > 0 else at < here)]
        target = (ahead[0] if by > 0 else ahead[-1]) if ahead else (places[0] if by > 0 else places[-1])
        self.list.select_key(self.model.key_at(target))

    def _step_lines(self, by: int) -> None:
        if self._lines is None or not self._lines.changes:
            return
        self._change = (
            (self._change + by) % len(self._lines.changes) if self._change >= 0 else (0 if by > 0 else -1)
        )
        self._change %= len(self._lines.changes)
        self.raw.reveal(self._lines.changes[self._change])

    def swap(self) -> None:
        self._is_swapped = not self._is_swapped
        self._rows = swapped(self._rows)
        self._lines = None
        self._show()

    def toggle_same(self) -> None:
        self._bridge.preferences.set(_SAME, not self.shows_same())
        self._show()

    def shows_same(self) -> bool:
        return self._bridge.preferences.get(_SAME, False)

    def toggle_noise(self) -> None:
        self._bridge.preferences.set(_NOISE, not self.shows_noise())
        self._show()

    def shows_noise(self) -> bool:
        return self._bridge.preferences.get(_NOISE, False)

    def toggle_raw(self) -> None:
        self.forms.choose("parts" if self.shows_raw() else "raw")
        self._show_form()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def shows_raw(self) -> bool:
        return self.forms.current() == "raw"

    def copy_markdown(self) -> None:
        if self._found is not None:
            a, b = self._sides()
            rows = swapped(self._found.outgoing) if self._is_swapped else self._found.outgoing
            text = comparison_markdown(Comparison(a, b, rows), rows)
            QGuiApplication.clipboard().setText(text)
            self.toast.say(tr("Copied as Markdown"))

    def open_side(self, side: str) -> None:
        if self._found is not None:
            row = self._sides()[0 if side == "a" else 1].row
            self.navigate.emit(Place("issues", row.issue, extra=row.event_id))

    def go_back(self) -> None:
        self.open_side("a")

    def show_menu(self) -> None:
        open_menu_at_focus(self)

    def _show_menu(self, at: QPoint) -> None:
        row = self.model.row_by_key(self.list.current_key())
        if row is None:
            return
        menu = QMenu(self)
        menu.setObjectName("compare.menu")
        copy = QGuiApplication.clipboard().setText
        for title, text in (
            (tr("Copy value of A"), row.a),
            (tr("Copy value of B"), row.b),
            (tr("Copy name"), row.label),
            (tr("Copy row"), f"{row.label}\t{row.a or ''}\t{row.b or ''}"),
        ):
            action = menu.addAction(title)
            action.setEnabled(text is not None)
            action.triggered.connect(lambda _=False, text=text: copy(text or ""))
        menu.addSeparator()
        self._commands.fill_menu(menu, ("compare.copy_markdown",))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(at))

    # ---------------------------------------------------------------- back and forward

    def view_state(self) -> dict[str, Any]:
        """Return what going back has to bring back."""
        return {
            "row": self.list.current_key(),
            "scroll": self.list.verticalScrollBar().value(),
            "form": self.forms.current(),
            "swapped": self._is_swapped,
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        """Bring a state back, when the events have been read."""
        self._restoring = state
        if not self._asking.holds("pair"):
            self._restore()

    def _restore(self) -> None:
        state, self._restoring = self._restoring, {}
        if not state or self._found is None:
            return
        if state.get("swapped") is True:
            self.swap()
        if state.get("form") in ("parts", "raw"):
            self.forms.choose(str(state["form"]))
            self._show_form()
        if isinstance(state.get("row"), int):
            self.list.select_key(state["row"], reveal=False)
        if isinstance(state.get("scroll"), int):
            self.list.verticalScrollBar().setValue(state["scroll"])

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.toast.hide()


def _read_issues(db: Any, workspace: Any, first: int, second: int) -> Comparison | None:
    """Return the most telling events of two issues compared."""
    rows = [newest_of(db, issue) for issue in (first, second)]
    if rows[0] is None or rows[1] is None:
        return None
    return read_comparison(db, workspace, rows[0], rows[1])
