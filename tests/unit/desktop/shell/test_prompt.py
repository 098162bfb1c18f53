"""Prefixes and times of the palette."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from vedette.desktop.shell.prompt import PREFIXES, Mode, Prompt, read_moment, read_prompt, read_span
from vedette.domain.times import DAY, HOUR, MINUTE, from_datetime

BERLIN = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 24, 10, 30, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("text", "prompt"),
    [
        ("", Prompt(Mode.ANYTHING, "")),
        ("  DESK-12 ", Prompt(Mode.ANYTHING, "DESK-12")),
        (">resolve", Prompt(Mode.COMMANDS, "resolve")),
        ("> resolve", Prompt(Mode.COMMANDS, "resolve")),
        ("@pay", Prompt(Mode.INSIDE, "pay")),
        (":47", Prompt(Mode.LINE, "47")),
        ("#42", Prompt(Mode.RUNS, "42")),
        ("?", Prompt(Mode.HELP, "")),
        ("user@host", Prompt(Mode.ANYTHING, "user@host")),
        ("vedette://desk/issues", Prompt(Mode.ANYTHING, "vedette://desk/issues")),
    ],
)
def test_the_first_sign_narrows_what_is_looked_for(text: str, prompt: Prompt) -> None:
    assert read_prompt(text) == prompt


def test_every_prefix_is_listed_once() -> None:
    assert [mode for mode, _, _ in PREFIXES] == list(Mode)


@pytest.mark.parametrize(
    ("text", "span"),
    [("15m", 15 * MINUTE), ("2 h", 2 * HOUR), ("7D", 7 * DAY), ("90 min", 90 * MINUTE)],
)
def test_a_length_of_time_is_understood(text: str, span: int) -> None:
    assert read_span(text) == span


@pytest.mark.parametrize("text", ["", "m", "0h", "999999d", "10:14", "-5m", "5 parsecs", "٣m٣"])
def test_what_is_no_length_of_time_is_none(text: str) -> None:
    assert read_span(text) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("10:14", datetime(2026, 11, 24, 10, 14, tzinfo=BERLIN)),
        ("10:14:07", datetime(2026, 11, 24, 10, 14, 7, tzinfo=BERLIN)),
        ("22:00", datetime(2026, 11, 23, 22, 0, tzinfo=BERLIN)),
        ("2026-11-02", datetime(2026, 11, 2, tzinfo=BERLIN)),
        ("2026-11-02 9:05", datetime(2026, 11, 2, 9, 5, tzinfo=BERLIN)),
        ("2026-11-02T09:05:01", datetime(2026, 11, 2, 9, 5, 1, tzinfo=BERLIN)),
        ("2027-01-01 00:00", datetime(2027, 1, 1, tzinfo=BERLIN)),
    ],
)
def test_a_time_is_understood_in_the_zone_of_the_desk(text: str, moment: datetime) -> None:
    assert read_moment(text, NOW) == from_datetime(moment.astimezone(UTC))


@pytest.mark.parametrize(
    "text", ["", "47", "25:00", "10:61", "2026-13-01", "0000-01-01", "10:14:07:01", "now"]
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_moment(text, NOW) is None
