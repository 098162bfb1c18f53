"""A label in which the words that were searched for are marked."""

import re
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from vedette.desktop.theme.theme import Theme


def mark_words(text: str, words: Sequence[str], ground: str, ink: str) -> str:
    """Return *text* as HTML with each of *words* on *ground* in *ink*; "" if none is in it."""
    wanted = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word)
    parts = re.split(f"({wanted})", text, flags=re.IGNORECASE) if wanted else [text]
    if len(parts) == 1:
        return ""
    marked = (
        f'<span style="background-color:{ground};color:{ink}">{escape(part)}</span>'
        if n % 2
        else escape(part)
        for n, part in enumerate(parts)
    )
    return "".join(marked).replace("\n", "<br>")


class MatchLabel(QLabel):
    """Plain text, taken literally, in a role of the style sheet; ``mark`` shows what was found in it."""

    def __init__(
        self, theme: Theme, text: str, role: str = "", *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = text
        self._words: tuple[str, ...] = ()
        self.setObjectName(name)
        self.setProperty("role", role)
        self.setWordWrap(True)
        theme.changed.connect(self._show)
        self._show()

    @property
    def plain(self) -> str:
        """The text without marks."""
        return self._text

    def say(self, text: str) -> None:
        """Show other *text*."""
        if text != self._text:
            self._text = text
            self._show()

    def mark(self, words: Sequence[str]) -> None:
        """Mark each of *words* where the text has it."""
        if tuple(words) != self._words:
            self._words = tuple(words)
            self._show()

    def _show(self) -> None:
        color = self._theme.color
        html = mark_words(self._text, self._words, color("bg.match").name(), color("text").name())
        self.setTextFormat(Qt.TextFormat.RichText if html else Qt.TextFormat.PlainText)
        self.setText(html or self._text)
        self.setAccessibleName(self._text)
