"""The keys of a project: their DSNs to copy, on or off, and a way to another one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from vedette.desktop.connect.copy_button import CopyButton
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.elided_label import ElidedLabel
from vedette.store.queries.projects import KeyRow


class KeysList(QWidget):
    """One line a key."""

    switched = Signal(str, bool)
    """A key (its public key) may send, or no longer."""
    addWanted = Signal()

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._shown: tuple[tuple[KeyRow, ...], str] = ((), "")
        self._lines: list[QWidget] = []
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.add = Button(theme, tr("New key"), name=f"{name}.add", role="small", icon="plus")
        self.add.clicked.connect(self.addWanted)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_keys(self, keys: tuple[KeyRow, ...], address: str) -> None:
        """Show *keys* with their DSNs at *address* (host:port); "": no station, so only the keys."""
        if (keys, address) == self._shown:
            return
        self._shown = (keys, address)
        had_focus = any(line.isAncestorOf(self.focusWidget() or self) for line in self._lines)
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._make(key, address) for key in keys]
        for at, line in enumerate(self._lines):
            self._column.insertWidget(at, line)
        if had_focus:
            self.add.setFocus()

    def _make(self, key: KeyRow, address: str) -> QWidget:
        text = f"http://{key.public_key}@{address}/{key.project}" if address else key.public_key
        name = f"{self._name}.{key.public_key}"
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        dsn = ElidedLabel(self._theme, "code", name=name)
        dsn.set_text(text)
        copy = CopyButton(
            self._theme, tr("DSN {label}").format(label=key.label), lambda: text, name=f"{name}.copy"
        )
        switch = QCheckBox(tr("On"))
        switch.setObjectName(f"{name}.active")
        switch.setAccessibleName(tr("{label} may send").format(label=key.label))
        switch.setToolTip(key.label)
        switch.setChecked(key.active)
        switch.clicked.connect(lambda on: self.switched.emit(key.public_key, on))
        row.addWidget(dsn, 1)
        row.addWidget(copy)
        row.addWidget(switch)
        return line
