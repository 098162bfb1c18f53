"""Brings resources/translations up to date with the texts of the window, and compiles them.

    python packaging/translations/update.py [--check]

Qt's own tools do the work: lupdate collects what is given to `tr` and `mark` into `vedette_*.ts`, which
translators edit (with Qt Linguist, or as XML); lrelease compiles them into the `.qm` files that are loaded.
With --check nothing is written; the exit code tells whether something would be.
"""

import argparse
import filecmp
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "app" / "vedette" / "desktop"
TRANSLATIONS = ROOT / "resources" / "translations"


def update(folder: Path) -> None:
    """Collect and compile in *folder*, which holds the `.ts` files there are."""
    sources = sorted(path for path in SOURCES.rglob("*.py"))
    for catalogue in sorted(folder.glob("vedette_*.ts")):
        _run(
            "lupdate", "-silent", "-no-obsolete", "-locations", "none", "-sort-messages",
            "-tr-function-alias", "QT_TR_NOOP+=mark", *map(str, sources), "-ts", str(catalogue),
        )  # fmt: skip
        _run("lrelease", "-silent", str(catalogue), "-qm", str(catalogue.with_suffix(".qm")))


def is_up_to_date() -> bool:
    """Return whether an update would change nothing."""
    with tempfile.TemporaryDirectory(prefix="vedette-translations-") as scratch:
        copy = Path(scratch) / "translations"
        shutil.copytree(TRANSLATIONS, copy)
        update(copy)
        names = sorted(path.name for path in copy.iterdir())
        _, differing, missing = filecmp.cmpfiles(TRANSLATIONS, copy, names, shallow=False)
    return not differing and not missing


def _run(tool: str, *arguments: str) -> None:
    """Run a tool that comes with PySide6, from the environment this runs in."""
    name = f"pyside6-{tool}"
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        raise SystemExit(f"{name} is missing: `make setup` installs it")
    subprocess.run([found, *arguments], check=True)


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, only tell")
    if parser.parse_args().check:
        return 0 if is_up_to_date() else 1
    update(TRANSLATIONS)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
