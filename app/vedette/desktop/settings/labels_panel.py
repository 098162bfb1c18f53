"""Labels in the settings: which there are, a new one, and what can be changed of the chosen one."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from vedette.desktop.language import tr
from vedette.desktop.settings.colour_picker import COLOURS, ColourPicker, dot_icon
from vedette.desktop.settings.row import SettingRow, side_by_side
from vedette.desktop.theme.theme import Theme
from vedette.desktop.theme.tokens import project_token
from vedette.desktop.widgets import units
from vedette.desktop.widgets.buttons import Button
from vedette.domain.json import JsonObject
from vedette.store.queries.labels import LabelRow

LONGEST = 40
_ID = Qt.ItemDataRole.UserRole
_MOST_ROWS = 7
_DOT = 18


class LabelList(QWidget):
    """The list of labels with the way to another one below it; ``wanted`` carries a new one's name."""

    wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._labels: tuple[LabelRow, ...] = ()
        self._listening = False
        self.list = QListWidget()
        self.list.setObjectName("settings.labels")
        self.list.setAccessibleName(tr("Labels"))
        self.list.setIconSize(QSize(_DOT, _DOT))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.new_name = QLineEdit()
        self.new_name.setObjectName("settings.labels.new_name")
        self.new_name.setAccessibleName(tr("Name of a new label"))
        self.new_name.setPlaceholderText(tr("Name of a new label"))
        self.new_name.setMaxLength(LONGEST)
        self.make = Button(theme, tr("New label"), name="settings.labels.make", icon="plus")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.new_name, 1)
        line.addWidget(self.make)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 6)
        column.setSpacing(8)
        column.addWidget(self.list)
        column.addLayout(line)
        self.list.hide()
        theme.changed.connect(self._draw)
        self.new_name.textChanged.connect(lambda _: self._say_whether_can_make())
        self.new_name.returnPressed.connect(self._make)
        self.make.clicked.connect(self._make)
        self._say_whether_can_make()

    def show_labels(self, labels: tuple[LabelRow, ...]) -> None:
        """Show *labels*; the chosen one stays chosen."""
        chosen = self.chosen()
        at = self.list.currentRow()
        self._labels = labels
        self.list.blockSignals(True)
        self.list.clear()
        for label in labels:
            item = QListWidgetItem()
            item.setData(_ID, label.id)
            self.list.addItem(item)
        if not self.choose(chosen.id if chosen is not None else None) and labels:
            self.list.setCurrentRow(min(max(at, 0), len(labels) - 1))
        self.list.blockSignals(False)
        self.list.setVisible(bool(labels))
        self._draw()

    def choose(self, label: int | None) -> bool:
        """Choose a label by its id; False if it is not there."""
        for row, one in enumerate(self._labels):
            if one.id == label:
                self.list.setCurrentRow(row)
                return True
        return False

    def chosen(self) -> LabelRow | None:
        """Return the chosen label."""
        row = self.list.currentRow()
        return self._labels[row] if 0 <= row < len(self._labels) else None

    def set_listening(self, listening: bool) -> None:
        """Let labels be made only while a station runs."""
        self._listening = listening
        self.new_name.setEnabled(listening)
        self._say_whether_can_make()

    def _say_whether_can_make(self) -> None:
        self.make.setEnabled(self._listening and bool(self.new_name.text().strip()))

    def _make(self) -> None:
        name = self.new_name.text().strip()
        if name:
            self.wanted.emit(name)

    def _draw(self) -> None:
        height = self._theme.line_height("body") + 10
        for row, label in enumerate(self._labels):
            item = self.list.item(row)
            color = self._theme.color(project_token(label.colour))
            item.setIcon(dot_icon(color, _DOT, self.devicePixelRatioF()))
            issues = counted(tr("%n issue(s)", "", label.issues), label.issues)
            item.setText(f"{label.name}  —  {issues}")
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                tr("{label}, {colour}, {issues}").format(
                    label=label.name, colour=tr(COLOURS[label.colour % len(COLOURS)]), issues=issues
                ),
            )
            item.setSizeHint(QSize(0, height))
        self.list.setFixedHeight(min(_MOST_ROWS, max(1, len(self._labels))) * height + 6)

    def apply_filter(self, words: Sequence[str], around: str = "") -> int:
        """Show the list if it or one of its labels fits, and choose the first that does."""
        own = f"{around} {self.make.text()} label tag name".casefold()
        if all(word in own for word in words):
            self.show()
            return 1
        fitting = [all(word in f"{own} {one.name}".casefold() for word in words) for one in self._labels]
        if any(fitting):
            self.list.setCurrentRow(fitting.index(True))
        self.setVisible(any(fitting))
        return int(any(fitting))


