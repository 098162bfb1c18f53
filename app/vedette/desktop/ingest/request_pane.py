"""One request: what is known of it, and what can be done about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.ingest.actions import MORE
from vedette.desktop.ingest.facts import fact_rows, headline
from vedette.desktop.ingest.read import Detail
from vedette.desktop.ingest.wording import can_adopt, can_parse
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button, command_button
from vedette.desktop.widgets.elided_label import ElidedLabel
from vedette.desktop.widgets.flow_layout import FlowLayout
from vedette.desktop.widgets.key_values import KeyValueTable
from vedette.desktop.widgets.labels import label


class RequestPane(QWidget):
    """The facts of a request, and its buttons. Empty until ``show_detail``."""

    issueWanted = Signal()

    def __init__(self, theme: Theme, commands: CommandRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ingest.request")
        self.setAccessibleName(tr("Request"))
        self.headline = ElidedLabel(theme, "caption.strong", name="ingest.request.headline", role="muted")
        self.facts = KeyValueTable(theme, name="ingest.request.facts", title=tr("About the request"))
        self.parse = command_button(theme, commands, "ingest.parse_again", role="small")
        self.adopt = command_button(theme, commands, "ingest.adopt", role="primary")
        self.block = command_button(theme, commands, "ingest.block", role="small")
        self.curl: Button = command_button(theme, commands, "ingest.copy_curl", role="small")
        self._commands = commands
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.more = Button(theme, tr("More"), name="ingest.request.more", role="small", menu=self._menu)
        self.note = label("", "muted", name="ingest.request.note", wrap=True)
        self._lay_out()
        self.facts.linkFollowed.connect(lambda _: self.issueWanted.emit())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(4, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(label(tr("Request"), "title"))
        head.addWidget(self.headline, 1)
        self._buttons = QWidget()
        self._flow = flow = FlowLayout(8, self._buttons)
        flow.setContentsMargins(4, 0, 0, 10)
        for button in (self.adopt, self.parse, self.block, self.curl, self.more):
            flow.addWidget(button)
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.facts)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 12, 8, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(area, 1)
        layout.addWidget(self.note)
        layout.addWidget(self._buttons)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(260)

    def _fill_menu(self) -> None:
        self._menu.clear()
        self._commands.refresh()
        self._commands.fill_menu(self._menu, MORE)

    def show_detail(self, detail: Detail) -> None:
        """Show a request."""
        self.headline.set_text(headline(detail))
        self.facts.set_rows(fact_rows(detail))
        self.adopt.setVisible(can_adopt(detail.listed))
        self.parse.setVisible(can_parse(detail.listed))
        title = tr("Allow sender") if detail.is_blocked else tr("Block sender")
        self.block.setText(title)
        self.block.setAccessibleName(title)
        self.say(detail.gone)
        self._reserve()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reserve()

    def _reserve(self) -> None:
        """Keep the room all lines of buttons need: a layout asks for that of one."""
        self._buttons.setMinimumHeight(self._flow.heightForWidth(self._buttons.width()))

    def say(self, text: str) -> None:
        """Show a remark under the buttons."""
        self.note.setText(text)
        self.note.setVisible(bool(text))
