"""Node with the pinned @sentry/node, installed once into `tests/node/node_modules`."""

import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "node"


def node_with_sentry(package: str = "node") -> str:
    """Return the path of node, with the clients of `tests/node` installed; skips where there is no node.

    *package* is the one of ``@sentry/`` that is needed.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("this machine has no node")
    if not (FOLDER / "node_modules" / "@sentry" / package).is_dir():
        subprocess.run(
            [npm, "ci", "--omit=dev", "--no-audit", "--no-fund", "--ignore-scripts"],
            cwd=FOLDER,
            check=True,
            capture_output=True,
            timeout=300,
        )
    return node


def sentry_cli() -> list[str]:
    """Return the command that runs the pinned sentry-cli; skips where it has no binary for this machine."""
    node = node_with_sentry("cli")
    packages = FOLDER / "node_modules" / "@sentry"
    if not any(packages.glob("cli-*/bin/*")):
        pytest.skip("there is no sentry-cli for this machine")
    return [node, str(packages / "cli" / "bin" / "sentry-cli")]
