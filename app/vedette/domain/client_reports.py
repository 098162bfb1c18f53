"""What a client says it dropped itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Discard:
    """So many of one category, dropped for one reason. ``category`` is a data category's name.

    ``field`` is the member of the report it stood in, which tells whose word it is: ``discarded_events`` are
    the SDK's, the others a relay's.
    """

    reason: str
    category: str
    quantity: int
    field: str = "discarded_events"
