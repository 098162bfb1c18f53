"""Debug images in canonical form. An unknown image becomes null: indexes of ``addr_mode`` stay valid."""

from vedette.domain.json import JsonObject
from vedette.processing.faults import Faults
from vedette.processing.shapes import ADDRESS, TEXT, UNSIGNED, Shape, as_object

_IMAGE = Shape(
    code_id=TEXT,
    code_file=TEXT,
    debug_id=TEXT,
    debug_file=TEXT,
    debug_checksum=TEXT,
    arch=TEXT,
    image_addr=ADDRESS,
    image_size=UNSIGNED,
    image_vmaddr=ADDRESS,
    uuid=TEXT,
    name=TEXT,
)
_NATIVE = frozenset(("symbolic", "macho", "elf", "pe", "pe_dotnet", "wasm"))
_TYPES = _NATIVE | {"apple", "proguard", "jvm", "sourcemap"}


def settle_debug_meta(event: JsonObject, faults: Faults) -> None:
    """Put ``debug_meta.images`` into canonical form, older field names mapped."""
    if "debug_meta" not in event:
        return
    meta = as_object(event["debug_meta"], faults, ("debug_meta",))
    event["debug_meta"] = meta
    images = meta.get("images") if meta else None
    if images is None or meta is None:
        return
    if type(images) is not list:
        meta["images"] = None
        faults.invalid(("debug_meta", "images"), images, "expected an array")
        return
    for index, image in enumerate(images):
        path = ("debug_meta", "images", index)
        if type(image) is not dict or type(image.get("type")) is not str or image["type"] not in _TYPES:
            images[index] = None
            if image is not None:
                faults.invalid(path, image, "unsupported debug image")
            continue
        if image["type"] in _NATIVE:
            if "id" in image:
                image.setdefault("debug_id", image.pop("id"))
            if "name" in image:
                image.setdefault("code_file", image.pop("name"))
        _IMAGE.check(image, faults, path)
