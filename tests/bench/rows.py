"""From an SDK's call to a painted row, in the real window on a real station."""

import asyncio
import time
from uuid import uuid4

from tests.support.builders import an_envelope, an_error
from tests.support.live_window import LiveWindow, run_live
from tests.support.station import StationProcess, running_station
from vedette.desktop.app import make_application
from vedette.desktop.theme.theme import SchemeSetting, Theme
from vedette.domain.times import SECOND, now
from vedette.domain.workspace import Workspace

QUIET = 0.4
"""Between two events: the window is idle when one comes."""


def row_times(workspace: Workspace, count: int) -> list[float]:
    """Return the milliseconds from the POST to the painted row, for *count* new issues one after another."""
    app = make_application()
    theme = Theme(app, SchemeSetting.LIGHT, bundled_fonts=True)
    times: list[float] = []

    async def scenario(live: LiveWindow) -> None:
        for n in range(count + 3):
            await asyncio.sleep(QUIET)
            began = time.perf_counter()
            await live.beside(lambda n=n: _post(live.station, n))
            await live.until(lambda n=n: len(live.issue_rows) > n, "the row is there")
            live.window.view("issues").list.list.viewport().repaint()
            times.append(1000 * (time.perf_counter() - began))

    with running_station(workspace) as station:
        run_live(app, theme, station, scenario)
    return times[3:]


def _post(station: StationProcess, n: int) -> None:
    error = an_error(f"number {n}", timestamp=now() / SECOND)
    error["exception"]["values"][0]["stacktrace"]["frames"][0]["function"] = f"pay_{n}"
    assert station.post(an_envelope(("event", error), event_id=uuid4().hex)) == 200
