"""Asks which events of an issue are something else: conditions to tick, or to write."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.language import tr
from vedette.desktop.regrouping.fitting import Fitting, count_fitting
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import label, set_role
from vedette.desktop.widgets.units import count

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

TYPING_MS = 250
_ROOM = 520, 460
_MATCHER = Qt.ItemDataRole.UserRole


class SplitDialog(QDialog):
    """``chosen`` carries the matchers, and whether the events go to an issue that is there (True)."""

    chosen = Signal(str, bool)

    def __init__(
        self,
        bridge: "Bridge",
        theme: Theme,
        parent: QWidget,
        *,
        issue: int,
        short: str,
        conditions: Sequence[str],
    ) -> None:
        """*conditions* are matchers to tick."""
        super().__init__(parent)
        self._bridge = bridge
        self._issue = issue
        self._asking = InFlight(bridge, self)
        self.setObjectName("regrouping.split")
        self.setWindowTitle(tr("Split {issue}").format(issue=short))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.about = label(
            tr("Events for which all of this holds become an issue of their own, and those to come as well."),
            "muted",
        )
        self.about.setWordWrap(True)
        self.list = QListWidget()
        self.list.setObjectName("regrouping.split.conditions")
        self.list.setAccessibleName(tr("Conditions from the event shown"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        for matcher in conditions:
            item = QListWidgetItem(matcher)
            item.setData(_MATCHER, matcher)
            item.setToolTip(matcher)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.matchers = QLineEdit()
        self.matchers.setObjectName("regrouping.split.matchers")
        self.matchers.setAccessibleName(tr("Conditions as text"))
        self.matchers.setPlaceholderText('tags.till:"3" message:"*timeout*"')
        self.matchers.setMaxLength(4_000)
        self.said = label("", "caption", name="regrouping.split.said")
        self.said.setWordWrap(True)
        self.split = Button(theme, tr("Split off"), name="regrouping.split.new", role="primary")
        self.into = Button(theme, tr("Into another issue…"), name="regrouping.split.into")
        self.cancel = Button(theme, tr("Cancel"), name="regrouping.split.cancel")
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._lay_out()
        self._connect()
        self.resize(*_ROOM)
        self._say("")
        self._allow(can=False)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.cancel, self.into, self.split):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.about)
        column.addWidget(self.list, 1)
        column.addWidget(self.matchers)
        column.addWidget(self.said)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.list.itemChanged.connect(lambda _: self._write())
        self.matchers.textChanged.connect(self._take_text)
        self._typing.timeout.connect(self._ask)
        self.split.clicked.connect(lambda: self._choose(is_there=False))
        self.into.clicked.connect(lambda: self._choose(is_there=True))
        self.cancel.clicked.connect(self.reject)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being read."""
        return self._asking.is_settled and not self._typing.isActive()

    def _write(self) -> None:
        """Write the ticked conditions as text."""
        items = [self.list.item(row) for row in range(self.list.count())]
        ticked = [item.data(_MATCHER) for item in items if item.checkState() == Qt.CheckState.Checked]
        self.matchers.setText(" ".join(ticked))

    def _take_text(self) -> None:
        self._allow(can=False)
        self._say("")
        self._typing.start()

    def _ask(self) -> None:
        self._typing.stop()
        text = self.matchers.text().strip()
        if not text:
            return
        self._asking.ask(
            "fitting",
            count_fitting,
            self._bridge.workspace,
            self._issue,
            text,
            answer=self._show,
            failed=lambda sentence, _: self._say(sentence, is_wrong=True),
        )

    def _show(self, found: Fitting) -> None:
        if found.sentence:
            self._say(found.sentence, is_wrong=True)
            return
        if found.is_all:
            said = tr("{fit} of its {read} events fit.")
        else:
            said = tr("{fit} of its newest {read} events fit.")
        words = said.format(fit=count(found.fit), read=count(found.read))
        everything = bool(found.read) and found.fit == found.read and found.is_all
        if everything:
            words += " " + tr("That is all of them: there would be nothing left to split from.")
        self._say(words)
        self._allow(can=found.fit > 0 and not everything)

    def _say(self, words: str, *, is_wrong: bool = False) -> None:
        self.said.setText(words)
        set_role(self.said, "error" if is_wrong else "caption")

    def _allow(self, *, can: bool) -> None:
        self.split.setEnabled(can)
        self.into.setEnabled(can)

    def _choose(self, *, is_there: bool) -> None:
        text = self.matchers.text().strip()
        self.accept()
        self.chosen.emit(text, is_there)
