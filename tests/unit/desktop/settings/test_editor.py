from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from vedette.desktop.language import Language
from vedette.desktop.settings.editor import trial


@pytest.fixture(params=["en", "de"])
def language(qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[str]:
    spoken = Language()
    spoken.speak(request.param)
    yield request.param
    spoken.speak("en")


def test_the_trial_opens_where_its_text_says_the_cursor_should_stand(language: str) -> None:
    text, line, column = trial()

    assert text.splitlines()[line - 1][column - 1 :].startswith({"en": "here,", "de": "hier,"}[language])
    assert f" {line}" in text.splitlines()[line - 1]
