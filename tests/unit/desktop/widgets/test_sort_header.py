from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QStyleOptionHeaderV2, QTableView
from pytestqt.qtbot import QtBot

from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.sort_header import SortHeader


@pytest.fixture
def header(qtbot: QtBot, theme: Theme) -> Iterator[SortHeader]:
    table = QTableView()
    qtbot.addWidget(table)
    model = QStandardItemModel(1, 2, table)
    model.setHorizontalHeaderLabels(["Events", "Last seen"])
    found = SortHeader(table)
    table.setHorizontalHeader(found)
    table.setModel(model)
    table.show()
    yield found  # the table has to live as long
    table.close()


def said(header: SortHeader, section: int) -> tuple[str, bool]:
    """Return what the section's title says, and whether Qt would draw its own arrow."""
    option = QStyleOptionHeaderV2()
    header.initStyleOption(option)
    header.initStyleOptionForIndex(option, section)
    return option.text, option.sortIndicator is not QStyleOptionHeaderV2.SortIndicator.None_


@pytest.mark.parametrize(("order", "sign"), [("Descending", "▾"), ("Ascending", "▴")])
def test_the_order_stands_in_the_title_it_belongs_to(header: SortHeader, order: str, sign: str) -> None:
    header.setSortIndicatorShown(True)
    header.setSortIndicator(1, getattr(Qt.SortOrder, f"{order}Order"))

    assert said(header, 1) == (f"Last seen {sign}", False)
    assert said(header, 0) == ("Events", False)


def test_a_list_without_an_order_says_none(header: SortHeader) -> None:
    header.setSortIndicatorShown(False)
    assert said(header, 1) == ("Last seen", False)
