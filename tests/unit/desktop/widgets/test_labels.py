from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.labels import label


def test_text_that_can_be_selected_takes_the_keyboard_from_the_mouse_alone(
    qtbot: QtBot, theme: Theme
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    text, field = label("08b21723", "code", selectable=True), QLineEdit()
    layout = QVBoxLayout(window)
    layout.addWidget(text)
    layout.addWidget(field)
    window.show()
    window.activateWindow()
    field.setFocus()

    assert text.focusPolicy() == Qt.FocusPolicy.NoFocus
    qtbot.mousePress(text, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert window.focusWidget() is text


def test_text_is_taken_literally(qtbot: QtBot, theme: Theme) -> None:
    text = label("<b>not bold</b>", selectable=True)
    qtbot.addWidget(text)
    assert text.textFormat() == Qt.TextFormat.PlainText
