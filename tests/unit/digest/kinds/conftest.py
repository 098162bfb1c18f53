"""Entries over a fresh workspace, inside an open transaction."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.builders import MORNING, a_spool_entry, an_envelope
from vedette.digest.entries import Entries
from vedette.domain.workspace import Workspace
from vedette.store.spool import Spooled
from vedette.store.writer.records import ItemRecord
from vedette.store.writer.writer import StoreWriter

ReadItems = Callable[..., list[ItemRecord]]


@pytest.fixture
def read_items(tmp_path: Path) -> Iterator[ReadItems]:
    """What becomes of an envelope of (kind, payload) pairs: ``read_items((kind, payload)…, **header)``."""
    workspace = Workspace(tmp_path)
    writer = StoreWriter(workspace)
    with writer.batch():
        entries = Entries(writer.projects, workspace.incoming)

        def read(*items: tuple[str, Any], **header: Any) -> list[ItemRecord]:
            entry = a_spool_entry(an_envelope(*items, **header))
            return entries.record(Spooled(1, MORNING, entry.kind, entry.meta, entry.body, None)).items

        yield read
    writer.close()
