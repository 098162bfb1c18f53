"""Registers of a native stack trace, and the images of its program, below the frames."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vedette.desktop.issue.folding import FoldMemory, FoldSection
from vedette.desktop.issue.stack.native import Image, Symbols, images_of
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.key_values import KeyValue, KeyValueTable
from vedette.domain.json import JsonObject

_NAME_WIDTH = 90
_MOST_IMAGES = 500
_TOKENS = {
    Symbols.FOUND: "level.ok.text",
    Symbols.MISSING: "level.warning.text",
    Symbols.UNUSED: "text.muted",
}


class _Table(QWidget):
    """A table under a title that folds; made when there is something to show for the first time."""

    def __init__(self, theme: Theme, memory: FoldMemory, key: str, title: str, width: int) -> None:
        super().__init__()
        self._parts = (theme, memory, key, title, width)
        self._fold: FoldSection | None = None
        self.table: KeyValueTable | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def set_rows(self, rows: Sequence[KeyValue], note: str) -> None:
        """Show *rows*, with *note* beside the title; hide without any."""
        self.setVisible(bool(rows))
        if not rows:
            return
        if self._fold is not None:
            self._column.removeWidget(self._fold)
            self._fold.hide()
            self._fold.deleteLater()
        theme, memory, key, title, width = self._parts
        self._fold = FoldSection(theme, memory, key, title, note=note)
        self.table = KeyValueTable(theme, name=f"event.{key}", title=title, label_width=width, lines=True)
        self.table.set_rows(rows)
        self._fold.add(self.table)
        self._column.addWidget(self._fold)


class RegisterSection(_Table):
    """The registers of one stack trace."""

    def __init__(self, theme: Theme, memory: FoldMemory) -> None:
        super().__init__(theme, memory, "registers", tr("Registers"), _NAME_WIDTH)

    def set_registers(self, registers: Sequence[tuple[str, str]]) -> None:
        """Show names and values."""
        self.set_rows([KeyValue(name, value, code=True) for name, value in registers], str(len(registers)))


class ImageSection(_Table):
    """What the program was made of, and whether symbols were found."""

    def __init__(self, theme: Theme, memory: FoldMemory) -> None:
        super().__init__(theme, memory, "images", tr("Images"), 0)

    def set_event(self, event: JsonObject) -> None:
        """Show the images of *event*."""
        images = images_of(event)
        missing = sum(image.symbols is Symbols.MISSING for image in images)
        note = str(len(images))
        if missing:
            note = f"{note} · " + tr("%n without symbols", "", missing)
        self.set_rows([_row(image) for image in images[:_MOST_IMAGES]], note)


def _row(image: Image) -> KeyValue:
    symbols = tr("symbols: {state}").format(state=tr(image.symbols.value))
    frames = tr("%n frame(s)", "", image.frames) if image.frames else ""
    parts = (symbols, frames, image.range, image.arch, image.debug_id)
    return KeyValue(
        image.name or tr("unnamed"),
        " · ".join(part for part in parts if part),
        token=_TOKENS[image.symbols],
        code=True,
        tip=image.path,
    )
