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
