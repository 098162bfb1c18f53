"""Forms of the type multipart/form-data, part by part, in bounded memory. Bytes in, values out.

The parser is the `multipart` library's; it sees the body in pieces, so nothing is held twice.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header

from vedette.domain.outcomes import IngestError, Reason

PIECE = 256 << 10
MOST_PARTS = 500
_BOUNDARY = re.compile(rb"--([0-9A-Za-z'()+_,./:=? -]{1,200}?)[ \t]*\r\n")
_LONGEST_HEADER = 16 << 10
_MOST_HEADERS = 32


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a form. ``pieces`` must be taken before the next part is asked for."""

    name: str
    filename: str | None  # None: a text field
    content_type: str | None
    pieces: Iterator[bytes]

    def read(self, limit: int) -> bytes:
        """Return the whole value. Raises IngestError(TOO_LARGE) when it has more than *limit* bytes."""
        whole = bytearray()
        for piece in self.pieces:
            whole += piece
            if len(whole) > limit:
                raise IngestError(
                    Reason.TOO_LARGE, f"form field {self.name[:60]!r} exceeded size limits ({limit} bytes)"
                )
        return bytes(whole)


def is_form(content_type: str | None) -> bool:
    """Whether *content_type* is that of a multipart form."""
    return (content_type or "").lstrip()[:19].lower() == "multipart/form-data"


def form_boundary(content_type: str | None, beginning: bytes) -> bytes:
    """Return the boundary *content_type* names, else the one the form's *beginning* shows.

    Raises IngestError(BAD_FORM) when there is none.
    """
    if content_type:
        try:
            named: str | None = parse_options_header(content_type)[1].get("boundary")
        except (MultipartError, ValueError):
            named = None
        if named:
            return named.encode(errors="replace")
    boundary = leading_boundary(beginning)
    if boundary is None:
        raise IngestError(Reason.BAD_FORM, "invalid multipart form: no boundary")
    return boundary


def leading_boundary(beginning: bytes) -> bytes | None:
    """Return the boundary of the form that *beginning* begins, None if it begins none."""
    match = _BOUNDARY.match(beginning)
    return None if match is None else match[1]


def iter_form(pieces: Iterable[bytes], boundary: bytes) -> Iterator[Part]:
    """Yield the parts of a form in order. Raises IngestError(BAD_FORM), also for a form cut short."""
    events = _events(pieces, boundary)
    for event in events:
        if isinstance(event, MultipartSegment):
            values = _values(events)
            yield Part(event.name or "", event.filename, event.header("Content-Type"), values)
            for _ in values:  # what was not taken
                pass


def cut_into_pieces(body: bytes | memoryview) -> Iterator[bytes]:
    """Yield *body* in pieces, each a copy of its own."""
    view = memoryview(body)
    for at in range(0, len(view), PIECE):
        yield bytes(view[at : at + PIECE])


def _values(events: Iterator[object]) -> Iterator[bytes]:
    for event in events:
        if not isinstance(event, bytes | bytearray):
            return
        yield bytes(event)


def _events(pieces: Iterable[bytes], boundary: bytes) -> Iterator[object]:
    try:
        parser = PushMultipartParser(
            boundary,
            max_header_size=_LONGEST_HEADER,
            max_header_count=_MOST_HEADERS,
            max_segment_count=MOST_PARTS,
        )
        for piece in pieces:
            if parser.closed:
                return
            if piece:
                yield from parser.parse(piece)
        parser.close()
    except (MultipartError, ValueError) as error:
        raise IngestError(Reason.BAD_FORM, f"invalid multipart form: {error}") from error
