"""A desk of rows of every kind, made of chance with a seed, and the same rows as the reference sees them."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.store_rows import FilledStore
from vedette.store.explore.dataset import Dataset
from vedette.store.explore.questions import Answer, Question, ask
from vedette.store.queries.attributes import Sources

from .rows import NOW, Rows, fill


class Explored:
    """What is asked and what the reference knows."""

    def __init__(self, store: FilledStore, rows: Rows) -> None:
        self.store = store
        self.rows = rows
        readers = dict.fromkeys(("transaction", "log", "trace_metric", "event"), lambda _: rows.attributes)
        self.sources = Sources(store.workspace, {}, readers)

    def ask(self, dataset: Dataset, *fields: str, **more: Any) -> Answer:
        return ask(self.store.db, self.sources, Question(dataset, fields, **more), NOW)


@pytest.fixture(scope="module")
def explored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Explored]:
    store = FilledStore(tmp_path_factory.mktemp("explored"))
    yield Explored(store, fill(store))
    store.close()
