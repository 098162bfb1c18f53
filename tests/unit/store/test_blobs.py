"""Blobs: named by content, complete once named, kept once, swept when nobody wants them."""

import hashlib
import io
import os
import time
from pathlib import Path

import pytest

from vedette.store.blobs import BlobStore

DATA = b"a payload, large enough to lie apart " * 5_000


@pytest.fixture
def blobs(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path / "Ablage für Äpfel" / "blobs")


def files(blobs: BlobStore) -> list[Path]:
    return [path for path in blobs._folder.rglob("*") if path.is_file()]


def test_a_blob_comes_back_byte_for_byte_under_its_sha256(blobs: BlobStore) -> None:
    name = blobs.put(DATA)
    assert name == hashlib.sha256(DATA).hexdigest()
    assert blobs.read(name) == DATA
    with blobs.open(name) as stream:
        assert stream.read(7) + stream.read() == DATA
    assert blobs.size(name) == len(DATA)
    assert name in blobs


def test_a_file_and_a_view_give_the_same_blob_as_their_bytes(blobs: BlobStore) -> None:
    name = blobs.put(io.BytesIO(DATA))
    assert blobs.put(memoryview(DATA)) == name
    assert blobs.read(name) == DATA
    assert blobs.size(name) == len(DATA)
    assert len(files(blobs)) == 1


def test_an_empty_blob_is_a_blob(blobs: BlobStore) -> None:
    assert blobs.read(blobs.put(b"")) == b""
    assert blobs.read(blobs.put(io.BytesIO())) == b""


def test_it_lies_two_folders_deep_and_compressed(blobs: BlobStore) -> None:
    name = blobs.put(DATA)
    (path,) = files(blobs)
    assert path.relative_to(blobs._folder).parts[:2] == (name[:2], name[2:4])
    assert path.stat().st_size < len(DATA) / 10
    assert blobs.disk_size() == path.stat().st_size


def test_a_put_that_fails_leaves_no_file(blobs: BlobStore) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError("the disk went away")

    with pytest.raises(OSError, match="went away"):
        blobs.put(Broken())
    assert files(blobs) == []


def test_a_file_that_windows_will_not_replace_is_as_good(
    blobs: BlobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = blobs.put(DATA)
    original_exists = Path.exists
    asked: list[Path] = []

    def exists_only_later(path: Path, **options: bool) -> bool:
        asked.append(path)
        return len(asked) > 1 and original_exists(path, **options)

    def refuse(path: Path, target: Path) -> Path:
        raise PermissionError(f"{target} is open in another process")

    monkeypatch.setattr(Path, "exists", exists_only_later)
    monkeypatch.setattr(Path, "replace", refuse)
    assert blobs.put(DATA) == name
    assert blobs.read(name) == DATA
    assert len(files(blobs)) == 1


def test_a_deleted_blob_is_gone_and_deleting_again_does_no_harm(blobs: BlobStore) -> None:
    name = blobs.put(DATA)
    assert blobs.delete(name)
    assert blobs.delete(name)
    assert name not in blobs
    for question in (blobs.read, blobs.size, blobs.open):
        with pytest.raises(FileNotFoundError):
            question(name)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "Z" * 64, "a" * 63, "a/" * 32])
def test_only_a_hash_is_a_name(blobs: BlobStore, name: str) -> None:
    with pytest.raises(ValueError, match="not a blob's name"):
        blobs.read(name)


def test_a_sweep_removes_old_orphans_and_interrupted_writes_only(blobs: BlobStore) -> None:
    wanted, young = blobs.put(b"wanted"), blobs.put(b"young")
    blobs.put(b"orphan")
    interrupted = blobs._folder / "0123.part"
    interrupted.write_bytes(b"half of")
    long_ago = time.time() - 7_200
    for path in files(blobs):
        if not path.name.startswith(young):
            os.utime(path, (long_ago, long_ago))
    assert blobs.sweep(lambda name: name == wanted) == 2
    assert set(blobs.names()) == {wanted, young}
    assert not interrupted.exists()


def test_bytes_sent_again_are_safe_from_the_next_sweep(blobs: BlobStore) -> None:
    name = blobs.put(DATA)
    long_ago = time.time() - 7_200
    os.utime(files(blobs)[0], (long_ago, long_ago))
    blobs.put(DATA)
    assert blobs.sweep(lambda _: False) == 0
    assert name in blobs
