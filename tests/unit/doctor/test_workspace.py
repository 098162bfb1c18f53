"""What the doctor says about a workspace: folders that cannot be written, full disks, damaged files."""

import os
import sys
from pathlib import Path

import pytest

from vedette.doctor.finding import Finding, Grade
from vedette.doctor.workspace import (
    check_drive,
    check_file,
    check_folder,
    check_room,
    check_token,
    check_workspace,
)
from vedette.domain.workspace import Workspace
from vedette.store.writer.writer import StoreWriter


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path / "Schreibtisch ü")
    made.folder.mkdir()
    writer = StoreWriter(made)
    with writer.batch():
        writer.projects.ensure_first()
    writer.close()
    return made


def problems(findings: list[Finding]) -> list[str]:
    return [finding.text for finding in findings if finding.grade is Grade.PROBLEM]


def test_a_sound_workspace_has_no_problem_and_is_left_as_it_was(workspace: Workspace) -> None:
    before = {path.name for path in workspace.folder.iterdir()}
    findings = list(check_workspace(workspace))
    assert problems(findings) == []
    assert any("vedette.db is sound" in finding.text for finding in findings)
    assert {path.name for path in workspace.folder.iterdir()} - {"vedette.db-shm", "vedette.db-wal"} == before


def test_a_folder_that_is_not_there_yet_is_fine_and_not_made(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    finding = check_folder(folder)
    assert finding.grade is Grade.OK
    assert "not there yet" in finding.text
    assert not (tmp_path / "a").exists()


def test_a_folder_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    finding = check_folder(tmp_path / "file" / "workspace")
    assert finding.grade is Grade.PROBLEM
    assert "--data" in finding.text


@pytest.mark.skipif(
    sys.platform == "win32" or getattr(os, "geteuid", lambda: 0)() == 0, reason="rights do not bind root"
)
def test_a_read_only_folder_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert check_folder(tmp_path).grade is Grade.PROBLEM
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="Linux only")
def test_a_folder_where_nobody_may_write_cannot_be_written() -> None:
    assert check_folder(Path("/proc/vedette")).grade is Grade.PROBLEM


@pytest.mark.parametrize(
    ("free", "grade"), [(10 << 20, Grade.PROBLEM), (600 << 20, Grade.WARNING), (50 << 30, Grade.OK)]
)
def test_the_room_left_is_graded(tmp_path: Path, free: int, grade: Grade) -> None:
    assert check_room(tmp_path, 500 << 20, lambda folder: free).grade is grade


def test_a_network_drive_is_warned_of(tmp_path: Path) -> None:
    mounts = [(str(tmp_path.anchor), "ext4"), (str(tmp_path), "nfs4")]
    (finding,) = check_drive(tmp_path / "workspace", lambda: mounts)
    assert finding.grade is Grade.WARNING
    assert list(check_drive(tmp_path, lambda: mounts[:1])) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no modes there")
def test_a_token_others_can_read_is_warned_of(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("s3cret")
    token.chmod(0o644)
    assert check_token(token).grade is Grade.WARNING
    token.chmod(0o600)
    assert check_token(token).grade is Grade.OK


def test_a_file_that_is_no_database_is_a_problem_with_a_way_out(workspace: Workspace) -> None:
    workspace.database.write_bytes(b"not a database at all" * 1000)
    finding = check_file(workspace.database)
    assert finding.grade is Grade.PROBLEM
    assert "move vedette.db" in finding.text


def test_a_damaged_database_is_a_problem(workspace: Workspace) -> None:
    content = bytearray(workspace.database.read_bytes())
    for start in range(8192 * 2, len(content), 8192):
        content[start : start + 64] = b"\xff" * 64
    workspace.database.write_bytes(content)
    finding = check_file(workspace.database)
    assert finding.grade is Grade.PROBLEM
    assert "damaged" in finding.text


def test_impossible_settings_are_a_problem_that_names_them(workspace: Workspace) -> None:
    workspace.settings.write_text('[retention]\ndays = "many"\n')
    (text,) = problems(list(check_workspace(workspace)))
    assert "retention.days" in text
