"""The text under a code view: tabs, columns and selections. Pure, no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass

from vedette.desktop.theme.highlight import Run

TAB = 4


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One line to show: its number (None for none), its coloured runs, and whether it is the current one.

    *sign* is "+" or "-" for a line that only one side of a comparison has.
    """

    number: int | None
    runs: tuple[Run, ...]
    current: bool = False
    sign: str = ""

    @property
    def text(self) -> str:
        """The line as it was, tabs included."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line index and a column in the shown text."""

    line: int
    column: int


def shown_runs(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return *runs* with tabs as blanks up to the next multiple of four columns and controls made visible."""
    found = []
    column = 0
    for run in runs:
        if run.text.isprintable():  # most are; a tab is not
            column += len(run.text)
            found.append(run)
            continue
        text = ""
        for letter in run.text:
            if letter == "\t":
                text += " " * (TAB - (column + len(text)) % TAB)
            else:
                text += letter if letter.isprintable() else "·"
        column += len(text)
        found.append(Run(text, run.token))
    return tuple(found)


def shown_width(text: str) -> int:
    """Return about how many columns *text* takes up, at most three too many for each tab."""
    return len(text) + (TAB - 1) * text.count("\t")


def original_column(text: str, shown: int) -> int:
    """Return the column of *text*, tabs included, that stands at column *shown* on the screen."""
    column = 0
    for at, letter in enumerate(text):
        if column >= shown:
            return at
        column += TAB - column % TAB if letter == "\t" else 1
    return len(text)


def selected_text(lines: Sequence[CodeLine], start: Place, end: Place) -> str:
    """Return the original text between two places in either order, lines joined by newlines."""
    first, last = min(start, end), max(start, end)
    found = []
    for at in range(first.line, min(last.line + 1, len(lines))):
        text = lines[at].text
        left = original_column(text, first.column) if at == first.line else 0
        right = original_column(text, last.column) if at == last.line else len(text)
        found.append(text[left:right])
    return "\n".join(found)


def word_at(text: str, column: int) -> tuple[int, int]:
    """Return the start and end columns of the word around *column* of the shown text."""
    start = end = min(max(0, column), len(text))
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] == "_"):
        end += 1
    return start, end
