"""What an open frame shows: its source with the current line marked, and its variables."""

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vedette.desktop.issue.source.local_source import LocalSource
from vedette.desktop.issue.stack.frames import Frame, source_lines
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.code_view import CodeView
from vedette.desktop.widgets.json_values import inner_meta, is_container, meta_note, preview, value_token
from vedette.desktop.widgets.key_values import KeyValue, KeyValueTable
from vedette.desktop.widgets.labels import label, separator
from vedette.desktop.widgets.value_tree import ValueTree

_NAME_WIDTH = 140


class FrameBody(QWidget):
    """Source above, variables below; neither part is made when there is nothing to put into it."""

    def __init__(
        self,
        theme: Theme,
        frame: Frame,
        *,
        name: str,
        platform: str,
        local: LocalSource | None,
        meta: Any,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName(name)
        self.code: CodeView | None = None
        self._variables: list[QWidget] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._add_source(frame, platform, local)
        self._add_variables(frame, meta)
        if self._layout.count() == 0:
            note = label("The event carries neither source nor variables of this frame.", "caption")
            note.setContentsMargins(12, 8, 12, 8)
            self._layout.addWidget(note)

    def _add_source(self, frame: Frame, platform: str, local: LocalSource | None) -> None:
        sent = source_lines(frame.data)
        if sent is None and local is None:
            return
        lines, first = (
            sent if sent is not None else (list(local.lines if local else ()), local.first if local else 1)
        )
        self.code = CodeView(
            self._theme,
            name=f"{self.objectName()}.source",
            title=f"Source of {frame.function}",
            parent=self,
        )
        self.code.set_source(
            [line.rstrip("\r\n") for line in lines],
            filename=str(frame.data.get("filename") or frame.data.get("abs_path") or ""),
            platform=frame.data.get("platform") or platform,
            first_number=first,
            current=frame.lineno,
        )
        self._layout.addWidget(self.code)

    def _add_variables(self, frame: Frame, meta: Any) -> None:
        plain = {name: value for name, value in frame.variables.items() if not is_container(value)}
        nested = {name: value for name, value in frame.variables.items() if is_container(value)}
        if plain:
            table = KeyValueTable(
                self._theme,
                name=f"{self.objectName()}.variables",
                title=f"Variables of {frame.function}",
                label_width=_NAME_WIDTH,
                lines=True,
                parent=self,
            )
            table.set_rows([_row(name, value, inner_meta(meta, name)) for name, value in plain.items()])
            self._add_part(table)
        if nested:
            tree = ValueTree(
                self._theme,
                name=f"{self.objectName()}.values",
                title=f"Structured variables of {frame.function}",
                reprs=True,
                fit=True,
                parent=self,
            )
            tree.set_value(nested, meta)
            tree.header().resizeSection(0, _NAME_WIDTH + 24)
            self._add_part(tree)

    def _add_part(self, part: QWidget) -> None:
        if self._layout.count():
            line = separator()
            self._variables.append(line)
            self._layout.addWidget(line)
        self._variables.append(part)
        self._layout.addWidget(part)

    def show_variables(self, shown: bool) -> None:
        """Show or hide the variables."""
        for part in self._variables:
            part.setVisible(shown)

    def height_for(self, width: int) -> int:
        """Return how high the body is in *width* pixels."""
        layout = self._layout
        if self.width() != width:
            # Whether source needs a scroll bar shows only once it has its width.
            self.resize(width, max(1, self.height()))
            layout.activate()
        return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()


def _row(name: str, value: Any, meta: Any) -> KeyValue:
    note = meta_note(meta)
    text = preview(value, 2_000, reprs=True)
    return KeyValue(
        name,
        f"{text}   {note}" if note else text,
        token=value_token(value, reprs=True),
        code=True,
        tip=f"{name} = {text[:1_000]}",
    )
