"""Links from outside, shown in the window or spoken of."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.unit.desktop.shell.conftest import rest
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.shell.following import LinkFollower, OpenedLinks
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.scope import Scope
from vedette.desktop.shell.window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def follower(window: MainWindow, bridge: Bridge) -> LinkFollower:
    return LinkFollower(bridge, window, window)


def follow(follower: LinkFollower, link: str, qtbot: QtBot, bridge: Bridge) -> None:
    follower.follow(link)
    rest(qtbot, bridge)


def test_a_link_leads_the_window_to_its_place_and_scope(
    follower: LinkFollower, window: MainWindow, qtbot: QtBot, bridge: Bridge
) -> None:
    follow(follower, "vedette://desk/issues/DESK-3?run=last", qtbot, bridge)
    assert window.view("issues").title() == "OperationalError"
    assert window.scope.scope == Scope(run=1)
    assert window.banner.isHidden()
    follow(follower, "vedette://desk/ingest", qtbot, bridge)
    assert window.history.current == Place("ingest")
    assert window.scope.scope == Scope(run=1)


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("vedette://desk/issues/DESK-99", "There is no issue DESK-99 in this workspace."),
        ("vedette://desk/cellar", "There is no section “cellar” here."),
        (
            "vedette://other/issues",
            "This link leads into the workspace “other”, and this window shows “desk”.",
        ),
        ("javascript:alert(1)", "This is no link to Vedette. One looks like vedette://desk/issues/DESK-12."),
    ],
)
def test_a_link_that_leads_nowhere_leaves_the_window_where_it_is_and_is_spoken_of(
    link: str, says: str, follower: LinkFollower, window: MainWindow, qtbot: QtBot, bridge: Bridge
) -> None:
    before = window.history.current
    follow(follower, link, qtbot, bridge)
    assert window.history.current == before
    assert says in window.banner.accessibleName()


def test_of_two_links_at_once_the_later_is_shown(
    follower: LinkFollower, window: MainWindow, qtbot: QtBot, bridge: Bridge
) -> None:
    follower.follow("vedette://desk/issues/DESK-1")
    follow(follower, "vedette://desk/settings", qtbot, bridge)
    assert window.history.current == Place("settings")


def test_links_the_system_gives_to_the_application_are_heard(qtbot: QtBot, qapp: QApplication) -> None:
    opened = OpenedLinks(qapp)
    qapp.installEventFilter(opened)
    with qtbot.waitSignal(opened.linkOpened) as heard:
        qapp.sendEvent(qapp, QFileOpenEvent(QUrl("vedette://desk/issues/DESK-1?query=a%20b")))
    assert heard.args == ["vedette://desk/issues/DESK-1?query=a%20b"]
    with qtbot.assertNotEmitted(opened.linkOpened):
        qapp.sendEvent(qapp, QFileOpenEvent(QUrl("file:///etc/passwd")))
    qapp.removeEventFilter(opened)
