"""The sentence about entries of a container that could not be used."""

from collections.abc import Iterable

_KEPT_DETAIL = 500


def left_out(count: int, what: str, remarks: Iterable[str]) -> str | None:
    """Return how many of *what* were left out and why; None for none."""
    if not count:
        return None
    several = f"{count} {what}s were" if count > 1 else f"1 {what} was"
    return f"{several} left out: {'; '.join(remarks)}"[:_KEPT_DETAIL]
