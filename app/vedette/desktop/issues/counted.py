"""Numbers inside sentences. Pure."""

from vedette.desktop.widgets import units


def grouped(words: str, n: int) -> str:
    """Return *words*, which count *n* things, with the number as the language writes it: ``1,284``."""
    return words if n < 1_000 else words.replace(str(n), units.count(n), 1)
