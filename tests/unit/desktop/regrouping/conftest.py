"""A workspace with three issues of two projects, behind a bridge without a station."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from tests.support.issue_desk import NOON, IssueDesk
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.preferences import Preferences
from vedette.domain.times import MINUTE, Micros


def an_error(number: int, kind: str, **more: Any) -> dict[str, Any]:
    frame = {"module": "shop.till", "function": "pay", "filename": "till.py", "in_app": True}
    return {
        "event_id": f"{number:032x}",
        "platform": "python",
        "exception": {"values": [{"type": kind, "value": "order 4711", "stacktrace": {"frames": [frame]}}]},
        **more,
    }


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[IssueDesk]:
    found = IssueDesk(tmp_path / "desk")
    for number in range(1, 7):
        found.send(
            an_error(number, "KeyError", tags={"till": str(number % 3)}), at=Micros(NOON + number * MINUTE)
        )
    found.send(an_error(7, "OSError"), at=Micros(NOON + 8 * MINUTE))
    found.send(an_error(8, "ValueError"), at=Micros(NOON + 9 * MINUTE))
    yield found
    found.close()


@pytest.fixture
def bridge(desk: IssueDesk, qtbot: QtBot, tmp_path: Path) -> Iterator[Bridge]:
    settings = QSettings(str(tmp_path / "views.ini"), QSettings.Format.IniFormat)
    found = Bridge(desk.workspace, preferences=Preferences(settings))
    yield found
    found.stop()
