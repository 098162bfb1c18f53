"""Questions that hold still for a picture."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from vedette.desktop.screenshots.stage import Stage, StagedBridge
from vedette.domain.workspace import Workspace


@pytest.fixture
def bridge(qtbot: QtBot, tmp_path: Path) -> Iterator[StagedBridge]:
    found = StagedBridge(Workspace(tmp_path))
    yield found
    found.stop()


def test_answers_come_as_from_any_bridge(bridge: StagedBridge, qtbot: QtBot) -> None:
    answers: list[int] = []
    bridge.compute(lambda: 7, answer=answers.append, owner=bridge)
    qtbot.waitUntil(lambda: answers == [7])


def test_held_questions_are_never_answered_and_nobody_waits_for_them(bridge: StagedBridge) -> None:
    bridge.stage = Stage.HOLDS
    ticket = bridge.compute(lambda: 7, answer=lambda _: pytest.fail("answered"), owner=QObject(bridge))

    assert not ticket.is_done
    assert bridge.is_settled


def test_failing_questions_say_why(bridge: StagedBridge, qtbot: QtBot) -> None:
    said: list[str] = []
    bridge.stage = Stage.FAILS
    bridge.ask(
        lambda db: db,
        answer=lambda _: pytest.fail("answered"),
        failed=lambda sentence, details: said.append(f"{sentence} {details}"),
        owner=bridge,
    )
    qtbot.waitUntil(lambda: bool(said))
    assert "another program" in said[0]
