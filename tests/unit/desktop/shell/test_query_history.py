from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from vedette.desktop.preferences import Preferences
from vedette.desktop.shell.query_history import LONGEST, MOST, QueryHistory


@pytest.fixture
def history(tmp_path: Path) -> QueryHistory:
    return QueryHistory(Preferences(QSettings(str(tmp_path / "p.ini"), QSettings.Format.IniFormat)))


def test_the_latest_query_stands_first_and_once(history: QueryHistory) -> None:
    for query in ("a", "b", " a "):
        history.note("issues", query)
    assert history.queries("issues") == ("a", "b")
    assert history.queries("traces") == ()


def test_only_so_many_are_kept_and_no_endless_one(history: QueryHistory) -> None:
    for n in range(MOST + 5):
        history.note("issues", f"query {n}")
    history.note("issues", "x" * (LONGEST + 1))
    history.note("issues", "   ")
    assert len(history.queries("issues")) == MOST
    assert history.queries("issues")[0] == f"query {MOST + 4}"


def test_one_or_all_can_be_forgotten(history: QueryHistory) -> None:
    for query in ("a", "b", "c"):
        history.note("issues", query)
    history.forget("issues", "b")
    assert history.queries("issues") == ("c", "a")
    history.forget("issues")
    assert history.queries("issues") == ()
