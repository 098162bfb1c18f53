"""One box for everything: commands, places, what is open, runs and times; ids and links go straight there."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import tr
from vedette.desktop.shell.links import workspace_name
from vedette.desktop.shell.palette_entries import Around, Deeds, Entries
from vedette.desktop.shell.palette_recent import Recent
from vedette.desktop.shell.palette_rows import Entry, EntryModel, EntryPainter
from vedette.desktop.shell.prompt import Mode, read_prompt
from vedette.desktop.shell.targets import Target, is_id
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.labels import label

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

ANNOUNCE_MS = 400
"""Screen readers hear how many were found once typing has paused for this long."""
SECONDS = 1.0
"""The store is asked no longer than this for what is typed."""
_SHOWN = 12
_WIDTH = 620
_TOP = 64


def _local_now() -> datetime:
    return datetime.now(UTC).astimezone()


class Palette(QFrame):
    """Ctrl+K. Type, arrows, Enter. A prefix narrows what is found; ``?`` lists them."""

    chosen = Signal(object)
    """A Place was chosen."""
    scopeWanted = Signal(object)
    """A Scope was chosen: the window should show that from now on."""

    def __init__(
        self,
        bridge: "Bridge",
        commands: CommandRegistry,
        theme: Theme,
        parent: QWidget,
        *,
        clock: Callable[[], datetime] = _local_now,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._commands = commands
        self._theme = theme
        self._clock = clock
        self._name = workspace_name(bridge.workspace.folder)
        self._asking = InFlight(bridge, self)
        self._targets: Sequence[Target] = ()
        self._around = Around()
        self._moved = False  # the user chose a line with the arrows
        self._rows = _SHOWN
        self._taking = False  # Enter was pressed before the store answered
        self._recent = Recent(bridge.preferences, self._name)
        deeds = Deeds(commands.run, self._go, self.scopeWanted.emit, self._type_in, _open_page)
        self._entries = Entries(commands, self._recent, deeds)
        commands.ran.connect(self._note_command)
        self._announce = QTimer(self)
        self._announce.setSingleShot(True)
        self._announce.setInterval(ANNOUNCE_MS)
        self._announce.timeout.connect(self._say_count)
        self._lay_out()

    def _lay_out(self) -> None:
        self.setObjectName("palette")
        self.setProperty("role", "card")
        self.setAccessibleName(tr("Commands and places"))
        self.edit = QLineEdit()
        self.edit.setObjectName("palette.edit")
        self.edit.setAccessibleName(tr("Command, words or id"))
        self.edit.setAccessibleDescription(tr("Type ? for what else can be looked for"))
        self.edit.setPlaceholderText(
            tr("Command, words, or a pasted event id, trace id, DESK-12 …  ? for more")
        )
        self.model = EntryModel(self)
        self.found = QListView()
        self.found.setObjectName("palette.found")
        self.found.setAccessibleName(tr("Found"))
        self.found.setUniformItemSizes(True)
        self.found.setModel(self.model)
        self.found.setItemDelegate(EntryPainter(self._theme, self.model, self))
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(8)
        layout.addWidget(self.edit)
        layout.addWidget(self.found)
        self.none = label(tr("Nothing here is called so."), "muted", name="palette.none")
        layout.addWidget(self.none)
        self.edit.textChanged.connect(self._search)
        self.edit.installEventFilter(self)
        self.found.clicked.connect(lambda index: self._take(index.row()))

    @property
    def is_settled(self) -> bool:
        """Whether everything that is found stands in the list."""
        return self._asking.is_settled

    def open_over(self, window: QWidget, text: str = "", around: Around | None = None) -> None:
        """Show the box over *window* with *text* in it; *around* is what is open and selected there."""
        self._around = around or Around()
        width = min(_WIDTH, window.width() - 40)
        self.setFixedWidth(width)
        self._rows = max(1, min(_SHOWN, (window.height() - 160) // self._theme.row_height("body")))
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - width) // 2, corner.y() + min(_TOP, window.height() // 10))
        self.edit.setText(text)
        self._search(text)
        self.show()
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    # ---------------------------------------------------------------- finding

    def _search(self, text: str) -> None:
        self._targets, self._moved, self._taking = (), False, False
        self._asking.cancel("targets")
        prompt = read_prompt(text)
        if prompt.mode is Mode.RUNS:
            self._ask(_find_runs, prompt.text)
        elif prompt.mode is Mode.ANYTHING and prompt.text:
            self._ask(_find_targets, prompt.text, self._name)
        self._fill()

    def _ask(self, question: Callable[..., list[Target]], *given: str) -> None:
        self._asking.ask(
            "targets",
            question,
            *given,
            answer=self._take_targets,
            failed=lambda *_: self._take_targets(()),
            limit=SECONDS,
        )

    def _take_targets(self, targets: Sequence[Target]) -> None:
        self._targets = targets
        taking, self._taking = self._taking, False
        self._fill()
        if taking:
            self._take(0)

    def _fill(self) -> None:
        current = self.found.currentIndex().row()
        kept = self.model.entries[current] if self._moved and current >= 0 else None
        entries = self._entries.gather(
            read_prompt(self.edit.text()), self._around, self._targets, self._clock()
        )
        self.model.set_entries(entries)
        # What the store adds does not take the line away that one has gone to.
        same = [n for n, entry in enumerate(entries) if kept is not None and _is_same(entry, kept)]
        self._choose(same[0] if same else 0)
        # Whole rows only, and no more of them than there are.
        shown = min(self._rows, len(entries))
        self.found.setFixedHeight(shown * self._theme.row_height("body") + 2 * self.found.frameWidth())
        self.found.setVisible(shown > 0)
        self.none.setVisible(not shown)
        self.adjustSize()
        self._announce.start()

    def _choose(self, row: int) -> None:
        if self.model.entries:
            self.found.setCurrentIndex(self.model.index(row % len(self.model.entries), 0))

    # ---------------------------------------------------------------- taking

    def _take(self, row: int) -> None:
        if not 0 <= row < len(self.model.entries):
            return
        entry = self.model.entries[row]
        if entry.does is None:
            return
        if not entry.stays:
            self.hide()
        entry.does()

    def _enter(self) -> None:
        if not self._moved and self._asking.holds("targets") and is_id(self.edit.text()):
            # Pasted and Enter at once: the answer is a moment away, and nothing else is meant.
            self._taking = True
            return
        self._take(self.found.currentIndex().row())

    def _go(self, target: Target) -> None:
        if target.scope is not None:
            self.scopeWanted.emit(target.scope)
        if target.place is not None:
            if target.title:
                self._recent.note_place(target.title, target.more, target.place)
            self.chosen.emit(target.place)

    def _note_command(self, command_id: str) -> None:
        if self._commands.command(command_id).listed:
            self._recent.note_command(command_id)

    def _type_in(self, text: str) -> None:
        self.edit.setText(text)

    # ---------------------------------------------------------------- keys and voice

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key, row = event.key(), self.found.currentIndex().row()
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: self._page(row, 1),
            Qt.Key.Key_PageUp: self._page(row, -1),
            Qt.Key.Key_Tab: 1,
            Qt.Key.Key_Backtab: -1,
        }
        if key in steps:
            self._step(row + steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def _page(self, row: int, way: int) -> int:
        """Return how far a page goes, up to the end and not round it."""
        last = len(self.model.entries) - 1
        return max(0, min(last, row + way * max(1, self._rows - 1))) - row

    def _step(self, row: int) -> None:
        if not self.model.entries:
            return
        self._moved = True
        self._choose(row)
        self._announce.stop()
        self._say(self.model.place_in_words(self.found.currentIndex().row()))

    def _say_count(self) -> None:
        if not self.isVisible():
            return
        count = len(self.model.entries)
        first = f"; {self.model.sentence(0)}" if count else ""
        self._say(tr("%n found", "in the palette", count) + first)

    def _say(self, sentence: str) -> None:
        """Have screen readers say *sentence*: the keyboard stays in the field, so they hear nothing else."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.edit, sentence))


def _is_same(one: Entry, other: Entry) -> bool:
    return (one.title, one.more, one.command) == (other.title, other.more, other.command)


def _open_page(page: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(page)))


# The store is loaded in the worker that asks it first, not with the window.


def _find_runs(db: Any, text: str) -> list[Target]:
    from vedette.desktop.shell.finding import find_runs

    return find_runs(db, text)


def _find_targets(db: Any, text: str, workspace: str) -> list[Target]:
    from vedette.desktop.shell.finding import find_targets

    return find_targets(db, text, workspace)
