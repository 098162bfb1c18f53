"""How capable a device is: low, medium or high, as Sentry's ``device.class`` tells it."""

import re

from vedette.domain.json import JsonObject, JsonValue

_GIB = 1 << 30
_MODEL = re.compile(r"(iPhone|iPad)(\d{1,3}),\d{1,3}")
_APPLE_FAMILIES = ("iPhone", "iOS", "iOS-Device", "iPad")
# First generation of the medium and of the high class.
_GENERATIONS = {"iPhone": (9, 13), "iPad": (6, 8)}


def device_class(device: JsonObject) -> str | None:
    """Return ``1`` (low), ``2`` (medium) or ``3`` (high) for a device context; None if it does not tell."""
    family = device.get("family")
    if family in _APPLE_FAMILIES:
        model = device.get("model")
        match = _MODEL.fullmatch(model) if type(model) is str else None
        if match is None:
            return None
        medium, high = _GENERATIONS[match[1]]
        generation = int(match[2])
        return "1" if generation < medium else "2" if generation < high else "3"
    frequency, cores, memory = (
        _number(device.get(name)) for name in ("processor_frequency", "processor_count", "memory_size")
    )
    if frequency is None or cores is None or memory is None:
        return None
    if frequency < 2000 or cores < 8 or memory < 4 * _GIB:
        return "1"
    return "2" if frequency < 2500 or memory < 6 * _GIB else "3"


def _number(value: JsonValue) -> float | None:
    return float(value) if type(value) in (int, float) else None
