"""From a failing program to the eye: a real SDK's bytes go in, the window shows them."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.support.builders import an_envelope, an_error
from tests.support.live_window import LiveWindow, run_live
from tests.support.station import StationProcess, running_station
from vedette.desktop.app import make_application
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import SchemeSetting, Theme
from vedette.domain.issues import Status
from vedette.domain.times import SECOND, now
from vedette.domain.workspace import Workspace


@pytest.fixture
def app() -> QApplication:
    return make_application()


@pytest.fixture
def theme(app: QApplication) -> Iterator[Theme]:
    made = Theme(app, SchemeSetting.LIGHT, bundled_fonts=True)
    yield made
    made.deleteLater()


@pytest.fixture
def station(workspace: Workspace) -> Iterator[StationProcess]:
    with running_station(workspace) as running:
        yield running


def post(station: StationProcess, message: str, function: str = "pay") -> str:
    """Post an error that happens now in *function*; another function is another issue."""
    event_id = uuid4().hex
    error = an_error(message, timestamp=now() / SECOND)
    error["exception"]["values"][0]["stacktrace"]["frames"][0]["function"] = function
    body = an_envelope(("event", error), event_id=event_id)
    assert station.post(body) == 200
    return event_id


def test_an_error_that_arrives_is_a_row_and_opens_with_its_frame(
    app: QApplication, theme: Theme, station: StationProcess
) -> None:
    async def scenario(live: LiveWindow) -> None:
        await live.beside(lambda: post(station, "bad currency"))
        rows = await live.until(lambda: live.issue_rows, "the issue is a row")
        assert rows[0].title == "ValueError: bad currency"
        live.window.go_to(Place("issues", rows[0].id))
        detail = live.window.view("issues").detail
        await live.until(lambda: detail.issue is not None and live.bridge.is_settled, "the issue is open")
        assert detail.isVisible()
        button = live.window.sidebar.buttons["issues"]
        await live.until(lambda: button.accessibleName() == "Issues, 1", "the sidebar counts it")

    run_live(app, theme, station, scenario)


def test_resolving_by_key_reaches_the_store_and_undo_takes_it_back(
    app: QApplication, theme: Theme, station: StationProcess
) -> None:
    async def scenario(live: LiveWindow) -> None:
        await live.beside(lambda: post(station, "bad currency"))
        await live.until(lambda: live.issue_rows, "the issue is a row")
        table = live.window.view("issues").list.list
        table.setFocus(Qt.FocusReason.OtherFocusReason)
        table.select_key(live.issue_rows[0].id)
        QTest.keyClick(table, Qt.Key.Key_E)
        statuses = lambda: {i["status"] for i in station.api("organizations/desk/issues/?query=")}  # noqa: E731
        await live.until(lambda: live.window.view("issues").acting.can_undo(), "the station has answered")
        assert await live.beside(statuses) == {"resolved"}
        live.window.view("issues").acting.undo()
        await live.until(
            lambda: live.issue_rows and live.issue_rows[0].status is Status.UNRESOLVED,
            "the row is open again",
        )

    run_live(app, theme, station, scenario)


def test_rows_do_not_move_under_a_selection_while_events_arrive(
    app: QApplication, theme: Theme, station: StationProcess
) -> None:
    async def scenario(live: LiveWindow) -> None:
        for n in range(30):
            await live.beside(lambda n=n: post(station, "bad currency", f"pay_{n}"))
        await live.until(lambda: len(live.issue_rows) == 30, "thirty issues are rows")
        table = live.window.view("issues").list.list
        key = live.issue_rows[4].id
        table.select_key(key)
        before = table.row_rect(4)
        await live.beside(lambda: post(station, "bad currency", "refund"))
        await live.until(lambda: len(live.issue_rows) == 31, "the new issue is held")
        after = table.row_rect(live.window.view("issues").list.model.position_of(key))
        assert after.top() == before.top()
        assert table.current_key() == key

    run_live(app, theme, station, scenario)
