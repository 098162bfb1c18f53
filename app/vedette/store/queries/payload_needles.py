"""Whether a payload can have what is looked for, told by its bytes: most cannot, and reading one takes long.

A value that was sent stands in the payload as it is, but for what JSON writes with a backslash. So the
longest run of plain letters and digits of what is looked for has to be there. Only of members that no reading
makes up.
"""

import re
from functools import lru_cache

_AS_SENT = frozenset((
    "error.type", "error.value", "stack.abs_path", "stack.filename", "stack.module", "stack.package",
    "stack.lineno", "stack.colno",
))  # fmt: skip
_RUN = re.compile(r"[A-Za-z0-9]{3,}")


@lru_cache(maxsize=256)
def needle_of(name: str, relation: str, bound: str) -> bytes | None:
    """Return bytes that a payload in lower case has if a value fits; None: nothing is certain."""
    if name not in _AS_SENT:
        return None
    if relation == "n=":
        number = float(bound)
        return str(int(number)).encode() if number.is_integer() and abs(number) < 1e15 else None
    if relation not in ("is", "fits"):
        return None
    runs: list[str] = _RUN.findall(bound)
    return max(runs, key=len).lower().encode() if runs else None


def can_fit(payload: bytes, record: bytes, needle: bytes) -> bool:
    """Return whether the event *record* may fit; one that is not in *payload* itself always may."""
    lowered = payload.lower()
    if needle in lowered or b"\\u00" in lowered:
        return True
    return record.hex().encode() not in lowered
