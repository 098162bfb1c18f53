"""The bars of the side column."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from vedette.desktop.issue.head.tag_bars import TagBars, chief_tags
from vedette.desktop.theme.theme import Theme
from vedette.store.queries.issue_details import TagSummary, TagValue


def a_tag(key: str, *counts: int) -> TagSummary:
    values = tuple(TagValue(f"{key}{at}", n) for at, n in enumerate(counts))
    return TagSummary(key, sum(counts), len(counts), values)


def test_the_usual_tags_come_first_and_derived_doubles_are_left_out() -> None:
    tags = [a_tag(key, 1) for key in ("branch", "os", "os.name", "level", "release", "environment")]
    assert [tag.key for tag in chief_tags(tags)] == ["release", "environment", "os", "branch"]
    assert len(chief_tags([a_tag(f"t{n}", 1) for n in range(20)])) == 6


def test_bars_are_read_out_with_their_shares(theme: Theme, qtbot: QtBot) -> None:
    bars = TagBars(theme, name="issue.tags")
    qtbot.addWidget(bars)
    bars.set_tags([a_tag("release", 92, 8)])
    bars.show()
    interface = QAccessible.queryAccessibleInterface(bars)
    assert interface.role() == QAccessible.Role.List
    assert interface.childCount() == 1
    name = interface.child(0).text(QAccessible.Text.Name)
    assert name == "release: release0 92 %, release1 8 %"


def test_a_bar_is_split_where_its_shares_meet(theme: Theme, qtbot: QtBot) -> None:
    bars = TagBars(theme, name="issue.tags")
    qtbot.addWidget(bars)
    bars.set_tags([a_tag("release", 50, 50)])
    bars.resize(208, bars.sizeHint().height())
    image = bars.grab().toImage()
    y = bars.height() - 10
    ratio = image.devicePixelRatio()
    assert image.pixelColor(QPoint(round(50 * ratio), round(y * ratio))) == theme.color("accent")
    assert image.pixelColor(QPoint(round(150 * ratio), round(y * ratio))) == theme.color("span.ui")


def test_click_and_keys_choose_a_tag(theme: Theme, qtbot: QtBot) -> None:
    bars = TagBars(theme, name="issue.tags")
    qtbot.addWidget(bars)
    bars.set_tags([a_tag("release", 1), a_tag("os", 1)])
    bars.resize(208, bars.sizeHint().height())
    bars.show()
    with qtbot.waitSignal(bars.chosen) as chosen:
        qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(20, bars.height() - 10))
    assert chosen.args == ["os"]
    qtbot.keyClick(bars, Qt.Key.Key_Up)
    with qtbot.waitSignal(bars.chosen) as chosen:
        qtbot.keyClick(bars, Qt.Key.Key_Return)
    assert chosen.args == ["release"]
