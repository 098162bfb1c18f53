"""What there is to see of an attachment."""

import struct
import zlib
from typing import Any

import orjson
import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from vedette.desktop.issue.pages.attachment_look import LARGEST_LOOK, hierarchy_tree, look_at, wants_look
from vedette.domain.times import Micros
from vedette.store.queries.events import AttachmentRow


def a_row(
    name: str = "file.bin", content_type: str = "application/octet-stream", **more: Any
) -> AttachmentRow:
    values: dict[str, Any] = {
        "id": 1, "event_id": "1" * 32, "project": 1, "request": 1, "item": 1, "name": name,
        "content_type": content_type, "type": "event.attachment", "size": 10, "created": Micros(0),
    }  # fmt: skip
    return AttachmentRow(**{**values, **more})


def a_png(width: int, height: int) -> bytes:
    """Return a small file that says it holds *width* by *height* pixels of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"\0" * (1 + (width + 7) // 8)) for _ in range(height)) + packer.flush()
    head = struct.pack(">2I5B", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def test_an_image_is_seen_as_one(qapp: object) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")
    look = look_at(bytes(buffer.data().data()), a_row("s.png", "image/png"))
    assert look.image is not None
    assert (look.image.width(), look.image.height(), look.note) == (40, 30, "40 × 30 px")


def test_an_enormous_image_is_shown_smaller_and_a_monstrous_one_not_at_all(qapp: object) -> None:
    look = look_at(a_png(9_000, 6_000), a_row("big.png", "image/png"))
    assert look.image is not None
    assert look.image.width() * look.image.height() <= 24_000_000
    assert look.note.endswith("shown smaller")
    monster = a_png(8, 8).replace(struct.pack(">2I", 8, 8), struct.pack(">2I", 60_000, 60_000), 1)
    fixed = monster[:29] + struct.pack(">I", zlib.crc32(monster[12:29])) + monster[33:]
    look = look_at(fixed, a_row("bomb.png", "image/png"))
    assert look.image is None
    assert look.note.endswith("too many pixels to be shown")


def test_a_damaged_image_says_so(qapp: object) -> None:
    look = look_at(a_png(64, 64)[:60], a_row("cut.png", "image/png"))
    assert look.image is None
    assert look.note.endswith("damaged")


def test_json_has_a_tree_and_its_text() -> None:
    look = look_at(b'{"a": [1]}', a_row("state.json", "application/json"))
    assert look.value == {"a": [1]}
    assert look.lines == ('{"a": [1]}',)
    assert look_at(b"{no json", a_row("x.json")).value is None


def test_text_is_cut_where_it_is_endless() -> None:
    look = look_at(b"line\n" * 30_000, a_row("x.log", "text/plain"))
    assert len(look.lines) == 20_000
    assert look.note == "first 20,000 of 30,001 lines"
    assert [len(line) for line in look_at(b"x" * 5_000, a_row("x.log")).lines] == [2_000, 2_000, 1_000]


def test_other_bytes_are_hex() -> None:
    look = look_at(b"\0\1ab" * 2_000, a_row())
    assert look.lines[0].startswith("000000  00 01 61 62")
    assert look.note == "binary, first 4.1 kB"


def test_svg_is_text_and_never_drawn() -> None:
    look = look_at(b"<svg><script/></svg>", a_row("x.svg", "image/svg+xml"))
    assert look.image is None
    assert look.lines == ("<svg><script/></svg>",)


def test_a_view_hierarchy_has_a_line_for_every_view() -> None:
    child = {
        "type": "Button",
        "identifier": "pay",
        "x": 1,
        "y": 2,
        "width": 30,
        "height": 20,
        "visible": False,
    }
    value = {"rendering_system": "x", "windows": [{"type": "Window", "children": [child]}, "odd"]}
    look = look_at(orjson.dumps(value), a_row("view-hierarchy.json", "application/json"))
    assert look.is_hierarchy
    tree = hierarchy_tree(value)
    assert list(tree) == ["1  Window"]
    assert next(iter(tree["1  Window"])) == "1  Button #pay (1, 2; 30 × 20) not visible"
    assert hierarchy_tree([]) == {}


@pytest.mark.parametrize(
    ("name", "size", "wanted"),
    [("a.txt", LARGEST_LOOK, True), ("a.txt", LARGEST_LOOK + 1, False), ("a.dmp", 50_000_000, True)],
)
def test_large_files_are_not_looked_at(name: str, size: int, wanted: bool) -> None:
    assert wants_look(a_row(name, size=size)) is wanted
