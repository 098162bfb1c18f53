"""What the inspector asks the store, each in a worker thread."""

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vedette.api.item_forms import item_form
from vedette.api.outgoing import decoded_body, export_body, outgoing_found, rules_of
from vedette.desktop.ingest.filter import Wanted, matcher
from vedette.desktop.ingest.fixture import write_fixture
from vedette.desktop.ingest.raw import RawText, raw_text
from vedette.desktop.ingest.wording import Listed, error_offset
from vedette.desktop.language import tr
from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError, Outcome
from vedette.domain.workspace import Workspace
from vedette.processing.exporting import export_payload
from vedette.protocol.envelope import iter_items, read_envelope_header
from vedette.store.queries.payloads import PayloadGoneError, body_size, find_body, find_item, read_item
from vedette.store.queries.projects import find_project, key_known, project_keys
from vedette.store.queries.requests import (
    ItemRow,
    RequestFilter,
    RequestRow,
    SenderRow,
    get_request,
    items_of,
    outcome_counts,
    page_requests,
    senders,
)

Db = Any  # the store's connection, which the desktop only hands through

MOST_SHOWN = 1_000_000
"""Bytes of an item that are read to be shown; a larger one can be saved."""
WHOLE_BODY = -1
MOST_NEWS = 500
"""Requests that are put on top at once; with more, the list begins anew."""
_SCAN = 500
_CLIENT_REPORT = "client_report"
_MOST_SENDERS = 20


@dataclass(frozen=True, slots=True)
class Part:
    """One item of a request, or the whole body (``n`` is WHOLE_BODY)."""

    n: int
    kind: str
    start: int
    length: int
    outcome: Outcome | None  # None: it was never looked at
    reason: str | None = None
    detail: str | None = None
    issue: int | None = None
    issue_short: str | None = None
    trace: str | None = None
    event_id: str | None = None
    is_stored: bool = False
    """Whether it has a row of its own in the store."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A request with its parts. ``key`` is a public key that may send to its project, "" if none."""

    listed: Listed
    parts: tuple[Part, ...]
    key: str
    is_blocked: bool
    gone: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What one part holds. ``has_value``: it is data. Without *raw* and *hex* it is too large, or gone."""

    part: Part
    size: int
    has_value: bool = False
    value: JsonValue = None
    raw: RawText | None = None
    hex: RawText | None = None
    note: str = ""


# ---------------------------------------------------------------- the list


def read_page(db: Db, wanted: Wanted, after: Listed | None, limit: int) -> list[Listed]:
    """Return a page of the requests *wanted*, newest first; fewer than *limit* means the end."""
    found: list[RequestRow] = []
    fits = matcher(wanted)
    for row in _walk(db, wanted, after.request.id if after else None, limit):
        if fits(row):
            found.append(row)
            if len(found) == limit:
                break
    return [listed(db, row) for row in found]


def listed(db: Db, row: RequestRow) -> Listed:
    """Return *row* with what the list shows beside: a key that is known by now, a client report's words."""
    report = ""
    if _CLIENT_REPORT in row.kinds:
        report = next((item.detail or "" for item in items_of(db, row.id) if item.kind == _CLIENT_REPORT), "")
    return Listed(row, bool(row.public_key) and bool(_known(db, row)), report)


def _known(db: Db, row: RequestRow) -> bool | None:
    parts = [part for part in row.path.partition("?")[0].split("/") if part]
    named = parts[1] if len(parts) > 2 and parts[0] == "api" else "1"
    project = find_project(db, named)
    return key_known(db, row.public_key or "", project.id) if project else None


def _walk(db: Db, wanted: Wanted, after: int | None, limit: int) -> Iterator[RequestRow]:
    """Yield the rows that may fit, newest first, each once."""
    where = wanted.where
    if wanted.project:
        project = find_project(db, wanted.project)
        if project is None:
            return
        where = replace(where, project=project.id)
    last = None
    walks = [_pages(db, one, after, limit) for one in _sources(db, wanted, where)]
    for row in heapq.merge(*walks, key=lambda row: -row.id):
        if row.id != last:
            last = row.id
            yield row


def _sources(db: Db, wanted: Wanted, where: RequestFilter) -> list[RequestFilter]:
    """Return filters whose rows together hold everything wanted, as narrow as the store can tell."""
    if wanted.senders:
        return [replace(where, sender=number) for number in _senders_like(db, wanted.senders)]
    if wanted.texts:
        return [replace(where, text=max(wanted.texts, key=len))]
    if wanted.words:
        word = max(wanted.words, key=len)
        like = _senders_like(db, (word,))
        return [replace(where, text=word), *(replace(where, sender=number) for number in like)]
    return [where]


