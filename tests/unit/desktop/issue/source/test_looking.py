"""Source from the project's folder."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from vedette.desktop.issue.source.looking import (
    LARGEST,
    SourceReader,
    look_up_all,
    look_up_one,
    text_lines,
)
from vedette.desktop.issue.source.matching import SourceState
from vedette.desktop.issue.source.roots import SourceRoots
from vedette.desktop.issue.stack.frames import Frame, read_frames


def a_frame(
    path: str, line: int = 3, context: str | None = None, *, in_app: bool = True, **more: Any
) -> Frame:
    frame = {"abs_path": path, "filename": path, "lineno": line, "context_line": context, "in_app": in_app}
    return read_frames({"frames": [frame | more]}, "python")[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "Kässe"
    (folder / "shop").mkdir(parents=True)
    lines = [f"line {n}" for n in range(1, 21)]
    (folder / "shop" / "pay.py").write_text("\n".join(lines), encoding="utf-8")
    (folder / "pay.py").write_text("another\n" * 5, encoding="utf-8")
    (tmp_path / "secret.py").write_text("no\n" * 5, encoding="utf-8")
    return folder


@pytest.fixture
def reader(folder: Path) -> SourceReader:
    return SourceReader(SourceRoots(folder))


def test_the_longest_ending_of_the_path_that_exists_is_the_file(folder: Path, reader: SourceReader) -> None:
    found = reader.look_up(a_frame("/srv/app/shop/pay.py", 8))
    assert found is not None
    assert found.path == folder / "shop" / "pay.py"
    assert found.state is SourceState.FROM_DISK
    assert found.first == 3
    assert found.lines[5] == "line 8"
    assert len(found.lines) == 11


@pytest.mark.parametrize(
    "path",
    [
        "C:\\work\\shop\\pay.py",
        "http://host/static/shop/pay.py?v=3",
        "webpack://app/./shop/pay.py",
        "~/shop/pay.py",
    ],
)
def test_windows_paths_and_addresses_lead_to_the_same_file(reader: SourceReader, path: str) -> None:
    found = reader.look_up(a_frame(path))
    assert found is not None
    assert found.lines[2] == "line 3"


def test_the_path_below_the_folder_itself_comes_before_a_mere_ending(folder: Path) -> None:
    (folder / "shop" / "shop").mkdir()
    (folder / "shop" / "shop" / "pay.py").write_text("deep\n" * 3, encoding="utf-8")
    reader = SourceReader(SourceRoots(folder))
    found = reader.look_up(a_frame(str(folder / "pay.py")))
    assert found is not None
    assert found.path == folder / "pay.py"


def test_a_mapping_leads_to_a_folder_elsewhere(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "lib"
    (other / "core").mkdir(parents=True)
    (other / "core" / "pay.py").write_text("mapped\n" * 3, encoding="utf-8")
    roots = SourceRoots(folder, (("/build/lib", other), ("/build", folder)))
    reader = SourceReader(roots)
    paths = [
        found.path
        for path in ("/build/lib/core/pay.py", "/build/shop/pay.py", "/build/library/shop/pay.py")
        if (found := reader.look_up(a_frame(path))) is not None
    ]
    assert paths == [other / "core" / "pay.py", folder / "shop" / "pay.py", folder / "shop" / "pay.py"]
    found = SourceReader(SourceRoots(None, roots.mappings)).look_up(a_frame("/elsewhere/pay.py"))
    assert found is not None
    assert found.state is SourceState.MISSING


def test_a_class_of_the_jvm_is_found_below_its_package(folder: Path) -> None:
    package = folder / "src" / "main" / "java" / "com" / "shop"
    package.mkdir(parents=True)
    (package / "Till.java").write_text("a\nb\nc\n", encoding="utf-8")
    frame = a_frame("", module="com.shop.Till$Drawer", filename="Till.java")
    found = SourceReader(SourceRoots(folder)).look_up(frame)
    assert found is not None
    assert found.path == package / "Till.java"


def test_the_state_is_said_in_a_badge_and_a_sentence(reader: SourceReader) -> None:
    same = reader.look_up(a_frame("shop/pay.py", 3, "   line 3 "))
    moved = reader.look_up(a_frame("shop/pay.py", 3, "line 9"))
    edited = reader.look_up(a_frame("shop/pay.py", 3, "line three"))
    assert [found.badge for found in (same, moved, edited) if found] == [
        "same text",
        "moved +6",
        "edited since",
    ]
    assert edited is not None
    assert "no longer what the event saw" in edited.tip
    assert not edited.is_shown
    assert moved is not None
    assert moved.line == 9


def test_a_file_that_is_not_there_says_where_it_was_looked_for(folder: Path, reader: SourceReader) -> None:
    found = reader.look_up(a_frame("/srv/gone.py"))
    assert found is not None
    assert (found.badge, found.path) == ("not found", None)
    assert found.tip == f"/srv/gone.py was looked for in:\n{folder}"


def test_nothing_outside_the_folder_is_read(folder: Path, reader: SourceReader) -> None:
    for path in ("../secret.py", str(folder.parent / "secret.py"), "shop/../../secret.py"):
        found = reader.look_up(a_frame(path))
        assert found is not None
        assert found.state is SourceState.MISSING


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, reader: SourceReader) -> None:
    link = folder / "linked.py"
    try:
        link.symlink_to(folder.parent / "secret.py")
    except OSError:
        pytest.skip("this system makes no links for ordinary users")
    found = reader.look_up(a_frame("linked.py"))
    assert found is not None
    assert found.state is SourceState.MISSING


def test_a_file_that_is_too_large_is_not_read(folder: Path, reader: SourceReader) -> None:
    (folder / "big.py").write_bytes(b"x\n" * (LARGEST // 2 + 1))
    found = reader.look_up(a_frame("big.py"))
    assert found is not None
    assert found.state is SourceState.MISSING
    assert "too large" in found.tip


def test_a_line_the_file_does_not_have_has_been_edited_away(reader: SourceReader) -> None:
    found = reader.look_up(a_frame("shop/pay.py", 99))
    assert found is not None
    assert (found.state, found.lines, found.line) == (SourceState.EDITED, (), None)


def test_only_the_application_s_frames_are_looked_up_unasked(folder: Path) -> None:
    own, library = a_frame("shop/pay.py"), a_frame("shop/pay.py", in_app=False)
    roots = SourceRoots(folder)
    assert list(look_up_all(roots, {"exception 0": [own], "event": [library]})) == [("exception 0", 0)]
    assert look_up_all(SourceRoots(), {"event": [own]}) == {}
    assert look_up_all(roots, {"event": [own]}, within=-1.0) == {}
    found = look_up_one(roots, library)
    assert found is not None
    assert found.path is not None


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_a_file_that_git_knows_at_the_release_is_exact(folder: Path) -> None:
    who = ["-c", "user.name=Maja", "-c", "user.email=maja@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"], ["tag", "1.0"]):
        subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)
    frames = [a_frame("shop/pay.py", 3, "line 3"), a_frame("shop/pay.py", 3, "gone")]
    stacks = {"exception 0": frames[:1], "exception 1": frames[1:]}
    found = look_up_all(SourceRoots(folder), stacks, ["refs/tags/1.0"])
    assert [local.badge for local in found.values()] == ["exact", "edited since"]
    assert "as it was at 1.0" in found["exception 0", 0].tip


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"a\nb\n", ("a", "b")),
        (b"a\r\nb\rc", ("a", "b", "c")),
        (b"\xef\xbb\xbfa\x0cb", ("a\x0cb",)),
        (b"\xff\n", ("\ufffd",)),
        (b"", ("",)),
    ],
)
def test_lines_are_counted_as_compilers_count_them(content: bytes, lines: tuple[str, ...]) -> None:
    assert text_lines(content) == lines
