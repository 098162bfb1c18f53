"""Font roles: which family, size and weight a piece of text has, relative to the system's font size."""

import sys
from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontDatabase

from vedette.desktop.resources import CODE_FAMILY, UI_FAMILY

# Without a desktop's own setting Qt on Linux ends up with one of these, none of them made for an interface.
_STAND_INS = {"dejavu sans", "sans serif", "sans", "liberation sans", "freesans", "bitstream vera sans", ""}
_LEAST_POINTS = 9.75  # 13 px at 96 dpi: what Inter needs to read well


@dataclass(frozen=True, slots=True)
class Typeface:
    """The two families in use and the body size in points."""

    ui: str
    code: str
    points: float


@dataclass(frozen=True, slots=True)
class FontRole:
    """A role's size relative to the body, in points; *tabular* means digits of equal width."""

    step: float = 0.0
    weight: int = 400
    code: bool = False
    tabular: bool = False
    italic: bool = False


FONT_ROLES: dict[str, FontRole] = {
    "caption": FontRole(step=-1),
    "caption.strong": FontRole(step=-1, weight=600),
    "caption.number": FontRole(step=-1, tabular=True),
    "body": FontRole(),
    "body.medium": FontRole(weight=500),
    "number": FontRole(tabular=True),
    "number.strong": FontRole(weight=600, tabular=True),
    "title": FontRole(weight=600),
    "header": FontRole(step=5, weight=600),
    "hero": FontRole(step=6.5, weight=700),
    "code": FontRole(step=-0.5, code=True),
    "code.bold": FontRole(step=-0.5, weight=700, code=True),
    "code.italic": FontRole(step=-0.5, code=True, italic=True),
    "code.small": FontRole(step=-1.25, code=True),
}


def choose_typeface(
    system_family: str, system_points: float, fixed_family: str, *, bundled: bool | None = None
) -> Typeface:
    """Return the families to use: the system's own, or the bundled ones where it has none made for reading.

    *bundled* True or False decides without looking. Source: design, "Typography, density, icons".
    """
    stand_in = system_family.lower() in _STAND_INS or system_family.lower().startswith("noto sans")
    if bundled is None:
        bundled = stand_in and sys.platform not in ("win32", "darwin")
    points = system_points if system_points > 0 else _LEAST_POINTS
    if bundled:
        return Typeface(UI_FAMILY, CODE_FAMILY, max(points, _LEAST_POINTS))
    return Typeface(system_family, fixed_family or CODE_FAMILY, points)


def system_typeface(*, bundled: bool | None = None) -> Typeface:
    """Return the typeface for this machine; needs a QGuiApplication."""
    general = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    return choose_typeface(general.family(), general.pointSizeF(), fixed.family(), bundled=bundled)


def build_font(face: Typeface, role: str, scale: float = 1.0) -> QFont:
    """Return the font of *role*; *scale* is the user's zoom. Raises KeyError for an unknown role."""
    wanted = FONT_ROLES[role]
    font = QFont(face.code if wanted.code else face.ui)
    font.setPointSizeF(max(6.0, (face.points + wanted.step) * scale))
    font.setWeight(QFont.Weight(wanted.weight))
    font.setItalic(wanted.italic)
    if wanted.code:
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setFixedPitch(True)
        for feature in ("liga", "calt"):  # ligatures would show characters the program does not have
            font.setFeature(QFont.Tag(feature), 0)
    elif wanted.tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font
