"""How a window shares its room: sidebar, list and what is opened from it, one thing alone, the strip."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

from vedette.desktop.language import tr
from vedette.desktop.shell.edges import DoubleClicks, ResizeMode
from vedette.desktop.shell.layouts import PREFERENCE as LAYOUT
from vedette.desktop.shell.layouts import Layout, chosen_layout
from vedette.desktop.shell.sidebar import WIDTH, Sidebar
from vedette.desktop.theme.theme import Theme

if TYPE_CHECKING:
    from vedette.desktop.preferences import Preferences

SIDEBAR_FROM = 760
"""In a narrower window the sidebar makes way."""
SIDEBAR = "layout.sidebar"
"""The preference for the sidebar's width as the user drew it."""
STRIP = QSize(420, 640)
"""The narrow strip."""
_LEAST_SIDEBAR, _MOST_SIDEBAR = 150, 420


class Arrangement(QObject):
    """The panes of one window."""

    layoutChanged = Signal()
    """Lists and what is opened from them share their room otherwise."""

    def __init__(
        self, window: QMainWindow, theme: Theme, preferences: "Preferences", sidebar: Sidebar
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._preferences = preferences
        self._sidebar = sidebar
        self._hid_sidebar: bool | None = None  # the user's own choice; None: the window's width decides
        self._own: Layout | None = None  # None: the layout chosen for all windows
        self._before_strip: QSize | None = None
        self.resizing = ResizeMode(window)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("window.splitter")
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        preferences.changed.connect(self._follow)
        theme.changed.connect(self._place_edge)

    def lay_out(self, beside: QWidget) -> QSplitter:
        """Return the sidebar with *beside* at its right, to be put into the window."""
        self.splitter.addWidget(self._sidebar)
        self.splitter.addWidget(beside)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self._sidebar.setMinimumWidth(_LEAST_SIDEBAR)
        self._sidebar.setMaximumWidth(_MOST_SIDEBAR)
        handle = self.splitter.handle(1)
        handle.setToolTip(tr("Double-click for the usual width"))
        DoubleClicks(handle, self.reset_sidebar)
        self.splitter.splitterMoved.connect(lambda *_: self._keep_edge())
        self._place_edge()
        return self.splitter

    # ---------------------------------------------------------------- sidebar

    def shows_sidebar(self) -> bool:
        return not self._sidebar.isHidden()

    def toggle_sidebar(self) -> None:
        """Show or hide the sidebar, whatever the width."""
        self._hid_sidebar = self.shows_sidebar()
        self._sidebar.setVisible(not self._hid_sidebar)
        self._place_edge()

    def fit(self, width: int) -> None:
        """Show the sidebar if a window of *width* pixels has room for it and the user has not chosen."""
        if self._hid_sidebar is None:
            was_hidden = self._sidebar.isHidden()
            self._sidebar.setVisible(width >= SIDEBAR_FROM)
            if was_hidden:
                self._place_edge()

    def reset_sidebar(self) -> None:
        """Give the sidebar its usual width."""
        self._preferences.reset(SIDEBAR)
        self._place_edge()

    def _keep_edge(self) -> None:
        if self.shows_sidebar():
            self._preferences.set(SIDEBAR, self.splitter.sizes()[0])

    def _place_edge(self) -> None:
        usual = round(WIDTH * max(1.0, min(1.6, self._theme.zoom)))
        width = min(_MOST_SIDEBAR, max(_LEAST_SIDEBAR, self._preferences.get(SIDEBAR, usual)))
        whole = max(sum(self.splitter.sizes()), self._window.width())
        if self.splitter.count() > 1 and self.splitter.sizes()[0] != width:
            self.splitter.setSizes([width, max(1, whole - width)])

    def _follow(self, key: str) -> None:
        if key == LAYOUT:
            self.layoutChanged.emit()

    # ---------------------------------------------------------------- layouts

    @property
    def layout_kind(self) -> Layout:
        """How a list and what is opened from it share this window's room."""
        return self._own or chosen_layout(self._preferences.get(LAYOUT, ""))

    def set_layout(self, layout: Layout) -> None:
        """Choose how lists and what is opened share the room, for all windows."""
        self._own = None
        self._preferences.set(LAYOUT, layout.value)
        self.layoutChanged.emit()

    def begin_alone(self) -> None:
        """Show one thing at a time from now on, without the sidebar."""
        self._own = Layout.FOCUS
        self._hid_sidebar = True
        self._sidebar.hide()
        self.layoutChanged.emit()

    @property
    def is_alone(self) -> bool:
        """Whether the window shows one thing at a time, as it began."""
        return self._own is Layout.FOCUS and not self.is_strip()

    # ---------------------------------------------------------------- strip

    def is_strip(self) -> bool:
        return self._before_strip is not None

    @property
    def whole_size(self) -> QSize:
        """The size of the window, that from before if it is a strip now."""
        return self._before_strip or self._window.size()

    def toggle_strip(self) -> None:
        """Become a narrow strip, the list alone, above other windows; or what one was before."""
        becomes = not self.is_strip()
        shown = self._window.isVisible()
        size = STRIP
        if becomes:
            self._window.setWindowState(Qt.WindowState.WindowNoState)
            self._before_strip = self._window.size()
            self._own = Layout.FOCUS
        else:
            size = self.whole_size
            self._own = self._before_strip = None
        # Qt makes the window anew for the flag and leaves it hidden.
        self._window.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, becomes)
        self._window.resize(size)
        if shown:
            self._window.show()
        self.layoutChanged.emit()
