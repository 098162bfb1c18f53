"""A store of its own for each test that asks it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.store_rows import FilledStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[FilledStore]:
    store = FilledStore(tmp_path / "wörkspace")
    yield store
    store.close()
