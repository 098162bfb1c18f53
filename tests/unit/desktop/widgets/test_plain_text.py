import pytest
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from vedette.desktop.widgets.plain_text import plain_tip, plain_title


@pytest.mark.parametrize("text", ["plain", "a < b", "<b>bold</b>", "<img src='file:///x'>\n<i>&amp;"])
def test_a_tip_reads_as_the_text_it_was_given(qtbot: QtBot, text: str) -> None:
    tip = plain_tip(text)
    document = QTextDocument()
    document.setHtml(tip if tip.startswith("<qt>") else "<pre>" + tip.replace("<", "&lt;") + "</pre>")
    assert document.toPlainText().replace("\u2028", "\n") == text


def test_ampersands_are_shown() -> None:
    assert plain_title("R&D") == "R&&D"
