"""Severities have numbers and words; going there and back keeps the band."""

import pytest

from vedette.domain.logs import LEVELS, level_of, severities_of, severity_of


@pytest.mark.parametrize(
    ("severity", "level"),
    [
        (0, "unknown"), (1, "trace"), (4, "trace"), (5, "debug"), (8, "debug"), (9, "info"), (12, "info"),
        (13, "warn"), (16, "warn"), (17, "error"), (20, "error"), (21, "fatal"), (24, "fatal"),
        (25, "unknown"), (-1, "unknown"),
    ],
)  # fmt: skip
def test_a_severity_has_a_word(severity: int, level: str) -> None:
    assert level_of(severity) == level


@pytest.mark.parametrize(
    ("level", "severity"),
    [
        ("trace", 1),
        ("info", 9),
        ("WARN", 13),
        ("Warning", 13),
        ("critical", 21),
        ("log", 9),
        ("loud", 0),
        ("", 0),
    ],
)
def test_a_word_has_a_severity(level: str, severity: int) -> None:
    assert severity_of(level) == severity


def test_the_levels_share_out_all_severities() -> None:
    assert [n for level in LEVELS for n in severities_of(level)] == list(range(1, 25))
    assert list(severities_of("loud")) == [0]
