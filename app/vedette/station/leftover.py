"""A digest that outlived its station. Two must not write one store, so the new station lets it finish first.

Digest goes by itself when its station is gone, after finishing what waits; that may take a while.
"""

import contextlib
import json
import logging
from pathlib import Path

log = logging.getLogger(__name__)

PATIENCE = 20.0  # seconds it may go on; what it has not finished, the next digest does


def note_process(path: Path, pid: int) -> None:
    """Write down in *path* that process *pid* is this station's digest."""
    import psutil

    with contextlib.suppress(psutil.Error):
        path.write_text(json.dumps({"pid": pid, "started": psutil.Process(pid).create_time()}), "ascii")


def end_leftover(path: Path, patience: float = PATIENCE) -> None:
    """Return once the digest noted in *path* is gone; ends it after *patience* seconds. Blocks."""
    try:
        note = json.loads(path.read_text("ascii"))
        pid, started = int(note["pid"]), float(note["started"])
    except (OSError, ValueError, KeyError, TypeError):
        return
    import psutil  # start-up time: only after a station that died

    # A pid is given again; the moment it began tells one process from the next.
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        if process.create_time() != started:
            return
        log.warning("the digest of a station that died, process %d, is still at work", pid)
        for act in (process.terminate, process.kill):
            with contextlib.suppress(psutil.TimeoutExpired):
                process.wait(patience)
                return
            act()
            patience = 5.0
        process.wait(patience)
