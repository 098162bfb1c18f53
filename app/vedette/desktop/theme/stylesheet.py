"""The one application-wide style sheet, filled in from the tokens. Single widgets never carry their own.

Variants are dynamic properties: ``button.setProperty("role", "primary")``. The roles are listed in
``docs/developing/desktop.md``.
"""

from functools import cache
from string import Template

from vedette.desktop.resources import resources_dir
from vedette.desktop.theme.tokens import TOKENS, Scheme, shade
from vedette.desktop.theme.typography import FONT_ROLES, Typeface

LEAST_TARGET = 24
"""Pixels a control is high at least, so that it can be hit."""


@cache
def _template() -> Template:
    return Template((resources_dir() / "themes" / "vedette.qss").read_text(encoding="utf-8"))


def build_stylesheet(scheme: Scheme, face: Typeface, zoom: float = 1.0) -> str:
    """Return the whole style sheet for *scheme*, sizes from *face*."""
    values = {name.replace(".", "_"): shade(name, scheme) for name in TOKENS}
    for role in ("caption", "header", "hero", "code"):
        values[f"{role}_size"] = f"{(face.points + FONT_ROLES[role].step) * zoom:.2f}pt"
    values["segment_size"] = f"{(face.points - 0.5) * zoom:.2f}pt"
    values["key_size"] = f"{(face.points - 2) * zoom:.2f}pt"
    values["code_family"] = face.code
    # Text lines are about 1.6 times the size in points at 96 dpi; targets stay above 24 px at the usual size.
    values["control_height"] = str(round(face.points * zoom * 1.85))
    values["small_height"] = str(round(face.points * zoom * 1.65))
    # With padding and border no segment is lower than a target may be.
    values["segment_height"] = str(max(LEAST_TARGET - 6, round(face.points * zoom * 1.65)))
    values["controls"] = (resources_dir() / "icons" / "controls" / scheme.value).as_posix()
    values["toast_action"] = shade(
        "accent.text", Scheme.CONTRAST if scheme is Scheme.CONTRAST else Scheme.DARK
    )
    return _template().substitute(values)
