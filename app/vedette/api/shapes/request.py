"""What came in, item by item: the Ingest inspector's rows. Vedette's own."""

from typing import TypedDict

from vedette.domain.times import to_iso
from vedette.store.queries.requests import ItemRow, RequestRow, SenderRow


class Request(TypedDict):
    """One request that came in, and what became of it. Sizes are bytes, `skew` is microseconds."""

    id: str
    dateReceived: str
    run: int
    projectId: str | None
    projectSlug: str | None
    senderId: str
    ip: str
    client: str
    method: str
    path: str
    publicKey: str | None
    contentType: str | None
    encoding: str | None
    wireSize: int
    size: int
    status: int
    outcome: str
    reason: str | None
    detail: str | None
    sentence: str
    kinds: str
    skew: int | None
    issueShortId: str | None


class Item(TypedDict):
    """One item of a request: where its payload lies in the decoded body, and what it became."""

    n: int
    kind: str
    start: int
    length: int
    outcome: str
    reason: str | None
    detail: str | None
    eventId: str | None
    issueId: str | None
    issueShortId: str | None
    traceId: str | None


class RequestDetail(Request):
    """A request with its items."""

    items: list[Item]


class Sender(TypedDict):
    """A program that sends. `dropped` is what it says it dropped itself."""

    id: str
    ip: str
    client: str
    firstSeen: str
    lastSeen: str
    count: int
    dropped: str
    blocked: bool


def request_shape(row: RequestRow) -> Request:
    return {
        "id": str(row.id),
        "dateReceived": to_iso(row.received),
        "run": row.run,
        "projectId": None if row.project is None else str(row.project),
        "projectSlug": row.project_slug,
        "senderId": str(row.sender),
        "ip": row.ip,
        "client": row.client,
        "method": row.method,
        "path": row.path,
        "publicKey": row.public_key,
        "contentType": row.content_type,
        "encoding": row.encoding,
        "wireSize": row.wire_size,
        "size": row.size,
        "status": row.status,
        "outcome": row.outcome.value,
        "reason": row.reason,
        "detail": row.detail,
        "sentence": row.sentence,
        "kinds": row.kinds,
        "skew": row.skew,
        "issueShortId": row.issue_short,
    }


def item_shape(row: ItemRow) -> Item:
    return {
        "n": row.n,
        "kind": row.kind,
        "start": row.start,
        "length": row.length,
        "outcome": row.outcome.value,
        "reason": row.reason,
        "detail": row.detail,
        "eventId": row.event_id,
        "issueId": None if row.issue is None else str(row.issue),
        "issueShortId": row.issue_short,
        "traceId": row.trace,
    }


def sender_shape(row: SenderRow) -> Sender:
    return {
        "id": str(row.id),
        "ip": row.ip,
        "client": row.client,
        "firstSeen": to_iso(row.first),
        "lastSeen": to_iso(row.last),
        "count": row.n,
        "dropped": row.dropped,
        "blocked": row.blocked,
    }
