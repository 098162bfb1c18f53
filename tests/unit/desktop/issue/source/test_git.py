"""Whether files are what they were at a release, by a real repository."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from vedette.desktop.issue.source.git import revisions_of, unchanged_since

SHA = "0123456789abcdef0123456789abcdef01234567"
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"release": SHA}, [SHA, f"refs/tags/{SHA}", f"refs/tags/v{SHA}"]),
        ({"release": f"shop@{SHA}"}, [SHA, f"refs/tags/shop@{SHA}"]),
        ({"release": "shop@1.4.0", "dist": SHA}, [SHA, "refs/tags/1.4.0", "refs/tags/v1.4.0"]),
        ({"release": "shop@1.4.0+a1f3c9d"}, ["a1f3c9d"]),
        ({"tags": [["revision", SHA]]}, [SHA]),
        ({"tags": {"git.sha": SHA}}, [SHA]),
        ({"release": "--upload-pack=x"}, []),
        ({"release": "a..b"}, []),
        ({"release": "1.0\nHEAD"}, []),
        ({}, []),
    ],
)
def test_commits_come_first_then_tags(event: dict[str, Any], expected: list[str]) -> None:
    found = revisions_of(event)
    assert set(expected) <= set(found)
    assert list(found[: len(expected)]) == expected or "refs/tags/" in str(expected)
    assert expected or not found


@pytest.fixture
def repository(tmp_path: Path) -> tuple[Path, str]:
    """A repository with one commit, tagged v1.4.0, in which a hook and a pager would leave a mark."""
    folder = tmp_path / "Kässe 2"
    (folder / "shop").mkdir(parents=True)
    (folder / "shop" / "pay.py").write_bytes(b"def pay():\n    return 1\n")
    (folder / "shop" / "other.py").write_bytes(b"x = 1\n")

    def git(*words: str) -> str:
        who = ("-c", "user.name=Maja", "-c", "user.email=maja@example.org", "-c", "core.autocrlf=false")
        ran = subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True)
        return ran.stdout.strip()

    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    git("tag", "v1.4.0")
    return folder, git("rev-parse", "HEAD")


@needs_git
def test_a_file_as_committed_is_unchanged_and_an_edited_one_is_not(repository: tuple[Path, str]) -> None:
    folder, commit = repository
    pay, other, new = (folder / "shop" / name for name in ("pay.py", "other.py", "new.py"))
    files = {pay: pay.read_bytes(), other: b"x = 2\n", new: b""}
    assert unchanged_since([commit], files) == {pay: commit}
    assert unchanged_since(["refs/tags/v1.4.0"], files) == {pay: "refs/tags/v1.4.0"}
    assert unchanged_since([commit[:9]], files) == {pay: commit[:9]}


@needs_git
def test_line_ends_changed_on_checking_out_do_not_count(repository: tuple[Path, str]) -> None:
    folder, commit = repository
    pay = folder / "shop" / "pay.py"
    assert unchanged_since([commit], {pay: pay.read_bytes().replace(b"\n", b"\r\n")}) == {pay: commit}


@needs_git
def test_an_unknown_commit_and_a_folder_without_repository_say_nothing(
    repository: tuple[Path, str], tmp_path: Path
) -> None:
    folder, commit = repository
    pay = folder / "shop" / "pay.py"
    assert unchanged_since([SHA], {pay: pay.read_bytes()}) == {}
    assert unchanged_since([], {pay: pay.read_bytes()}) == {}
    assert unchanged_since([commit], {tmp_path / "x.py": b""}) == {}
    assert unchanged_since([commit], {tmp_path / "gone" / "x.py": b""}) == {}


@needs_git
def test_the_first_revision_that_has_the_file_decides(repository: tuple[Path, str]) -> None:
    folder, commit = repository
    pay = folder / "shop" / "pay.py"
    assert unchanged_since([SHA, commit, "refs/tags/v1.4.0"], {pay: pay.read_bytes()}) == {pay: commit}


def test_without_git_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert unchanged_since([SHA], {tmp_path / "x.py": b""}) == {}
