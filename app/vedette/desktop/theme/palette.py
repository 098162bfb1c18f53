"""Qt's palette from the tokens, for everything the platform style draws itself."""

from collections.abc import Callable

from PySide6.QtGui import QColor, QPalette

_ROLES = {
    QPalette.ColorRole.Window: "bg.window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "bg.canvas",
    QPalette.ColorRole.AlternateBase: "bg.code",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text.faint",
    QPalette.ColorRole.Button: "bg.raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "accent.on",
    QPalette.ColorRole.ToolTipBase: "bg.tooltip",
    QPalette.ColorRole.ToolTipText: "text.tooltip",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Link: "accent.text",
    QPalette.ColorRole.LinkVisited: "accent.text",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Light: "bg.raised",
    QPalette.ColorRole.Midlight: "bg.hover",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "border.control",
    QPalette.ColorRole.Shadow: "shadow",
}


def build_palette(color: Callable[[str], QColor]) -> QPalette:
    """Return the palette in the colours *color* answers with, all three groups set."""
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, color(token))
    groups = QPalette.ColorGroup
    palette.setColor(groups.Active, QPalette.ColorRole.Highlight, color("bg.selected"))
    palette.setColor(groups.Inactive, QPalette.ColorRole.Highlight, color("bg.selected.inactive"))
    palette.setColor(groups.Disabled, QPalette.ColorRole.Highlight, color("bg.selected.inactive"))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(groups.Disabled, role, color("text.disabled"))
    return palette
