from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.support.store_rows import FilledStore
from tests.support.traces import LaterBridge
from vedette.desktop.bridge.in_flight import InFlight


@pytest.fixture
def asking(tmp_path: Path, qtbot: QtBot) -> Any:
    store = FilledStore(tmp_path / "desk")
    store.close()
    bridge = LaterBridge(store.workspace)
    owner = QObject()
    yield InFlight(bridge, owner)  # type: ignore[arg-type]
    bridge.close()


def fail(sentence: str, details: str) -> None:
    raise AssertionError(sentence)


def test_an_answer_comes_and_then_all_is_settled(asking: InFlight, qtbot: QtBot) -> None:
    found: list[int] = []
    with qtbot.waitSignal(asking.settled):
        asking.compute("sum", sum, [1, 2, 3], answer=found.append, failed=fail)
        assert not asking.is_settled
        assert asking.holds("sum")
    assert found == [6]
    assert asking.is_settled


def test_a_newer_question_of_the_same_kind_replaces_the_older(asking: InFlight, qtbot: QtBot) -> None:
    found: list[int] = []
    with qtbot.waitSignal(asking.settled):
        asking.compute("sum", sum, [1], answer=found.append, failed=fail)
        asking.compute("sum", sum, [2], answer=found.append, failed=fail)
        asking.compute("other", sum, [3], answer=found.append, failed=fail)
    assert found == [2, 3]


def test_a_cancelled_question_is_not_answered(asking: InFlight, qtbot: QtBot) -> None:
    found: list[int] = []
    asking.compute("sum", sum, [1], answer=found.append, failed=fail)
    asking.cancel_all()
    assert asking.is_settled
    with qtbot.waitSignal(asking.settled):
        asking.compute("other", sum, [2], answer=found.append, failed=fail)
    assert found == [2]


def test_a_failure_is_told_and_settles_too(asking: InFlight, qtbot: QtBot) -> None:
    told: list[str] = []

    def broken(db: Any) -> None:
        raise LookupError("gone")

    with qtbot.waitSignal(asking.settled):
        asking.ask("read", broken, answer=fail, failed=lambda sentence, details: told.append(sentence))
    assert told == ["This could not be read."]


def test_a_question_put_by_an_answer_keeps_it_unsettled(asking: InFlight, qtbot: QtBot) -> None:
    found: list[int] = []
    settled: list[int] = []
    asking.settled.connect(lambda: settled.append(len(found)))

    def again(number: int) -> None:
        found.append(number)
        if number < 3:
            asking.compute("sum", sum, [number, 1], answer=again, failed=fail)

    asking.compute("sum", sum, [1], answer=again, failed=fail)
    qtbot.waitUntil(lambda: bool(settled))
    assert found == [1, 2, 3]
    assert settled == [3]