def _senders_like(db: Db, words: Sequence[str]) -> list[int]:
    found = [row.id for row in senders(db) if all(word in f"{row.ip} {row.client}".lower() for word in words)]
    return found[:_MOST_SENDERS]


def _pages(db: Db, where: RequestFilter, after: int | None, limit: int) -> Iterator[RequestRow]:
    size = min(_SCAN, limit)
    while True:
        rows = page_requests(db, where, after=after, limit=size)
        yield from rows
        if len(rows) < size:
            return
        after, size = rows[-1].id, _SCAN


@dataclass(frozen=True, slots=True)
class News:
    """Requests that came since, newest first, and rows held that are different now.

    ``is_gap``: there are older ones between these and what is held.
    """

    rows: list[Listed]
    changed: list[Listed]
    is_gap: bool = False


def read_news(db: Db, wanted: Wanted, newest: int, held: Sequence[int]) -> News:
    """Return the requests *wanted* that are newer than the id *newest*, and those *held* as they are now."""
    newer = replace(wanted, where=replace(wanted.where, newer_than=newest))
    rows = read_page(db, newer, None, MOST_NEWS + 1)
    found = (get_request(db, number) for number in held[:MOST_NEWS])
    return News(
        rows[:MOST_NEWS], [listed(db, row) for row in found if row is not None], len(rows) > MOST_NEWS
    )


@dataclass(frozen=True, slots=True)
class Summary:
    """How many requests ended how, who sent lately, and which kinds of items came lately."""

    counts: dict[Outcome, int]
    senders: list[SenderRow]
    kinds: list[str]


def read_summary(db: Db) -> Summary:
    """Return what stands above the list."""
    kinds: Counter[str] = Counter()
    for row in page_requests(db, limit=_SCAN):
        kinds.update(part.partition(" ×")[0] for part in row.kinds.split(", ") if part)
    return Summary(outcome_counts(db), senders(db, _MOST_SENDERS), [kind for kind, _ in kinds.most_common()])


# ---------------------------------------------------------------- one request


def read_detail(db: Db, workspace: Workspace, number: int) -> Detail | None:
    """Return a request with its parts, None if it is gone."""
    row = get_request(db, number)
    if row is None:
        return None
    parts = [_part(item) for item in items_of(db, number)]
    gone = ""
    try:
        size = body_size(db, number)
        if not parts and 0 < size <= MOST_SHOWN:
            parts = _unstored_parts(_body(db, workspace, row))
        if size:
            parts.append(Part(WHOLE_BODY, "whole body", 0, size, None))
    except PayloadGoneError as error:
        gone = str(error)
    blocked = any(sender.id == row.sender and sender.blocked for sender in senders(db))
    return Detail(listed(db, row), tuple(parts), _key_of(db, row), blocked, gone)


def _part(item: ItemRow) -> Part:
    return Part(
        item.n, item.kind, item.start, item.length, item.outcome, item.reason, item.detail,
        item.issue, item.issue_short, item.trace, item.event_id, is_stored=True,
    )  # fmt: skip


def _unstored_parts(body: bytes) -> list[Part]:
    """Return the items of a body that never was taken, as far as they can be read."""
    found = []
    try:
        for item in iter_items(body, read_envelope_header(body).header_size):
            found.append(Part(item.index, item.type[:64], item.start, item.length, None))  # noqa: PERF401
    except IngestError:
        pass  # the whole body is listed too, and shows where it stops making sense
    return found


def _body(db: Db, workspace: Workspace, row: RequestRow, *, as_received: bool = True) -> bytes:
    """Return a request's body with its content encoding undone; unless *as_received* as it may leave.

    Raises PayloadGoneError.
    """
    body = decoded_body(db, workspace, row, MOST_SHOWN)
    return body if as_received else export_body(body, rules_of(db, row.project))


def _key_of(db: Db, row: RequestRow) -> str:
    if row.public_key or row.project is None:
        return row.public_key or ""
    return next((key.public_key for key in project_keys(db, row.project) if key.active), "")


