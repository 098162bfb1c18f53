"""Platform buttons, the DSN and what to write for the chosen platform."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.connect.copy_button import CopyButton
from vedette.desktop.connect.snippets import PLATFORMS, platform_of, snippet
from vedette.desktop.connect.source import DsnSource
from vedette.desktop.theme.highlight import Run
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.code_lines import CodeLine
from vedette.desktop.widgets.code_view import CodeView
from vedette.desktop.widgets.elided_label import ElidedLabel
from vedette.desktop.widgets.flow_layout import FlowLayout
from vedette.desktop.widgets.labels import frame, label
from vedette.desktop.widgets.plain_text import plain_title


class PlatformButtons(QWidget):
    """One button for each platform, of which one is on; Left and Right move the choice."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName("Platform")
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        flow = FlowLayout(6)
        self.setLayout(flow)
        for platform in PLATFORMS:
            button = Button(theme, platform.title, name=f"{name}.{platform.key}")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, key=platform.key: self._choose(key))
            self._group.addButton(button)
            flow.addWidget(button)
            self._buttons[platform.key] = button
        self.choose(PLATFORMS[0].key)

    def choose(self, key: str) -> None:
        """Choose *key* without telling ``chosen``. Raises KeyError."""
        self._buttons[key].setChecked(True)
        for button in self._buttons.values():
            chosen = button.isChecked()
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)

    def current(self) -> str:
        """Return the key of the chosen platform."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def _choose(self, key: str) -> None:
        self.choose(key)
        self.chosen.emit(key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        keys = list(self._buttons)
        key = keys[(keys.index(self.current()) + step) % len(keys)]
        self._choose(key)
        self._buttons[key].setFocus(Qt.FocusReason.TabFocusReason)


class SnippetPanel(QWidget):
    """DSN and snippet of the chosen platform. The platform buttons are a widget of their own."""

    def __init__(self, source: DsnSource, theme: Theme, *, name: str) -> None:
        super().__init__()
        self._source = source
        self.setObjectName(name)
        self.platforms = PlatformButtons(theme, name=f"{name}.platforms")
        self._menu = QMenu(self)
        self.project = Button(theme, "", name=f"{name}.project", role="small", menu=self._menu)
        self.dsn = CodeView(theme, name=f"{name}.dsn", title="DSN", most_lines=1, numbers=False)
        self.where = label("", "caption", name=f"{name}.where")
        self.copy_dsn = CopyButton(theme, "the DSN", self.dsn.text, name=f"{name}.copy_dsn")
        self._title = label("", "title")
        self._install = ElidedLabel(theme, "code", name=f"{name}.install", role="muted")
        self.code = CodeView(theme, name=f"{name}.code", title="What to write", numbers=False)
        self.copy_code = CopyButton(theme, "the snippet", self.code.text, name=f"{name}.copy_code")
        self.mind = label("", "muted", name=f"{name}.mind", wrap=True)
        self._lay_out()
        self.platforms.chosen.connect(lambda _: self._show())
        source.changed.connect(self._follow)
        self._follow()

    def _lay_out(self) -> None:
        dsn_head = QHBoxLayout()
        dsn_head.setSpacing(8)
        dsn_head.addWidget(label("DSN", "title"))
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
        column.addWidget(dsn_box)
        column.addSpacing(8)
        column.addLayout(code_head)
        column.addWidget(code_box)
        column.addWidget(self.mind)

    def choose(self, key: str) -> None:
        """Show the snippet of platform *key*. Raises KeyError."""
        self.platforms.choose(key)
        self._show()

    def _follow(self) -> None:
        current = self._source.current
        self.project.setVisible(current is not None)
        if current is not None:
            self.project.setText(plain_title(current.project.slug))
            self.project.setAccessibleName(f"Project {current.project.slug}")
            self._menu.clear()
            for entry in self._source.projects:
                action = self._menu.addAction(plain_title(f"{entry.project.slug}   {entry.project.name}"))
                action.setCheckable(True)
                action.setChecked(entry is current)
                action.triggered.connect(lambda _=False, number=entry.project.id: self._source.choose(number))
        self._show()

    def _show(self) -> None:
        platform = platform_of(self.platforms.current())
        text, where = self._source.dsn_for(platform.key)
        if text != self.dsn.text():
            self.dsn.set_lines([CodeLine(None, (Run(text, "code.name"),))])
        self.where.setText(where)
        lines = snippet(platform.key, text).splitlines()
        if self.code.text() != "\n".join(lines):
            self.code.set_source(lines, filename=platform.filename)
        self._title.setText(platform.title)
        self._install.set_text(platform.install)
        self.mind.setText(platform.mind)
        self.mind.setVisible(bool(platform.mind))
