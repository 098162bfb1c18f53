"""The page of what belongs nowhere else: the language, and where things are kept."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from vedette.desktop.editor import reveal_file
from vedette.desktop.language import LANGUAGES, SYSTEM, tr
from vedette.desktop.settings.page import SettingsPage
from vedette.desktop.settings.row import SettingRow
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

LANGUAGE = "language"


class GeneralPage(SettingsPage):
    def __init__(self, bridge: "Bridge", theme: Theme) -> None:
        super().__init__(bridge, theme, "general", tr("General"))
        self.language = self.add_choice(
            LANGUAGE,
            tr("Language"),
            [(SYSTEM, tr("As the system")), *LANGUAGES.items()],
            usual=SYSTEM,
            about=tr("Every window changes at once. What programs send stays as it is."),
            words="language sprache translation deutsch english",
        )
        folder = bridge.workspace.folder
        control = QWidget()
        control.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        line = QHBoxLayout(control)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        path = ElidedLabel(theme, "code", name="settings.workspace")
        path.set_text(str(folder))
        reveal = Button(theme, tr("Show"), name="settings.workspace.show", role="small", icon="folder-open")
        reveal.setAccessibleName(tr("Show the workspace in the file manager"))
        reveal.clicked.connect(lambda: self._reveal())
        line.addWidget(path, 1)
        line.addWidget(reveal)
        self.add(
            SettingRow(
                theme,
                tr("Workspace"),
                control,
                name="settings.workspace",
                about=tr(
                    "All that is kept lies in this folder: events, attachments, the station's settings. "
                    "Another one is used with --data, or with VEDETTE_DATA."
                ),
                words=f"folder data path {folder}",
            )
        )

    def _reveal(self) -> None:
        trouble = reveal_file(self._bridge.workspace.folder)
        if trouble:
            self.failed.emit(trouble, str(self._bridge.workspace.folder))
