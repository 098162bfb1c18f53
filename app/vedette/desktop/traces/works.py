"""What the traces in sight were spent on: asked for when rows come into sight, kept for the next time."""

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.traces.read import read_works
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.store.queries.traces import TraceRow, TraceWork

_SETTLED_MS = 60  # of scrolling
_MOST_KEPT = 4_000


class Works(QObject):
    """Answers for the rows of one list of traces."""

    changed = Signal()
    settled = Signal()
    """The rows in sight were looked at, and nothing had to be asked."""

    def __init__(self, asking: InFlight, view: PaintedList) -> None:
        super().__init__(view)
        self._asking = asking
        self._view = view
        self._kept: OrderedDict[str, tuple[int, TraceWork]] = OrderedDict()  # with the spans there were
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SETTLED_MS)
        self._later.timeout.connect(self._ask)
        view.verticalScrollBar().valueChanged.connect(lambda _: self._later.start())

    def of(self, trace_id: str) -> TraceWork | None:
        """Return what a trace was spent on as last known, None before."""
        found = self._kept.get(trace_id)
        return None if found is None else found[1]

    @property
    def is_settled(self) -> bool:
        """Whether nothing is about to be asked."""
        return not self._later.isActive()

    def look(self) -> None:
        """The rows in sight may be others now."""
        self._later.start()

    def _ask(self) -> None:
        model = self._view.paged_model()
        rows: Sequence[TraceRow] = ()
        if model is not None and self._view.isVisible():
            rows = [model.row(at) for at in self._view.visible_rows()]
        missing = {row.trace_id: row.spans for row in rows if self._is_stale(row)}
        if missing:
            self._asking.ask(
                "works",
                read_works,
                list(missing),
                answer=lambda found: self._take(missing, found),
                failed=self._skip,
            )
        else:
            self.settled.emit()

    def _is_stale(self, row: TraceRow) -> bool:
        kept = self._kept.get(row.trace_id)
        return kept is None or kept[0] != row.spans

    def _take(self, spans: dict[str, int], found: Sequence[TraceWork]) -> None:
        for work in found:
            self._kept[work.trace_id] = (spans[work.trace_id], work)
            self._kept.move_to_end(work.trace_id)
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        self.changed.emit()

    def _skip(self, sentence: str, details: str) -> None:
        """Without it, a bar shows the root's kind alone; the list itself says what cannot be read."""
