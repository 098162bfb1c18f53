from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from vedette.desktop.theme.theme import Theme
from vedette.desktop.traces.order_hold import OrderHold
from vedette.desktop.widgets.paged_model import Column, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList


def a_list(theme: Theme, qtbot: QtBot) -> PaintedList:
    view = PaintedList(theme, name="rows", title="Rows")
    qtbot.addWidget(view)
    model: PagedModel[int] = PagedModel(
        (Column("Number", text=str),),
        lambda after, limit, answer: answer([1, 2, 3] if after is None else []),
        key=lambda row: row,
        parent=view,
    )
    view.set_model(model)
    model.reload()
    view.show()
    return view


def test_the_order_is_held_from_a_touch_until_ten_idle_seconds(theme: Theme, qtbot: QtBot) -> None:
    view = a_list(theme, qtbot)
    hold = OrderHold(view)
    hold._idle.setInterval(1)
    assert not hold.is_held
    with qtbot.waitSignal(hold.released):
        QTest.mouseMove(view.viewport())
        QTest.keyClick(view, Qt.Key.Key_Shift)
        assert hold.is_held
    assert not hold.is_held


def test_a_selection_holds_it_longer(theme: Theme, qtbot: QtBot) -> None:
    view = a_list(theme, qtbot)
    hold = OrderHold(view)
    hold._idle.setInterval(1)
    view.select_key(2)
    with qtbot.waitSignal(hold._idle.timeout):
        pass
    assert hold.is_held
    with qtbot.waitSignal(hold.released):
        view.clearSelection()


def test_it_is_let_go_on_demand(theme: Theme, qtbot: QtBot) -> None:
    view = a_list(theme, qtbot)
    hold = OrderHold(view)
    QTest.keyClick(view, Qt.Key.Key_Shift)
    hold.let_go()
    assert not hold.is_held
