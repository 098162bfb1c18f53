"""What crash reporters post, made into envelopes: files as attachments, fields as an item ``form_data``.

Source: getsentry/relay, the endpoints minidump, unreal, playstation and attachments.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Self

import orjson

from vedette.domain import attachments
from vedette.domain.json import JsonObject
from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol.containers import container_of, unpack, without_suffix
from vedette.protocol.envelope_writer import EnvelopeWriter
from vedette.protocol.limits import Limits
from vedette.protocol.multipart import (
    Part,
    cut_into_pieces,
    form_boundary,
    is_form,
    iter_form,
    leading_boundary,
)
from vedette.protocol.unreal import read_unreal

Body = bytes | memoryview
Fields = list[list[str]]

MINIDUMP_FIELD = "upload_file_minidump"
USER_HEADER = "unreal_user"
"""Where an envelope header keeps the ``UserID`` Unreal's crash reporter sent in its query."""

_MAGIC = (b"MDMP", b"PMDM")
_PEEK = 256
_LONGEST_FIELD = 1 << 20
_BINARY = "application/octet-stream"


def wrap_minidump(
    body: Body, content_type: str | None, event_id: str, limits: Limits, folder: Path | None = None
) -> Body:
    """Return the envelope of a minidump that is the whole *body* or a field of a form.

    Raises IngestError: BAD_MINIDUMP without one, BAD_FORM, BAD_ENCODING, TOO_LARGE.
    """
    with _Upload(event_id, limits, folder) as upload:
        if is_form(content_type):
            boundary = form_boundary(content_type, bytes(body[:_PEEK]))
            upload.take_form(iter_form(cut_into_pieces(body), boundary))
        else:
            upload.take_dump(cut_into_pieces(body), "minidump.dmp")
        if not upload.has_dump:
            raise IngestError(Reason.BAD_MINIDUMP, "missing minidump: the form has no upload_file_minidump")
        return upload.finish()


def wrap_attachments(
    body: Body, content_type: str | None, event_id: str, limits: Limits, folder: Path | None = None
) -> Body:
    """Return the envelope of files for the event *event_id*. Raises IngestError: BAD_FORM, TOO_LARGE."""
    if not is_form(content_type):
        raise IngestError(Reason.BAD_FORM, "invalid multipart form: files are taken as multipart/form-data")
    with _Upload(event_id, limits, folder) as upload:
        for part in iter_form(cut_into_pieces(body), form_boundary(content_type, bytes(body[:_PEEK]))):
            if part.filename is None:
                upload.take_field(part)
            else:
                upload.add(part.filename, part.content_type or _BINARY, attachments.PLAIN, part.pieces)
        return upload.finish()


def wrap_playstation(
    body: Body, content_type: str | None, event_id: str, limits: Limits, folder: Path | None = None
) -> Body:
    """Return the envelope of a console's dump, which is kept as it is. Raises IngestError as above."""
    with _Upload(event_id, limits, folder) as upload:
        if is_form(content_type):
            upload.take_form(
                iter_form(cut_into_pieces(body), form_boundary(content_type, bytes(body[:_PEEK])))
            )
        else:
            upload.add("dump.prosperodmp", _BINARY, attachments.PLAYSTATION, cut_into_pieces(body))
        return upload.finish()


def wrap_unreal(
    body: Body, user: str | None, event_id: str, limits: Limits, folder: Path | None = None
) -> Body:
    """Return the envelope of the files in Unreal's container.

    Raises IngestError: BAD_CRASH_REPORT, TOO_LARGE.
    """
    with _Upload(event_id, limits, folder, {USER_HEADER: user[:500]} if user else {}) as upload:
        for file in read_unreal(body, limits.body):
            kind = unreal_type(file.name, bytes(file.data[:_PEEK]))
            content_type = "text/plain" if kind in _TEXTS else _BINARY
            upload.add(file.name, content_type, kind, cut_into_pieces(file.data))
        return upload.finish()


