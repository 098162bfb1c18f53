"""All checks in order, as lines for a person."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from vedette.doctor.environment import check_clock, check_program, check_qt, check_sqlite
from vedette.doctor.finding import Finding, Grade
from vedette.doctor.network import check_network
from vedette.doctor.workspace import check_workspace
from vedette.domain.workspace import Workspace

_WIDTH = 9


def run_doctor(folder: Path, out: TextIO | None = None) -> int:
    """Write to *out* (standard output) what is found on this machine and in the workspace at *folder*.

    Returns 1 if there is a problem, else 0. Lines come as soon as they are known.
    """
    stream = out or sys.stdout
    counts: Counter[Grade] = Counter()
    for finding in examine(Workspace(folder)):
        counts[finding.grade] += 1
        stream.write(f"{finding.grade.value:<{_WIDTH}}{finding.text}\n")
        stream.flush()
    stream.write(f"\n{summary(counts)}\n")
    return 1 if counts[Grade.PROBLEM] else 0


def examine(workspace: Workspace) -> Iterator[Finding]:
    """Yield a finding for each thing looked at, quick ones first."""
    yield from check_program()
    yield check_sqlite()
    yield check_clock(workspace.folder)
    yield from check_workspace(workspace)
    yield from check_network(workspace)
    yield from check_qt()


def summary(counts: Counter[Grade]) -> str:
    """Return the last line: how many problems and warnings there were."""
    problems, warnings = counts[Grade.PROBLEM], counts[Grade.WARNING]
    if not problems and not warnings:
        return "All is well."
    return f"{_counted(problems, 'problem')}, {_counted(warnings, 'warning')}."


def _counted(number: int, name: str) -> str:
    return f"{number or 'no'} {name}{'' if number == 1 else 's'}"
