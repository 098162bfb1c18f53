"""What the icon stands for, in shape and in words."""

import pytest
from PySide6.QtGui import QIcon, QImage
from pytestqt.qtbot import QtBot

from vedette.desktop.bridge.state import StationState
from vedette.desktop.tray.icon import SIZES, state_icon
from vedette.desktop.tray.state import TrayState, badge_text, in_words, shown_count, tray_state

WELL = StationState(
    attached=True, listening=True, base_url="http://127.0.0.1:8969", addresses=("127.0.0.1:8969",)
)
ILL = StationState(attached=True, listening=True, trouble="The disk is almost full; nothing more is taken.")


@pytest.mark.parametrize(
    ("station", "paused", "unseen", "state"),
    [
        (WELL, False, 0, TrayState.LISTENING),
        (WELL, False, 3, TrayState.UNSEEN),
        (WELL, True, 3, TrayState.PAUSED),
        (ILL, True, 3, TrayState.PROBLEM),
        (StationState(), False, 0, TrayState.PROBLEM),
    ],
)
def test_the_most_urgent_is_shown(station: StationState, paused: bool, unseen: int, state: TrayState) -> None:
    assert tray_state(station, paused=paused, unseen=unseen) is state


def test_each_state_has_words() -> None:
    assert in_words(TrayState.LISTENING, WELL, "") == "Listening on 127.0.0.1:8969"
    assert in_words(TrayState.UNSEEN, WELL, "3") == "Unseen errors: 3"
    assert in_words(TrayState.PAUSED, WELL, "") == "Paused; events go on being taken"
    assert in_words(TrayState.PROBLEM, ILL, "") == ILL.trouble
    assert in_words(TrayState.PROBLEM, StationState(), "").startswith("No station is running")


@pytest.mark.parametrize(
    ("count", "said", "drawn"), [(0, "0", ""), (1, "1", "1"), (42, "42", "9+"), (100, "99+", "9+")]
)
def test_a_number_is_drawn_shorter_than_it_is_said(count: int, said: str, drawn: str) -> None:
    assert (shown_count(count), badge_text(count)) == (said, drawn)


def outline(icon: QIcon, size: int) -> bytes:
    """Return which pixels are drawn, whatever their colour."""
    image = icon.pixmap(size, size).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    return bytes(
        image.pixelColor(x, y).alpha() > 127 for y in range(image.height()) for x in range(image.width())
    )


@pytest.mark.parametrize("mono", [False, True])
@pytest.mark.parametrize("size", SIZES)
def test_states_and_numbers_differ_by_shape_alone(size: int, mono: bool, qtbot: QtBot) -> None:
    shapes = {state: outline(state_icon(state, mono=mono), size) for state in TrayState}
    assert len(set(shapes.values())) == len(TrayState)
    assert state_icon(TrayState.PAUSED, mono=mono).isMask() is mono
    if mono and size >= 20:
        # In one colour the digits are cut out, so that numbers differ in shape as well.
        numbers = {
            outline(state_icon(TrayState.UNSEEN, count, mono=True), size) for count in ("", "3", "8", "9+")
        }
        assert len(numbers) == 4


def test_a_number_is_drawn_where_it_can_be_read(qtbot: QtBot) -> None:
    plain, three = (state_icon(TrayState.UNSEEN, count) for count in ("", "3"))
    assert plain.pixmap(16, 16).toImage() == three.pixmap(16, 16).toImage()
    assert plain.pixmap(22, 22).toImage() != three.pixmap(22, 22).toImage()