def read_content(db: Db, workspace: Workspace, detail: Detail, part: Part) -> Content:
    """Return what *part* holds: what it says, and as lines. Nothing beyond MOST_SHOWN is read."""
    if part.length > MOST_SHOWN:
        return Content(part, part.length, note=tr("It is too large to be shown here."))
    try:
        data, header = _part_data(db, workspace, detail, part)
    except PayloadGoneError as error:
        return Content(part, part.length, note=str(error))
    at = mark_of(detail, part)
    raw, in_hex = raw_text(data, mark=at), raw_text(data, mark=at, as_hex=True)
    value = item_form(part.kind, header, data) if data and part.n != WHOLE_BODY else None
    return Content(part, len(data), isinstance(value, dict | list), value, raw, in_hex, raw.note)


def _part_data(db: Db, workspace: Workspace, detail: Detail, part: Part) -> tuple[bytes, JsonObject]:
    """Return the bytes of *part* and the item's header, {} where it has none."""
    row = detail.listed.request
    if part.is_stored:
        item = read_item(db, workspace, row.id, part.n)
        return item.payload, item.header
    body = _body(db, workspace, row)
    return (body if part.n == WHOLE_BODY else body[part.start : part.start + part.length]), {}


def mark_of(detail: Detail, part: Part) -> int | None:
    """Return the byte of *part* at which reading it failed, None if it did not or nobody knows where."""
    if part.n != WHOLE_BODY:
        return error_offset(part.detail)
    row = detail.listed.request
    own = any(other.detail == row.detail for other in detail.parts if other.is_stored)
    return None if own or row.outcome is not Outcome.INVALID else error_offset(row.detail)


def first_to_show(detail: Detail) -> int | None:
    """Return which part to open first: the damaged one, else the first."""
    if not detail.parts:
        return None
    for n, part in enumerate(detail.parts):
        if part.outcome not in (None, Outcome.STORED) or mark_of(detail, part) is not None:
            return n
    return 0


def save_envelope(db: Db, workspace: Workspace, number: int, path: Path, *, as_received: bool = False) -> str:
    """Write the decoded body of a request to *path* and return its name; scrubbed, or *as_received*.

    Raises PayloadGoneError, OSError.
    """
    row = get_request(db, number)
    if row is None:
        raise PayloadGoneError(tr("That request is not kept any more."))
    _write(path, _body_pieces(db, workspace, row, as_received=as_received))
    return path.name


def make_fixture(db: Db, workspace: Workspace, number: int, folder: Path) -> tuple[str, str]:
    """Write a request as a fixture into *folder*, scrubbed; returns the files' names.

    Raises as `save_envelope`.
    """
    row = get_request(db, number)
    if row is None:
        raise PayloadGoneError(tr("That request is not kept any more."))
    pieces = _body_pieces(db, workspace, row, as_received=False)
    return write_fixture(folder, row, pieces, _key_of(db, row))


def save_part(
    db: Db, workspace: Workspace, detail: Detail, part: Part, path: Path, *, as_received: bool = False
) -> str:
    """Write the bytes of *part* to *path*, scrubbed or *as_received*, and return its name.

    Raises PayloadGoneError, OSError.
    """
    row = detail.listed.request
    if part.n == WHOLE_BODY:
        pieces = _body_pieces(db, workspace, row, as_received=as_received)
    elif part.is_stored:
        item = find_item(db, workspace, row.id, part.n)
        left = item.payload if as_received else outgoing_found(item, rules_of(db, item.project))
        pieces = left.pieces()
    else:
        data = _part_data(db, workspace, detail, part)[0]
        pieces = (data if as_received else export_payload(part.kind, data, rules_of(db, row.project)),)
    _write(path, pieces)
    return path.name


def _body_pieces(db: Db, workspace: Workspace, row: RequestRow, *, as_received: bool) -> Iterable[bytes]:
    """Return a body in pieces. Of a refused one little is kept; what is scrubbed is held at once."""
    if as_received and row.outcome is not Outcome.REFUSED:
        return find_body(db, workspace, row.id).pieces()
    return (_body(db, workspace, row, as_received=as_received),)


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(pieces)


def read_for_curl(
    db: Db, workspace: Workspace, number: int, *, as_received: bool = False
) -> tuple[RequestRow, bytes, str] | None:
    """Return a request, its body and a key that may send, for sending it again; None if it is gone.

    The body is scrubbed, or *as_received*.
    """
    row = get_request(db, number)
    if row is None:
        return None
    try:
        body = _body(db, workspace, row, as_received=as_received)
    except PayloadGoneError:
        body = b""
    return row, body, _key_of(db, row)
