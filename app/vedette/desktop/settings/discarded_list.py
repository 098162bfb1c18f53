"""What was deleted and is not wanted again, in the settings: which events are filtered, and the way back."""

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from vedette.desktop.language import tr
from vedette.desktop.settings.match_label import MatchLabel
from vedette.desktop.settings.read import Discarded
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button

_MOST_ROWS = 5


class DiscardedList(QWidget):
    """Two lines each: the title of the issue that was deleted, its project and since when."""

    letIn = Signal(object)
    """Carries the `Discarded` whose events are wanted again."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._discarded: tuple[Discarded, ...] = ()
        self._listening = False
        self.about = MatchLabel(theme, "", "muted", name="settings.discarded.about")
        self.list = QListWidget()
        self.list.setObjectName("settings.discarded")
        self.list.setAccessibleName(tr("Discarded"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.let_in = Button(theme, tr("Let it in again"), name="settings.discarded.let_in", role="small")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 6)
        column.setSpacing(8)
        column.addWidget(self.about)
        column.addWidget(self.list)
        column.addWidget(self.let_in, 0, Qt.AlignmentFlag.AlignLeft)
        theme.changed.connect(self._draw)
        self.list.currentRowChanged.connect(lambda _: self._show_state())
        self.let_in.clicked.connect(self._let_in)
        self.show_discarded(())

    def show_discarded(self, discarded: tuple[Discarded, ...]) -> None:
        """Show what is *discarded*; the chosen one stays chosen, else the one that took its place is."""
        at, chosen = self.list.currentRow(), self.chosen()
        self._discarded = discarded
        self.list.blockSignals(True)
        self.list.clear()
        for _ in discarded:
            self.list.addItem(QListWidgetItem())
        if discarded:
            keys = [one.key for one in discarded]
            same = keys.index(chosen.key) if chosen is not None and chosen.key in keys else None
            self.list.setCurrentRow(min(max(at, 0), len(keys) - 1) if same is None else same)
        self.list.blockSignals(False)
        self._draw()
        self._show_state()

    def chosen(self) -> Discarded | None:
        """Return the chosen one."""
        row = self.list.currentRow()
        return self._discarded[row] if 0 <= row < len(self._discarded) else None

    def set_listening(self, listening: bool) -> None:
        """Let things in only while a station runs."""
        self._listening = listening
        self._show_state()

    def apply_filter(self, words: Sequence[str], around: str = "") -> int:
        """Show the list if it or something in it fits, and choose the first that does."""
        own = f"{around} {self.about.plain} {self.let_in.text()} deleted filter hash unwanted".casefold()
        fits = all(word in own for word in words)
        fitting = [
            all(word in f"{own} {one.title} {one.project} {one.hash}".casefold() for word in words)
            for one in self._discarded
        ]
        if not fits and any(fitting):
            self.list.setCurrentRow(fitting.index(True))
        self.about.mark(words if fits else ())
        self.setVisible(fits or any(fitting))
        return int(fits or any(fitting))

    def _show_state(self) -> None:
        has_some = bool(self._discarded)
        self.about.say(
            tr("Issues that were deleted with “discard”: events like theirs are filtered.")
            if has_some
            else tr("Nothing is discarded. Deleting an issue can also discard events like its own.")
        )
        if not has_some and (self.list.hasFocus() or self.let_in.hasFocus()):
            self.focusNextChild()
        self.list.setVisible(has_some)
        self.let_in.setVisible(has_some)
        chosen = self.chosen()
        self.let_in.setEnabled(self._listening and chosen is not None)
        if chosen is not None:
            self.let_in.setAccessibleName(tr("Let events like {title} in again").format(title=_title(chosen)))

    def _let_in(self) -> None:
        chosen = self.chosen()
        if chosen is not None:
            self.letIn.emit(chosen)

    def _draw(self) -> None:
        height = 2 * self._theme.line_height("body") + 10
        for row, one in enumerate(self._discarded):
            item = self.list.item(row)
            at = QDateTime.fromMSecsSinceEpoch(one.at // 1_000)
            since = tr("{project}, since {when}").format(
                project=one.project, when=QLocale().toString(at, QLocale.FormatType.ShortFormat)
            )
            item.setText(f"{_title(one)}\n{since}")
            item.setToolTip(one.hash)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{_title(one)}, {since}")
            item.setSizeHint(QSize(0, height))
        self.list.setFixedHeight(min(_MOST_ROWS, max(1, len(self._discarded))) * height + 6)


def _title(one: Discarded) -> str:
    """Return the title in one line; the hash where the issue had none."""
    return " ".join(one.title.split()) or one.hash
