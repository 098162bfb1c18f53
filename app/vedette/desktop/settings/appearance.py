"""The page of appearance: colours, density, size of text, code font, motion, letters as keys."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QWidget

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import mark, tr
from vedette.desktop.settings.calm import CalmCombo, CalmSpinBox
from vedette.desktop.settings.page import SettingsPage, make_switch
from vedette.desktop.settings.row import SettingRow
from vedette.desktop.theme.preferred import CODE_FONT, MOTION
from vedette.desktop.theme.theme import Density, Motion, SchemeSetting, Theme

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

ZOOM = "appearance.zoom"
LETTERS = "view.letters"
"""The command that switches keys without a modifier off and on."""
SCHEMES = {
    SchemeSetting.SYSTEM: mark("As the system"),
    SchemeSetting.LIGHT: mark("Light"),
    SchemeSetting.DARK: mark("Dark"),
    SchemeSetting.CONTRAST: mark("High contrast"),
}
DENSITIES = {
    Density.COMFORTABLE: mark("Comfortable"),
    Density.COMPACT: mark("Compact"),
    Density.TOUCH: mark("Touch"),
}
MOTIONS = {
    Motion.SYSTEM: mark("As the system"),
    Motion.REDUCED: mark("Reduced"),
    Motion.FULL: mark("Full"),
}


class AppearancePage(SettingsPage):
    def __init__(self, bridge: "Bridge", commands: CommandRegistry, theme: Theme) -> None:
        super().__init__(bridge, theme, "appearance", tr("Appearance"))
        self._commands = commands
        self.scheme = CalmCombo(
            "settings.scheme", tr("Colours"), [(key.value, tr(title)) for key, title in SCHEMES.items()]
        )
        self.scheme.chosen.connect(lambda key: theme.set_setting(SchemeSetting(key)))
        self._add(
            tr("Colours"),
            self.scheme,
            tr("As the system"),
            lambda: theme.setting is SchemeSetting.SYSTEM,
            lambda: theme.set_setting(SchemeSetting.SYSTEM),
            words="scheme theme dark light contrast mode",
        )
        self.density = CalmCombo(
            "settings.density", tr("Density"), [(key.value, tr(title)) for key, title in DENSITIES.items()]
        )
        self.density.chosen.connect(lambda key: theme.set_density(Density(key)))
        self._add(
            tr("Density"),
            self.density,
            tr("Comfortable"),
            lambda: theme.density is Density.COMFORTABLE,
            lambda: theme.set_density(Density.COMFORTABLE),
            words="rows height compact touch",
        )
        self.zoom = CalmSpinBox("settings.zoom", tr("Size of text"), 70, 200, suffix=" %")
        self.zoom.setSingleStep(10)
        self.zoom.setKeyboardTracking(False)
        self.zoom.valueChanged.connect(self._put_zoom)
        self._add(
            tr("Size of text"),
            self.zoom,
            "100 %",
            lambda: self._zoom() == 100,
            lambda: bridge.preferences.reset(ZOOM),
            words="zoom font scale larger smaller",
        )
        self.code_font = CalmCombo("settings.code_font", tr("Font of code"))
        self._offer_fonts()
        self.code_font.chosen.connect(lambda family: self._choose(CODE_FONT, family, ""))
        self._add(
            tr("Font of code"),
            self.code_font,
            tr("As the system"),
            lambda: not bridge.preferences.get(CODE_FONT, ""),
            lambda: bridge.preferences.reset(CODE_FONT),
            about=tr("Stack traces, source, values and JSON. Ligatures are off."),
            words="monospace family typeface",
        )
        self.add_choice(
            MOTION,
            tr("Motion"),
            [(key.value, tr(title)) for key, title in MOTIONS.items()],
            usual=Motion.SYSTEM.value,
            about=tr("Reduced: menus, lists and tips appear at once."),
            words="animation effects accessibility",
        )
        self.letters = make_switch("settings.letters", tr("Letters as keys"))
        self.letters.clicked.connect(lambda: commands.run(LETTERS))
        commands.ran.connect(lambda command_id: self._show_look() if command_id == LETTERS else None)
        self._add(
            tr("Letters as keys"),
            self.letters,
            tr("on"),
            self._letters_on,
            lambda: self._letters_on() or commands.run(LETTERS),
            about=tr(
                "Keys without Ctrl or Alt, such as E for Resolve. Off, they do nothing anywhere: for those "
                "whose screen reader or voice control uses letters itself."
            ),
            words="single letter shortcut accessibility",
        )
        theme.changed.connect(self._show_look)
        self._show_look()

    def _add(
        self,
        title: str,
        control: QWidget,
        usual: str,
        is_usual: Callable[[], bool],
        reset: Callable[[], object],
        *,
        about: str = "",
        words: str = "",
    ) -> None:
        row = SettingRow(
            self._theme,
            title,
            control,
            name=control.objectName(),
            about=about,
            words=words,
            usual=usual,
            is_usual=is_usual,
            reset=reset,
        )
        self.add(row)

    def open(self) -> None:
        self._show_look()

    def show_preference(self, key: str) -> None:
        if key in (ZOOM, CODE_FONT):
            self._show_look()

    def _zoom(self) -> int:
        return round(100 * self._bridge.preferences.get(ZOOM, 1.0))

    def _put_zoom(self, percent: int) -> None:
        if percent == self._zoom():
            return
        if percent == 100:
            self._bridge.preferences.reset(ZOOM)
        else:
            self._bridge.preferences.set(ZOOM, percent / 100)

    def _letters_on(self) -> bool:
        command = self._commands.find(LETTERS)
        return command is None or command.is_on is None or command.is_on()

    def _offer_fonts(self) -> None:
        families = [family for family in QFontDatabase.families() if QFontDatabase.isFixedPitch(family)]
        usable = [(family, family) for family in families if not QFontDatabase.isPrivateFamily(family)]
        self.code_font.offer([("", tr("As the system")), *usable])

    def _show_look(self) -> None:
        self.scheme.choose(self._theme.setting.value)
        self.density.choose(self._theme.density.value)
        self.code_font.choose(self._bridge.preferences.get(CODE_FONT, ""))
        if self.zoom.value() != self._zoom():
            self.zoom.setValue(self._zoom())
        self.letters.setChecked(self._letters_on())
        self.letters.setEnabled(self._commands.find(LETTERS) is not None)
        self.show_states()