class LabelPanel(QWidget):
    """Name, colour and end of one label; ``changed`` carries its id and what the user changed."""

    changed = Signal(int, object)
    deleted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: LabelRow | None = None
        self._sent = ""  # the name that was asked for last: Return and leaving the field ask once
        self.setObjectName("settings.label")
        self.name = QLineEdit()
        self.name.setObjectName("settings.label.name")
        self.name.setAccessibleName(tr("Name of the label"))
        self.name.setMaxLength(LONGEST)
        self.name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.colour = ColourPicker(theme, name="settings.label.colour", title=tr("Colour of the label"))
        self.delete = Button(theme, tr("Delete…"), name="settings.label.delete", role="small", icon="trash-2")
        self.delete.setAccessibleName(tr("Delete the label"))
        self.confirm = Button(theme, tr("Delete"), name="settings.label.confirm", role="small")
        self.confirm.setAccessibleName(tr("Delete the label for good"))
        self.keep = Button(theme, tr("Keep"), name="settings.label.keep", role="small")
        self.keep.setAccessibleName(tr("Keep the label"))
        self.rows: list[SettingRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 0, 0)
        self._column.setSpacing(2)
        self._add(tr("Name"), self.name, "name", "rename label")
        self._add(tr("Colour"), self.colour, "colour", "color dot label")
        self.delete_row = self._add(
            tr("Delete"), side_by_side(self.delete, self.confirm, self.keep), "delete", "remove label"
        )
        self.name.editingFinished.connect(self._put_name)
        self.colour.chosen.connect(self._put_colour)
        self.delete.clicked.connect(lambda: self._ask(asking=True))
        self.keep.clicked.connect(lambda: self._ask(asking=False))
        self.confirm.clicked.connect(self._delete)

    def _add(self, title: str, control: QWidget, name: str, words: str) -> SettingRow:
        row = SettingRow(self._theme, title, control, name=f"settings.label.{name}", words=words)
        self.rows.append(row)
        self._column.addWidget(row)
        return row

    def show_label(self, label: LabelRow | None) -> None:
        """Show what *label* is now; what is being typed stays as long as it is the same label."""
        before, self._shown = self._shown, label
        self.setVisible(label is not None)
        if label is None:
            return
        is_other = before is None or before.id != label.id
        if is_other or before != label or not self.name.hasFocus():
            self._sent = label.name
        if is_other or not self.name.hasFocus():
            self.name.setText(label.name)
        self.colour.choose(label.colour)
        self._show_asking(asking=not is_other and not self.keep.isHidden())

    def set_listening(self, listening: bool) -> None:
        """Let things be changed only while a station runs."""
        for control in (self.name, self.colour, self.delete, self.confirm):
            control.setEnabled(listening)

    def refuse(self) -> None:
        """Show again what is in force: the station refused a change."""
        if self._shown is not None:
            self._sent = self._shown.name
            self.name.setText(self._shown.name)
            self.colour.choose(self._shown.colour)

    def apply_filter(self, words: Sequence[str], around: str = "") -> int:
        """Show the rows that fit and return how many do; none without a label."""
        if self._shown is None:
            return 0
        around = f"{around} {self._shown.name}"
        return sum(row.apply_filter(words, around) for row in self.rows)

    # ---------------------------------------------------------------- changing

    def _put_name(self) -> None:
        if self._shown is None:
            return
        text = self.name.text().strip()
        if not text:
            self.name.setText(self._shown.name)
        elif text != self._sent:
            self._sent = text
            self.changed.emit(self._shown.id, _change(name=text))

    def _put_colour(self, colour: int) -> None:
        if self._shown is not None and colour != self._shown.colour:
            self.changed.emit(self._shown.id, _change(colour=colour))

    def _ask(self, *, asking: bool) -> None:
        self._show_asking(asking=asking)
        (self.keep if asking else self.delete).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_asking(self, *, asking: bool) -> None:
        issues = 0 if self._shown is None else self._shown.issues
        self.delete.setVisible(not asking)
        self.confirm.setVisible(asking)
        self.keep.setVisible(asking)
        if asking:
            text = tr("%n issue(s) lose(s|) it. This cannot be undone.", "", issues)
        else:
            text = tr("%n issue(s) carr(ies|y) it.", "", issues)
        self.delete_row.say_help(counted(text, issues))

    def _delete(self) -> None:
        if self._shown is not None:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)  # the button goes away under the keyboard
            self._show_asking(asking=False)
            self.deleted.emit(self._shown.id)


def _change(**members: str | int) -> JsonObject:
    return dict(members)


def counted(text: str, number: int) -> str:
    """Return *text* with *number* in it as the language writes large ones."""
    return text.replace(str(number), units.count(number), 1)
