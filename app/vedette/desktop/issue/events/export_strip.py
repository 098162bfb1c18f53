"""How far an export is, with a button to stop it; and then what was written where."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from vedette.desktop.issue.parts import SIDE
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button, IconButton
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.units import count

_WIDTH = 160


class ExportStrip(QWidget):
    """Hidden until there is something to say."""

    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("issue.events.export")
        self.words = label("", "caption", name="issue.events.export.words", wrap=True)
        self.bar = QProgressBar()
        self.bar.setObjectName("issue.events.export.progress")
        self.bar.setAccessibleName(tr("Progress of the export"))
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(_WIDTH)
        self.stop = Button(theme, tr("Stop"), name="issue.events.export.stop", role="small", icon="x")
        self.close_button = IconButton(theme, "x", tr("Close"), name="issue.events.export.close")
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 4, SIDE, 4)
        row.addWidget(self.words, 1)
        for part in (self.bar, self.stop, self.close_button):
            row.addWidget(part)
        self.stop.clicked.connect(self.cancelled)
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def say_progress(self, done: int, total: int) -> None:
        """Say that *done* of *total* events are written; a total of 0 is not known yet."""
        words = tr("Exporting…")
        if total:
            words = tr("Exporting: {done} of {total} events").format(done=count(done), total=count(total))
        self.words.setText(words)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self._show(is_running=True)

    def say_end(self, sentence: str) -> None:
        """Say how it ended."""
        self.words.setText(sentence)
        self._show(is_running=False)

    def _show(self, *, is_running: bool) -> None:
        self.bar.setVisible(is_running)
        self.stop.setVisible(is_running)
        self.close_button.setVisible(not is_running)
        self.show()
