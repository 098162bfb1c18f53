"""What the keys of a trace do: moving, zooming, finding. Between the commands and the widgets."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from vedette.desktop.trace.find import Matches
from vedette.desktop.trace.time_window import TimeWindow
from vedette.desktop.trace.tree import Node
from vedette.desktop.trace.waterfall import Waterfall


class Steering(QObject):
    """Acts on one waterfall and its window of time."""

    findWanted = Signal(str)
    """The find field is wanted, with this text to look for if it is not empty."""
    detailsWanted = Signal()
    menuWanted = Signal()
    """The menu of the current row is wanted, by a key."""
    tabWanted = Signal(str)
    copyWanted = Signal(str)
    """All that is shown is to be copied, as ``csv`` or ``json``."""
    moved = Signal()
    """Another match is current."""

    def __init__(self, waterfall: Waterfall, window: TimeWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.waterfall = waterfall
        self._window = window
        self.other_widgets: list[QWidget] = [waterfall.ruler]
        """Widgets whose arrows move something else than the trace's rows: time, or a list of its own."""

    # What applies now

    def has_trace(self) -> bool:
        """Return whether a trace with rows is open."""
        return self.waterfall.rows is not None

    def has_current(self) -> bool:
        """Return whether a row is current."""
        return self.waterfall.current is not None

    def has_errors(self) -> bool:
        """Return whether the trace has errors."""
        tree = self.waterfall.tree
        return tree is not None and bool(tree.errors)

    def has_matches(self) -> bool:
        """Return whether anything was found."""
        return len(self.waterfall.matches) > 0

    def can_zoom_back(self) -> bool:
        """Return whether there was another zoom before."""
        return self._window.can_go_back

    def keys_are_for_rows(self) -> bool:
        """Return whether the arrows mean rows: not while what moves otherwise has the keyboard."""
        return self.has_trace() and QApplication.focusWidget() not in self.other_widgets

    def has_current_row(self) -> bool:
        """Return whether a row is current and the keys are meant for it."""
        return self.has_current() and self.keys_are_for_rows()

    # Rows

    def step(self, by: int) -> None:
        """Move to another row."""
        self.waterfall.show_ring()
        self.waterfall.step(by)

    def fold(self) -> None:
        """Fold the current row or go to its parent."""
        self.waterfall.show_ring()
        self.waterfall.folding.fold_current()

    def unfold(self) -> None:
        """Unfold the current row or go to its first child."""
        self.waterfall.show_ring()
        self.waterfall.folding.unfold_current()

    def focus_subtree(self) -> None:
        """Fold all that is neither above nor below the current row, and zoom to it."""
        node = self.waterfall.current
        if node is not None:
            self.waterfall.folding.focus_on(node)
            self.waterfall.zoom_to(node)
            self.waterfall.select(node)

    def widen_tree(self, by: float) -> None:
        """Give the names a greater share of the width, or a smaller one."""
        self.waterfall.set_tree_share(self.waterfall.tree_share + by)

    # Time

    def zoom(self, factor: float) -> None:
        """Zoom at the pointer if it is over the bars, else at the current bar if it is in sight."""
        scale = self._window.scale
        at: float | None = None
        node, tree = self.waterfall.current, self.waterfall.tree
        if self._window.cursor is not None:
            at = scale.x(self._window.cursor)
        elif node is not None and tree is not None:
            at = scale.x((int(tree.begins[node]) + int(tree.ends[node])) / 2)
        inside = at is not None and 0 <= at <= scale.width
        self._window.zoom(factor, at if inside else None)

    def pan(self, share: float) -> None:
        """Move by a *share* of the width."""
        self._window.pan(share * self._window.scale.width)

    def zoom_to_current(self) -> None:
        """Let the current row fill the width."""
        if self.waterfall.current is not None:
            self.waterfall.zoom_to(self.waterfall.current)

    def zoom_all(self) -> None:
        """Show the whole trace."""
        self._window.show_all()

    def zoom_back(self) -> None:
        """Show what was in view before the last jump."""
        self._window.go_back()

    def select_range(self) -> None:
        """Select the stretch in view, as dragging in the ruler does."""
        scale = self._window.scale
        self.waterfall.ruler.select(max(0, scale.start), min(self._window.duration, scale.end))

    # Errors and matches

    def go_to_error(self, by: int) -> None:
        """Go to the next row with an error, unfolding what hides it; after the last comes the first."""
        tree = self.waterfall.tree
        if tree is not None:
            self._go_to(_along(sorted(tree.errors_of), self.waterfall.current, by))

    def go_to_match(self, by: int) -> None:
        """Go to the next row found, unfolding what hides it."""
        matches = self.waterfall.matches
        current = self.waterfall.current
        here = -1 if current is None else current
        self._go_to(matches.after(here) if by > 0 else matches.before(here))
        self.moved.emit()

    def take_matches(self, matches: Matches) -> None:
        """Mark *matches*."""
        self.waterfall.set_matches(matches)
        self.moved.emit()

    def _go_to(self, node: int | None) -> None:
        if node is not None:
            self.waterfall.show_ring()
            self.waterfall.select(node)

    def focus_find(self) -> None:
        """Bring the keyboard to the find field."""
        self.findWanted.emit("")

    def find_alike(self) -> None:
        """Look for all spans that do what the current one does."""
        node = self._node()
        if node is not None:
            quoted = node.description.replace('"', '\\"')
            self.findWanted.emit(f'"{quoted}"' if quoted else f"op:{node.op}")

    def focus_details(self) -> None:
        """Bring the keyboard to the details."""
        self.detailsWanted.emit()

    def _node(self) -> Node | None:
        tree, current = self.waterfall.tree, self.waterfall.current
        return None if tree is None or current is None else tree.node(current)


def _along(nodes: list[int], current: int | None, by: int) -> int | None:
    """Return the one of *nodes* after (or before) *current*, round the end; None without any."""
    if not nodes:
        return None
    here = -1 if current is None else current
    if by > 0:
        return next((node for node in nodes if node > here), nodes[0])
    return next((node for node in reversed(nodes) if node < here), nodes[-1])
