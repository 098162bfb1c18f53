"""The page about Vedette: its version, what it is made of, and what to say in a bug report."""

import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vedette import __version__
from vedette.desktop.connect.copy_button import CopyButton
from vedette.desktop.language import mark, tr
from vedette.desktop.resources import resources_dir
from vedette.desktop.settings.licence_dialog import LicenceDialog
from vedette.desktop.settings.page import SettingsPage
from vedette.desktop.settings.row import SettingRow, side_by_side, value_label
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

PARTS: tuple[tuple[str, str, str], ...] = (
    ("Inter", mark("typeface, SIL Open Font License 1.1"), "fonts/OFL-Inter.txt"),
    ("JetBrains Mono", mark("typeface, SIL Open Font License 1.1"), "fonts/OFL-JetBrainsMono.txt"),
    ("Lucide", mark("icons, ISC License"), "icons/lucide/LICENSE"),
    ("Qt, PySide6", mark("interface, GNU LGPL 3; used as separate libraries that can be exchanged"), ""),
    ("SQLite, apsw", mark("database, public domain; its Python side, any OSI licence"), ""),
    ("SQLAlchemy", mark("queries, MIT License"), ""),
    ("aiohttp", mark("HTTP, Apache License 2.0"), ""),
    ("orjson", mark("JSON, Apache License 2.0 or MIT License"), ""),
    ("zstandard", mark("compression, BSD 3-Clause License"), ""),
    ("Pygments", mark("colours of code, BSD 2-Clause License"), ""),
    ("zeroconf", mark("stations nearby, GNU LGPL 2.1"), ""),
    ("NumPy", mark("layout of large traces, BSD 3-Clause License"), ""),
    ("segno", mark("QR codes, BSD 3-Clause License"), ""),
    ("qasync, uvloop", mark("event loops, BSD 2-Clause, MIT or Apache License"), ""),
    ("Brotli, platformdirs", mark("decompression, usual folders, MIT License"), ""),
)
"""Name, what it is for and its licence, the licence's text below the resources where it comes along."""
_VERSIONS = ("apsw", "SQLAlchemy", "aiohttp", "orjson", "zstandard", "zeroconf")


class AboutPage(SettingsPage):
    def __init__(self, bridge: "Bridge", theme: Theme) -> None:
        super().__init__(bridge, theme, "about", tr("About"))
        self.version = value_label(theme, "settings.version")
        self.version.say(f"Vedette {__version__}")
        self.add(
            SettingRow(
                theme,
                tr("Version"),
                self.version,
                name="settings.version",
                about=tr("The Sentry system on one desk: errors and traces, offline. Apache License 2.0."),
                words="about release licence",
            )
        )
        self.copy = CopyButton(theme, tr("details"), self.details, name="settings.details.copy")
        self.add(
            SettingRow(
                theme,
                tr("Details"),
                side_by_side(self.copy),
                name="settings.details",
                about=tr("Versions, system, screen and sizes, for a bug report. Nothing of your data."),
                words="bug report system versions copy",
            )
        )
        self.begin_group(tr("Made with"))
        for name, what, text in PARTS:
            self._add_part(name, tr(what), text)

    def _add_part(self, name: str, what: str, text: str) -> None:
        key = f"settings.part.{name.split(',')[0].lower().replace(' ', '_')}"
        control = QWidget()
        line = QHBoxLayout(control)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        said = value_label(self._theme, f"{key}.what", role="muted")
        said.say(what)
        line.addWidget(said, 1)
        if text:
            read = Button(self._theme, tr("Licence"), name=f"{key}.licence", role="small")
            read.setAccessibleName(tr("Read the licence of {name}").format(name=name))
            read.clicked.connect(lambda: self._read(name, text))
            line.addWidget(read)
        control.setSizePolicy(said.sizePolicy())
        self.add(
            SettingRow(self._theme, name, control, name=key, words=f"licence license third party {what}")
        )

    def _read(self, name: str, text: str) -> None:
        dialog = LicenceDialog(name, (resources_dir() / text).read_text(encoding="utf-8"), self)
        dialog.open()

    def details(self) -> str:
        """Return what a bug report should say of this machine; nothing of what is stored."""
        screen = QGuiApplication.primaryScreen()
        size, ratio = screen.size(), screen.devicePixelRatio()
        station = self._bridge.station
        lines = [
            f"Vedette {__version__}",
            f"Python {platform.python_version()}, Qt {qVersion()}, PySide6 {PySide6.__version__}",
            ", ".join(f"{name} {_version(name)}" for name in _VERSIONS),
            f"{platform.platform()} ({sys.platform}, {platform.machine()})",
            f"Window system {QGuiApplication.platformName()}, "
            f"screen {size.width()} × {size.height()} at {ratio:g}",
            f"Colours {self._theme.setting.value}, density {self._theme.density.value}, "
            f"text {round(100 * self._theme.zoom)} %",
            f"Station {'listening' if station.listening else 'not running'}"
            + (", open to the local network" if station.lan else "")
            + (f", trouble: {station.trouble}" if station.trouble else ""),
        ]
        return "\n".join(lines)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"
