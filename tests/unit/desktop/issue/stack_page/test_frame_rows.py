"""Rows, what is open of them, and where they stand."""

import pytest

from vedette.desktop.issue.stack.frames import Frame, StackShow, arrange, read_frames
from vedette.desktop.issue.stack_page.frame_rows import FrameRows


@pytest.fixture
def rows() -> FrameRows:
    """An own frame, a run of three library frames, and an own frame again."""
    kinds = (True, False, False, False, True)
    frames = [{"function": f"f{n}", "in_app": own} for n, own in enumerate(kinds)]
    found = FrameRows()
    found.reset(4)
    found.set_rows(arrange(read_frames({"frames": frames}, "python"), StackShow.RELEVANT))
    return found


def names(rows: FrameRows) -> list[str]:
    return [slot.row.function if isinstance(slot.row, Frame) else "run" for slot in rows.slots]


def test_a_run_opens_into_its_frames_and_keeps_what_was_open_in_it(rows: FrameRows) -> None:
    assert names(rows) == ["f4", "run", "f0"]
    rows.set_open(1, True)
    rows.set_open(2, True)
    assert names(rows) == ["f4", "run", "f3", "f2", "f1", "f0"]
    assert [frame.function for frame in rows.open_frames()] == ["f4", "f3"]
    rows.set_open(1, False)
    assert [frame.function for frame in rows.open_frames()] == ["f4"]
    assert rows.open_places() == {3, 4}
    assert rows.frame(1) is None
    assert rows.frame(9) is None


def test_the_next_own_frame_is_found_round_the_end(rows: FrameRows) -> None:
    assert [rows.next_own(position) for position in (-1, 0, 1, 2)] == [0, 2, 2, 0]
    assert FrameRows().next_own(-1) is None


def test_open_parts_push_down_what_is_below(rows: FrameRows) -> None:
    placed: dict[str, int] = {}

    def put(frame: Frame, top: int) -> int:
        placed[frame.function] = top
        return 100 if frame.function == "f4" else 0

    assert rows.stack(20, put) == 20 + 101 + 20 + 20
    assert placed == {"f4": 20, "f0": 161}
    assert [slot.top for slot in rows.slots] == [0, 121, 141]
    assert [rows.at(y, 20) for y in (0, 19, 20, 120, 121, 160, 161)] == [0, 0, -1, -1, 1, 2, -1]
    assert rows.between(25, 130, 20) == range(1, 2)
    assert rows.between(0, 500, 20) == range(3)
