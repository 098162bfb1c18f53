"""Node with the pinned packages of `tests/node`, installed once into `tests/node/node_modules`."""

import contextlib
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "node"
_LOCK = FOLDER / "node_modules.lock"
_PATIENCE = 300


def node_with_sentry(package: str = "node") -> str:
    """Return the path of node, with the clients of `tests/node` installed; skips where there is no node.

    *package* is the one of ``@sentry/`` that is needed.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("this machine has no node")
    wanted = FOLDER / "node_modules" / "@sentry" / package
    if not wanted.is_dir():
        with _alone():
            if not wanted.is_dir():
                _install(npm)
    return node


def _install(npm: str) -> None:
    # `ci` begins by deleting what is there, which a test beside this one may be running.
    command = ["install", "--no-save"] if (FOLDER / "node_modules").is_dir() else ["ci"]
    subprocess.run(
        [npm, *command, "--omit=dev", "--no-audit", "--no-fund", "--ignore-scripts"],
        cwd=FOLDER,
        check=True,
        capture_output=True,
        timeout=_PATIENCE,
    )


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Keep other workers of the same test run waiting; the lock of a run that was killed gives way."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            _LOCK.mkdir()
            break
        except FileExistsError:
            if time.monotonic() > deadline:
                break
            time.sleep(0.2)
    try:
        yield
    finally:
        with contextlib.suppress(FileNotFoundError):
            _LOCK.rmdir()


def sentry_cli() -> list[str]:
    """Return the command that runs the pinned sentry-cli; skips where it has no binary for this machine."""
    node = node_with_sentry("cli")
    packages = FOLDER / "node_modules" / "@sentry"
    if not any(packages.glob("cli-*/bin/*")):
        pytest.skip("there is no sentry-cli for this machine")
    return [node, str(packages / "cli" / "bin" / "sentry-cli")]
