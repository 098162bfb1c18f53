"""Source from the project's folder."""

from pathlib import Path

import pytest

from vedette.desktop.issue.source.local_source import SourceFolder, SourceState, look_up_all
from vedette.desktop.issue.stack.frames import Frame, read_frames


def a_frame(path: str, line: int = 3, context: str | None = None, *, in_app: bool = True) -> Frame:
    frame = {"abs_path": path, "filename": path, "lineno": line, "context_line": context, "in_app": in_app}
    return read_frames({"frames": [frame]}, "python")[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "Kässe"
    (folder / "shop").mkdir(parents=True)
    lines = [f"line {n}" for n in range(1, 21)]
    (folder / "shop" / "pay.py").write_text("\n".join(lines), encoding="utf-8")
    (folder / "pay.py").write_text("another\n" * 5, encoding="utf-8")
    (tmp_path / "secret.py").write_text("no\n" * 5, encoding="utf-8")
    return folder


def test_the_longest_ending_of_the_path_that_exists_is_the_file(folder: Path) -> None:
    found = SourceFolder(folder).look_up(a_frame("/srv/app/shop/pay.py", 8))
    assert found is not None
    assert found.path == folder.resolve() / "shop" / "pay.py"
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
def test_windows_paths_and_addresses_lead_to_the_same_file(folder: Path, path: str) -> None:
    found = SourceFolder(folder).look_up(a_frame(path))
    assert found is not None
    assert found.lines[2] == "line 3"


def test_the_same_line_is_said_to_be_the_same_and_another_to_be_edited(folder: Path) -> None:
    source = SourceFolder(folder)
    same = source.look_up(a_frame("shop/pay.py", 3, "   line 3 "))
    edited = source.look_up(a_frame("shop/pay.py", 3, "line three"))
    assert same is not None
    assert edited is not None
    assert (same.state, edited.state) == (SourceState.SAME_TEXT, SourceState.EDITED)
    assert "no longer what the event saw" in edited.tip


def test_nothing_outside_the_folder_is_read(folder: Path) -> None:
    source = SourceFolder(folder)
    assert source.look_up(a_frame("../secret.py")) is None
    assert source.look_up(a_frame(str(folder.parent / "secret.py"))) is None


def test_a_link_out_of_the_folder_is_not_followed(folder: Path) -> None:
    link = folder / "linked.py"
    try:
        link.symlink_to(folder.parent / "secret.py")
    except OSError:
        pytest.skip("this system makes no links for ordinary users")
    assert SourceFolder(folder).look_up(a_frame("linked.py")) is None


def test_a_line_the_file_does_not_have_is_not_found(folder: Path) -> None:
    assert SourceFolder(folder).look_up(a_frame("shop/pay.py", 99)) is None


def test_only_the_application_s_frames_are_looked_up(folder: Path) -> None:
    frames = [a_frame("shop/pay.py"), a_frame("shop/pay.py", in_app=False)]
    assert list(look_up_all(folder, {"exception 0": frames[:1], "event": frames[1:]})) == [("exception 0", 0)]
    assert look_up_all(None, {"event": frames}) == {}
    assert look_up_all(folder / "gone", {"event": frames}) == {}
