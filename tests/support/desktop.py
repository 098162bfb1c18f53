"""A real workspace behind a real bridge for view tests: `from tests.support.desktop import bridge, desk`."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.builders import MORNING, an_event
from tests.support.store_rows import FilledStore
from vedette.desktop.bridge.bridge import Bridge
from vedette.domain.levels import Level
from vedette.domain.times import HOUR, MINUTE, Micros


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[FilledStore]:
    """A workspace in which nothing has happened yet."""
    store = FilledStore(tmp_path / "desk")
    yield store
    store.close()


@pytest.fixture
def bridge(desk: FilledStore, qtbot: QtBot) -> Iterator[Bridge]:
    """A bridge to `desk`, without a station."""
    found = Bridge(desk.workspace)
    yield found
    found.stop()


def settle(qtbot: QtBot, bridge: Bridge) -> None:
    """Wait until nothing that was asked is under way."""
    qtbot.waitUntil(lambda: bridge.is_settled, timeout=10_000)


def fill(desk: FilledStore, end: Micros = MORNING) -> None:
    """Add eight issues of several levels and two projects, the last events around *end*."""
    other = desk.project("storefront-web")
    for n, (title, level, times, project, changes) in enumerate(_ISSUES):
        for at in range(times):
            moment = Micros(end - n * 7 * MINUTE - at * HOUR)
            desk.add(
                an_event(
                    title, level=level, timestamp=moment, received=moment, user=f"id:{at % 5}", **changes
                ),
                project=other if project else 1,
                received=moment,
            )


_ISSUES: tuple[tuple[str, Level, int, int, dict[str, object]], ...] = (
    ("ZeroDivisionError: division by zero", Level.ERROR, 9, 0, {}),
    (
        "TypeError: Cannot read properties of undefined (reading 'items')",
        Level.ERROR,
        6,
        1,
        {"platform": "javascript"},
    ),
    ("EXC_BAD_ACCESS: Attempted to dereference null pointer 0x10", Level.FATAL, 3, 1, {}),
    ("N+1 Query: SELECT … FROM order_line WHERE order_id = %s", Level.WARNING, 5, 0, {}),
    ("OperationalError: database is locked", Level.ERROR, 2, 0, {"handled": True}),
    ("ChunkLoadError: Loading chunk 37 failed.", Level.ERROR, 4, 1, {"handled": True}),
    ("Payment retried: attempt 3 of 5 for order 88123", Level.INFO, 1, 0, {"handled": None}),
    ("AssertionError: expected 3 line items, got 2", Level.DEBUG, 1, 0, {}),
)
