"""The workspace folder: writable, with room, its files sound. Leaves everything as it was."""

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from vedette.doctor.finding import Finding, Grade, ok, problem, warning
from vedette.domain.workspace import Workspace
from vedette.station.settings import Settings, SettingsError, SettingsFile
from vedette.store.check import check_database
from vedette.store.errors import DamagedError, StoreError
from vedette.store.migrations import LATEST

_LITTLE_ROOM = 2 << 30
_NETWORK_DRIVES = frozenset({"nfs", "nfs4", "cifs", "smbfs", "smb3", "afpfs", "webdav", "fuse.sshfs", "9p"})


def check_workspace(workspace: Workspace) -> Iterator[Finding]:
    """Everything about the folder and what lies in it."""
    found = check_folder(workspace.folder)
    yield found
    yield from check_drive(workspace.folder)
    settings = Settings()
    try:
        settings = SettingsFile(workspace.settings).read()
    except SettingsError as error:
        yield problem(f"The settings cannot be used: {error}. Correct the file, or remove it")
    except OSError as error:
        yield problem(f"The settings cannot be read: {workspace.settings}: {error.strerror or error}")
    if found.grade is not Grade.PROBLEM:
        yield check_room(workspace.folder, settings.retention.free_megabytes << 20)
    # os.path.exists: a folder that may not be looked into raises from Path.exists
    if os.path.exists(workspace.token):
        yield check_token(workspace.token)
    for path in (workspace.database, workspace.spool):
        if os.path.exists(path):
            yield check_file(path)


def existing(folder: Path) -> Path:
    """Return *folder*, or the nearest folder above it that is there."""
    folder = folder.absolute()
    while not os.path.exists(folder) and folder != folder.parent:
        folder = folder.parent
    return folder


def check_folder(folder: Path) -> Finding:
    """Whether files can be made in *folder*, by making one."""
    where = existing(folder)
    try:
        with tempfile.NamedTemporaryFile(dir=where, prefix=".vedette-doctor-") as stream:
            stream.write(b"x")
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        reason = error.strerror or error
        return problem(
            f"The workspace folder {folder} cannot be written ({reason}). "
            "Change its owner or rights, or choose another with --data or VEDETTE_DATA"
        )
    if where != folder.absolute():
        return ok(f"The workspace folder will be {folder}, which is not there yet")
    return ok(f"The workspace folder is {folder}")


def check_drive(
    folder: Path, partitions: Callable[[], list[tuple[str, str]]] | None = None
) -> Iterator[Finding]:
    """Whether *folder* lies on a drive of another machine, where SQLite's locks cannot be relied on."""
    mounts = partitions() if partitions else _partitions()
    path = existing(folder)
    holding = [(Path(place), kind) for place, kind in mounts if path.is_relative_to(place)]
    if not holding:
        return
    place, kind = max(holding, key=lambda mount: len(mount[0].parts))
    if kind.lower() in _NETWORK_DRIVES:
        yield warning(
            f"The workspace lies on a network drive ({place}, {kind}), where databases get damaged. "
            "Choose a folder on this machine's own disk with --data"
        )


def _partitions() -> list[tuple[str, str]]:
    return [(each.mountpoint, each.fstype) for each in psutil.disk_partitions(all=True)]


def check_room(
    folder: Path,
    keep_free: int,
    free_bytes: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
) -> Finding:
    """Whether the disk has room; *keep_free* bytes are left alone."""
    free = free_bytes(existing(folder))
    if free < keep_free:
        return problem(
            f"Only {_size(free)} are free on the disk; below {_size(keep_free)} nothing more is taken. "
            "Free some space, or keep less (settings, retention)"
        )
    if free < keep_free + _LITTLE_ROOM:
        return warning(f"{_size(free)} are free on the disk; below {_size(keep_free)} nothing more is taken")
    return ok(f"{_size(free)} are free on the disk")


def check_token(path: Path) -> Finding:
    """Whether only this user can read the token, which opens everything the workspace holds."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        path.read_bytes()
    except OSError as error:
        return problem(f"The token {path} cannot be read: {error.strerror or error}")
    if sys.platform != "win32" and mode & 0o077:
        return warning(f"Others on this machine can read the token {path} (mode {mode:04o}): chmod 600 it")
    return ok("The token is readable by this user alone")


def check_file(path: Path) -> Finding:
    """Whether the database file at *path* is sound."""
    try:
        facts = check_database(path)
    except DamagedError as error:
        return problem(f"{path} is damaged: {error.__cause__ or error}. {_rescue(path)}")
    except StoreError as error:
        return problem(f"{path.name}: {error}")
    if facts.faults:
        return problem(f"{path} is damaged: {facts.faults[0]}. {_rescue(path)}")
    if facts.schema > LATEST:
        return warning(f"{path.name} was written by a newer Vedette; update this one before using it")
    how = "is sound" if facts.is_complete else "shows no fault as far as it was read"
    return ok(f"{path.name} {how}, {_size(facts.size)}")


def _rescue(path: Path) -> str:
    return (
        f"Stop Vedette, move {path.name} with its -wal and -shm files to a safe place, and start again: "
        f"a new one is made. `sqlite3 {path.name} .recover` gets out of the old one what can be read"
    )


def _size(number: int) -> str:
    size, unit = float(number), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if size < 1000:
            break
        size, unit = size / 1000, larger
    return f"{size:.0f} {unit}" if size >= 10 or unit == "B" else f"{size:.1f} {unit}"
