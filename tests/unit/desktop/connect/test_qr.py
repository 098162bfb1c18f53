import pytest

from vedette.desktop.connect.qr import QUIET, dark_runs, qr_code

DSN = "http://c0ffee00c0ffee00c0ffee00c0ffee00@192.168.1.20:8969/3"
# Source: ISO/IEC 18004, finder pattern.
FINDER = ("1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111")


def test_a_code_has_its_finder_pattern_in_three_corners() -> None:
    rows = qr_code(DSN).rows
    finder = [tuple(sign == "1" for sign in line) for line in FINDER]
    assert [row[:7] for row in rows[:7]] == finder
    assert [row[-7:] for row in rows[:7]] == finder
    assert [row[:7] for row in rows[-7:]] == finder
    assert [row[-7:] for row in rows[-7:]] != finder


def test_a_code_is_square_with_a_quiet_zone() -> None:
    code = qr_code(DSN)
    assert {len(row) for row in code.rows} == {len(code.rows)}
    assert code.side == len(code.rows) + 2 * QUIET


def test_runs_cover_exactly_the_dark_modules() -> None:
    code = qr_code(DSN)
    painted = {(run.x + n - QUIET, run.y - QUIET) for run in dark_runs(code) for n in range(run.width)}
    assert painted == {(x, y) for y, row in enumerate(code.rows) for x, dark in enumerate(row) if dark}


def test_a_text_too_long_is_an_error() -> None:
    with pytest.raises(ValueError, match="too large"):
        qr_code("x" * 5_000)
