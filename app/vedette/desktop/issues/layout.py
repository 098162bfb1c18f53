"""List and open issue side by side, one above the other, or one at a time; sizes as the user drew them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QSplitter, QWidget
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.shell.layouts import Layout, fitting, sizes_key

if TYPE_CHECKING:
    from vedette.desktop.preferences import Preferences

_LIST_WIDTH = 336
_LIST_SHARE = 0.4  # of the height


class ListAndDetail(QSplitter):
    """The two panes, in the layout that was chosen as long as it has room."""

    def __init__(self, shown: QWidget, preferences: "Preferences", parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._list = shown
        self._detail: QWidget | None = None
        self._preferences = preferences
        self._has_detail = False
        self.chosen = Layout.RIGHT
        self.setObjectName("issues.splitter")
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(shown)
        self.splitterMoved.connect(lambda *_: self._keep_sizes())

    def set_detail(self, detail: QWidget) -> None:
        """Take the pane of the open issue in."""
        self._detail = detail
        self.addWidget(detail)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        handle = self.handle(1)
        handle.setToolTip(tr("Double-click for the usual sizes"))
        handle.installEventFilter(self)

    @property
    def is_below(self) -> bool:
        """Whether the open issue is to be below the list."""
        return self.chosen is Layout.BELOW

    @property
    def wants_compact(self) -> bool:
        """Whether the list is to leave only the issue's own column."""
        return self._has_detail and not self.is_below

    def arrange(self, *, has_detail: bool) -> bool:
        """Show both panes where there is room for both; return whether their room has to be shared anew."""
        self._has_detail = has_detail
        wanted = Qt.Orientation.Vertical if self.is_below else Qt.Orientation.Horizontal
        is_turned = wanted is not self.orientation()
        if is_turned:
            self.setOrientation(wanted)
        alone = fitting(self.chosen, self.width(), self.height()) is Layout.FOCUS
        self._list.setVisible(not (has_detail and alone))
        return is_turned

    @override
    def minimumSizeHint(self) -> QSize:
        # Not of both together: in a window that gets too small for both, one makes way.
        hints = [pane.minimumSizeHint() for pane in (self._list, self._detail) if pane is not None]
        return QSize(min(hint.width() for hint in hints), min(hint.height() for hint in hints))

    def share(self) -> None:
        """Give list and detail the room the user left them, else their usual share."""
        whole = self.height() if self.is_below else self.width()
        drawn = self._preferences.get(self._key(), 0)
        usual = round(whole * _LIST_SHARE) if self.is_below else _LIST_WIDTH
        first = drawn if 0 < drawn < whole else usual
        self.refresh()
        self.setSizes([first, max(1, whole - first)])

    def _key(self) -> str:
        return sizes_key("issues", Layout.BELOW if self.is_below else Layout.RIGHT)

    def _keep_sizes(self) -> None:
        self._preferences.set(self._key(), self.sizes()[0])

    def reset_sizes(self) -> None:
        """Give list and detail their usual share."""
        self._preferences.reset(self._key())
        self.share()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self.reset_sizes()
            return True
        return super().eventFilter(watched, event)
