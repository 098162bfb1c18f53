"""What the user chose of the look is followed at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from vedette.desktop.preferences import Preferences
from vedette.desktop.theme.preferred import CODE_FONT, MOTION, PreferredLook
from vedette.desktop.theme.theme import Motion, Theme


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "p.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def look(theme: Theme, preferences: Preferences) -> Iterator[PreferredLook]:
    found = PreferredLook(theme, preferences)
    yield found
    preferences.reset(CODE_FONT)
    preferences.reset(MOTION)
    found.deleteLater()


def test_code_is_shown_in_the_chosen_font_and_in_the_usual_one_again(
    theme: Theme, preferences: Preferences, look: PreferredLook
) -> None:
    usual = theme.font("code").family()
    preferences.set(CODE_FONT, "Inter")
    assert theme.font("code").family() == "Inter"
    preferences.set(CODE_FONT, "No Such Font 7")
    assert theme.font("code").family() == usual
    preferences.reset(CODE_FONT)
    assert theme.font("code").family() == usual


def test_reduced_motion_switches_effects_off(
    theme: Theme, preferences: Preferences, look: PreferredLook, qapp: QApplication
) -> None:
    effect = Qt.UIEffect.UI_AnimateMenu
    usual = qapp.isEffectEnabled(effect)
    preferences.set(MOTION, Motion.FULL.value)
    assert qapp.isEffectEnabled(effect)
    preferences.set(MOTION, Motion.REDUCED.value)
    assert theme.reduces_motion
    assert not qapp.isEffectEnabled(effect)
    preferences.set(MOTION, "sideways")
    assert not theme.reduces_motion
    assert qapp.isEffectEnabled(effect) is usual
