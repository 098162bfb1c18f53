"""Log records as every protocol brings them, and the words for their severity.

A severity is OpenTelemetry's number: 1–4 trace, 5–8 debug, 9–12 info, 13–16 warn, 17–20 error, 21–24 fatal;
0 where the sender's word is none of these.
"""

from dataclasses import dataclass

from vedette.domain.times import Micros

LEVELS = ("trace", "debug", "info", "warn", "error", "fatal")
UNKNOWN = "unknown"
MOST_SEVERE = 24

_NUMBERS = {level: 4 * n + 1 for n, level in enumerate(LEVELS)} | {"warning": 13, "critical": 21, "log": 9}


def severity_of(level: str) -> int:
    """Return the lowest severity that *level* names, in any case; 0 for a word that is none."""
    return _NUMBERS.get(level) or _NUMBERS.get(level.lower(), 0)


def level_of(severity: int) -> str:
    """Return the word for *severity*, ``unknown`` outside 1–24."""
    return LEVELS[(severity - 1) // 4] if 1 <= severity <= MOST_SEVERE else UNKNOWN


def severities_of(level: str) -> range:
    """Return the severities that *level* names; only 0 for a word that is none."""
    first = severity_of(level)
    return range(first, first + 4) if first else range(1)


@dataclass(frozen=True, slots=True)
class LogRecord:
    """One log record. Its attributes stay in the payload, at place ``n`` among the item's records."""

    ts: Micros
    trace_id: bytes | None  # 16
    span_id: bytes | None  # 8
    severity: int  # 1–24, 0 unknown
    body: str
    environment: str | None
    release: str | None
    n: int


@dataclass(frozen=True, slots=True)
class LogBatch:
    """The log records of one item."""

    records: tuple[LogRecord, ...]
    invalid: int = 0  # records left out because they lack what one must have
    remarks: tuple[str, ...] = ()  # what they lack, each sentence once
    inferred: tuple[tuple[str, str], ...] = ()  # attributes of all records, known from the request only
