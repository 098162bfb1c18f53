"""A writer on a fresh workspace, and a reader beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from vedette.domain.workspace import Workspace
from vedette.store.engine import Reader
from vedette.store.writer.writer import StoreWriter


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "Schreibtisch ü")


@pytest.fixture
def writer(workspace: Workspace) -> Iterator[StoreWriter]:
    opened = StoreWriter(workspace)
    with opened.batch():
        opened.projects.ensure_first()
    yield opened
    opened.close()


@pytest.fixture
def reader(writer: StoreWriter, workspace: Workspace) -> Iterator[Reader]:
    opened = Reader(workspace.database)
    yield opened
    opened.close()
