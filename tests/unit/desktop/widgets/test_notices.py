from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.notices import UNDO_MS, Banner, EmptyState, Toast


def button(widget: QWidget, name: str) -> QPushButton:
    found = widget.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def test_an_empty_state_has_a_sentence_and_one_action(qtbot: QtBot, theme: Theme) -> None:
    empty = EmptyState(theme, name="issues.empty")
    qtbot.addWidget(empty)
    empty.say("Nothing received yet", "Listening on 127.0.0.1:8969", action="Connect an app", icon="plug")
    empty.show()
    assert empty.accessibleName() == "Nothing received yet Listening on 127.0.0.1:8969"
    with qtbot.waitSignal(empty.acted):
        button(empty, "issues.empty.action").click()
    empty.say("Searching…")
    assert not button(empty, "issues.empty.action").isVisible()


def test_a_banner_s_details_can_be_copied_and_it_can_be_closed(qtbot: QtBot, theme: Theme) -> None:
    banner = Banner(theme, name="issues.error")
    qtbot.addWidget(banner)
    assert not banner.isVisible()
    banner.say("The list could not be read.", details="Traceback: …")
    assert banner.isVisible()
    button(banner, "issues.error.copy").click()
    assert QGuiApplication.clipboard().text() == "The list could not be read.\nTraceback: …"
    with qtbot.waitSignal(banner.closed):
        banner.findChild(QWidget, "issues.error.close").click()  # type: ignore[union-attr]
    assert not banner.isVisible()


def test_a_toast_undoes_once_and_goes(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    window.show()
    toast = Toast(theme, window)
    undone: list[int] = []
    toast.say("Resolved 3 issues", lambda: undone.append(1))
    assert toast.timer.interval() == UNDO_MS == 8000
    assert toast.timer.isActive()
    with qtbot.waitSignal(toast.undone):
        button(toast, "toast.undo").click()
    assert undone == [1]
    assert not toast.isVisible()
    assert not toast.timer.isActive()


def test_a_toast_goes_by_itself_and_can_no_longer_undo(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    toast = Toast(theme, window, lifetime_ms=1)
    undone: list[int] = []
    with qtbot.waitSignal(toast.expired):
        toast.say("Archived", lambda: undone.append(1))
    assert not toast.isVisible()
    assert undone == []


def test_texts_are_taken_literally(qtbot: QtBot, theme: Theme) -> None:
    banner = Banner(theme, name="b")
    qtbot.addWidget(banner)
    banner.say("<b>not bold</b>")
    label = banner.findChild(QLabel, "b.text")
    assert isinstance(label, QLabel)
    assert label.text() == "<b>not bold</b>"
    assert label.textFormat().name == "PlainText"


def test_a_narrow_banner_has_its_buttons_below_the_sentence(qtbot: QtBot, theme: Theme) -> None:
    banner = Banner(theme, name="list.banner")
    qtbot.addWidget(banner)
    banner.say("The database could not be read. " * 3, details="why", action="Try again")

    for width, is_below in ((900, False), (336, True), (900, False)):
        banner.resize(width, banner.heightForWidth(width) if banner.hasHeightForWidth() else 60)
        qtbot.wait(1)
        text, action = (
            banner.findChild(QLabel, "list.banner.text"),
            banner.findChild(QWidget, "list.banner.action"),
        )
        assert isinstance(text, QLabel)
        assert isinstance(action, QWidget)
        assert (action.y() >= text.geometry().bottom()) is is_below
        assert not is_below or text.width() > 200


def test_an_empty_state_for_an_error_lets_its_details_be_copied(qtbot: QtBot, theme: Theme) -> None:
    empty = EmptyState(theme, name="trace.empty")
    qtbot.addWidget(empty)
    empty.show()
    empty.say("The trace could not be read.", details="Traceback: …")
    button(empty, "trace.empty.copy").click()
    assert QGuiApplication.clipboard().text() == "The trace could not be read.\nTraceback: …"
    empty.say("Nothing yet")
    assert not button(empty, "trace.empty.copy").isVisible()
