import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.segmented import Segment, Segmented


@pytest.fixture
def segmented(qtbot: QtBot, theme: Theme) -> Segmented:
    found = Segmented(
        theme,
        [Segment("open", "Unresolved", 14), Segment("new", "New", 3), Segment("all", "All")],
        name="issues.filter",
        title="Show",
    )
    qtbot.addWidget(found)
    found.show()
    return found


def button(segmented: Segmented, key: str) -> QPushButton:
    found = segmented.findChild(QPushButton, f"issues.filter.{key}")
    assert isinstance(found, QPushButton)
    return found


def test_counts_stand_beside_the_titles(segmented: Segmented) -> None:
    assert button(segmented, "open").text() == "Unresolved 14"
    segmented.set_count("open", 1_284)
    assert button(segmented, "open").accessibleName() == "Unresolved 1,284"
    assert button(segmented, "all").text() == "All"


def test_a_click_and_the_arrows_choose_and_say_so(qtbot: QtBot, segmented: Segmented) -> None:
    with qtbot.waitSignal(segmented.chosen) as chosen:
        button(segmented, "new").click()
    assert chosen.args == ["new"]
    with qtbot.waitSignal(segmented.chosen) as chosen:
        qtbot.keyClick(button(segmented, "new"), Qt.Key.Key_Right)
    assert chosen.args == ["all"]
    assert segmented.current() == "all"


def test_choosing_from_code_is_silent(qtbot: QtBot, segmented: Segmented) -> None:
    with qtbot.assertNotEmitted(segmented.chosen):
        segmented.choose("new")
    assert segmented.current() == "new"
    with pytest.raises(KeyError):
        segmented.choose("none")


def test_choosing_another_one_does_not_move_the_buttons(segmented: Segmented) -> None:
    before = button(segmented, "all").x()
    segmented.choose("all")
    segmented.layout().activate()  # type: ignore[union-attr]
    assert button(segmented, "all").x() == before


def test_only_the_chosen_segment_is_in_the_tab_order(segmented: Segmented) -> None:
    segmented.choose("new")
    in_order = [
        key
        for key in ("open", "new", "all")
        if button(segmented, key).focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert in_order == ["new"]


def test_tab_reaches_only_the_chosen_segment_and_every_target_can_be_hit(qtbot: QtBot, theme: Theme) -> None:
    segmented = Segmented(theme, [Segment("a", "All"), Segment("b", "New")], name="x", title="Which")
    qtbot.addWidget(segmented)
    segmented.show()
    buttons = segmented.findChildren(QPushButton)

    assert [button.focusPolicy() for button in buttons] == [
        Qt.FocusPolicy.StrongFocus,
        Qt.FocusPolicy.NoFocus,
    ]
    assert all(button.height() >= 24 for button in buttons)


def test_other_segments_take_the_place_of_the_old_at_once(qtbot: QtBot, theme: Theme) -> None:
    segmented = Segmented(theme, [Segment("a", "All"), Segment("b", "New")], name="x", title="Which")
    qtbot.addWidget(segmented)
    segmented.show()

    segmented.set_segments([Segment("c", "Other")])

    assert [button.text() for button in segmented.findChildren(QPushButton) if button.isVisible()] == [
        "Other"
    ]
