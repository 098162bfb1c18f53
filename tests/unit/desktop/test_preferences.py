from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from vedette.desktop.preferences import Preferences


def _settings(folder: Path) -> QSettings:
    return QSettings(str(folder / "preferences.ini"), QSettings.Format.IniFormat)


@pytest.mark.parametrize(
    ("value", "default"),
    [(True, False), (7, 0), (1.5, 0.0), ("größer = 'x'", ""), (["a", 1], []), ({"a": {"b": [1]}}, {})],
)
def test_a_value_is_the_same_after_the_next_start(tmp_path: Path, value: object, default: object) -> None:
    Preferences(_settings(tmp_path)).set("issues.columns", value)  # type: ignore[arg-type]

    assert Preferences(_settings(tmp_path)).get("issues.columns", default) == value  # type: ignore[type-var]


def test_a_whole_number_serves_where_a_fraction_is_wanted(tmp_path: Path) -> None:
    preferences = Preferences(_settings(tmp_path))
    preferences.set("appearance.zoom", 2)

    assert preferences.get("appearance.zoom", 1.0) == 2.0


@pytest.mark.parametrize("kept", ["", "{", "not JSON", "[1, 2"])
def test_a_damaged_value_counts_as_none(tmp_path: Path, kept: str) -> None:
    settings = _settings(tmp_path)
    settings.setValue("stack.order", kept)

    preferences = Preferences(settings)

    assert preferences.get("stack.order", "newest") == "newest"
    assert not preferences.is_set("stack.order")


def test_a_value_of_another_type_counts_as_none(tmp_path: Path) -> None:
    preferences = Preferences(_settings(tmp_path))
    preferences.set("letters.on", "yes")

    assert preferences.get("letters.on", True) is True


def test_a_change_is_told_once_and_the_same_value_again_is_not(tmp_path: Path, qtbot: QtBot) -> None:
    preferences = Preferences(_settings(tmp_path))
    told: list[str] = []
    preferences.changed.connect(told.append)

    preferences.set("a.b", 1)
    preferences.set("a.b", 1)
    preferences.set("a.b", True)
    preferences.reset("a.b")
    preferences.reset("a.b")

    assert told == ["a.b", "a.b", "a.b"]
    assert not preferences.is_set("a.b")
    assert preferences.keys() == ()
