"""Qt tried in another process, and what its complaints come down to."""

import pytest

from vedette.doctor.qt_probe import QtError, telling_line, try_qt

COULD_NOT_CONNECT = """\
qt.qpa.xcb: could not connect to display :99
qt.qpa.plugin: From 6.5.0, xcb-cursor0 or libxcb-cursor0 is needed to load the Qt xcb platform plugin.
qt.qpa.plugin: Could not load the Qt platform plugin "xcb" in "" even though it was found.
"""
NO_LIBRARY = """\
qt.core.plugin.loader: QLibraryPrivate::loadPlugin failed on "/x/libqxcb.so" : "Cannot load library \
/x/libqxcb.so: libxcb-icccm.so.4: cannot open shared object file: No such file or directory"
qt.qpa.plugin: From 6.5.0, xcb-cursor0 or libxcb-cursor0 is needed to load the Qt xcb platform plugin.
"""


def test_qt_comes_up_off_screen_with_our_fonts_and_keeps_its_references() -> None:
    facts = try_qt("offscreen")
    assert facts.platform == "offscreen"
    assert facts.has_bundled_fonts
    assert abs(facts.lost) < 100


def test_a_platform_that_is_not_there_is_an_error_with_a_reason() -> None:
    with pytest.raises(QtError, match="platform"):
        try_qt("no-such-platform")


def test_a_qt_that_hangs_is_given_up() -> None:
    with pytest.raises(QtError, match="did not come up within"):
        try_qt("offscreen", seconds=0.001)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (COULD_NOT_CONNECT, "could not connect to display :99"),
        (NO_LIBRARY, "the library libxcb-icccm.so.4 is missing"),
        ("Traceback\nModuleNotFoundError: No module named 'PySide6'\n", "No module named 'PySide6'"),
        ("", ""),
    ],
)
def test_the_reason_is_picked_out_of_what_qt_writes(text: str, told: str) -> None:
    assert telling_line(text).endswith(told)
