"""How a trace looks follows the options: rows, clocks, critical path, colours, minimap."""

import orjson
from PySide6.QtCore import QObject, QTimer, Signal

from vedette.desktop.trace.critical_path import Path, critical_path
from vedette.desktop.trace.describe import changes_sentence, clocks_sentence
from vedette.desktop.trace.minimap import draw_minimap
from vedette.desktop.trace.paint_bars import shows_pattern
from vedette.desktop.trace.parts import Parts
from vedette.desktop.trace.pointer import TREE_SHARE
from vedette.desktop.trace.read import reshape
from vedette.desktop.trace.span_lines import as_json
from vedette.desktop.trace.tree import TraceTree

_KEEP_MS = 400
_SHAPING = frozenset({"group_from", "chain_from", "gap_ms", "clocks"})


class Looks(QObject):
    """Watches the options of one trace screen and brings it in line."""

    reshaping = Signal()
    """The rows are about to be made anew."""
    reshaped = Signal(object)
    """The trace with its rows made anew: an OpenedTrace."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._share = QTimer(self)
        self._share.setSingleShot(True)
        self._share.setInterval(_KEEP_MS)
        self._share.timeout.connect(lambda: parts.options.set_tree_share(parts.waterfall.tree_share))
        parts.options.changed.connect(self._follow)
        parts.overview.minimapWanted.connect(self.draw_minimap)
        parts.waterfall.rowsChanged.connect(self.say_changes)
        parts.waterfall.treeShareChanged.connect(self._share.start)
        parts.bar.undoWanted.connect(lambda: parts.options.switch("clocks"))
        parts.waterfall.set_tree_share(parts.options.tree_share(TREE_SHARE), tell=False)
        parts.waterfall.set_colouring(parts.options.colouring())
        self._show_legend()

    def show_opened(self) -> None:
        """Bring a trace that was just opened in line."""
        self._show_legend()
        self._show_path()
        self.say_changes()
        self.draw_minimap(*self._parts.overview.wanted)

    def _follow(self, name: str) -> None:
        parts = self._parts
        folding = parts.waterfall.folding
        if name in _SHAPING:
            self._reshape()
        elif name == "grouping":
            folding.set_grouping(parts.options.is_on(name))
        elif name == "gaps":
            folding.set_gaps(parts.options.is_on(name))
        elif name == "path":
            self._show_path()
        elif name in ("colouring", "legend"):
            parts.waterfall.set_colouring(parts.options.colouring())
            self._show_legend()
        elif name == "tree_share" and not self._share.isActive():
            parts.waterfall.set_tree_share(parts.options.tree_share(TREE_SHARE), tell=False)
        parts.commands.refresh()

    def _reshape(self) -> None:
        parts = self._parts
        if parts.opened is not None:
            self.reshaping.emit()
            parts.asking.compute(
                "reshape",
                reshape,
                parts.opened,
                parts.options.shaping(),
                answer=self.reshaped.emit,
                failed=parts.fail,
            )

    def _show_path(self) -> None:
        parts = self._parts
        if parts.options.is_on("path") and parts.opened is not None:
            parts.asking.compute(
                "path", critical_path, parts.opened.tree, answer=self._take_path, failed=parts.fail
            )
        else:
            parts.waterfall.set_path({})

    def _take_path(self, path: Path) -> None:
        self._parts.waterfall.set_path(path if self._parts.options.is_on("path") else {})

    def _show_legend(self) -> None:
        parts = self._parts
        inks = parts.waterfall.inks
        # Kinds of work are named in every row; what else a colour may mean is not.
        wanted = parts.options.is_on("legend") or parts.options.colouring().value != "category"
        parts.legend.setVisible(wanted and inks is not None)
        if inks is not None and wanted:
            parts.legend.set_entries(inks.legend(), patterns=shows_pattern(parts.waterfall.theme, inks))

    def draw_minimap(self, columns: int, lanes: int) -> None:
        """Have the minimap drawn anew, *columns* by *lanes*."""
        parts = self._parts
        if parts.opened is not None:
            parts.asking.compute(
                "minimap",
                draw_minimap,
                parts.opened.tree,
                columns,
                lanes,
                answer=parts.overview.set_minimap,
                failed=parts.fail,
            )

    def say_changes(self) -> None:
        """Say what is shown otherwise than it came."""
        parts = self._parts
        rows = parts.waterfall.rows
        if rows is None:
            parts.bar.set_changes("")
            parts.bar.set_clocks("", "")
        else:
            parts.bar.set_changes(changes_sentence(rows), folded=rows.folded_at is not None)
            parts.bar.set_clocks(*clocks_sentence(rows.tree.clocks, dict(rows.tree.services)))
        parts.commands.refresh()

    @staticmethod
    def whole_json(tree: TraceTree, trace_id: str) -> str:
        """Return the whole trace as JSON text; for a worker."""
        value = as_json(tree, trace_id, len(tree.spans))
        return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
