"""Builds the parts and joins them: the window, the headless station, digest.

Each function is one command of `cli` and imports only what that command needs, since a start should not
wait for the rest.
"""

import logging
import logging.handlers
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from vedette.domain.workspace import Workspace

log = logging.getLogger(__name__)
_LOG_BYTES = 2 * 1024 * 1024


def open_workspace(folder: Path) -> Workspace:
    """Return the workspace in *folder*, made if it is not there. Exits with a sentence if it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "logs").mkdir(exist_ok=True)
    except OSError as error:
        raise SystemExit(
            f"vedette: the workspace folder {folder} cannot be used: {error.strerror or error}"
        ) from None
    return Workspace(folder)


def start_logging(workspace: Workspace, name: str, *, console: bool) -> None:
    """Send the log to `logs/NAME.log` of the workspace, and to standard error with *console*."""
    handlers: list[logging.Handler] = [
        logging.handlers.RotatingFileHandler(
            workspace.logs / f"{name}.log", maxBytes=_LOG_BYTES, backupCount=2, encoding="utf-8", delay=True
        )
    ]
    if console:
        handlers.append(logging.StreamHandler(sys.stderr))
    logging.basicConfig(
        level=logging.INFO,
        handlers=handlers,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )


def shipped_dictionary() -> bytes | None:
    """Return the compression dictionary that comes with the program, for a workspace without one."""
    path = resources_folder() / "payload.dictionary"
    return path.read_bytes() if path.exists() else None


def resources_folder() -> Path:
    """Return where the program's own files lie: in the package when installed, beside `app` in a checkout."""
    package = Path(__file__).parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent.parent / "resources"


def run_serve(folder: Path, *, host: str, port: int | None) -> int:
    """Run a station without a window until it is told to go."""
    from vedette.station.life import StationOptions, run_station

    workspace = open_workspace(folder)
    start_logging(workspace, "station", console=True)
    return run_station(StationOptions(workspace, host=host, port=port))


def run_open(folder: Path, target: str, *, is_chosen: bool, theme: str | None, new_window: bool) -> int:
    """Show the window at the place the link *target* leads to, or send the file *target* to its station.

    Without *is_chosen* the link itself says which workspace, of those this user opened before; *folder* is
    the one for links into others.
    """
    from vedette.desktop.display import has_display

    is_link = target.lower().startswith("vedette:")
    if not is_link and not Path(target).is_file():
        sys.stderr.write(
            f"vedette: {target} is neither a file nor a link, such as vedette://desk/issues/DESK-12\n"
        )
        return 2
    if not has_display():
        sys.stderr.write("vedette: there is no display here to open it on\n")
        return 2
    if not is_link:
        target = Path(target).absolute().as_uri()
    elif not is_chosen:
        from vedette.desktop.preferences import Preferences
        from vedette.desktop.workspaces import folder_for

        folder = folder_for(Preferences(), target, folder)
    return run_window(folder, theme=theme, link=target, new_window=new_window)


def run_window(folder: Path, *, theme: str | None, link: str = "", new_window: bool = False) -> int:
    """Show the window, at *link* unless it is ""; without a display say so and serve headless.

    Where a window on the workspace is open already, that one is asked: with *new_window* for another.
    """
    from vedette.desktop.display import has_display

    workspace = open_workspace(folder)
    if not has_display():
        sys.stderr.write("vedette: there is no display here; serving without a window\n")
        return run_serve(folder, host="127.0.0.1", port=None)
    start_logging(workspace, "window", console=True)
    from vedette.api.attach import StationInfo, find_station, start_station, stop_station
    from vedette.desktop.imports import import_without_reading_source

    import_without_reading_source()
    from vedette.desktop import app

    started = False

    def attach(workspace: Workspace) -> StationInfo:
        nonlocal started
        found = find_station(workspace)
        if found is not None:
            return found
        info = start_station(workspace)
        started = True
        return info

    code = app.run_window(workspace, attach, theme=theme, link=link, new_window=new_window)
    if started:
        # A station that somebody started by hand stays; ours goes with the window.
        stop_station(workspace)
    return code


def run_screenshot(
    folder: Path | None, *, out: Path, themes: Sequence[str], size: tuple[int, int], states: bool
) -> int:
    """Render every screen of the workspace in *folder* (of a fresh demo without one) into *out*.

    With *states* each in every state that it can be in.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from vedette.desktop.app import make_application
    from vedette.desktop.screenshots.render import render_screens, render_states

    with tempfile.TemporaryDirectory(prefix="vedette-demo-", ignore_cleanup_errors=True) as scratch:
        workspace = demo_workspace(Path(scratch) / "demo") if folder is None else open_workspace(folder)
        app = make_application()
        if states:
            empty = open_workspace(Path(scratch) / "empty")
            files = render_states(app, workspace, empty, out, themes, size)
        else:
            files = render_screens(app, workspace, out, themes, size)
        for path in files:
            sys.stdout.write(f"{path}\n")
    return 0


def run_demo(folder: Path | None, *, theme: str | None, window: bool, new_window: bool = False) -> int:
    """Fill a demo workspace (its own folder unless one is given) if it is not filled, then show it."""
    workspace = demo_workspace(folder)
    return run_window(workspace.folder, theme=theme, new_window=new_window) if window else 0


def demo_workspace(folder: Path | None) -> Workspace:
    """Return a workspace that holds the demo. Exits with a sentence if *folder* holds something else."""
    from vedette.demo import fill_demo

    if folder is None:
        import platformdirs

        folder = Path(platformdirs.user_data_dir("Vedette", appauthor=False)) / "demo"
    workspace = open_workspace(folder)
    traffic = resources_folder() / "demo" / "traffic.jsonl.zst"
    try:
        fill_demo(workspace, traffic, shipped_dictionary=shipped_dictionary())
    except FileExistsError as error:
        raise SystemExit(f"vedette: {error}; choose another folder with --data") from None
    return workspace


def run_digest(folder: Path, limits: str = "") -> int:
    """Run digest under a station: speaks over standard input and output until the station goes.

    *limits* is what the station would say of them, as JSON, so that they hold for the first entry too.
    """
    from vedette.digest.channel import Channel
    from vedette.digest.process import Digest

    workspace = open_workspace(folder)
    start_logging(workspace, "digest", console=True)
    channel = Channel(sys.stdin.buffer, sys.stdout.buffer, limits)
    # A stray write to standard output would break the protocol.
    sys.stdout = sys.stderr
    Digest(workspace, channel, shipped_dictionary=shipped_dictionary()).run()
    return 0
