from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from pytestqt.qtbot import QtBot

from vedette.desktop.language import language_of, mark, tr


class Shouting(QTranslator):
    """Translates every text by itself, so that what was not asked for is seen."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        return text.upper()


@pytest.fixture
def shouting(qapp: QCoreApplication) -> Iterator[None]:
    translator = Shouting()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def test_without_a_translation_the_source_is_shown(qtbot: QtBot) -> None:
    assert tr("Resolve") == "Resolve"
    assert tr("Stations (nearby)") == "Stations (nearby)"


@pytest.mark.parametrize(
    ("text", "n", "shown"),
    [
        ("%n issue(s)", 1, "1 issue"),
        ("%n issue(s)", 0, "0 issues"),
        ("%n entr(y|ies) hidden", 1, "1 entry hidden"),
        ("%n entr(y|ies) hidden", 5, "5 entries hidden"),
        ("%n hit(s) (is|are) new", 1, "1 hit is new"),
        ("%n hit(s) (is|are) new", 3, "3 hits are new"),
    ],
)
def test_english_chooses_between_the_forms_of_a_number(qtbot: QtBot, text: str, n: int, shown: str) -> None:
    assert tr(text, "", n) == shown


@pytest.mark.usefixtures("shouting")
def test_a_translation_is_taken_as_it_is() -> None:
    assert tr("Resolve") == "RESOLVE"
    assert tr("%n issue(s)", "", 2) == "2 ISSUE(S)".replace("2", "%N")


def test_a_marked_text_stays_english_until_it_is_shown() -> None:
    assert mark("Stack trace") == "Stack trace"


def test_a_choice_that_is_no_language_follows_the_system() -> None:
    assert language_of("de") == "de"
    assert language_of("klingon") == language_of("system")
