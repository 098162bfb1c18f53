"""A waterfall in a window, and a trace that has a bit of everything."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.traces import a_span, an_error
from vedette.desktop.theme.theme import Theme
from vedette.desktop.trace import waterfall as waterfall_module
from vedette.desktop.trace.build import build_tree
from vedette.desktop.trace.rows import RowList
from vedette.desktop.trace.time_window import TimeWindow
from vedette.desktop.trace.tree import TraceTree
from vedette.desktop.trace.waterfall import Waterfall

# The whole view links to places, which the window's shell defines.
_PLACES = Path(waterfall_module.__file__).parents[1] / "shell" / "places.py"
collect_ignore = [] if _PLACES.exists() else ["test_view.py"]


def an_order() -> TraceTree:
    """Return a shop's trace: rows 0 root, 1 view, 2 group of six, 3 gap, 4 call, 5 its child, 6 cache."""
    spans = [
        a_span(1, op="http.server", description="GET /orders/{id}", length=1_000, project=1),
        a_span(2, 1, op="view", description="order_detail", start=10, length=900),
        *(
            a_span(n, 2, op="db", description="SELECT * FROM line WHERE id = %s", start=n * 10, length=8)
            for n in range(10, 16)
        ),
        a_span(20, 2, op="http.client", description="POST /quote", start=500, length=200),
        a_span(
            21,
            20,
            op="http.server",
            description="POST /quote",
            start=510,
            length=180,
            is_segment=1,
            project=2,
        ),
        a_span(22, 1, op="cache.get", description="rates", start=950, length=2, status="not_found"),
    ]
    return build_tree(spans, [an_error(21, at=600), an_error(12, at=125)], {1: "shop", 2: "payments"})


@pytest.fixture
def order() -> TraceTree:
    return an_order()


@pytest.fixture
def show(theme: Theme, qtbot: QtBot) -> Callable[[TraceTree], Waterfall]:
    """Return a function that shows a trace in a waterfall of 1,000 by 400 pixels."""

    def shown(tree: TraceTree) -> Waterfall:
        window = TimeWindow()
        waterfall = Waterfall(theme, window, name="trace.waterfall")
        window.setParent(waterfall)
        qtbot.addWidget(waterfall)
        waterfall.resize(1_000, 400)
        waterfall.show()
        waterfall.activateWindow()
        window.set_trace(tree.duration)
        waterfall.set_rows(RowList(tree))
        return waterfall

    return shown


@pytest.fixture
def waterfall(show: Callable[[TraceTree], Waterfall], order: TraceTree) -> Waterfall:
    return show(order)
