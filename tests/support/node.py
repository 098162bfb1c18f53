"""Node with the pinned @sentry/node, installed once into `tests/node/node_modules`."""

import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "node"


def node_with_sentry() -> str:
    """Return the path of node, with the clients of `tests/node` installed; skips where there is no node."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("this machine has no node")
    if not (FOLDER / "node_modules" / "@sentry" / "node").is_dir():
        subprocess.run(
            [npm, "ci", "--omit=dev", "--no-audit", "--no-fund", "--ignore-scripts"],
            cwd=FOLDER,
            check=True,
            capture_output=True,
            timeout=300,
        )
    return node
