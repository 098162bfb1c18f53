"""What the doctor says: one grade and one sentence for each thing looked at."""

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How a thing was found. The printed spelling."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence about one thing, with what to do where something should be done."""

    grade: Grade
    text: str


def ok(text: str) -> Finding:
    return Finding(Grade.OK, text)


def warning(text: str) -> Finding:
    return Finding(Grade.WARNING, text)


def problem(text: str) -> Finding:
    return Finding(Grade.PROBLEM, text)
