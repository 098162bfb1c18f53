"""Names for JSON as it comes off the wire: its depth and shape are the sender's choice."""

from typing import Any

JsonValue = Any
JsonObject = dict[str, Any]
