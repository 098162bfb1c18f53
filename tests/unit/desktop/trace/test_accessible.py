from collections.abc import Callable

from PySide6.QtGui import QAccessible

from tests.support.traces import a_span
from vedette.desktop.trace.build import build_tree
from vedette.desktop.trace.tree import TraceTree
from vedette.desktop.trace.waterfall import Waterfall


def test_the_waterfall_is_a_tree_of_the_rows_in_sight(waterfall: Waterfall) -> None:
    found = QAccessible.queryAccessibleInterface(waterfall)
    assert found.role() is QAccessible.Role.Tree
    assert found.text(QAccessible.Text.Name) == "Spans"
    assert found.childCount() == 7
    item = found.child(0)
    assert item.role() is QAccessible.Role.TreeItem
    assert item.isValid()


def test_rows_read_as_sentences(waterfall: Waterfall) -> None:
    found = QAccessible.queryAccessibleInterface(waterfall)
    said = [found.child(at).text(QAccessible.Text.Name) for at in range(found.childCount())]
    assert said == [
        "http.server GET /orders/{id}, 1 s, starts 0 ms, self 98 ms, service shop, expanded, level 1",
        "view order_detail, 900 ms, starts 10 ms, self 652 ms, expanded, level 2",
        "db 6 × SELECT * FROM line WHERE id = %s, 58 ms, starts 100 ms, self 48 ms, grouped 6, 1 error, "
        "N+1: 6 queries of one shape, 48 ms in all, collapsed, level 3",
        "no instrumentation for 342 ms, starts 158 ms, level 3",
        "http.client POST /quote, 200 ms, starts 500 ms, self 20 ms, expanded, level 3",
        "http.server POST /quote, 180 ms, starts 510 ms, self 180 ms, service payments, 1 error, level 4",
        "cache.get rates, 2 ms, starts 950 ms, self 2 ms, status not_found, level 2",
    ]


def test_items_lie_where_their_rows_are(waterfall: Waterfall) -> None:
    found = QAccessible.queryAccessibleInterface(waterfall)
    rect = found.child(3).rect()
    top_left = waterfall.viewport().mapToGlobal(waterfall.row_rect(3).topLeft())
    assert rect.topLeft() == top_left
    assert rect.height() == waterfall.row_pixels
    at = rect.center()
    assert found.childAt(at.x(), at.y()).text(QAccessible.Text.Name) == waterfall.sentence(3)


def test_the_current_row_is_selected_and_has_the_focus(waterfall: Waterfall) -> None:
    waterfall.setFocus()
    waterfall.select(waterfall.node_at(4))
    found = QAccessible.queryAccessibleInterface(waterfall)
    states = [found.child(at).state() for at in range(found.childCount())]
    assert [bool(state.selected) for state in states] == [False] * 4 + [True] + [False] * 2
    assert states[4].focused
    assert found.focusChild().text(QAccessible.Text.Name) == waterfall.sentence(4)


def test_scrolling_brings_other_rows(show: Callable[[TraceTree], Waterfall]) -> None:
    spans = [a_span(1, length=900), *(a_span(n, 1, op=f"o{n % 2}", start=n, length=1) for n in range(2, 800))]
    waterfall = show(build_tree(spans))
    found = QAccessible.queryAccessibleInterface(waterfall)
    waterfall.verticalScrollBar().setValue(waterfall.row_pixels * 500)
    assert found.child(0).text(QAccessible.Text.Name) == waterfall.sentence(500)
    assert found.indexOfChild(found.child(2)) == 2
    assert found.childCount() == len(waterfall.visible_rows())


def test_asking_beyond_the_rows_gives_nothing(waterfall: Waterfall) -> None:
    found = QAccessible.queryAccessibleInterface(waterfall)
    assert found.child(99) is None
    gone = found.child(6)
    waterfall.set_rows(None)
    assert found.childCount() == 0
    assert not gone.isValid()
    assert gone.text(QAccessible.Text.Name) == ""
