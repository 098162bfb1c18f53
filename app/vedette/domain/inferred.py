"""What only the request tells about the entries of an item."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Inferred:
    """Attributes that every entry of the item has besides its own, by name; its own come first."""

    attributes: tuple[tuple[str, str], ...]
