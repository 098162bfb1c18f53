"""Files that came with an event, and the headers that carry them safely."""

import re
from typing import TypedDict
from urllib.parse import quote

from vedette.domain.attachments import kind_name
from vedette.domain.times import to_iso
from vedette.store.queries.events import AttachmentRow

_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]{1,100}", re.ASCII)
_PLAIN = re.compile(r"[^A-Za-z0-9 ._()+=@-]", re.ASCII)
FALLBACK_TYPE = "application/octet-stream"


class Attachment(TypedDict):
    """A file that came with an event. `typeName` is how people call its type; `sha1` is not kept."""

    id: str
    event_id: str
    type: str
    typeName: str
    name: str
    mimetype: str
    dateCreated: str
    size: int
    headers: dict[str, str]
    sha1: str | None


def attachment_shape(row: AttachmentRow) -> Attachment:
    content_type = safe_type(row.content_type)
    return {
        "id": str(row.id),
        "event_id": row.event_id,
        "type": row.type,
        "typeName": kind_name(row.type, row.name),
        "name": row.name,
        "mimetype": content_type,
        "dateCreated": to_iso(row.created),
        "size": row.size,
        "headers": {"Content-Type": content_type},
        "sha1": None,
    }


def safe_type(text: str) -> str:
    """Return *text* if it is a bare MIME type, else the type of bytes nobody interprets."""
    bare = text.partition(";")[0].strip().lower()
    return bare if _TYPE.fullmatch(bare) else FALLBACK_TYPE


def download_headers(name: str, content_type: str) -> dict[str, str]:
    """Return headers with which a file is saved under *name*, and never shown as a page of ours.

    The name is the sender's: quotes, line ends and slashes must not get out of the header or the folder.
    """
    base = re.split(r"[/\\]", name)[-1].strip(". ")[:200] or "attachment"
    plain = _PLAIN.sub("_", base)
    coded = quote(base, safe="", errors="replace")
    return {
        "Content-Type": safe_type(content_type),
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{coded}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
