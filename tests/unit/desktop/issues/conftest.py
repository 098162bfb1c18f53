"""The section of issues over a real store, with the window's part played by the test."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.desktop import StoreStation, bridge, desk, fill, settle, station
from tests.support.store_rows import FilledStore
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.commands.dispatcher import KeyDispatcher
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issues.section import IssuesSection
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme

__all__ = ["bridge", "desk", "station"]

OpenSection = Callable[..., IssuesSection]


@pytest.fixture
def open_section(bridge: Bridge, station: StoreStation, theme: Theme, qtbot: QtBot) -> Iterator[OpenSection]:
    """Return what shows the section at a query, ready to be looked at."""
    made: list[IssuesSection] = []

    def show(query: str = "is:unresolved", width: int = 1200) -> IssuesSection:
        registry = CommandRegistry(theme)
        section = IssuesSection(bridge, registry, theme)
        made.append(section)
        qtbot.addWidget(section)
        section.registry = registry  # type: ignore[attr-defined]
        section.dispatcher = KeyDispatcher(registry, section)  # type: ignore[attr-defined]
        # What the window does with wishes of a section.
        section.navigate.connect(lambda place: section.go(place) if place.section == "issues" else None)
        section.queryWanted.connect(lambda text: section.go(Place("issues", None, text)))
        section.resize(width, 700)
        section.show()
        qtbot.waitExposed(section)
        section.go(Place("issues", None, query))
        section.setFocus(Qt.FocusReason.OtherFocusReason)
        rest(qtbot, bridge, section)
        return section

    yield show
    for section in made:
        section.close()


@pytest.fixture
def section(desk: FilledStore, open_section: OpenSection) -> IssuesSection:
    """The section over eight issues."""
    fill(desk)
    return open_section()


def rest(qtbot: QtBot, bridge: Bridge, section: IssuesSection) -> None:
    """Wait until *section* shows what there is."""
    settle(qtbot, bridge)
    qtbot.waitUntil(lambda: section.list.is_settled and bridge.is_settled, timeout=10_000)


def titles(section: IssuesSection) -> list[str]:
    """Return the first lines of the rows, in order."""
    return [listed.issue.type or listed.issue.title for listed in section.list.model.rows]
