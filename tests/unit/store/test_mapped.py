"""Large files as memory."""

from pathlib import Path

import pytest

from vedette.store.mapped import PIECE, map_file, pieces


def test_a_mapped_file_is_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"abc")
    mapped = map_file(path)
    assert mapped is not None
    assert mapped[:] == b"abc"
    mapped.close()


def test_an_empty_file_and_none(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"")
    assert map_file(tmp_path / "x") is None
    with pytest.raises(FileNotFoundError):
        map_file(tmp_path / "y")


@pytest.mark.parametrize("size", [0, 1, PIECE, PIECE + 1, 9 * PIECE])
def test_pieces_join_to_the_whole_mapped_or_not(tmp_path: Path, size: int) -> None:
    data = bytes(range(256)) * (size // 256 + 1)
    data = data[:size]
    assert b"".join(pieces(data)) == data
    assert all(0 < len(piece) <= PIECE for piece in pieces(data))
    path = tmp_path / "x"
    path.write_bytes(data)
    if (mapped := map_file(path)) is not None:
        assert b"".join(pieces(memoryview(mapped)[1:])) == data[1:]
        assert b"".join(pieces(memoryview(mapped)[1:])) == data[1:]  # pages given back come again
        mapped.close()
