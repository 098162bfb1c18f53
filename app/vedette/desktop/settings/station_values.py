"""What the station says of its settings, and what each is when nobody changed it."""

from typing import Any

from vedette.desktop.bridge.state import StationState

USUAL: dict[str, dict[str, Any]] = {
    "listening": {
        "lan": False,
        "announce": True,
        "name": "",
        "spotlightReading": False,
        "interfaces": [],
        "otlpPort": 0,
    },
    "retention": {"days": 90, "gigabytes": 10.0, "freeMegabytes": 500},
    "limits": {
        "bodyMegabytes": 200.0,
        "eventMegabytes": 16.0,
        "attachmentMegabytes": 200.0,
        "profileMegabytes": 50.0,
        "replayMegabytes": 10.0,
        "replayVideoMegabytes": 15.0,
        "containerMegabytes": 12.0,
        "sessionMegabytes": 10.0,
        "metricBucketsMegabytes": 1.0,
        "checkInMegabytes": 0.1,
        "clientReportMegabytes": 0.1,
    },
}
"""As in the station's own settings; a test compares the two."""


def value_of(station: StationState, section: str, member: str) -> Any:
    """Return the value the station says, the usual one while it says none."""
    usual = USUAL[section][member]
    said = (station.details.get(section) or {}).get(member)
    return said if said is not None else usual


def is_usual(station: StationState, section: str, member: str) -> bool:
    """Return whether the value in force is the usual one."""
    return bool(value_of(station, section, member) == USUAL[section][member])
