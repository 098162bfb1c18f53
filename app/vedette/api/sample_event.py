"""A first error to send: with source, variables and breadcrumbs, and the short trace it happened in. Pure."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import orjson

from vedette import __version__
from vedette.domain.json import JsonObject
from vedette.domain.times import SECOND, Micros, to_iso

CLIENT = f"vedette.test/{__version__}"
"""How the sending names itself, so that it is not taken for an app."""

_SOURCE = (
    "def total(cart):",
    '    """Return what the cart costs, discount included."""',
    '    subtotal = sum(line["price"] * line["count"] for line in cart["lines"])',
    '    share = cart["discount"] / len(cart["lines"])',
    "    return subtotal * (1 - share)",
)
_CALLER = (
    "def check_out(request):",
    '    cart = carts.load(request["cart"])',
    '    if request["voucher"]:',
    '        cart["discount"] = vouchers.share(request["voucher"])',
    "    return {",
    '        "cart": cart["id"],',
    '        "total": total(cart),',
    "    }",
)


@dataclass(frozen=True, slots=True)
class Sending:
    """What is posted, in order, and the ids to find it by."""

    event_id: str  # 32 hex
    trace_id: str  # 32 hex
    envelopes: tuple[bytes, ...]


def build_sending(dsn: str, at: Micros, unique: UUID | None = None) -> Sending:
    """Return an error and the transaction it happened in, as an SDK would send them at *at*.

    *unique* decides every id; a new one is taken without it.
    """
    ids = _Ids((unique or uuid4()).hex)
    sent = to_iso(at)
    trace = {"trace_id": ids.trace, "span_id": ids.span, "op": "http.server", "status": "internal_error"}
    error = _event(ids, at, trace)
    transaction = _transaction(ids, at, trace)
    envelopes = tuple(
        _envelope({"event_id": body["event_id"], "sent_at": sent, "dsn": dsn}, kind, body)
        for kind, body in (("transaction", transaction), ("event", error))
    )
    return Sending(ids.event, ids.trace, envelopes)


@dataclass(frozen=True, slots=True)
class _Ids:
    event: str

    def _other(self, n: int) -> str:
        return f"{(int(self.event, 16) + n) % (1 << 128):032x}"

    @property
    def trace(self) -> str:
        return self._other(1)

    @property
    def transaction(self) -> str:
        return self._other(2)

    @property
    def span(self) -> str:
        return self._other(3)[16:]

    def child(self, n: int) -> str:
        return self._other(10 + n)[16:]


def _envelope(header: JsonObject, kind: str, body: JsonObject) -> bytes:
    payload = orjson.dumps(body)
    item = orjson.dumps({"type": kind, "length": len(payload)})
    return b"\n".join((orjson.dumps(header), item, payload, b""))


def _common(at: Micros) -> JsonObject:
    return {
        "timestamp": at / SECOND,
        "platform": "python",
        "environment": "vedette-test",
        "transaction": "POST /checkout",
        "tags": {"vedette.test": "yes"},
        "sdk": {"name": "vedette.test", "version": __version__},
        "request": {"method": "POST", "url": "http://localhost/checkout"},
        "user": {"id": "7"},
    }


def _event(ids: _Ids, at: Micros, trace: JsonObject) -> JsonObject:
    return {
        **_common(at),
        "event_id": ids.event,
        "level": "error",
        "contexts": {"trace": trace},
        "exception": {
            "values": [
                {
                    "type": "ZeroDivisionError",
                    "value": "division by zero",
                    "mechanism": {"type": "generic", "handled": False},
                    "stacktrace": {
                        "frames": [
                            _frame("shop/checkout.py", "check_out", _CALLER, 24, 6, {"request": _REQUEST}),
                            _frame("shop/prices.py", "total", _SOURCE, 11, 3, {"cart": _CART}),
                        ]
                    },
                }
            ]
        },
        "breadcrumbs": {
            "values": [
                _crumb(at, 1.4, "http", "GET /cart/88123", {"method": "GET", "status_code": 200}),
                _crumb(at, 0.3, "query", "SELECT id, discount FROM cart WHERE id = %s"),
                _crumb(at, 0.1, "checkout", "voucher NOVEMBER applied to an empty cart", level="warning"),
            ]
        },
    }


_REQUEST = {"cart": 88123, "voucher": "NOVEMBER"}
_CART = {"id": 88123, "discount": 0.1, "lines": []}


def _frame(
    filename: str, function: str, source: tuple[str, ...], first: int, at: int, variables: JsonObject
) -> JsonObject:
    """Return a frame whose *source* begins at line *first*; the line that failed is at index *at*."""
    return {
        "filename": filename,
        "abs_path": f"/srv/{filename}",
        "module": filename.removesuffix(".py").replace("/", "."),
        "function": function,
        "lineno": first + at,
        "in_app": True,
        "pre_context": list(source[:at]),
        "context_line": source[at],
        "post_context": list(source[at + 1 :]),
        "vars": variables,
    }


def _crumb(
    at: Micros,
    before: float,
    category: str,
    message: str,
    data: JsonObject | None = None,
    level: str = "info",
) -> JsonObject:
    """Return a breadcrumb of *before* seconds ago."""
    crumb: JsonObject = {
        "timestamp": at / SECOND - before,
        "category": category,
        "message": message,
        "level": level,
    }
    return {**crumb, "data": data} if data else crumb


def _transaction(ids: _Ids, at: Micros, trace: JsonObject) -> JsonObject:
    end = at / SECOND
    steps = (
        ("db.sql.query", "SELECT id, discount FROM cart WHERE id = %s", 0.112, 0.104),
        ("http.client", "GET http://vouchers.test/NOVEMBER", 0.1, 0.02),
        ("function", "shop.prices.total", 0.015, 0.001),
    )
    return {
        **_common(at),
        "event_id": ids.transaction,
        "type": "transaction",
        "transaction_info": {"source": "route"},
        "start_timestamp": end - 0.12,
        "contexts": {"trace": trace},
        "spans": [
            {
                "trace_id": ids.trace,
                "span_id": ids.child(n),
                "parent_span_id": ids.span,
                "op": op,
                "description": description,
                "start_timestamp": end - began,
                "timestamp": end - ended,
                "status": "ok",
            }
            for n, (op, description, began, ended) in enumerate(steps)
        ],
    }
