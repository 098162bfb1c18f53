"""The fixtures of the Connect page's tests."""

from tests.support.desktop import bridge, desk

__all__ = ["bridge", "desk"]
