"""Where the bundled files are: icons, fonts, the application icon. Finds and loads them."""

from functools import cache
from pathlib import Path

from PySide6.QtGui import QFontDatabase, QIcon

FONT_FILES = (
    "Inter-Regular.ttf",
    "Inter-Medium.ttf",
    "Inter-SemiBold.ttf",
    "Inter-Bold.ttf",
    "Inter-Italic.ttf",
    "JetBrainsMono-Regular.ttf",
    "JetBrainsMono-Bold.ttf",
    "JetBrainsMono-Italic.ttf",
)
UI_FAMILY = "Inter"
CODE_FAMILY = "JetBrains Mono"
APP_ICON_SIZES = (16, 20, 24, 32, 48, 64, 128, 256, 512)
TRAY_STATES = ("listening", "unseen", "paused", "problem")


@cache
def resources_dir() -> Path:
    """Return the folder of bundled files: beside the package when installed, at the top of a checkout else.

    Raises FileNotFoundError if neither is there, which means a broken installation.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "_resources", package.parents[1] / "resources"):
        if (folder / "icons").is_dir():
            return folder
    raise FileNotFoundError(f"Vedette's bundled files are missing: no _resources in {package}")


def load_fonts() -> tuple[str, ...]:
    """Make the bundled families known to Qt, once, and return their names. Needs a QGuiApplication."""
    known = QFontDatabase.families()
    if UI_FAMILY in known and CODE_FAMILY in known:
        return (UI_FAMILY, CODE_FAMILY)
    for name in FONT_FILES:
        QFontDatabase.addApplicationFont(str(resources_dir() / "fonts" / name))
    return (UI_FAMILY, CODE_FAMILY)


@cache
def icon_svg(name: str) -> str:
    """Return a line icon's SVG text, strokes still ``currentColor``.

    Raises FileNotFoundError for an unknown name.
    """
    return (resources_dir() / "icons" / "lucide" / f"{name}.svg").read_text(encoding="utf-8")


def app_icon() -> QIcon:
    """Return the application's icon in every bundled size."""
    icon = QIcon()
    for size in APP_ICON_SIZES:
        icon.addFile(str(resources_dir() / "app" / f"vedette-{size}.png"))
    return icon


def tray_icon(state: str, *, mono: bool = False) -> QIcon:
    """Return the tray icon for one of TRAY_STATES; *mono* gives the macOS template variant."""
    suffix = "-mono" if mono else ""
    icon = QIcon(str(resources_dir() / "app" / "tray" / f"{state}{suffix}.svg"))
    icon.setIsMask(mono)
    return icon
