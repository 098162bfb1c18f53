"""A query on one line: text while it is written, chips when it is not."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from vedette.desktop.shell.query_bar.chip_row import ChipRow
from vedette.desktop.shell.query_bar.completing import Completing
from vedette.desktop.shell.query_bar.completion import Suggestion, is_unfinished, taken
from vedette.desktop.shell.query_bar.draft import Draft, Off, Part
from vedette.desktop.shell.query_bar.edit import QueryEdit
from vedette.desktop.shell.query_bar.facts import StoreFacts
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.labels import repolish

TYPING_MS = 150
HOLD_MS = 600
"""A word that may become a key that is offered is not looked for before."""
CLICK_MS = 200
"""A click that may become a double click is not asked of the store before."""
_LEAST_TEXT = 12


class QueryBar(QFrame):
    """A query line. ``text()`` is what is applied, ``off()`` what is kept and not applied."""

    queryChanged = Signal(str)
    """What is applied differs: 150 ms after the last key, or at once by a chip or a finished term."""
    offChanged = Signal()
    """Something else is kept and not applied, and what is applied stays."""
    submitted = Signal(str)
    historyWanted = Signal()
    """Alt+Down: the list of earlier queries is asked for."""
    left = Signal()
    """Escape with nothing to take back: the focus wants to go back to the list."""

    def __init__(
        self,
        theme: Theme,
        *,
        name: str,
        title: str,
        hint: str,
        facts: StoreFacts | None = None,
        keys: str = "/",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hint = hint
        self.draft = Draft()
        self._before = ""  # what was applied when the writing began
        self._is_writing = False
        self._is_held = False
        self._wrong: tuple[str, int, int] | None = None
        self.setObjectName(name)
        self.setProperty("role", "field")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._icon = QLabel()
        self.chips = ChipRow(theme, name=f"{name}.chips")
        self.edit = QueryEdit(theme)
        self.edit.setObjectName(f"{name}.edit")
        self.edit.setProperty("role", "bare")
        self.edit.setAccessibleName(title)
        self._key = QLabel(keys)
        self._key.setProperty("role", "key")
        if not keys:
            self._key.hide()  # never shown here: without a parent it would be a window for a moment
        self.completing = Completing(theme, self.edit, facts, name=f"{name}.suggestions", anchor=self)
        self._typing = self._timer(TYPING_MS, self._take_typed)
        self._clicked = self._timer(CLICK_MS, self._announce)
        self._lay_out()
        self._connect()
        self._show()
        self._follow_theme()

    def _timer(self, interval: int, then: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(then)
        return timer

    def _lay_out(self) -> None:
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(9, 2, 7, 2)
        self._row.setSpacing(6)
        # The chips' width must not keep the bar wide: those without room scroll.
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        for part in (self._icon, self.chips, self.edit, self._key):
            self._row.addWidget(part)
        self._row.setStretchFactor(self.edit, 1)
        self.setFocusProxy(self.edit)

    def _connect(self) -> None:
        self.edit.textEdited.connect(self._edited)
        self.edit.wentBack.connect(self._go_to_chips)
        self.edit.installEventFilter(self)
        self.chips.toggled.connect(self._toggle)
        self.chips.removed.connect(self._remove)
        self.chips.editWanted.connect(self._edit_part)
        self.chips.leftAtEnd.connect(self.edit.setFocus)
        self.chips.left.connect(self.left)
        self.chips.installEventFilter(self)
        self.completing.taken.connect(self._take)
        self._theme.changed.connect(self._follow_theme)

    # ---------------------------------------------------------------- the query

    def text(self) -> str:
        """Return what is applied, as it is written now."""
        return self.edit.text().strip() if self._is_writing else self.draft.text

    def off(self) -> tuple[Off, ...]:
        """Return the terms that are kept and not applied."""
        return self.draft.off

    def parts(self) -> tuple[Part, ...]:
        """Return all terms."""
        return self.draft.parts

    def set_query(self, text: str, off: Iterable[Off] = ()) -> None:
        """Show *text*, and *off* as terms that are switched off. Sends no signal."""
        draft = Draft(text, off)
        self._typing.stop()
        self._clicked.stop()
        if draft.parts == self.draft.parts and self.text() == draft.text:
            return
        self.draft = draft
        self._before = draft.text
        if self._is_writing and self.edit.text().strip() != draft.text:
            self._write(draft.text)
        self._show()

    def set_text(self, text: str) -> None:
        """Show *text* with nothing switched off. Sends no signal."""
        self.set_query(text)

    # ---------------------------------------------------------------- mistakes

    def say_wrong(self, sentence: str, column: int, length: int = 0) -> None:
        """Underline what is wrong with the applied query at *column*; of length 0 the word there."""
        self._wrong = (sentence, column, length)
        self._show_wrong()

    def clear_wrong(self) -> None:
        """Nothing is wrong any more."""
        self._wrong = None
        self._show_wrong()

    def _show_wrong(self) -> None:
        sentence, column, length = self._wrong or ("", -1, 0)
        self.edit.setAccessibleDescription(sentence)
        if self._wrong is None:
            self.edit.clear_underline()
            self.chips.say_wrong(-1, "")
        elif self._is_writing:
            text = self.edit.text()
            self.edit.underline(column + len(text) - len(text.lstrip()), length)
        else:
            self.edit.clear_underline()
            self.chips.say_wrong(self.draft.part_at(column), sentence)

    # ---------------------------------------------------------------- chips

    def _shown(self) -> list[int]:
        """Return the numbers of the terms that have a chip now: while writing only what is off."""
        return [at for at, part in enumerate(self.draft.parts) if not (self._is_writing and part.is_on)]

    def _show(self) -> None:
        self.chips.set_parts([self.draft.parts[at] for at in self._shown()])
        self.edit.setPlaceholderText("" if self.draft.parts else self._hint)
        self._show_wrong()

    def _toggle(self, chip: int) -> None:
        self._change(self.draft.toggled(self._shown()[chip]), at_once=self.chips.hasFocus())

    def _remove(self, chip: int) -> None:
        had_focus = self.chips.hasFocus()
        self._change(self.draft.removed(self._shown()[chip]), at_once=True)
        if had_focus and not self.draft.parts:
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _change(self, draft: Draft, *, at_once: bool) -> None:
        before, self.draft = self.draft, draft
        if self._is_writing:
            self._write(draft.text)
        self._show()
        if draft.text == before.text:
            self.offChanged.emit()
        elif at_once:
            self._announce()
        else:
            self._clicked.start()

    def _announce(self) -> None:
        self._clicked.stop()
        self.queryChanged.emit(self.draft.text)

    def _edit_part(self, chip: int) -> None:
        """Edit a term as text, selected; one that was off is on then."""
        at = self._shown()[chip]
        if self._clicked.isActive():  # the first click of two switched it
            self._clicked.stop()
            self.draft = self.draft.toggled(at)
        part = self.draft.parts[at]
        was_on = part.is_on
        self.draft = self.draft.switched_on(at)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        start = self.draft.parts[at].start
        self.edit.setSelection(start, len(self.draft.parts[at].text))
        if not was_on:
            self._announce()

    def _go_to_chips(self) -> None:
        if self.draft.parts or self.edit.text().strip():
            self._stop_writing()
            self.chips.setFocus(Qt.FocusReason.OtherFocusReason)
            self.chips.go_to(-1)

    # ---------------------------------------------------------------- writing

    def _begin_writing(self) -> None:
        if self._is_writing:
            return
        self._is_writing = True
        self._before = self.draft.text
        self._write(self.draft.text)
        self._show()

    def _write(self, text: str) -> None:
        """Put *text* into the line, ready for another term."""
        self.edit.setText(f"{text} " if text else "")
        self.edit.end(False)

    def _stop_writing(self) -> None:
        if not self._is_writing:
            return
        self.completing.close()
        self._take_text()
        self._is_writing = False
        self.edit.clear()
        self._show()

    def _edited(self, text: str) -> None:
        self.edit.clear_underline()
        self.completing.look_soon()
        if text.endswith(" ") and not is_unfinished(text):
            self._take_text()
        else:
            self._is_held = False
            self._typing.start(TYPING_MS)

    def _take_typed(self) -> None:
        """Apply what was typed, unless its last term has only begun: that would be no query yet."""
        if is_unfinished(self.edit.text()):
            return
        if self.completing.begins_key and not self._is_held:
            self._is_held = True
            self._typing.start(HOLD_MS)
        else:
            self._take_text()

    def _take_text(self) -> None:
        self._typing.stop()
        draft = self.draft.with_text(self.edit.text())
        is_other = [part.text for part in draft.parts if part.is_on] != [
            part.text for part in self.draft.parts if part.is_on
        ]
        self.draft = draft
        if is_other:
            self._show()
            self._announce()

    def _take(self, suggestion: Suggestion) -> None:
        text, cursor = taken(self.edit.text(), suggestion)
        self.edit.selectAll()
        self.edit.insert(text)  # so that it can be undone
        self.edit.setCursorPosition(cursor)
        if suggestion.ends:
            self.completing.close()
            self._take_text()
        else:
            self._typing.stop()
            self.completing.look()

    # ---------------------------------------------------------------- keys

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.setProperty("focused", "true" if kind == QEvent.Type.FocusIn else "false")
            repolish(self)
        if watched is not self.edit:
            return super().eventFilter(watched, event)
        if isinstance(event, QFocusEvent):
            # A menu or another window takes the keyboard for a moment: the writing goes on afterwards.
            if event.reason() not in (
                Qt.FocusReason.PopupFocusReason,
                Qt.FocusReason.ActiveWindowFocusReason,
            ):
                self._begin_writing() if event.gotFocus() else self._stop_writing()
            elif event.gotFocus():
                self._begin_writing()
            else:
                self.completing.close()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self.completing.key_pressed(event) or self._key_pressed(event)
        return super().eventFilter(watched, event)

    def _key_pressed(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.completing.close()
            self._take_text()
            self.submitted.emit(self.text())
            return True
        if key == Qt.Key.Key_Escape:
            self._escape()
            return True
        if key == Qt.Key.Key_Down:
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.historyWanted.emit()
            else:
                self.completing.look(all_of_them=True)
            return True
        return False

    def _escape(self) -> None:
        """Take back what was written since the keyboard came; with nothing to take back, leave."""
        if self.edit.text().strip() != self._before:
            self._write(self._before)
            self._take_text()
        else:
            self.left.emit()

    # ---------------------------------------------------------------- looks

    @override
    def minimumSizeHint(self) -> QSize:
        # Chips scroll, so they ask for no width of their own.
        hint = super().minimumSizeHint()
        digits = round(self._theme.metrics("body").horizontalAdvance("0") * _LEAST_TEXT)
        return QSize(digits + 60, hint.height())

    def _follow_theme(self) -> None:
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(self._theme.icon_pixmap("search", "text.muted", 16, ratio))
