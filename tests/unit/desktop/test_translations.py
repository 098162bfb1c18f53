"""The catalogues of words: nothing missing or untranslated, placeholders kept; and a window in German."""

import importlib.util
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.desktop import desk, fill
from tests.support.store_rows import FilledStore
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.language import LANGUAGES, Language, tr
from vedette.desktop.sections import sections
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.window import MainWindow
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets import relative_time, units

__all__ = ["desk"]

ROOT = Path(__file__).resolve().parents[3]
CATALOGUES = sorted((ROOT / "resources" / "translations").glob("vedette_*.ts"))
_PLACEHOLDER = re.compile(r"\{[^}]*\}|%n")


def test_every_language_but_the_sources_own_has_a_catalogue() -> None:
    assert {path.stem.removeprefix("vedette_") for path in CATALOGUES} == set(LANGUAGES) - {"en"}


def test_the_catalogues_hold_the_window_s_words_as_they_are_now() -> None:
    path = ROOT / "packaging" / "translations" / "update.py"
    spec = importlib.util.spec_from_file_location("translations_update", path)
    assert spec is not None
    assert spec.loader is not None
    update = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(update)
    assert update.is_up_to_date(), "run `make translations`"


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.stem)
def test_every_word_is_translated_with_its_placeholders(catalogue: Path) -> None:
    wrong = []
    for message in ET.parse(catalogue).iter("message"):
        source = message.findtext("source") or ""
        translation = message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
        wanted = set(_PLACEHOLDER.findall(source))
        # "%n" may be left out where the form says one in words.
        if translation.get("type") or not all(forms) or set(_PLACEHOLDER.findall(forms[-1])) != wanted:
            wrong.append(source)
    assert wrong == []


@pytest.fixture
def german(qtbot: QtBot) -> Iterator[None]:
    language = Language()
    language.speak("de")
    yield
    language.speak("en")


@pytest.mark.usefixtures("german")
def test_numbers_times_and_plurals_are_german() -> None:
    assert tr("Resolve") == "Erledigen"
    assert tr("%n issue(s)", "", 1) == "1 Issue"
    assert tr("%n new request(s)", "", 3) == "3 neue Anfragen"
    assert units.count(1_234_567) == "1.234.567"
    assert units.size(3_140_000) == "3,1 MB"
    assert relative_time.ago(0, 240_000_000) == "vor 4 min"


@pytest.mark.usefixtures("german")
def test_a_window_speaks_german(desk: FilledStore, theme: Theme, qtbot: QtBot) -> None:
    fill(desk)
    bridge = Bridge(desk.workspace)
    window = MainWindow(bridge, theme, sections())
    qtbot.addWidget(window)
    window.show()
    window.go_to(Place("settings"))
    qtbot.waitUntil(lambda: bridge.is_settled)
    said = {label.text() for label in window.findChildren(QLabel) if label.isVisible()}
    pressed = {button.accessibleName() for button in window.findChildren(QPushButton) if button.isVisible()}
    assert "Arbeitsbereich" in said
    assert any(name.startswith("Issues") for name in pressed)
    assert [action.text() for action in window.menuBar().actions()][:2] == ["&Datei", "&Bearbeiten"]
    bridge.stop()
