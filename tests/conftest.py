"""Set before any Qt import: tests draw off-screen unless a developer or CI chose a display."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shutil
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from vedette.store import dbapi, migrations
from vedette.store.writer import writer


@pytest.fixture(autouse=True, scope="session")
def _stores_made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let a writer's new store be a copy of one that the migrations made before: they take 0.4 s each time.

    Only in this process, and only where there is no database yet; what tests of migrations open is as ever.
    """
    made: list[Path] = []
    open_writer = writer.open_writer

    def template() -> Path:
        if not made:
            path = tmp_path_factory.mktemp("store") / "made.db"
            connection = open_writer(path)
            migrations.migrate(connection)
            connection.raw.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
            connection.raw.close()
            made.append(path)
        return made[0]

    def open_copy(path: Path) -> dbapi.Connection:
        if not path.exists():
            shutil.copyfile(template(), path)
        return open_writer(path)

    patch = pytest.MonkeyPatch()
    patch.setattr(writer, "open_writer", open_copy)
    yield
    patch.undo()
