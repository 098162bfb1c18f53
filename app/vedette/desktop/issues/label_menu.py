"""The menu of labels: which of them the issues carry, and a field for a new one."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget, QWidgetAction

from vedette.desktop.language import tr
from vedette.desktop.widgets.plain_text import plain_title
from vedette.store.queries.labels import LabelRow, issue_labels, list_labels

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

PATH = "/organizations/desk/labels/"
LONGEST = 40
Set = Callable[[int, str, bool], None]
"""Gives a label (id, name) to the issues meant, or takes it away."""


class LabelMenu(QMenu):
    """Filled when the labels have been read; a label that all of the issues carry has a mark."""

    def __init__(
        self,
        bridge: "Bridge",
        issues: Sequence[int],
        set_label: Set,
        failed: Callable[[str, str], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._owner = parent
        self._bridge, self._issues, self._set, self._failed = bridge, list(issues), set_label, failed
        self.setObjectName("issues.choices.labels")
        self.setTitle(tr("Labels"))
        self.aboutToHide.connect(self.deleteLater)
        self.field = QLineEdit()
        self.field.setObjectName("issues.choices.labels.new")
        self.field.setAccessibleName(tr("Name of a new label"))
        self.field.setPlaceholderText(tr("New label…"))
        self.field.setMaxLength(LONGEST)
        self.field.returnPressed.connect(self._create)
        holder = QWidgetAction(self)
        holder.setDefaultWidget(self.field)
        self._line = self.addSeparator()
        self.addAction(holder)

    def open_at(self, at: QPoint) -> None:
        """Show the menu at the global point *at* once the labels are read."""
        self._bridge.ask(_read, self._issues, answer=partial(self._fill, at), failed=self._failed, owner=self)

    def _fill(self, at: QPoint, found: tuple[list[LabelRow], dict[int, int]]) -> None:
        labels, carried = found
        for row in labels:
            action = self.addAction(plain_title(row.name))
            self.insertAction(self._line, action)
            action.setObjectName(f"issues.choices.labels.{row.id}")
            action.setCheckable(True)
            action.setChecked(bool(self._issues) and carried.get(row.id, 0) == len(self._issues))
            action.triggered.connect(lambda checked, row=row: self._toggle(row, checked))
        self.popup(at)
        if labels:
            self.setActiveAction(self.actions()[0])
        else:
            self.field.setFocus()

    def _toggle(self, row: LabelRow, checked: bool) -> None:
        self._set(row.id, row.name, checked)

    def _create(self) -> None:
        name = self.field.text().strip()
        if not name:
            return
        set_label = self._set

        def made(answer: Any) -> None:
            set_label(int(answer["id"]), answer["name"], True)

        # The menu is gone when the answer comes.
        self._bridge.call("POST", PATH, {"name": name}, answer=made, failed=self._failed, owner=self._owner)
        self.close()


def _read(db: Any, issues: list[int]) -> tuple[list[LabelRow], dict[int, int]]:
    """Return every label, and how many of *issues* carry each."""
    counts: dict[int, int] = {}
    for labels in issue_labels(db, issues).values():
        for row in labels:
            counts[row.id] = counts.get(row.id, 0) + 1
    return list_labels(db), counts
