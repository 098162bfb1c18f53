"""Joins the line, the store's facts and the list of suggestions."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from vedette.desktop.shell.query_bar.completion import (
    Context,
    Suggestion,
    Wanted,
    context_at,
    suggest_keys,
    suggest_operators,
    suggest_values,
)
from vedette.desktop.shell.query_bar.facts import StoreFacts
from vedette.desktop.shell.query_bar.keys import Kind
from vedette.desktop.shell.query_bar.popup import SuggestionPopup
from vedette.desktop.theme.theme import Theme

LOOK_MS = 40
Recent = Callable[[], Sequence[str]]


class Completing(QObject):
    """Offers what could be written at the cursor. Without *facts* it offers nothing."""

    taken = Signal(object)
    """A Suggestion was taken by a key or a click."""

    def __init__(
        self, theme: Theme, edit: QLineEdit, facts: StoreFacts | None, *, name: str, anchor: QWidget
    ) -> None:
        super().__init__(edit)
        self._edit = edit
        self._facts = facts
        self._anchor = anchor
        self._is_asked = False  # by a key: also where nothing is written yet
        self._is_waiting = False  # nothing was found, but the store has not answered
        self._recent: Recent = tuple
        self.popup = SuggestionPopup(theme, edit, name=name)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(LOOK_MS)
        self._soon.timeout.connect(self.look)
        self.popup.chosen.connect(self.taken)
        edit.cursorPositionChanged.connect(self._follow_cursor)
        if facts is not None:
            facts.arrived.connect(self._look_again)

    def set_recent(self, recent: Recent) -> None:
        """Have *recent* tell the queries used before."""
        self._recent = recent

    @property
    def is_open(self) -> bool:
        """Whether suggestions are shown."""
        return self.popup.isVisible()

    @property
    def begins_key(self) -> bool:
        """Whether the word at the cursor is the beginning of a key that is offered."""
        context = context_at(self._edit.text(), self._edit.cursorPosition())
        if not self.is_open or context.wanted is not Wanted.KEY or not context.prefix:
            return False
        return any(
            one.insert.endswith(":") and one.label.startswith(context.prefix)
            for one in self.popup.suggestions()
        )

    def look_soon(self) -> None:
        """Look for suggestions once typing has paused for a moment."""
        self._is_asked = False
        self._soon.start()

    def look(self, *, all_of_them: bool = False) -> None:
        """Offer what fits at the cursor now; *all_of_them* also where nothing is written yet."""
        self._soon.stop()
        self._is_asked = self._is_asked or all_of_them
        if self._facts is None or not self._edit.hasFocus():
            self.close()
            return
        text = self._edit.text()
        context = context_at(text, self._edit.cursorPosition())
        found = self._find(context, text)
        at = self._anchor.mapToGlobal(QPoint(0, self._anchor.height() + 2))
        self.popup.offer(found, at)
        self._is_waiting = not found and not self._facts.is_settled

    def _find(self, context: Context, text: str) -> list[Suggestion]:
        assert self._facts is not None
        keys = self._facts.keys()
        if context.wanted is Wanted.KEY:
            if not (context.prefix or self._is_asked):
                return []
            return suggest_keys(context, keys, self._recent(), text)
        fact = next((fact for fact in keys if fact.is_called(context.key)), None)
        kind = Kind.TAG if fact is None else fact.kind
        stored = self._facts.values(context.key, context.prefix)
        values = suggest_values(context, stored, () if fact is None else fact.values)
        is_whole = len(values) == 1 and values[0].label == context.prefix and not self._is_asked
        return [] if is_whole else [*suggest_operators(context, kind), *values]

    def _look_again(self) -> None:
        """There are more facts: show them, unless the list was closed meanwhile."""
        if self.is_open or self._is_waiting:
            self.look()

    def _follow_cursor(self) -> None:
        if self.is_open:
            self._soon.start()

    def close(self) -> None:
        """Take the suggestions away."""
        self._soon.stop()
        self._is_asked = self._is_waiting = False
        self.popup.hide()

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Let an open list have its keys; return whether *event* was one."""
        if not self.is_open or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        key = event.key()
        step = {
            Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8,
        }.get(Qt.Key(key))  # fmt: skip
        if step is not None:
            self.popup.step(step)
        elif key == Qt.Key.Key_Escape:
            self.close()
        elif key == Qt.Key.Key_Tab:
            self._accept(self.popup.current() or next(iter(self.popup.suggestions()), None))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.popup.current() is not None:
            self._accept(self.popup.current())
        else:
            return False
        return True

    def _accept(self, suggestion: Suggestion | None) -> None:
        if suggestion is not None:
            self.taken.emit(suggestion)
