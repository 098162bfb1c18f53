"""The whole examination, as a person sees it."""

import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from vedette.doctor import examination, run_doctor
from vedette.doctor.finding import Finding, Grade, ok, problem, warning
from vedette.domain.workspace import Workspace


def test_every_line_begins_with_its_grade_and_a_damaged_workspace_gives_code_1(tmp_path: Path) -> None:
    (tmp_path / "vedette.db").write_bytes(b"\0" * 50_000)
    out = io.StringIO()
    assert run_doctor(tmp_path, out) == 1
    *lines, empty, last = out.getvalue().splitlines()
    assert empty == ""
    assert {line.split()[0] for line in lines} <= {"ok", "warning", "problem"}
    assert any(line.startswith("problem") and "vedette.db" in line for line in lines)
    assert "problem" in last


@pytest.mark.parametrize(
    ("findings", "code", "last"),
    [
        ([ok("a")], 0, "All is well."),
        ([ok("a"), warning("b")], 0, "no problems, 1 warning."),
        ([problem("a"), problem("b")], 1, "2 problems, no warnings."),
    ],
)
def test_only_problems_make_it_fail(
    findings: list[Finding], code: int, last: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def examine(workspace: Workspace) -> Iterator[Finding]:
        yield from findings

    monkeypatch.setattr(examination, "examine", examine)
    out = io.StringIO()
    assert run_doctor(Path("x"), out) == code
    assert out.getvalue().endswith(f"\n{last}\n")


def test_counts_are_in_words() -> None:
    assert examination.summary(Counter({Grade.PROBLEM: 1})) == "1 problem, no warnings."
