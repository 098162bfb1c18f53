"""Whole paths: every test here starts real processes."""

from pathlib import Path

import pytest

from vedette.domain.workspace import Workspace


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.flow)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "Prüfstand eins")
