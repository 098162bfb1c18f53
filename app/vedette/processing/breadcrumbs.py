"""Breadcrumbs in canonical form: oldest first, no timestamp invented."""

from vedette.domain.json import JsonObject
from vedette.processing.faults import Faults
from vedette.processing.levels import read_level
from vedette.processing.shapes import JSON_TEXT, MAPPING, TEXT, Kind, Shape, list_values
from vedette.processing.timestamps import shift_entries

_BREADCRUMB = Shape(
    type=TEXT,
    category=TEXT,
    level=Kind(None, read_level),
    message=JSON_TEXT,
    data=MAPPING,
    origin=TEXT,
    event_id=TEXT,
)


def settle_breadcrumbs(event: JsonObject, shift: int, faults: Faults) -> None:
    """Put ``breadcrumbs`` into the form ``{"values": […]}``, times moved by *shift* microseconds."""
    if "breadcrumbs" not in event:
        return
    settled = list_values(event["breadcrumbs"], faults, ("breadcrumbs",))
    if settled is None:
        del event["breadcrumbs"]
        return
    event["breadcrumbs"] = settled
    values = settled["values"]
    for index, crumb in enumerate(values):
        path = ("breadcrumbs", "values", index)
        if type(crumb) is not dict:
            values[index] = None
            if crumb is not None:
                faults.invalid(path, crumb, "expected a breadcrumb")
            continue
        if "ty" in crumb:
            crumb.setdefault("type", crumb.pop("ty"))
        _BREADCRUMB.check(crumb, faults, path)
        if crumb.get("type") is None:
            crumb["type"] = "default"
        if crumb.get("level") is None:
            crumb["level"] = "info"
    shift_entries(values, shift, faults, "breadcrumbs")
