import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from vedette.desktop.bridge.state import Nearby, StationState
from vedette.desktop.sections import sections
from vedette.desktop.shell.sidebar import NearbyRow, Sidebar
from vedette.desktop.theme.theme import Theme

HERE = StationState(attached=True, listening=True, addresses=("127.0.0.1:8969", "192.168.1.20:8969"))


@pytest.fixture
def sidebar(qtbot: QtBot, theme: Theme) -> Sidebar:
    found = Sidebar(theme, sections())
    qtbot.addWidget(found)
    found.resize(204, 700)
    found.show()
    return found


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[QMenu]:
    found: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: found.append(menu))
    return found


def test_a_section_appears_with_its_first_item_and_a_dot_until_it_is_looked_at(sidebar: Sidebar) -> None:
    traces = sidebar.buttons["traces"]
    assert sidebar.buttons["issues"].isVisible()
    assert not traces.isVisible()

    sidebar.reveal("traces", new=True)
    assert traces.isVisible()
    assert traces.accessibleName() == "Traces, new"

    sidebar.choose("traces")
    assert traces.accessibleName() == "Traces"
    sidebar.reveal("traces", new=True)
    assert traces.accessibleName() == "Traces"


def test_the_section_one_is_in_is_always_there(sidebar: Sidebar) -> None:
    sidebar.choose("ingest")
    assert sidebar.buttons["ingest"].isVisible()


def test_opening_to_the_network_says_first_what_it_exposes(
    qtbot: QtBot, sidebar: Sidebar, opened: list[QMenu]
) -> None:
    sidebar.set_station(HERE)
    with qtbot.assertNotEmitted(sidebar.network.wanted):
        sidebar.network.box.click()
    assert not sidebar.network.box.isChecked()
    *said, yes = (action for action in opened[0].actions() if not action.isSeparator())
    assert "token" in " ".join(action.text() for action in said)
    with qtbot.waitSignal(sidebar.network.wanted) as wanted:
        yes.trigger()
    assert wanted.args == [True]


def test_closing_to_the_network_needs_no_question(
    qtbot: QtBot, sidebar: Sidebar, opened: list[QMenu]
) -> None:
    sidebar.set_station(StationState(attached=True, listening=True, lan=True, addresses=HERE.addresses))
    assert sidebar.network.box.isChecked()
    with qtbot.waitSignal(sidebar.network.wanted) as wanted:
        sidebar.network.box.click()
    assert wanted.args == [False]
    assert opened == []


def test_a_station_nearby_gives_its_addresses(sidebar: Sidebar, opened: list[QMenu]) -> None:
    other = Nearby("x", "qa-bench-2", ("http://192.168.1.31:8969",), 3)
    sidebar.set_station(StationState(attached=True, listening=True, nearby=(other,)))
    row = sidebar.findChild(NearbyRow, "nearby.x")
    assert isinstance(row, NearbyRow)
    assert row.accessibleName() == "qa-bench-2, 3 projects"
    row.click()
    opened[0].actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == "http://192.168.1.31:8969"


def test_rows_that_stay_keep_their_widgets(sidebar: Sidebar) -> None:
    station = StationState(attached=True, listening=True, nearby=(Nearby("x", "qa"),))
    sidebar.set_station(station)
    row = sidebar.findChild(NearbyRow, "nearby.x")
    sidebar.set_station(StationState(attached=True, listening=True, rate=3, nearby=(Nearby("x", "qa"),)))
    assert sidebar.findChild(NearbyRow, "nearby.x") is row
