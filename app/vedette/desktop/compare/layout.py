"""Where the columns of a comparison stand: sign, what, A, B. Pure; the heads and the rows share it."""

from dataclasses import dataclass

_SIGN = 30
_GAP = 12
NARROW = 620


@dataclass(frozen=True, slots=True)
class Columns:
    """Left edges and widths in pixels."""

    sign: tuple[int, int]
    label: tuple[int, int]
    a: tuple[int, int]
    b: tuple[int, int]


def columns(width: int) -> Columns:
    """Return the columns in *width* pixels: the names get a quarter, the sides share the rest."""
    inner = max(120, width - _SIGN)
    label = min(320, max(90, round(inner * (0.26 if width >= NARROW else 0.3))))
    side = max(40, (inner - label - 2 * _GAP) // 2)
    left = _SIGN + label + _GAP
    return Columns((0, _SIGN), (_SIGN, label), (left, side), (left + side + _GAP, side))
