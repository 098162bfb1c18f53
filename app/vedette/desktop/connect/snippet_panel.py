"""Platform buttons, the DSN and what to write for the chosen platform."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.connect.copy_button import CopyButton
from vedette.desktop.connect.platforms import PLATFORMS, platform_of
from vedette.desktop.connect.project_menu import NewProject, ProjectMenu
from vedette.desktop.connect.source import DsnSource
from vedette.desktop.language import tr
from vedette.desktop.theme.highlight import Run
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.code_lines import CodeLine
from vedette.desktop.widgets.code_view import CodeView
from vedette.desktop.widgets.elided_label import ElidedLabel
from vedette.desktop.widgets.flow_layout import FlowLayout
from vedette.desktop.widgets.labels import frame, label


class PlatformButtons(QWidget):
    """One button for each platform, of which one is on; Left and Right move the choice."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(tr("Platform"))
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        flow = FlowLayout(6)
        self.setLayout(flow)
        for platform in PLATFORMS:
            button = Button(theme, platform.title, name=f"{name}.{platform.key}")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, key=platform.key: self._choose(key))
            button.installEventFilter(self)
            self._group.addButton(button)
            flow.addWidget(button)
            self._buttons[platform.key] = button
        self.choose(PLATFORMS[0].key)

    def choose(self, key: str) -> None:
        """Choose *key* without telling ``chosen``. Raises KeyError."""
        self._buttons[key].setChecked(True)
        for button in self._buttons.values():
            chosen = button.isChecked()
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.NoFocus)

    def current(self) -> str:
        """Return the key of the chosen platform."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def _choose(self, key: str) -> None:
        self.choose(key)
        self.chosen.emit(key)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Buttons of a group take the arrows themselves and stop at the end of a line.
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            return False
        keys = list(self._buttons)
        key = keys[(keys.index(self.current()) + step) % len(keys)]
        self._choose(key)
        self._buttons[key].setFocus(Qt.FocusReason.TabFocusReason)
        return True


class SnippetPanel(QWidget):
    """DSN and snippet of the chosen platform. The platform buttons are a widget of their own."""

    def __init__(self, source: DsnSource, theme: Theme, *, name: str) -> None:
        super().__init__()
        self._source = source
        self.setObjectName(name)
        self.platforms = PlatformButtons(theme, name=f"{name}.platforms")
        self.project = ProjectMenu(source, theme, name=f"{name}.project")
        self.new_project = NewProject(source, theme, name=f"{name}.new_project")
        self.dsn = CodeView(theme, name=f"{name}.dsn", title=tr("DSN"), most_lines=1, numbers=False)
        self.where = label("", "caption", name=f"{name}.where")
        self.copy_dsn = CopyButton(theme, tr("Copy the DSN"), self.dsn.text, name=f"{name}.copy_dsn")
        self._title = label("", "title")
        self._install = ElidedLabel(theme, "code", name=f"{name}.install", role="muted")
        self.code = CodeView(theme, name=f"{name}.code", title=tr("What to write"), numbers=False)
        self.copy_code = CopyButton(theme, tr("Copy the snippet"), self.code.text, name=f"{name}.copy_code")
        self.mind = label("", "muted", name=f"{name}.mind", wrap=True)
        self._lay_out()
        self.platforms.chosen.connect(lambda _: self._show())
        self.project.newWanted.connect(self.new_project.ask)
        source.changed.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        dsn_head = QHBoxLayout()
        dsn_head.setSpacing(8)
        dsn_head.addWidget(label(tr("DSN"), "title"))
        dsn_head.addWidget(self.project)
        dsn_head.addWidget(self.where)
        dsn_head.addStretch(1)
        dsn_head.addWidget(self.copy_dsn)
        dsn_box = frame("code")
        inside = QVBoxLayout(dsn_box)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.dsn)
        code_head = QHBoxLayout()
        code_head.setSpacing(8)
        code_head.addWidget(self._title)
        code_head.addWidget(self._install, 1)
        code_head.addWidget(self.copy_code)
        code_box = frame("code")
        around = QVBoxLayout(code_box)
        around.setContentsMargins(1, 4, 1, 4)
        around.addWidget(self.code)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(dsn_head)
        column.addWidget(self.new_project)
        column.addWidget(dsn_box)
        column.addSpacing(8)
        column.addLayout(code_head)
        column.addWidget(code_box)
        column.addWidget(self.mind)

    def choose(self, key: str) -> None:
        """Show the snippet of platform *key*. Raises KeyError."""
        self.platforms.choose(key)
        self._show()

    def _show(self) -> None:
        platform = platform_of(self.platforms.current())
        text, where = self._source.dsn_for(platform.key)
        if text != self.dsn.text():
            self.dsn.set_lines([CodeLine(None, (Run(text, "code.name"),))])
        self.where.setText(where)
        lines = platform.snippet(text).splitlines()
        if self.code.text() != "\n".join(lines):
            self.code.set_source(lines, filename=platform.filename)
        self._title.setText(platform.title)
        self._install.set_text(tr(platform.install))
        self.mind.setText(tr(platform.mind) if platform.mind else "")
        self.mind.setVisible(bool(platform.mind))
