"""What there is to see of an attachment: read and decoded in a worker thread, within limits."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader

from vedette.desktop.issue.dragging import write_bytes
from vedette.desktop.issue.facts.hex_dump import hex_lines
from vedette.desktop.issue.facts.minidump import MinidumpFacts, read_minidump
from vedette.desktop.issue.read import find_attachment
from vedette.desktop.language import tr
from vedette.desktop.widgets.json_values import is_container
from vedette.desktop.widgets.units import count, size
from vedette.domain.workspace import Workspace
from vedette.processing.exporting import export_payload, leaves_alone
from vedette.processing.rules import ProjectRules
from vedette.store.queries.events import AttachmentRow
from vedette.store.queries.stored_bytes import StoredBytes

LARGEST_LOOK = 8_000_000
LARGEST_DUMP = 60_000_000
LARGEST_FILE = 50_000_000
"""Larger ones are not written beforehand to be dragged."""
MOST_LINES = 20_000
_LONGEST_LINE = 2_000
_BINARY_SHOWN = 4_096
_MOST_PIXELS = 24_000_000  # of an image as it is shown: 96 MB
_BOMB = 400_000_000  # pixels of an image that is not decoded at all
_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".ico")
_HIERARCHY = ("event.view_hierarchy", "view-hierarchy")

Db = Any


@dataclass(frozen=True, slots=True)
class Look:
    """What was read: an image; a value for a tree, with its text; a dump's facts; or text or hex alone."""

    note: str = ""
    image: QImage | None = None
    value: Any = None
    is_hierarchy: bool = False
    dump: MinidumpFacts | None = None
    lines: tuple[str, ...] = ()
    file: Path | None = None  # written as it may leave, to be dragged or opened
    is_scrubbed: bool = False  # what leaves is not what came


def wants_look(row: AttachmentRow) -> bool:
    """Return whether *row* is small enough to be looked at."""
    return row.size <= (LARGEST_DUMP if _is_dump(row) else LARGEST_LOOK)


def _is_dump(row: AttachmentRow) -> bool:
    return row.type == "event.minidump" or row.name.lower().endswith((".dmp", ".mdmp"))


def read_look(
    db: Db, workspace: Workspace, row: AttachmentRow, rules: ProjectRules, target: Path | None
) -> Look:
    """Return what can be seen of *row*; with *target* it is also written there as *rules* let it leave."""
    data = find_attachment(db, workspace, row)
    left = outgoing_attachment(data, row, rules)
    written = write_bytes(left.pieces(), target) if target is not None else None
    file = written if isinstance(written, Path) else None
    if wants_look(row):
        look = look_at(data.read(), row)
    else:
        look = Look(tr("too large to show here; Save writes all of it"))
    return replace(look, file=file, is_scrubbed=left is not data)


def outgoing_attachment(data: StoredBytes, row: AttachmentRow, rules: ProjectRules) -> StoredBytes:
    """Return *data* of *row* as *rules* let it leave; the same object if they mean no such file."""
    if leaves_alone("attachment", rules, name=row.name):
        return data
    return StoredBytes.held(export_payload("attachment", data.read(), rules, name=row.name))


def look_at(data: bytes, row: AttachmentRow) -> Look:
    """Return what can be seen of *data*."""
    name = row.name.lower()
    if (dump := read_minidump(data)) is not None:
        return Look(tr("minidump"), dump=dump, lines=tuple(hex_lines(data[:_BINARY_SHOWN])))
    if (row.content_type.startswith("image/") and "svg" not in row.content_type) or name.endswith(_IMAGES):
        look = _image(data)
        if look is not None:
            return look
    if b"\0" in data[:4_096]:
        shown = data[:_BINARY_SHOWN]
        note = (
            tr("binary, first {size}").format(size=size(len(shown)))
            if len(data) > len(shown)
            else tr("binary")
        )
        return Look(note, lines=tuple(hex_lines(shown)))
    return _text(data, row)


def _image(data: bytes) -> Look | None:
    """Return an image as it may be shown: an enormous one smaller, a monstrous one not at all."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    told = reader.size()
    if not told.isValid():
        return None
    pixels = told.width() * told.height()
    words = f"{count(told.width())} × {count(told.height())} px"
    if pixels > _BOMB:
        return Look(tr("{size}, too many pixels to be shown").format(size=words))
    if pixels > _MOST_PIXELS:
        factor = (_MOST_PIXELS / pixels) ** 0.5
        reader.setScaledSize(QSize(max(1, int(told.width() * factor)), max(1, int(told.height() * factor))))
        words = tr("{size}, shown smaller").format(size=words)
    image = reader.read()
    if image.isNull():
        return Look(tr("{size}, but the image is damaged").format(size=words))
    return Look(words, image=image)


def _text(data: bytes, row: AttachmentRow) -> Look:
    text = data.decode("utf-8", errors="replace")
    value = None
    if "json" in row.content_type or row.name.lower().endswith(".json") or text[:1] in ("{", "["):
        try:
            value = orjson.loads(data)
        except orjson.JSONDecodeError:
            value = None
    lines = [
        line[start : start + _LONGEST_LINE]
        for line in text.splitlines()[: MOST_LINES + 1]
        for start in range(0, max(1, len(line)), _LONGEST_LINE)
    ]
    total = text.count("\n") + 1
    note = ""
    if len(lines) > MOST_LINES:
        note = tr("first {count} of {total} lines").format(count=count(MOST_LINES), total=count(total))
    is_hierarchy = isinstance(value, dict) and (
        row.type == _HIERARCHY[0] or row.name.lower().startswith(_HIERARCHY[1])
    )
    return Look(
        note,
        value=value if is_container(value) else None,
        is_hierarchy=is_hierarchy,
        lines=tuple(lines[:MOST_LINES]),
    )


def hierarchy_tree(value: Any) -> dict[str, Any]:
    """Return a view hierarchy with a line for each view as its name: type, identifier, place and size.

    Source: the protocol's view hierarchy: ``windows`` of nodes with ``children``.
    """
    windows = value.get("windows") if isinstance(value, dict) else None
    return _views(windows if isinstance(windows, list) else [], 0)


def _views(nodes: list[Any], depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for at, node in enumerate(nodes):
        if not isinstance(node, dict):
            continue
        rest: dict[str, Any] = {key: inner for key, inner in node.items() if key != "children"}
        children = node.get("children")
        if isinstance(children, list) and children and depth < 60:
            rest = {**_views(children, depth + 1), **rest}
        found[f"{at + 1}  {_view_title(node)}"] = rest
    return found


def _view_title(node: dict[str, Any]) -> str:
    parts = [str(node.get("type") or tr("view"))]
    if node.get("identifier"):
        parts.append(f"#{node['identifier']}")
    if all(isinstance(node.get(key), int | float) for key in ("width", "height")):
        place = f"{node.get('x', 0):g}, {node.get('y', 0):g}"
        parts.append(f"({place}; {node['width']:g} × {node['height']:g})")
    if node.get("visible") is False or node.get("visibility") in ("gone", "invisible"):
        parts.append(tr("not visible"))
    return " ".join(parts)
