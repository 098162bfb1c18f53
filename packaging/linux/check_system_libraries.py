"""Finds what the system must give before Vedette can be installed, names it, and installs it where it may.

Looks at this Python (3.11 or newer, with ensurepip) and, on Linux, at the libraries Qt needs. Runs before the
virtual environment exists, under whatever Python is there: standard library only, nothing newer than 3.8,
so that an old Python gets a sentence and not a syntax error.

Exit code 0 when Vedette can be installed, though perhaps not show a window; 1 when it cannot.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LIST = Path(__file__).with_name("system-libraries.txt")
OLDEST_PYTHON = (3, 11)
_LOCK_SECONDS = 120  # unattended upgrades of a machine just started may hold apt's lock

_INSTALL = {
    "debian": "apt-get install --yes --no-install-recommends",
    "fedora": "dnf install --assumeyes",
    "arch": "pacman -S --needed --noconfirm",
}


class Library(NamedTuple):
    """A line of the list: what it is needed for, the loader's name, and the package in each family."""

    need: str
    soname: str
    packages: dict[str, str]


def read_list(text: str) -> list[Library]:
    """Return the libraries the list in *text* names."""
    found = []
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        if words:
            need, soname, debian, fedora, arch = words
            found.append(Library(need, soname, {"debian": debian, "fedora": fedora, "arch": arch}))
    return found


def family(os_release: str) -> str | None:
    """Return debian, fedora or arch for the text of an os-release file, None for any other system."""
    values = dict(line.split("=", 1) for line in os_release.splitlines() if "=" in line)
    likes = [values.get("ID", ""), *values.get("ID_LIKE", "").strip("\"'").split()]
    names = {"ubuntu": "debian", "rhel": "fedora", "centos": "fedora", "archlinux": "arch"}
    for like in likes:
        name = names.get(like.strip("\"'"), like.strip("\"'"))
        if name in _INSTALL:
            return name
    return None


def is_loadable(soname: str) -> bool:
    """Whether the loader finds *soname* for this Python's own architecture."""
    try:
        import ctypes  # some Pythons are built without it
    except ImportError:
        return soname in _cached_names()
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def _cached_names() -> str:
    command = shutil.which("ldconfig") or "/sbin/ldconfig"
    try:
        return subprocess.run([command, "-p"], stdout=subprocess.PIPE, text=True).stdout
    except OSError:
        return ""


def missing_libraries(
    libraries: Sequence[Library], loadable: Callable[[str], bool] = is_loadable
) -> list[Library]:
    """Return those of *libraries* that are not there."""
    return [library for library in libraries if not loadable(library.soname)]


def python_fault(version: Sequence[int], has_ensurepip: bool, system: str | None) -> str | None:
    """Return what is wrong with this Python, as one sentence with what to do, None if nothing is."""
    own = "{}.{}".format(*version[:2])
    oldest = "{}.{}".format(*OLDEST_PYTHON)
    if tuple(version[:2]) < OLDEST_PYTHON:
        cure = (
            f"install python{oldest} and python{oldest}-venv and run `make PYTHON=python{oldest} …`"
            if system == "debian"
            else "install a newer one and run `make PYTHON=/path/to/python3 …`"
        )
        return f"Vedette needs Python {oldest} or newer, and {sys.executable} is {own}: {cure}."
    if not has_ensurepip:
        cure = f"apt-get install python{own}-venv" if system == "debian" else "install ensurepip for it"
        return f"Python {own} here cannot make virtual environments: {cure}."
    return None


def may_install() -> list[str] | None:
    """Return what goes before a command that needs root: [] as root, sudo where it asks no password."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None


def apt_install(packages: Sequence[str], prefix: Sequence[str]) -> bool:
    """Install *packages* without asking anything; refreshes the package lists only if they do not do."""
    apt = [
        *prefix,
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "-qq",
        "-o",
        f"DPkg::Lock::Timeout={_LOCK_SECONDS}",
        "-o",
        "Acquire::Retries=2",
    ]
    install = [*apt, "install", "--yes", "--no-install-recommends", *packages]
    if subprocess.run(install, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
        return True
    print("Refreshing the package lists.", flush=True)
    subprocess.run([*apt, "update"], stdout=subprocess.DEVNULL)
    return subprocess.run(install, stdout=subprocess.DEVNULL).returncode == 0


def packages_for(libraries: Sequence[Library], system: str) -> list[str]:
    """Return the packages of *system* that hold *libraries*, each once."""
    return sorted({library.packages[system] for library in libraries})


def sentence(libraries: Sequence[Library], system: str | None) -> str:
    """Return one sentence naming what is missing, with the command that brings it where one is known."""
    what = {
        "qt": "Qt cannot start",
        "x11": "no window opens on X11",
        "wayland": "no window opens on Wayland",
    }
    needs = [need for need in what if any(library.need == need for library in libraries)]
    effect = " and ".join(what[need] for need in needs)
    if system is None:
        names = ", ".join(library.soname for library in libraries)
        return f"System libraries are missing ({effect}): install the packages that hold {names}."
    names = " ".join(packages_for(libraries, system))
    return f"System libraries are missing ({effect}); install them with: sudo {_INSTALL[system]} {names}"


def check(libraries: Sequence[Library], system: str | None, prefix: Sequence[str] | None) -> int:
    """Install or name what of *libraries* is missing; returns the exit code.

    *prefix* is what `may_install` gave. A window's libraries never fail a build: tests, pictures and a
    headless station do without.
    """
    missing = missing_libraries(libraries)
    if not missing:
        return 0
    if system == "debian" and prefix is not None:
        packages = packages_for(missing, system)
        print("Installing what Qt needs: {}".format(" ".join(packages)), flush=True)
        if apt_install(packages, prefix):
            return 0
    print(sentence(missing, system), file=sys.stderr)
    return 1 if any(library.need == "qt" for library in missing) else 0


def check_python(system: str | None, prefix: Sequence[str] | None) -> int:
    """Say what is wrong with this Python, or install what it lacks; returns the exit code."""
    version: tuple[int, ...] = tuple(sys.version_info[:3])
    has_ensurepip = importlib.util.find_spec("ensurepip") is not None
    fault = python_fault(version, has_ensurepip, system)
    if fault is None:
        return 0
    if version >= OLDEST_PYTHON and system == "debian" and prefix is not None:
        package = "python{}.{}-venv".format(*version)
        print(f"Installing {package}", flush=True)
        if apt_install([package], prefix):
            return 0
    print(fault, file=sys.stderr)
    return 1


def main() -> int:
    """Check this machine. Elsewhere than on Linux only Python is looked at: there Qt brings everything."""
    is_linux = sys.platform.startswith("linux")
    release = Path("/etc/os-release")
    system = family(release.read_text(encoding="utf-8")) if is_linux and release.exists() else None
    libraries = read_list(LIST.read_text(encoding="utf-8")) if is_linux else []
    is_all_there = not missing_libraries(libraries) and importlib.util.find_spec("ensurepip") is not None
    # Asking sudo takes a moment, which a machine that lacks nothing should not pay.
    prefix = None if is_all_there or not is_linux else may_install()
    return check_python(system, prefix) or check(libraries, system, prefix)


if __name__ == "__main__":
    sys.exit(main())
