"""Turns key presses into commands: the focus decides the context, text fields keep their letters."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid
from typing_extensions import override

from vedette.desktop.commands.command import Command
from vedette.desktop.commands.keys import is_editing, is_plain, stroke_of
from vedette.desktop.commands.registry import CommandRegistry, native_shortcuts

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

SEQUENCE_MS = 1000
TAKES_EVERY_KEY = "takesEveryKey"
"""A property of widgets that want each key as it is pressed, because they ask for keys."""
AMBIGUOUS_MS = 350  # how long a key that is also the start of a sequence waits for its second stroke


def contexts_at(widget: QWidget | None) -> list[str]:
    """Return the command contexts of *widget*, nearest first, always ending with ``app``."""
    found: list[str] = []
    at: QWidget | None = widget
    while at is not None:
        context = at.property("commandContext")
        if context:
            found.extend(name for name in str(context).split() if name not in found)
        at = at.parentWidget()
    return [*(name for name in found if name != "app"), "app"]


def takes_text(widget: QWidget | None) -> bool:
    """Return whether plain keys typed into *widget* become text."""
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QComboBox) and widget.isEditable()


class KeyDispatcher(QObject):
    """Watches the keys of one window. ``letters_enabled`` switches the plain-key commands off as a group.

    It hears only what the widget with the keyboard is sent, else the window: a filter for the whole
    application would be asked in Python about each event there is, thousands while a view is made.
    """

    sequenceStarted = Signal(str)
    """The first stroke of a two-key shortcut was pressed; the window may show it until the next key."""
    sequenceEnded = Signal()

    def __init__(self, registry: CommandRegistry, window: QWidget) -> None:
        super().__init__(window)
        self.registry = registry
        self._window = window
        self._pending = ""
        self._fallback: Command | None = None
        self.letters_enabled = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._time_out)
        self._focus: QWidget | None = None
        window.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_focus)
        self._follow_focus(None, app.focusWidget())

    def _follow_focus(self, _: QWidget | None, focus: QWidget | None) -> None:
        if self._focus is not None and self._focus is not self._window and isValid(self._focus):
            self._focus.removeEventFilter(self)
        self._focus = focus
        if focus is not None and focus.window() is self._window:
            focus.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) or not isinstance(
            watched, QWidget
        ):
            return False
        if watched is not (QApplication.focusWidget() or self._window):
            return False  # an ignored key travels up the parents; once is enough
        if watched.window() is not self._window:
            return False
        key_event = cast("QKeyEvent", event)
        stroke = stroke_of(key_event)
        if not stroke:
            return False
        if watched.property(TAKES_EVERY_KEY):
            return self._leave(kind, event)
        if kind == QEvent.Type.ShortcutOverride:
            return self._override(watched, stroke, event)
        return self._press(watched, stroke)

    @staticmethod
    def _leave(kind: QEvent.Type, event: QEvent) -> bool:
        """Let the widget have a key that would otherwise be a shortcut."""
        if kind == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return False

    def _override(self, widget: QWidget, stroke: str, event: QEvent) -> bool:
        """Let an application shortcut win over a text field's own use of the key, as Ctrl+K on Linux.

        It loses against a nearer context, to which the user may have given the same key.
        """
        if not takes_text(widget):
            nearest = self._exact(contexts_at(widget), stroke)
            if nearest is not None and nearest.context != "app":
                event.accept()
                return True
        command = self.registry.bindings("app").get((stroke,))
        if command is None or not native_shortcuts(command) or is_plain(stroke) or is_editing(stroke):
            return False
        event.ignore()
        return True

    def _press(self, widget: QWidget, stroke: str) -> bool:
        if takes_text(widget) and (is_plain(stroke) or is_editing(stroke)):
            self._end_sequence()
            return False
        if not self.letters_enabled and is_plain(stroke) and not self._pending:
            return False
        contexts = contexts_at(widget)
        if self._pending:
            return self._second(contexts, stroke)
        return self._first(contexts, stroke)

    def _second(self, contexts: list[str], stroke: str) -> bool:
        first, fallback = self._pending, self._fallback
        self._end_sequence()
        for context in contexts:
            command = self.registry.bindings(context).get((first, stroke))
            if command is not None and command.when():
                self.registry.run(command.id)
                return True
        if fallback is not None:
            self.registry.run(fallback.id)
        return self._first(contexts, stroke)

    def _first(self, contexts: list[str], stroke: str) -> bool:
        exact = self._exact(contexts, stroke)
        if self._starts_sequence(contexts, stroke):
            self._pending, self._fallback = stroke, exact
            self._timer.start(SEQUENCE_MS if exact is None else AMBIGUOUS_MS)
            self.sequenceStarted.emit(stroke)
            return True
        if exact is None:
            return False
        return self.registry.run(exact.id)

    def _exact(self, contexts: list[str], stroke: str) -> Command | None:
        for context in contexts:
            command = self.registry.bindings(context).get((stroke,))
            if command is not None and command.when():
                return command
        return None

    def _starts_sequence(self, contexts: list[str], stroke: str) -> bool:
        return any(
            strokes[0] == stroke and len(strokes) == 2 and command.when()
            for context in contexts
            for strokes, command in self.registry.bindings(context).items()
        )

    def _time_out(self) -> None:
        fallback = self._fallback
        self._end_sequence()
        if fallback is not None:
            self.registry.run(fallback.id)

    def _end_sequence(self) -> None:
        self._timer.stop()
        if self._pending:
            self._pending, self._fallback = "", None
            self.sequenceEnded.emit()
