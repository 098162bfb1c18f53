"""The same writer as its neighbours use."""

from tests.unit.store.conftest import reader, workspace, writer

__all__ = ["reader", "workspace", "writer"]
