"""Key texts: parsing, comparing and showing them. Uses Qt's key names, no widgets."""

from functools import lru_cache

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

# What a text field keeps for itself even though a modifier is held.
_EDITING = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
    QKeySequence.StandardKey.SelectAll,
    QKeySequence.StandardKey.DeleteEndOfWord,
    QKeySequence.StandardKey.DeleteStartOfWord,
    QKeySequence.StandardKey.MoveToNextWord,
    QKeySequence.StandardKey.MoveToPreviousWord,
    QKeySequence.StandardKey.SelectNextWord,
    QKeySequence.StandardKey.SelectPreviousWord,
    QKeySequence.StandardKey.MoveToStartOfDocument,
    QKeySequence.StandardKey.MoveToEndOfDocument,
)
_MODIFIER_KEYS = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock,
}


@lru_cache(maxsize=1_000)
def parse_keys(text: str) -> tuple[str, ...]:
    """Return the one or two strokes of *text* in portable spelling: ``"g i"`` gives ``("G", "I")``.

    Raises ValueError for a key Qt does not know and for more than two strokes.
    """
    strokes = text.split(" ")
    if not 1 <= len(strokes) <= 2:
        raise ValueError(f"{text!r}: a shortcut has one or two strokes")
    return tuple(_portable(stroke, text) for stroke in strokes)


def _portable(stroke: str, text: str) -> str:
    sequence = QKeySequence.fromString(stroke, QKeySequence.SequenceFormat.PortableText)
    spelt = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    if sequence.isEmpty() or not spelt or not spelt.isprintable():
        raise ValueError(f"{text!r}: Qt knows no key {stroke!r}")
    return spelt


def show_keys(text: str) -> str:
    """Return *text* as the platform writes it in menus: ``"Ctrl+K"``, ``"⌘K"``, ``"G I"``."""
    return " ".join(
        QKeySequence.fromString(stroke).toString(QKeySequence.SequenceFormat.NativeText)
        for stroke in text.split(" ")
    )


def stroke_of(event: QKeyEvent) -> str:
    """Return the portable spelling of a key press, ``""`` for a bare modifier.

    Shift is dropped where the character already shows it (``?``, ``{``), kept for letters and named keys.
    """
    if event.key() in _MODIFIER_KEYS or event.key() == 0:
        return ""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    text = event.text()
    if text and text.isprintable() and not text.isalnum() and not text.isspace():
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    combination = QKeyCombination(modifiers, Qt.Key(event.key()))
    return QKeySequence(combination).toString(QKeySequence.SequenceFormat.PortableText)


def is_plain(stroke: str) -> bool:
    """Return whether *stroke* is a key that types or moves (no Ctrl, Alt, Meta and no function key)."""
    if "Ctrl+" in stroke or "Alt+" in stroke or "Meta+" in stroke:
        return False
    bare = stroke.removeprefix("Shift+")
    return not (bare.startswith("F") and bare[1:].isdigit()) and bare not in ("Pause", "Help")


def is_editing(stroke: str) -> bool:
    """Return whether a text field keeps *stroke* for itself: copy, paste, undo, word movement."""
    sequence = QKeySequence.fromString(stroke)
    return any(sequence in QKeySequence.keyBindings(key) for key in _EDITING)
