"""The pages of documentation that came with the program, on this disk."""

from functools import cache
from pathlib import Path

_FIRST = ("getting-started.md", "window.md")


def documentation_folder() -> Path | None:
    """Return the folder of the pages for users; None where the program came without them."""
    package = Path(__file__).resolve().parents[2]
    folders = (package / "_docs", package.parents[1] / "docs" / "using")
    return next((folder for folder in folders if folder.is_dir()), None)


@cache
def documentation() -> tuple[tuple[str, Path], ...]:
    """Return each page for users as its title and its file; none where the program came without them."""
    folder = documentation_folder()
    if folder is None:
        return ()
    pages = sorted(folder.glob("*.md"), key=lambda page: (page.name not in _FIRST, page.name))
    return tuple((_title(page), page) for page in pages)


def _title(page: Path) -> str:
    with page.open(encoding="utf-8", errors="replace") as text:
        return text.readline(200).lstrip("# ").strip() or page.stem
