"""Traces to look at: made by hand, or digested from requests that real programs sent."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from tests.support.corpus import CHOSEN, requests
from vedette.desktop.preferences import Preferences
from vedette.digest.entries import Entries
from vedette.domain.levels import Level
from vedette.domain.times import SECOND, Micros
from vedette.domain.workspace import Workspace
from vedette.store.engine import Reader
from vedette.store.queries.traces import SpanRow, TraceError, TraceRow, page_traces
from vedette.store.spool import Spooled
from vedette.store.writer.writer import StoreWriter

TRACES = Path(__file__).parents[1] / "data" / "traces"
BEGIN = 1_795_500_000 * SECOND


def a_span(
    number: int, parent: int | None = None, start: float = 0, length: float = 10, **more: Any
) -> SpanRow:
    """Return a span; ids are small numbers, times milliseconds from the trace's start."""
    values: dict[str, Any] = {
        "span_id": number.to_bytes(8, "big"),
        "parent_id": None if parent is None else parent.to_bytes(8, "big"),
        "op": "function",
        "description": f"span {number}",
        "start": Micros(BEGIN + round(start * 1000)),
        "duration": round(length * 1000),
        "self_time": None,
        "status": "ok",
        "is_segment": int(parent is None),
        "project": 1,
        "request": 1,
        "item": 0,
    }
    return SpanRow(**(values | more))


def an_error(
    span: int | None = None, at: float = 0, title: str = "ValueError: bad", **more: Any
) -> TraceError:
    """Return an error on a trace, *at* milliseconds from its start."""
    values: dict[str, Any] = {
        "id": 1,
        "event_id": "ab" * 16,
        "span_id": None if span is None else span.to_bytes(8, "big"),
        "issue": 3,
        "short": "SHOP-3",
        "title": title,
        "culprit": "shop.pay in pay",
        "level": Level.ERROR,
        "ts": Micros(BEGIN + round(at * 1000)),
        "project": 1,
        "project_slug": "shop",
    }
    return TraceError(**(values | more))


def digest(workspace: Workspace, *scenarios: str) -> None:
    """Put the recorded requests of *scenarios* into *workspace*, by the path every request takes."""
    writer = StoreWriter(workspace)
    entries = Entries(writer.projects, workspace.incoming)
    number = writer.mark
    try:
        for scenario in scenarios:
            folder = TRACES / scenario if (TRACES / scenario).exists() else CHOSEN / scenario
            for request in requests(folder):
                if "/envelope" not in request.target:
                    continue
                number += 1
                headers = {name.lower(): value for name, value in request.headers}
                target = urlsplit(request.target)
                key = parse_qs(target.query).get("sentry_key") or ["c0ffee00c0ffee00c0ffee00c0ffee00"]
                meta = {
                    "method": "POST",
                    "path": target.path,
                    "project": target.path.split("/")[2],
                    "key": key[0],
                    "content_type": headers.get("content-type"),
                    "encoding": headers.get("content-encoding"),
                }
                entry = Spooled(number, Micros(BEGIN), "envelope", orjson.dumps(meta), request.body, None)
                with writer.batch(mark=number):
                    writer.add(entries.record(entry))
    finally:
        writer.close()


def traces_in(workspace: Workspace) -> list[TraceRow]:
    """Return every trace of *workspace*, latest first."""
    reader = Reader(workspace.database)
    try:
        return page_traces(reader.db, limit=200)
    finally:
        reader.close()


class Held:
    """A question put to `LaterBridge`."""

    def __init__(self) -> None:
        self.is_cancelled = False

    def cancel(self) -> None:
        self.is_cancelled = True


class LaterBridge(QObject):
    """Answers as the bridge does, on a later turn of the event loop, with no threads to wait for."""

    changed = Signal(object)
    stationChanged = Signal(object)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        settings = QSettings(str(workspace.folder / "preferences.ini"), QSettings.Format.IniFormat)
        self.preferences = Preferences(settings, self)
        self.is_paused = False
        self._reader = Reader(workspace.database)

    def ask(
        self, question: Callable[..., Any], *args: Any, answer: Any, failed: Any = None, **_: Any
    ) -> Held:
        return self.compute(lambda: question(self._reader.db, *args), answer=answer, failed=failed)

    def compute(
        self, work: Callable[..., Any], *args: Any, answer: Any, failed: Any = None, **_: Any
    ) -> Held:
        held = Held()
        QTimer.singleShot(0, self, lambda: self._run(held, lambda: work(*args), answer, failed))
        return held

    def _run(self, held: Held, work: Callable[[], Any], answer: Any, failed: Any) -> None:
        if held.is_cancelled:
            return
        try:
            found = work()
        except LookupError as error:
            failed("This could not be read.", repr(error))
            return
        answer(found)

    def close(self) -> None:
        self._reader.close()
