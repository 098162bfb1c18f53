"""The theme: which scheme is in force, its colours, fonts, icons and measures. One per application."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QGuiApplication, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from vedette.desktop.resources import load_fonts
from vedette.desktop.theme.icons import IconPixmaps, ThemedIconEngine
from vedette.desktop.theme.palette import build_palette
from vedette.desktop.theme.stylesheet import build_stylesheet
from vedette.desktop.theme.tokens import Scheme, shade

if TYPE_CHECKING:
    from PySide6.QtGui import QAccessibilityHints  # Qt 6.10
from vedette.desktop.theme.typography import Typeface, build_font, system_typeface

GRID = 4  # every distance is a multiple of this many logical pixels
RADIUS = 6
CHIP_RADIUS = 4


class SchemeSetting(StrEnum):
    """What the user chose; SYSTEM follows the desktop live."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Density(StrEnum):
    """How much air rows have."""

    COMFORTABLE = "comfortable"
    COMPACT = "compact"
    TOUCH = "touch"


class Motion(StrEnum):
    """How much may move; SYSTEM leaves it to the desktop."""

    SYSTEM = "system"
    REDUCED = "reduced"
    FULL = "full"


_EFFECTS = (
    Qt.UIEffect.UI_General,
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)

# Free pixels above and below the lines of a row together: for one or two lines, and for three or more.
_ROW_AIR = {Density.COMFORTABLE: (10, 18), Density.COMPACT: (4, 8), Density.TOUCH: (22, 26)}


def resolve_scheme(setting: SchemeSetting, system: Qt.ColorScheme, *, high_contrast: bool = False) -> Scheme:
    """Return the scheme to draw in, from the user's choice and what the desktop says."""
    if setting is not SchemeSetting.SYSTEM:
        return Scheme(setting.value)
    if high_contrast:
        return Scheme.CONTRAST
    return Scheme.DARK if system is Qt.ColorScheme.Dark else Scheme.LIGHT