_TEXTS = (attachments.APPLE, attachments.UNREAL_LOG, attachments.UNREAL_CONTEXT)


def unreal_type(name: str, beginning: bytes) -> str:
    """Return the attachment type of a file in Unreal's container."""
    if beginning[:4] in _MAGIC:
        return attachments.MINIDUMP
    if name == "CrashContext.runtime-xml":
        return attachments.UNREAL_CONTEXT
    if name.lower().endswith(".log"):
        return attachments.UNREAL_LOG
    # On macOS the file called minidump.dmp is Apple's text.
    if beginning.startswith((b"Incident Identifier:", b"Process:", b"Report Version:")):
        return attachments.APPLE
    return attachments.type_of_file("", name)


class _Upload:
    """One envelope while its files come in."""

    def __init__(
        self, event_id: str, limits: Limits, folder: Path | None, header: JsonObject | None = None
    ) -> None:
        self._limits = limits
        self._writer = EnvelopeWriter({"event_id": event_id, **(header or {})}, limits.body, folder)
        self._fields: Fields = []
        self._field_bytes = 0
        self.has_dump = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._writer.__exit__()

    def take_form(self, parts: Iterable[Part], *, is_nested: bool = False) -> None:
        for part in parts:
            if part.name == MINIDUMP_FIELD and not self.has_dump:
                self.take_dump(part.pieces, part.filename or "minidump.dmp", may_nest=not is_nested)
            elif part.filename is not None:
                kind = attachments.type_of_file(part.name, part.filename)
                self.add(part.filename or part.name, part.content_type or _BINARY, kind, part.pieces)
            elif (kind := attachments.type_of_file(part.name, "")) != attachments.PLAIN:
                self.add(part.name, part.content_type or _BINARY, kind, part.pieces)
            else:
                self.take_field(part)

    def take_field(self, part: Part) -> None:
        value = part.read(_LONGEST_FIELD)
        self._field_bytes += len(value) + len(part.name)
        if self._field_bytes > self._limits.event:
            raise IngestError(
                Reason.TOO_LARGE, f"form fields exceeded size limits ({self._limits.event} bytes)"
            )
        self._fields.append([part.name, value.decode(errors="replace")])

    def take_dump(self, pieces: Iterator[bytes], name: str, *, may_nest: bool = True) -> None:
        start, pieces = _peek(pieces)
        container = container_of(start)
        if container is not None:
            name = without_suffix(name, container)
            start, pieces = _peek(unpack(pieces, container, self._limits.body))
        boundary = leading_boundary(start) if may_nest else None
        if boundary is not None:
            self.take_form(iter_form(pieces, boundary), is_nested=True)
            return
        if start[:4] not in _MAGIC:
            raise IngestError(Reason.BAD_MINIDUMP, "invalid minidump: it does not begin with MDMP", offset=0)
        self.has_dump = True
        self.add(name, "application/x-dmp", attachments.MINIDUMP, pieces)

    def add(self, name: str, content_type: str, kind: str, pieces: Iterable[bytes]) -> None:
        if self._writer.items >= self._limits.items - 1:
            raise IngestError(Reason.TOO_MANY_ITEMS, f"too many files (more than {self._limits.items - 1})")
        header: JsonObject = {
            "type": "attachment",
            "filename": name[:500],
            "content_type": content_type[:500],
            "attachment_type": kind,
        }
        self._writer.add(header, pieces)

    def finish(self) -> Body:
        if self._fields:
            header: JsonObject = {"type": "form_data", "content_type": "application/json"}
            self._writer.add(header, (orjson.dumps(self._fields),))
        return self._writer.finish()


def _peek(pieces: Iterable[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """Return how *pieces* begin, and all of them."""
    waiting = iter(pieces)
    start = b""
    for piece in waiting:
        start += piece
        if len(start) >= _PEEK:
            break
    return start[:_PEEK], chain((start,), waiting)
