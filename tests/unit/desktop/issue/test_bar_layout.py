"""Bars of controls that go on in the next line."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from vedette.desktop.issue.bar_layout import BarLayout, lay_in_bar


class Block(QWidget):
    def __init__(self, width: int) -> None:
        super().__init__()
        self._width = width

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._width, 20)


def bar_of(qtbot: QtBot, *widths: int, stretch: int = -1, space: int = -1) -> tuple[QWidget, list[Block]]:
    widget, bar = QWidget(), BarLayout(10)
    qtbot.addWidget(widget)
    blocks = [Block(width) for width in widths]
    for at, block in enumerate(blocks):
        if at == space:
            bar.add_space()
        bar.add(block, stretch=at == stretch, least=40)
    lay_in_bar(widget, bar)
    return widget, blocks


def place(widget: QWidget, blocks: list[Block], width: int) -> list[tuple[int, int, int]]:
    widget.resize(width, max(20, widget.heightForWidth(width)))
    widget.show()
    widget.layout().activate()
    return [(block.x(), block.y(), block.width()) for block in blocks]


def test_parts_stand_side_by_side_while_there_is_room(qtbot: QtBot) -> None:
    widget, blocks = bar_of(qtbot, 50, 50, 50)
    assert place(widget, blocks, 200) == [(0, 0, 50), (60, 0, 50), (120, 0, 50)]
    assert widget.heightForWidth(200) == 20


def test_what_does_not_fit_goes_to_the_next_line(qtbot: QtBot) -> None:
    widget, blocks = bar_of(qtbot, 50, 50, 50)
    assert place(widget, blocks, 130) == [(0, 0, 50), (60, 0, 50), (0, 30, 50)]
    assert widget.heightForWidth(130) == 50
    assert widget.heightForWidth(40) == 80


def test_a_part_that_stretches_takes_what_is_left(qtbot: QtBot) -> None:
    widget, blocks = bar_of(qtbot, 50, 500, 50, stretch=1)
    assert place(widget, blocks, 300) == [(0, 0, 50), (60, 0, 180), (250, 0, 50)]


def test_a_space_pushes_the_rest_to_the_right(qtbot: QtBot) -> None:
    widget, blocks = bar_of(qtbot, 50, 50, space=1)
    first, second = place(widget, blocks, 300)
    assert first[0] == 0
    assert second[0] + second[2] == 300


def test_hidden_parts_take_no_place(qtbot: QtBot) -> None:
    widget, blocks = bar_of(qtbot, 50, 50, 50)
    blocks[1].hide()
    assert place(widget, blocks, 200)[2] == (60, 0, 50)
