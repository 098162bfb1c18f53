"""Text of a few lines."""

from pytestqt.qtbot import QtBot

from vedette.desktop.issue.clamped_text import ClampedText
from vedette.desktop.theme.theme import Theme


def test_it_is_as_high_as_its_text_up_to_its_lines(theme: Theme, qtbot: QtBot) -> None:
    text = ClampedText(theme, "body", name="t", lines=3)
    qtbot.addWidget(text)
    line = theme.line_height("body")
    text.set_text("short")
    assert text.heightForWidth(300) == line
    text.set_text("word " * 25)
    assert text.heightForWidth(300) in (2 * line, 3 * line)
    text.set_text("word " * 500)
    assert text.heightForWidth(300) == 3 * line
    text.set_text("a\nb\nc\nd")
    assert text.heightForWidth(300) == 3 * line


def test_the_whole_text_is_in_tooltip_and_accessible_name(theme: Theme, qtbot: QtBot) -> None:
    text = ClampedText(theme, "hero", name="t")
    qtbot.addWidget(text)
    text.set_text("<b>Type</b>Error " * 20)
    assert text.accessibleName() == "<b>Type</b>Error " * 20
    assert "&lt;b&gt;" in text.toolTip(), "markup from outside is shown as text"


def test_an_empty_text_takes_no_place(theme: Theme, qtbot: QtBot) -> None:
    text = ClampedText(theme, "body", name="t", lines=2)
    qtbot.addWidget(text)
    assert text.isHidden()
    text.set_text("x")
    assert not text.isHidden()
    text.set_text("")
    assert text.isHidden()
