import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from vedette.desktop.bridge.state import StationState
from vedette.desktop.shell.status_bar import StatusBar
from vedette.desktop.theme.theme import Theme
from vedette.store.queries.stats import Sizes, Totals


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme) -> StatusBar:
    found = StatusBar(theme)
    qtbot.addWidget(found)
    found.set_totals(Totals(1_200_000, 9, 3, 900, 14), Sizes(3_400_000_000, 0, 0))
    found.set_station(
        StationState(listening=True, addresses=("127.0.0.1:8969", "192.168.1.20:8969"), rate=214.2, queue=3)
    )
    found.resize(1400, 30)
    found.show()
    return found


def test_it_says_where_how_much_and_what_was_not_stored(bar: StatusBar) -> None:
    assert bar.addresses.text() == "127.0.0.1:8969 + 192.168.1.20:8969"
    assert bar.rate.text() == "214 ev/min"
    assert bar.store.text() == "vedette.db · 1,200,000 events · 3.4 GB"
    assert bar.queue.text() == "Queue 3"
    assert bar.dropped.text() == "14 not stored"


def test_addresses_and_drops_lead_where_they_are_explained(qtbot: QtBot, bar: StatusBar) -> None:
    with qtbot.waitSignal(bar.addressesWanted):
        qtbot.mouseClick(bar.addresses, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(bar.droppedWanted):
        qtbot.mouseClick(bar.dropped, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("width", [420, 560, 760, 1024, 1400])
def test_nothing_is_clipped_at_any_width_and_a_pause_is_never_hidden(
    qtbot: QtBot, bar: StatusBar, width: int
) -> None:
    bar.set_paused(True, 34)
    bar.resize(width, 30)
    parts = (bar.paused, bar.dropped, bar.store, bar.queue, bar.addresses, bar.rate)

    def fits() -> bool:
        shown = [part for part in parts if part.isVisible()]
        return bar.width() == width and all(part.width() >= part.sizeHint().width() for part in shown)

    qtbot.waitUntil(fits)
    assert bar.paused.isVisible()
    assert bar.paused.text() == "Paused - 34 waiting"
