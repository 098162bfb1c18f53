"""What is painted: level shapes, chips and buttons, looked at as pixels."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from vedette.desktop.commands.command import Command
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.theme.theme import SchemeSetting, Theme
from vedette.desktop.widgets.buttons import Button, IconButton, command_button, command_icon_button
from vedette.desktop.widgets.chip import Chip, chip_size, chip_token, paint_chip
from vedette.desktop.widgets.severity import LEVELS, LevelMark, paint_level
from vedette.desktop.widgets.sparkline import Sparkline, paint_sparkline


def drawn(draw: Callable[[QPainter], object], width: int = 64, height: int = 64) -> QImage:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    draw(painter)
    painter.end()
    return image


@pytest.mark.parametrize("setting", [SchemeSetting.LIGHT, SchemeSetting.DARK, SchemeSetting.CONTRAST])
def test_no_two_levels_look_alike_in_grey(theme: Theme, setting: SchemeSetting) -> None:
    theme.set_setting(setting)
    pictures = [
        drawn(lambda p, level=level: paint_level(p, theme, level, 0, 0, 64)).convertToFormat(  # type: ignore[misc]
            QImage.Format.Format_Mono
        )
        for level in LEVELS
    ]
    assert all(pictures.count(picture) == 1 for picture in pictures)


def test_a_chip_says_how_far_it_reached(theme: Theme) -> None:
    ends: list[float] = []
    image = drawn(lambda p: ends.append(paint_chip(p, theme, 4, 20, "regressed")), 200, 40)
    assert ends == [4 + chip_size(theme, "regressed").width()]
    assert image.pixelColor(4, 20).name() == theme.color("level.error.text").name()
    assert image.pixelColor(int(ends[0]) + 2, 20).name() == "#ffffff"


@pytest.mark.parametrize(
    ("text", "token"), [("new", "accent.text"), ("Error", "level.error.text"), ("unhandled", "text.muted")]
)
def test_a_chip_s_word_decides_its_colour(text: str, token: str) -> None:
    assert chip_token(text) == token


def test_an_empty_chip_is_hidden(qtbot: QtBot, theme: Theme) -> None:
    chip = Chip(theme, "new")
    qtbot.addWidget(chip)
    chip.set_text("")
    assert chip.isHidden()
    chip.set_text("in app")
    assert chip.accessibleName() == "in app"
    assert chip.text() == "in app"


def test_a_sparkline_is_drawn_inside_its_place_only(theme: Theme) -> None:
    image = drawn(lambda p: paint_sparkline(p, theme, QRect(10, 10, 24, 20), [1, 5, 3]))
    inked = [(x, y) for x in range(64) for y in range(64) if image.pixelColor(x, y).lightness() < 200]
    assert inked
    assert all(10 <= x < 34 and 10 <= y < 30 for x, y in inked)


def test_a_sparkline_is_read_out_as_its_trend(qtbot: QtBot, theme: Theme) -> None:
    spark = Sparkline(theme, name="issue.trend", title="Events")
    qtbot.addWidget(spark)
    spark.set_values([0, 1, 5])
    assert spark.accessibleName() == "Events: rising, peak 5"


def test_a_level_mark_is_named(qtbot: QtBot, theme: Theme) -> None:
    mark = LevelMark(theme, "warning")
    qtbot.addWidget(mark)
    assert mark.accessibleName() == "warning"


def test_a_button_is_wide_enough_for_icon_text_keys_and_menu(qtbot: QtBot, theme: Theme) -> None:
    plain, full = (
        Button(theme, "Resolve", name="a"),
        Button(theme, "Resolve", name="b", icon="check", keys="E", menu=QMenu("More")),
    )
    for button in (plain, full):
        qtbot.addWidget(button)
    assert full.sizeHint().width() >= plain.sizeHint().width() + 16 + 20 + 14
    assert plain.sizeHint().height() >= 24


def test_an_icon_button_has_a_name_and_a_size_to_hit(qtbot: QtBot, theme: Theme) -> None:
    button = IconButton(theme, "archive", "Archive", name="issue.archive.button")
    qtbot.addWidget(button)
    theme.dress(button)
    assert button.accessibleName() == "Archive"
    assert button.sizeHint().height() >= 24


def test_command_buttons_run_and_follow_their_command(qtbot: QtBot, theme: Theme) -> None:
    registry = CommandRegistry(theme)
    applies = [True]
    done: list[str] = []
    registry.register(
        Command(
            "issue.resolve",
            "Resolve",
            lambda: done.append("x"),
            keys=("E",),
            icon="check",
            context="issue",
            when=lambda: applies[0],
        )
    )
    button = command_button(theme, registry, "issue.resolve", role="primary", show_hint=True)
    icon = command_icon_button(theme, registry, "issue.resolve")
    for widget in (button, icon):
        qtbot.addWidget(widget)
        widget.click()
    assert done == ["x", "x"]
    assert button.toolTip() == "Resolve (E)"
    applies[0] = False
    registry.refresh()
    assert not button.isEnabled()
    assert not icon.isEnabled()
