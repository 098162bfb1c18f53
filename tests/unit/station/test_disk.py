"""The disk guard turns when the room runs out, and back only with some to spare."""

from pathlib import Path

import pytest

from vedette.station.disk import DiskGuard


def test_it_turns_once_each_way_and_does_not_flicker(tmp_path: Path) -> None:
    free = [1000]
    turns: list[bool] = []
    guard = DiskGuard(tmp_path, 500, lambda: turns.append(guard.is_full), free_bytes=lambda _: free[0])
    for amount, expected in (
        (1000, False),
        (499, True),
        (510, True),
        (549, True),
        (551, False),
        (501, False),
    ):
        free[0] = amount
        guard.look()
        assert guard.is_full is expected, amount
    assert turns == [True, False]


def test_a_disk_that_cannot_be_asked_leaves_things_as_they_are(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: Path) -> int:
        raise OSError("unplugged")

    guard = DiskGuard(tmp_path, 500, lambda: None, free_bytes=fail)
    guard.look()
    assert not guard.is_full
    assert "unplugged" in caplog.text


def test_the_real_disk_has_room_for_a_byte(tmp_path: Path) -> None:
    guard = DiskGuard(tmp_path, 1, lambda: None)
    guard.look()
    assert guard.free > 0
