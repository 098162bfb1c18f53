"""Why grouped: what decided in one sentence, the hashes, and the tree they were taken from."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.issue.bar_layout import BarLayout, bar_of
from vedette.desktop.issue.grouping.drafts import RuleKind, drafts_for
from vedette.desktop.issue.grouping.parts import Part, only_counting
from vedette.desktop.issue.grouping.read import Explanation, read_explanation
from vedette.desktop.issue.grouping.tree import PartTree
from vedette.desktop.issue.parts import SIDE, empty_part
from vedette.desktop.issue.read import EventPage
from vedette.desktop.issue.stack.outline import exceptions_of
from vedette.desktop.language import mark, tr
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.domain.json import JsonObject

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

_DECIDED = {
    "app": mark("Events with the same in-app frames are one issue."),
    "system": mark("Events with the same frames, those of libraries too, are one issue."),
    "default": mark("Events with the same content are one issue."),
    "message": mark("Events with the same message, but for numbers and ids in it, are one issue."),
    "fingerprint": mark("The fingerprint decides, whatever the event says."),
    "checksum": mark("The SDK sent a checksum, which decides."),
    "fallback": mark("The event has nothing to group by: all such events are one issue."),
}


class WhyGroupedPage(QWidget):
    """The explanation of one event; read when it is looked at."""

    settled = Signal()
    navigate = Signal(object)

    def __init__(self, bridge: "Bridge", theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._page: EventPage | None = None
        self._explanation: Explanation | None = None
        self._asking = InFlight(bridge, self)
        self._asking.settled.connect(self.settled)
        self.setObjectName("event.section.grouping")
        self.setAccessibleName(tr("Why grouped"))
        self.sentence = label("", "title", name="event.grouping.sentence")
        self.sentence.setWordWrap(True)
        self.facts = label("", "caption", name="event.grouping.facts")
        self.facts.setWordWrap(True)
        self.shown = Segmented(
            theme,
            [Segment("counting", tr("What counts")), Segment("all", tr("All parts"))],
            name="event.grouping.shown",
            title=tr("Which parts"),
        )
        self.tree = PartTree(
            theme, name="event.grouping.tree", title=tr("Parts of the event that were looked at")
        )
        self.tree.extend_menu = self._add_rules
        self.rule = Button(
            theme, tr("Make a rule…"), name="event.grouping.rule", role="small", icon="square-pen"
        )
        self.rules = Button(theme, tr("Rules"), name="event.grouping.rules", role="quiet", icon="list")
        self.rules.setToolTip(tr("The rules of the project, under Settings › Grouping"))
        self.empty = empty_part(theme, "event.grouping.empty", "", "", "layers")
        self._lay_out()
        self.shown.choose("all")
        self.shown.chosen.connect(lambda _: self._show_parts())
        self.rule.clicked.connect(self._show_rules_menu)
        self.rules.clicked.connect(lambda: self._go_to_rules(RuleKind.FINGERPRINT, ""))

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(SIDE, 14, SIDE, 0)
        head.setSpacing(4)
        head.addWidget(self.sentence)
        head.addWidget(self.facts)
        bar = BarLayout(8, (SIDE, 8, SIDE, 8))
        bar.add(self.shown)
        bar.add(self.rule)
        bar.add(self.rules)
        self.bar = bar_of(bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self.tree, 1)
        column.addWidget(self.empty, 1)
        self.empty.hide()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being read."""
        return self._asking.is_settled

    def set_page(self, page: EventPage) -> None:
        """Explain another event."""
        self._asking.cancel_all()
        self._page = page
        self._asking.ask(
            "explanation",
            read_explanation,
            self._bridge.workspace,
            page.row,
            answer=self._take,
            failed=self._fail,
        )

    def _take(self, explanation: Explanation) -> None:
        self._explanation = explanation
        decided = _DECIDED.get(explanation.variant)
        self.sentence.setText(tr(decided) if decided else "")
        self.facts.setText(" · ".join(_facts(explanation)))
        for part in (self.sentence, self.facts, self.bar, self.tree):
            part.show()
        self.empty.hide()
        self._show_parts()

    def _fail(self, _kind: str, why: str) -> None:
        for part in (self.sentence, self.facts, self.bar, self.tree):
            part.hide()
        self.empty.say(tr("The event cannot be explained"), why, icon="layers")
        self.empty.show()

    # ---------------------------------------------------------------- rules

    def _add_rules(self, menu: QMenu, above: tuple[Part, ...]) -> None:
        """Put what could be made a rule of *above* into *menu*; choosing one shows it in the editor."""
        page = self._page
        if page is None:
            return
        apart = QMenu(tr("Apart by a tag"), menu)
        for draft in drafts_for(above, *_names(page.event), page.tags):
            into = apart if draft.is_by_tag else menu
            action = into.addAction(draft.title)
            action.setToolTip(draft.rule)
            action.triggered.connect(partial(self._go_to_rules, draft.kind, draft.rule))
        if apart.actions():
            menu.addMenu(apart)

    def _show_rules_menu(self) -> None:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add_rules(menu, self.tree.current_parts())
        menu.popup(self.rule.mapToGlobal(self.rule.rect().bottomLeft()))

    def _go_to_rules(self, kind: RuleKind, rule: str, *_: object) -> None:
        if self._page is not None:
            self.navigate.emit(Place("settings", "grouping", extra=f"{self._page.row.project}:{kind}:{rule}"))

    # ---------------------------------------------------------------- parts

    def _show_parts(self) -> None:
        if self._explanation is None:
            return
        parts = self._explanation.parts
        self.tree.set_parts(only_counting(parts) if self.shown.current() == "counting" else parts)


def _facts(explanation: Explanation) -> list[str]:
    """Return what is worth a word about the hashes and the editions."""
    found = [tr("Hash {hash}").format(hash=explanation.hashes[0][:12])] if explanation.hashes else []
    if explanation.hashes and not explanation.leading:
        found.append(tr("it would not come here any more: it was moved, or grouped by other rules"))
    if explanation.made_by and explanation.made_by != explanation.edition:
        found.append(
            tr("the issue was made by edition {old}, events are grouped by {new} now").format(
                old=explanation.made_by, new=explanation.edition
            )
        )
    else:
        found.append(tr("Edition {name}").format(name=explanation.edition))
    return found


def _names(event: JsonObject) -> tuple[str, str]:
    """Return the type of the event's last exception and its message, "" for what it has not."""
    exceptions = exceptions_of(event)
    if exceptions:
        _, last = exceptions[-1]
        return str(last.get("type") or ""), str(last.get("value") or "")
    entry = event.get("logentry")
    found = entry if isinstance(entry, dict) else {}
    return "", str(found.get("formatted") or found.get("message") or "")
