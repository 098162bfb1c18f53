"""What PySide6 does when other modules are imported."""

import os
import subprocess
import sys

SOURCE = """
import linecache
from vedette.desktop.imports import import_without_reading_source
if {quick}:
    import_without_reading_source()
import vedette.desktop.widgets.painted_list
print(*linecache.cache)
"""
FRAME = """
import sys
import vedette.desktop.app
print(*sys.modules)
"""


def say(script: str) -> list[str]:
    """Return the words a script prints, in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, check=True, text=True, env=environment
    )
    return done.stdout.split()


def test_no_source_is_read_when_a_module_is_imported() -> None:
    assert not [path for path in say(SOURCE.format(quick=True)) if "painted_list" in path or "theme" in path]


def test_pyside_would_read_it() -> None:
    """Else the workaround is of no use any more."""
    assert [path for path in say(SOURCE.format(quick=False)) if "theme" in path]


def test_the_first_frame_waits_for_neither_store_nor_pipeline() -> None:
    heavy = {"sqlalchemy", "apsw", "numpy", "aiohttp", "pygments", "vedette.processing.pipeline"}
    assert not heavy & set(say(FRAME))
