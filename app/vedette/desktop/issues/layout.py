"""List and open issue side by side, one above the other, or one at a time; sizes as the user drew them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QSplitter, QWidget
from typing_extensions import override

from vedette.desktop.language import tr

if TYPE_CHECKING:
    from vedette.desktop.preferences import Preferences

NARROW = 800
"""With less room than this the open issue takes the list's place, if no other layout was chosen."""
SIZES = "issues.sizes"
"""The preference: by layout, how many pixels of the list the user left."""
_LIST_WIDTH = 336
_LEAST_LIST = 240
_LIST_SHARE = 0.4  # of the height


class ListAndDetail(QSplitter):
    """The two panes. ``layout_name`` is right, below, focus, compact, or "" for whatever fits."""

    def __init__(self, shown: QWidget, preferences: "Preferences", parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._list = shown
        self._detail: QWidget | None = None
        self._preferences = preferences
        self._has_detail = False
        self.layout_name = ""
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
        return self.layout_name == "below"

    @property
    def wants_compact(self) -> bool:
        """Whether the list is to leave only the issue's own column."""
        return self.layout_name == "compact" or (self._has_detail and not self.is_below)

    def arrange(self, *, has_detail: bool) -> bool:
        """Show both panes where there is room for both; return whether their room has to be shared anew."""
        self._has_detail = has_detail
        wanted = Qt.Orientation.Vertical if self.is_below else Qt.Orientation.Horizontal
        is_turned = wanted is not self.orientation()
        if is_turned:
            self.setOrientation(wanted)
        self._list.setVisible(not (has_detail and not self._has_room()))
        return is_turned

    @override
    def minimumSizeHint(self) -> QSize:
        # Not of both together: in a window that gets too small for both, one makes way.
        hints = [pane.minimumSizeHint() for pane in (self._list, self._detail) if pane is not None]
        return QSize(min(hint.width() for hint in hints), min(hint.height() for hint in hints))

    def _has_room(self) -> bool:
        if self.layout_name in ("focus", "compact"):
            return False
        if self._detail is None:
            return True
        # One that was chosen holds as long as neither pane gets too small.
        listed, detail = self._list.minimumSizeHint(), self._detail.minimumSizeHint()
        if self.is_below:
            return self.height() > listed.height() + detail.height()
        least = _LEAST_LIST + detail.width() if self.layout_name == "right" else NARROW
        return self.width() >= least

    def share(self) -> None:
        """Give list and detail the room the user left them, else their usual share."""
        whole = self.height() if self.is_below else self.width()
        drawn = self._preferences.get(SIZES, {}).get(self._key())
        usual = round(whole * _LIST_SHARE) if self.is_below else _LIST_WIDTH
        first = drawn if isinstance(drawn, int) and 0 < drawn < whole else usual
        self.refresh()
        self.setSizes([first, max(1, whole - first)])

    def _key(self) -> str:
        return "below" if self.is_below else "right"

    def _keep_sizes(self) -> None:
        self._preferences.set(SIZES, {**self._preferences.get(SIZES, {}), self._key(): self.sizes()[0]})

    def reset_sizes(self) -> None:
        """Give list and detail their usual share."""
        kept = {key: value for key, value in self._preferences.get(SIZES, {}).items() if key != self._key()}
        self._preferences.set(SIZES, kept)
        self.share()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self.reset_sizes()
            return True
        return super().eventFilter(watched, event)
