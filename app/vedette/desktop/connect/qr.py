"""QR codes as rows of dark and light modules. Pure."""

from dataclasses import dataclass

import segno

QUIET = 4
"""Light modules a scanner needs around a code. Source: ISO/IEC 18004, quiet zone."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A code's modules, True for dark, without the quiet zone."""

    rows: tuple[tuple[bool, ...], ...]

    @property
    def side(self) -> int:
        """How many modules a side has with the quiet zone."""
        return len(self.rows) + 2 * QUIET


def qr_code(text: str) -> QrCode:
    """Return the code of *text*, able to lose 15 % of itself. Raises ValueError when it is too long."""
    made = segno.make_qr(text, error="m", boost_error=False)
    return QrCode(tuple(tuple(bool(module) for module in row) for row in made.matrix))


@dataclass(frozen=True, slots=True)
class Run:
    """Dark modules side by side, in modules from the top left of the code, quiet zone included."""

    x: int
    y: int
    width: int


def dark_runs(code: QrCode) -> list[Run]:
    """Return the dark modules of *code* joined along each row, so that few rectangles are drawn."""
    found = []
    for y, row in enumerate(code.rows):
        x = 0
        while x < len(row):
            if not row[x]:
                x += 1
                continue
            end = x
            while end < len(row) and row[end]:
                end += 1
            found.append(Run(x + QUIET, y + QUIET, end - x))
            x = end
    return found
