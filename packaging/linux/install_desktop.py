"""Puts Vedette into the menu of this desktop: entry, links, description and icons, below a prefix.

    python packaging/linux/install_desktop.py [--prefix ~/.local] [--program PATH] [--remove]

Without --program the entry starts the `vedette` of this checkout's environment if it has one, else the one on
PATH. The icons are the ones in resources/app; nothing is copied into this folder.
"""

import argparse
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
ICONS = ROOT / "resources" / "app"
# Sizes a theme has folders for; the drawing serves the rest.
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)

_AFTERWARDS = (
    ("update-desktop-database", "applications"),
    ("gtk-update-icon-cache", "icons/hicolor"),
)


def placed_files(share: Path) -> Iterator[tuple[Path, Path]]:
    """Yield each file as (where it is, where it goes below *share*)."""
    yield HERE / "vedette.desktop", share / "applications" / "vedette.desktop"
    yield HERE / "vedette.metainfo.xml", share / "metainfo" / "vedette.metainfo.xml"
    icons = share / "icons" / "hicolor"
    yield ICONS / "vedette.svg", icons / "scalable" / "apps" / "vedette.svg"
    for size in ICON_SIZES:
        yield ICONS / f"vedette-{size}.png", icons / f"{size}x{size}" / "apps" / "vedette.png"


def entry_for(entry: str, program: Path | None) -> str:
    """Return the desktop *entry* made to start *program*; as it is without one."""
    if program is None:
        return entry
    lines = []
    for line in entry.splitlines():
        name, _, value = line.partition("=")
        match name:
            case "Exec":
                lines.append(f"Exec={quoted(str(program))}{value.removeprefix('vedette')}")
            case "TryExec":
                lines.append(f"TryExec={escaped(str(program))}")
            case _:
                lines.append(line)
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Return *text* as the value of a key in a desktop entry."""
    return text.replace("\\", "\\\\")


def quoted(path: str) -> str:
    """Return *path* as an argument of an Exec line.

    Source: Desktop Entry Specification, "The Exec key": quoting first, then the escaping of any value.
    """
    inner = "".join(f"\\{sign}" if sign in '"`$\\' else sign for sign in path)
    return escaped(f'"{inner}"').replace("%", "%%")


def own_program() -> Path | None:
    """Return the `vedette` of this checkout's environment, None if it has none."""
    program = ROOT / ".venv" / "bin" / "vedette"
    return program if program.exists() else None


def install(share: Path, program: Path | None) -> None:
    for source, target in placed_files(share):
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.suffix == ".desktop":
            entry = entry_for(source.read_text(encoding="utf-8"), program)
            target.write_text(entry, encoding="utf-8", newline="\n")
        else:
            shutil.copyfile(source, target)


def remove(share: Path) -> None:
    for _, target in placed_files(share):
        target.unlink(missing_ok=True)


def refresh(share: Path) -> None:
    """Tell the desktop, as far as this one has the programs for it; it would find out by itself later."""
    for command, folder in _AFTERWARDS:
        if shutil.which(command) and (share / folder).is_dir():
            subprocess.run(
                [command, str(share / folder)],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
            )


def main() -> int:
    parser = argparse.ArgumentParser(description="Put Vedette into this desktop's menu.")
    parser.add_argument("--prefix", type=Path, default=Path.home() / ".local", help="default %(default)s")
    parser.add_argument("--program", type=Path, help="what the entry starts")
    parser.add_argument("--remove", action="store_true", help="take it out again")
    options = parser.parse_args()
    share = options.prefix.expanduser().absolute() / "share"
    if options.remove:
        remove(share)
    else:
        program = options.program.expanduser().absolute() if options.program else own_program()
        install(share, program)
    refresh(share)
    print(f"Vedette was {'taken out of' if options.remove else 'put into'} {share}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
