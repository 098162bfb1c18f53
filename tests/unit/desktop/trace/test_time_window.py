import pytest
from pytestqt.qtbot import QtBot

from vedette.desktop.trace.time_window import TimeWindow


@pytest.fixture
def window() -> TimeWindow:
    window = TimeWindow()
    window.set_width(1_064)
    window.set_trace(1_000_000)
    return window


def test_a_trace_opens_whole_with_room_for_a_label_after_its_end(window: TimeWindow) -> None:
    assert window.is_whole
    assert window.scale.x(0) == 0
    assert window.scale.x(1_000_000) == pytest.approx(1_000, abs=0.01)


def test_a_whole_trace_stays_whole_on_another_width(window: TimeWindow) -> None:
    window.set_width(564)
    assert window.is_whole
    assert window.scale.x(1_000_000) == pytest.approx(500, abs=0.01)


def test_a_zoom_stays_on_another_width(window: TimeWindow) -> None:
    window.show(200_000, 400_000)
    window.set_width(500)
    assert (window.scale.start, window.scale.end) == (200_000, 400_000)


def test_zooming_holds_the_moment_and_stays_inside_the_trace(window: TimeWindow) -> None:
    moment = window.scale.micros(300)
    window.zoom(4, 300)
    assert window.scale.x(moment) == pytest.approx(300, abs=0.5)
    window.zoom(0.001, 300)
    assert window.is_whole


def test_panning_stops_at_the_edges(window: TimeWindow) -> None:
    window.show(400_000, 500_000)
    window.pan(-1e7)
    assert window.scale.start == 0
    assert window.scale.span == 100_000


def test_jumps_can_be_gone_back_dragging_cannot(window: TimeWindow) -> None:
    assert not window.can_go_back
    window.show(400_000, 500_000)
    window.show(410_000, 420_000)
    window.move_to(411_000, 421_000)
    window.go_back()
    assert (window.scale.start, window.scale.end) == (400_000, 500_000)
    window.go_back()
    assert window.is_whole
    window.go_back()
    assert window.is_whole


def test_another_trace_forgets_the_way_back(window: TimeWindow) -> None:
    window.show(400_000, 500_000)
    window.set_trace(77)
    assert not window.can_go_back
    assert window.is_whole


def test_only_a_change_is_told(window: TimeWindow, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(window.changed):
        window.show_all()
        window.set_width(1_064)
        window.set_cursor(None)
    with qtbot.waitSignal(window.cursorMoved):
        window.set_cursor(5)
