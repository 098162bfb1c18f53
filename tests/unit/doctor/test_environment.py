"""What the doctor says about the program's surroundings, sound and broken."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from vedette.doctor.environment import (
    check_clock,
    check_discovery,
    check_display,
    check_program,
    check_qt,
    check_sqlite,
    judge_qt,
)
from vedette.doctor.finding import Grade
from vedette.doctor.qt_probe import QtError, QtFacts
from vedette.store.check import SqliteFacts

SOUND = QtFacts("6.11.3", "offscreen", lost=0, families=10, has_bundled_fonts=True)


def answering(facts: QtFacts) -> Callable[[str | None], QtFacts]:
    return lambda platform: facts


def failing(platform: str | None) -> QtFacts:
    raise QtError("the library libEGL.so.1 is missing")


def test_a_sound_installation_has_no_problem() -> None:
    findings = [*check_program(), check_sqlite(), check_discovery()]
    assert {finding.grade for finding in findings} == {Grade.OK}


def test_the_loss_of_references_to_none_is_a_problem_that_names_good_versions() -> None:
    bad = QtFacts("6.12.0", "offscreen", lost=200, families=10, has_bundled_fonts=True)
    (finding,) = judge_qt(bad)
    assert finding.grade is Grade.PROBLEM
    assert "6.8 to 6.11" in finding.text


def test_missing_fonts_are_a_problem() -> None:
    bare = QtFacts("6.11.3", "offscreen", lost=0, families=0, has_bundled_fonts=False)
    assert [finding.grade for finding in judge_qt(bare)] == [Grade.PROBLEM]


def test_a_qt_that_does_not_start_names_the_library_and_ends_the_matter() -> None:
    (finding,) = check_qt(failing)
    assert finding.grade is Grade.PROBLEM
    assert "libEGL.so.1" in finding.text


@pytest.mark.skipif(os.name == "nt", reason="Windows always has a display")
def test_no_display_is_a_warning_since_serving_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert check_display(answering(SOUND)).grade is Grade.WARNING


def test_a_display_that_cannot_be_used_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    assert check_display(failing).grade is Grade.PROBLEM
    assert check_display(answering(SOUND)).grade is Grade.OK


def test_an_engine_without_full_text_is_a_problem() -> None:
    finding = check_sqlite(lambda: SqliteFacts("3.8.0", "3.8.0", ("JSON",)))
    assert finding.grade is Grade.PROBLEM
    assert "JSON" in finding.text


def test_a_clock_at_the_epoch_is_a_problem(tmp_path: Path) -> None:
    assert check_clock(tmp_path, lambda: 86_400.0).grade is Grade.PROBLEM


def test_a_clock_behind_the_workspace_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "vedette.db").touch()
    assert check_clock(tmp_path).grade is Grade.OK
    assert check_clock(tmp_path, lambda: time.time() - 7200).grade is Grade.WARNING
