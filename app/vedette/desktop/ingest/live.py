"""New requests into the list while it is looked at: on top, in place, and never moving what is read."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.ingest.filter import Wanted
from vedette.desktop.ingest.model import FontModel
from vedette.desktop.ingest.read import MOST_NEWS, News, read_news
from vedette.desktop.ingest.wording import Listed
from vedette.domain.changes import ChangeKind

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

REFRESH_MS = 250
COUNT_MS = 1_000
_LIVE = (ChangeKind.REQUEST, ChangeKind.PROJECT)


class LiveRequests(QObject):
    """Reads what changed at most four times a second; counts once."""

    came = Signal()
    """The list was brought up to date."""
    countDue = Signal()
    failed = Signal(str, str)
    settled = Signal()

    def __init__(
        self,
        bridge: "Bridge",
        model: FontModel[Listed],
        wanted: Callable[[], Wanted],
        owner: QObject,
    ) -> None:
        super().__init__(owner)
        self._model = model
        self._wanted = wanted
        self._changed: set[int] = set()
        self._asking = InFlight(bridge, self)
        self._refresh = self._timer(REFRESH_MS, self._read)
        self._recount = self._timer(COUNT_MS, self.countDue.emit)
        self._asking.settled.connect(self.settled)
        bridge.changed.connect(self._take_changes)

    def _timer(self, interval: int, then: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(then)
        return timer

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return self._asking.is_settled and not self._refresh.isActive()

    def start(self, changed: tuple[int, ...] = ()) -> None:
        """Look for news soon; the requests *changed* are looked at again too."""
        self._changed.update(changed)
        if not self._refresh.isActive():
            self._refresh.start()

    def _take_changes(self, changes: object) -> None:
        if not isinstance(changes, tuple):
            return
        mine = [change for change in changes if change.kind in _LIVE]
        if not mine:
            return
        for change in mine:
            if change.kind is ChangeKind.REQUEST:
                held = (number for number in change.ids if self._model.position_of(number) is not None)
                self._changed.update(int(number) for number in held)
            else:
                # A key is known now, or not any more: rows say so.
                self._changed.update(row.request.id for row in self._model.rows[:MOST_NEWS])
        self.start()
        if not self._recount.isActive():
            self._recount.start()

    def _read(self) -> None:
        rows = self._model.rows
        newest = rows[0].request.id if rows else 0
        held, self._changed = sorted(self._changed, reverse=True), set()
        self._asking.ask(
            "news", read_news, self._wanted(), newest, held, answer=self._take, failed=self.failed.emit
        )

    def _take(self, news: News) -> None:
        for listed in news.changed:
            self._model.update_row(listed)
        if news.is_gap or not self._model.rows:
            self._model.set_rows(news.rows)
        elif news.rows:
            newest = self._model.rows[0].request.id
            self._model.insert_above([listed for listed in news.rows if listed.request.id > newest])
        self.came.emit()
