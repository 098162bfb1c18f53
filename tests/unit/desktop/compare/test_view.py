"""The comparison over a real workspace."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QAbstractScrollArea, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.issue_desk import NOON, IssueDesk
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.commands.dispatcher import KeyDispatcher
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.compare.differences import Kind
from vedette.desktop.compare.view import CompareView
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import SchemeSetting, Theme
from vedette.domain.times import MINUTE, Micros


def send(desk: IssueDesk, number: int, message: str = "'till'", **more: Any) -> None:
    event = {
        "event_id": f"{number:032x}",
        "platform": "python",
        "exception": {"values": [{"type": "KeyError", "value": message}]},
        **more,
    }
    desk.send(event, at=Micros(NOON + number * MINUTE))


def two_events(desk: IssueDesk) -> None:
    send(desk, 1, tags={"currency": "CHF", "till": "3"}, release="2.4.0", extra={"n": 1})
    send(desk, 2, tags={"currency": "EUR"}, release="2.4.0", extra={"n": 1})


def show(view: CompareView, bridge: Bridge, qtbot: QtBot, place: Place) -> None:
    view.go(place)
    settle(view, bridge, qtbot)


def settle(view: CompareView, bridge: Bridge, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.is_settled and bridge.is_settled, timeout=10_000)


def labels(view: CompareView) -> list[str]:
    return [f"{row.kind.value}{row.label}" for row in view.shown()]


@pytest.fixture
def pair(desk: IssueDesk, view: CompareView, bridge: Bridge, qtbot: QtBot) -> CompareView:
    """The view with two events of one issue: one tag differs, one is only in A."""
    two_events(desk)
    show(view, bridge, qtbot, Place("compare", extra="1,2"))
    return view


def test_nothing_to_compare_says_how_to_begin(view: CompareView, qtbot: QtBot) -> None:
    view.go(Place("compare"))
    assert view.empty.accessibleName().startswith("Nothing to compare")
    with qtbot.waitSignal(view.navigate) as navigated:
        view.empty.acted.emit()
    assert navigated.args == [Place("issues")]


def test_what_differs_is_shown_and_the_rest_counted(pair: CompareView) -> None:
    assert labels(pair) == ["~currency", "-till"]
    assert pair.differ.text() == "1 differ"
    assert pair.only_a.text() == "− 1 only in A"
    assert not pair.only_b.isVisible()
    assert pair.same.text().endswith("the same, hidden")
    assert pair.noise.text().endswith("always differ, folded")
    assert pair.title() == "Compare DESK-1 and DESK-1"


def test_rows_are_read_out_with_their_signs_in_words(pair: CompareView) -> None:
    interface = QAccessible.queryAccessibleInterface(pair.list)
    texts = [pair.model.data(pair.model.index(at, 0), Qt.ItemDataRole.AccessibleTextRole) for at in range(2)]
    assert texts[0] == "differs, tag currency, A: CHF, B: EUR"
    assert texts[1] == "only in A, tag till, A: 3"
    assert interface is not None


def test_same_and_noise_come_into_sight_when_asked_for(
    pair: CompareView, commands: CommandRegistry, bridge: Bridge
) -> None:
    assert commands.run("compare.same")
    assert any(row.kind is Kind.SAME for row in pair.shown())
    assert commands.run("compare.noise")
    assert any(row.is_noise for row in pair.shown())
    assert bridge.preferences.get("compare.same", False) is True
    assert commands.run("compare.same")
    assert not any(row.kind is Kind.SAME for row in pair.shown())


def test_f8_goes_from_difference_to_difference_and_round(
    pair: CompareView, commands: CommandRegistry, qtbot: QtBot
) -> None:
    dispatcher = KeyDispatcher(commands, pair)
    commands.run("compare.same")
    pair.list.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(pair.list.hasFocus)
    seen = []
    for key in (Qt.Key.Key_F8, Qt.Key.Key_F8, Qt.Key.Key_F8):
        qtbot.keyClick(pair.list, key)
        row = pair.model.row_by_key(pair.list.current_key() or 0)
        assert row is not None
        seen.append(row.label)
    assert seen == ["till", "currency", "till"], "the first difference was current already"
    qtbot.keyClick(pair.list, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    row = pair.model.row_by_key(pair.list.current_key() or 0)
    assert row is not None
    assert row.label == "currency"
    assert dispatcher.letters_enabled


def test_swapped_the_sides_change_places(pair: CompareView, commands: CommandRegistry) -> None:
    assert pair.heads.a.link.text() == "00000000"
    assert pair.heads.a.link.accessibleName().endswith("1")
    assert commands.run("compare.swap")
    assert pair.heads.a.link.accessibleName().endswith("2")
    assert labels(pair) == ["~currency", "+till"]
    assert pair.only_b.text() == "+ 1 only in B"


def test_the_raw_events_are_compared_line_by_line(
    pair: CompareView, commands: CommandRegistry, bridge: Bridge, qtbot: QtBot
) -> None:
    assert commands.run("compare.raw")
    settle(pair, bridge, qtbot)
    text = pair.raw.text()
    assert '"currency": "CHF"' in text
    assert '"currency": "EUR"' in text
    assert commands.run("compare.next")
    assert "event_id" in pair.raw.selected_text(), "the first line that differs"
    assert commands.run("compare.raw")
    assert pair.list.isVisible()


def test_the_comparison_is_copied_as_markdown(pair: CompareView, commands: CommandRegistry) -> None:
    assert commands.run("compare.copy_markdown")
    text = QGuiApplication.clipboard().text()
    assert "| ~ | tag currency | `CHF` | `EUR` |" in text
    assert "| - | tag till | `3` |  |" in text
    assert "1 differ, 1 only in A, 0 only in B" in text
    assert f"{1:032x}" in text


def test_what_is_copied_of_a_comparison_is_scrubbed(
    desk: IssueDesk, view: CompareView, commands: CommandRegistry, bridge: Bridge, qtbot: QtBot
) -> None:
    send(desk, 1, extra={"password": "hunter2", "n": 1})
    send(desk, 2, extra={"password": "hunter3", "n": 2})
    show(view, bridge, qtbot, Place("compare", extra="1,2"))
    assert any("hunter2" in (row.a or "") for row in view.shown())
    assert commands.run("compare.copy_markdown")
    text = QGuiApplication.clipboard().text()
    assert "hunter" not in text
    assert "| `1` | `2` |" in text


def test_a_side_opens_its_event(pair: CompareView, commands: CommandRegistry, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pair.navigate) as navigated:
        commands.run("compare.open_b")
    assert navigated.args == [Place("issues", 1, extra=f"{2:032x}")]
    with qtbot.waitSignal(pair.navigate) as navigated:
        qtbot.mouseClick(pair.heads.a.link, Qt.MouseButton.LeftButton)
    assert navigated.args == [Place("issues", 1, extra=f"{1:032x}")]


def test_whole_values_stand_below_the_rows(pair: CompareView) -> None:
    pair.list.select_key(pair.shown()[0].at)
    assert (pair.whole_a.text(), pair.whole_b.text()) == ("CHF", "EUR")
    pair.list.select_key(pair.shown()[1].at)
    assert not pair.whole_b.isVisible()


def test_two_issues_are_compared_by_the_events_that_say_most(
    desk: IssueDesk, view: CompareView, bridge: Bridge, qtbot: QtBot
) -> None:
    send(desk, 1, "'till'")
    send(desk, 2, "'till'", user={"id": "7"}, release="1")
    desk.send({"event_id": f"{3:032x}", "message": "other", "platform": "python"})
    show(view, bridge, qtbot, Place("compare", "1:2"))
    assert view.comparison is not None
    assert int(view.comparison.a.row.event_id, 16) == 2
    assert view.heads.a.issue.text().startswith("DESK-1")
    assert view.heads.a.issue.isVisible(), "the two are of different issues"


def test_alike_events_say_so(desk: IssueDesk, view: CompareView, bridge: Bridge, qtbot: QtBot) -> None:
    send(desk, 1)
    send(desk, 2)
    show(view, bridge, qtbot, Place("compare", extra="1,2"))
    assert view.alike.isVisible()
    assert view.alike.accessibleName().startswith("Nothing differs")


def test_an_event_that_is_gone_says_so(
    desk: IssueDesk, view: CompareView, bridge: Bridge, qtbot: QtBot
) -> None:
    send(desk, 1)
    show(view, bridge, qtbot, Place("compare", extra="1,99"))
    assert view.empty.accessibleName().startswith("One of the events is gone")


def test_bytes_that_retention_took_leave_what_the_store_knows(
    desk: IssueDesk, view: CompareView, bridge: Bridge, qtbot: QtBot
) -> None:
    two_events(desk)
    desk.writer.raw.execute("DELETE FROM payload WHERE id = 1")
    show(view, bridge, qtbot, Place("compare", extra="1,2"))
    assert "removed by retention" in view.banner.accessibleName()


def test_going_back_finds_row_form_and_sides(
    pair: CompareView, commands: CommandRegistry, bridge: Bridge, qtbot: QtBot
) -> None:
    commands.run("compare.swap")
    pair.list.select_key(pair.shown()[1].at)
    state = pair.view_state()
    show(pair, bridge, qtbot, Place("compare", extra="2,1"))
    pair.go(Place("compare", extra="1,2"))
    pair.restore_state(state)
    settle(pair, bridge, qtbot)
    assert pair.list.current_key() == state["row"]
    assert labels(pair) == ["~currency", "+till"]


def test_every_control_has_a_name(pair: CompareView) -> None:
    for widget in pair.findChildren(QWidget):
        kinds = QPushButton | QToolButton | QAbstractScrollArea
        if (
            isinstance(widget, kinds)
            and widget.isVisible()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ):
            assert widget.accessibleName(), f"{widget} {widget.objectName()}"


@pytest.mark.parametrize("scheme", [SchemeSetting.LIGHT, SchemeSetting.DARK, SchemeSetting.CONTRAST])
@pytest.mark.parametrize("width", [420, 1000])
def test_it_is_drawn_in_every_look_and_width(
    pair: CompareView, theme: Theme, scheme: SchemeSetting, width: int
) -> None:
    theme.set_setting(scheme)
    pair.resize(width, 500)
    image = pair.grab().toImage()
    assert pair.width() == width
    assert image.pixelColor(3, image.height() - 3) == theme.color("bg.canvas")
