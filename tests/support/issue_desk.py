"""A workspace filled with what real SDKs sent, and what tests of the issue view share."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
from pytestqt.qtbot import QtBot

from tests.support.corpus import CHOSEN, requests
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.issue.view import IssueView
from vedette.digest.entries import Entries
from vedette.domain.processed import Arrival
from vedette.domain.times import SECOND, Micros
from vedette.domain.workspace import Workspace
from vedette.processing import pipeline
from vedette.protocol.encodings import decode, normalise_encoding
from vedette.protocol.envelope import iter_items, read_envelope_header
from vedette.store.engine import Reader
from vedette.store.queries.issues import IssueFilter, IssueRow, page_issues
from vedette.store.spool import Spooled
from vedette.store.writer.writer import StoreWriter

EVENTS = Path(__file__).parents[1] / "data" / "events"
NOON = Micros(1_795_500_000 * SECOND)


def scenario_folder(name: str) -> Path:
    """Return where the recorded requests of a scenario lie."""
    return EVENTS / name if (EVENTS / name).exists() else CHOSEN / name


def recorded_events(name: str) -> list[dict[str, Any]]:
    """Return the events of a scenario as the view gets them: normalised, in order."""
    found = []
    for request in requests(scenario_folder(name)):
        headers = {key.lower(): value for key, value in request.headers}
        body = decode(request.body, normalise_encoding(headers.get("content-encoding")), 10_000_000)
        if "/store" in request.target:
            continue
        envelope = read_envelope_header(body)
        for item in iter_items(body, envelope.header_size):
            if item.type == "event":
                payload = bytes(body[item.start : item.start + item.length])
                found.append(pipeline.read_event(payload, Arrival(received=NOON)))
    return found


class IssueDesk:
    """A workspace; ``digest`` takes recorded requests in, ``send`` events made by hand."""

    def __init__(self, folder: Path) -> None:
        self.workspace = Workspace(folder)
        self.writer = StoreWriter(self.workspace)
        with self.writer.batch():
            self.key = self.writer.projects.ensure_first()
        self._entries = Entries(self.writer.projects, self.workspace.incoming)
        self._last = 0

    def digest(self, *scenarios: str, at: Micros = NOON) -> None:
        """Put recorded requests in by the path every request takes."""
        for scenario in scenarios:
            for request in requests(scenario_folder(scenario)):
                headers = {key.lower(): value for key, value in request.headers}
                target = urlsplit(request.target)
                if "/envelope" not in target.path and "/store" not in target.path:
                    continue
                asked = parse_qs(target.query)
                meta = {
                    "method": "POST",
                    "path": target.path,
                    "endpoint": "store" if "/store" in target.path else "envelope",
                    "project": "1",
                    "key": (asked.get("sentry_key") or [self.key])[0],
                    "content_type": headers.get("content-type"),
                    "encoding": headers.get("content-encoding"),
                }
                self._receive(meta, request.body, at)

    def send(self, event: dict[str, Any], at: Micros = NOON) -> None:
        """Put one event in, as an SDK's envelope would bring it."""
        body = orjson.dumps(event)
        lines = (
            orjson.dumps({"event_id": event["event_id"]}),
            orjson.dumps({"type": "event", "length": len(body)}),
            body,
        )
        self.receive(b"\n".join(lines), at)

    def receive(self, body: bytes, at: Micros = NOON) -> None:
        """Put an envelope in."""
        self._receive({"path": "/api/1/envelope/", "project": "1", "key": self.key}, body, at)

    def _receive(self, meta: dict[str, Any], body: bytes, at: Micros) -> None:
        self._last += 1
        entry = Spooled(self._last, at, "envelope", orjson.dumps(meta), body, None)
        with self.writer.batch(mark=self._last):
            self.writer.add(self._entries.record(entry))

    def issues(self) -> list[IssueRow]:
        """Return all issues, newest first."""
        reader = Reader(self.workspace.database)
        try:
            return page_issues(reader.db, IssueFilter(), limit=200)
        finally:
            reader.close()

    def issue(self, text: str) -> IssueRow:
        """Return the first issue whose title contains *text*."""
        return next(row for row in self.issues() if text in row.title)

    def close(self) -> None:
        self.writer.close()


def settle(qtbot: QtBot, view: IssueView, bridge: Bridge) -> None:
    """Wait until nothing that was asked is under way."""
    qtbot.waitUntil(lambda: view.is_settled and bridge.is_settled, timeout=10_000)


class Opener:
    """Opens issues by a part of their title and waits until they are shown."""

    def __init__(self, desk: IssueDesk, view: IssueView, bridge: Bridge, qtbot: QtBot) -> None:
        self._parts = (desk, view, bridge, qtbot)

    def __call__(self, text: str, event: str = "recommended") -> IssueView:
        desk, view, _, _ = self._parts
        view.open(desk.issue(text).id, event)
        self.settle()
        return view

    def settle(self) -> None:
        _, view, bridge, qtbot = self._parts
        settle(qtbot, view, bridge)


def elapsed_ms(work: Callable[[], object]) -> float:
    """Return how long this thread's processor was at *work*, in milliseconds; others' work does not count."""
    begin = time.thread_time()
    work()
    return (time.thread_time() - begin) * 1_000