class Theme(QObject):
    """Colours, fonts, icons and measures as they are now; ``changed`` fires when any of them moved.

    Widgets keep a reference, read what they need while painting, and connect ``changed`` to their ``update``.
    """

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        setting: SchemeSetting = SchemeSetting.SYSTEM,
        *,
        density: Density = Density.COMFORTABLE,
        bundled_fonts: bool | None = None,
    ) -> None:
        super().__init__(app)
        load_fonts()
        self._app = app
        self._setting = setting
        self._density = density
        self._bundled = bundled_fonts
        self._zoom = 1.0
        self._code_family = ""
        self._motion = Motion.SYSTEM
        self._usual_motion = {effect: app.isEffectEnabled(effect) for effect in _EFFECTS}
        self._face = self._read_face()
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[str, QFont] = {}
        self._metrics: dict[str, QFontMetricsF] = {}
        self._pixmaps = IconPixmaps(self.color)
        self._scheme = self._resolved()
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        accessibility = _accessibility()
        if accessibility is not None:
            accessibility.contrastPreferenceChanged.connect(self._follow_system)
        app.installEventFilter(self)
        self._apply()

    @property
    def scheme(self) -> Scheme:
        """The scheme in force."""
        return self._scheme

    @property
    def setting(self) -> SchemeSetting:
        """What the user chose."""
        return self._setting

    @property
    def density(self) -> Density:
        """The row density in force."""
        return self._density

    @property
    def typeface(self) -> Typeface:
        """Families and body size in force."""
        return self._face

    @property
    def zoom(self) -> float:
        """By how much text is larger than usual."""
        return self._zoom

    @property
    def reduces_motion(self) -> bool:
        """Whether nothing should move that need not; what moves by itself asks this first."""
        return self._motion is Motion.REDUCED

    @property
    def is_dark(self) -> bool:
        """Whether text is light on a dark ground."""
        return self._scheme is not Scheme.LIGHT

    def set_setting(self, setting: SchemeSetting) -> None:
        """Switch the look at once; native dialogs and title bars follow where the platform can."""
        self._setting = setting
        hints = self._app.styleHints()
        if setting is SchemeSetting.SYSTEM:
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(
                Qt.ColorScheme.Light if setting is SchemeSetting.LIGHT else Qt.ColorScheme.Dark
            )
        self._follow_system()

    def set_density(self, density: Density) -> None:
        """Change the height of rows at once."""
        if density is not self._density:
            self._density = density
            self.changed.emit()

    def set_zoom(self, zoom: float) -> None:
        """Scale every font by *zoom*, held between 0.7 and 2.0."""
        zoom = min(2.0, max(0.7, zoom))
        if zoom != self._zoom:
            self._zoom = zoom
            self._apply()
            self.changed.emit()

    def set_code_family(self, family: str) -> None:
        """Show code in *family*, "" for the usual one; one that is not installed counts as none."""
        if family != self._code_family:
            self._code_family = family
            self._reread_system_font()

    def set_motion(self, motion: Motion) -> None:
        """Let menus, lists and tips appear at once, or as the desktop has it."""
        self._motion = motion
        for effect, usual in self._usual_motion.items():
            is_on = usual if motion is Motion.SYSTEM else motion is Motion.FULL
            self._app.setEffectEnabled(effect, is_on)

    def color(self, token: str) -> QColor:
        """Return the colour of *token* in the scheme in force. Raises KeyError for an unknown name."""
        found = self._colours.get(token)
        if found is None:
            found = self._colours[token] = QColor(shade(token, self._scheme))
        return found

    def font(self, role: str) -> QFont:
        """Return the font of *role* (see typography.FONT_ROLES), sized from the system's."""
        found = self._fonts.get(role)
        if found is None:
            found = self._fonts[role] = build_font(self._face, role, self._zoom)
        return found

    def metrics(self, role: str) -> QFontMetricsF:
        """Return the font metrics of *role*, cached."""
        found = self._metrics.get(role)
        if found is None:
            found = self._metrics[role] = QFontMetricsF(self.font(role))
        return found

    def line_height(self, role: str) -> int:
        """Return the height of a line of *role* in pixels: 1.35 of its size for text, 1.45 for code."""
        factor = 1.45 if role.startswith("code") else 1.35
        pixels = self.font(role).pointSizeF() * self._app.primaryScreen().logicalDotsPerInchY() / 72
        return round(max(self.metrics(role).height(), pixels * factor))

    def row_height(self, *roles: str) -> int:
        """Return the height of a list row that stacks one line of each of *roles*, with the density's air.

        ``row_height("body")`` is a one-line row, ``row_height("title", "body", "caption")`` an issue row.
        """
        few, many = _ROW_AIR[self._density]
        return sum(self.line_height(role) for role in roles) + (few if len(roles) < 3 else many)

    def icon(self, name: str, token: str = "text.muted", checked_token: str = "") -> QIcon:
        """Return line icon *name*, which follows the theme. Raises FileNotFoundError for an unknown name."""
        return QIcon(ThemedIconEngine(self._pixmaps, name, token, checked_token))

    def icon_pixmap(
        self, name: str, token: str = "text.muted", size: int = 16, ratio: float = 1.0
    ) -> QPixmap:
        """Return line icon *name* as it looks now, for painters; ask again after ``changed``."""
        return self._pixmaps.pixmap(name, token, size, ratio)

    def icon_size(self) -> QSize:
        """Return the size of an icon beside body text."""
        side = 2 * round(self.line_height("body") * 0.45)
        return QSize(side, side)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Show:
            if isinstance(watched, QWidget) and watched.isWindow() and watched.parentWidget() is None:
                self.dress(watched)
        elif kind == QEvent.Type.ApplicationFontChange and watched is self._app:
            self._reread_system_font()
        return False

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Look at no event meanwhile: for what sends thousands and shows no window, as making a view."""
        self._app.removeEventFilter(self)
        try:
            yield
        finally:
            self._app.installEventFilter(self)

    def dress(self, window: QWidget) -> None:
        """Give *window*, which has no parent, the style sheet; those that come without get it when shown.

        The sheet is each window's own, not the application's: else Qt would go through every part of every
        half-built view each time one is put into another, which took four fifths of the time to build one.
        """
        if not window.styleSheet():
            window.setStyleSheet(self._sheet)

    def _reread_system_font(self) -> None:
        face = self._read_face()
        if face != self._face:
            self._face = face
            self._apply()
            self.changed.emit()

    def _read_face(self) -> Typeface:
        face = system_typeface(bundled=self._bundled)
        if self._code_family and QFontDatabase.hasFamily(self._code_family):
            return replace(face, code=self._code_family)
        return face

    def _resolved(self) -> Scheme:
        hints = self._app.styleHints()
        return resolve_scheme(self._setting, hints.colorScheme(), high_contrast=_high_contrast())

    def _follow_system(self) -> None:
        scheme = self._resolved()
        if scheme is not self._scheme:
            self._scheme = scheme
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        self._colours.clear()
        self._fonts.clear()
        self._metrics.clear()
        self._pixmaps.clear()
        self._sheet = build_stylesheet(self._scheme, self._face, self._zoom)
        with self.resting():
            self._app.setFont(self.font("body"))
            self._app.setPalette(build_palette(self.color))
            # Not only windows have one: what was shown before it had a parent keeps its own.
            for widget in QApplication.allWidgets():
                if widget.styleSheet():
                    widget.setStyleSheet(self._sheet)


def _accessibility() -> "QAccessibilityHints | None":
    """Return what the user asked the system for; None before Qt 6.10."""
    hints = getattr(QGuiApplication.styleHints(), "accessibility", None)
    return None if hints is None else hints()


def _high_contrast() -> bool:
    hints = _accessibility()
    return hints is not None and hints.contrastPreference() == Qt.ContrastPreference.HighContrast
