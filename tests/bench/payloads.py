"""Real envelopes to measure with: captured from the installed sentry-sdk while small programs fail.

About 22 kB an error, raw: a deep stack with locals, two dozen breadcrumbs, a request, contexts. Values vary
from one envelope to the next (ids, numbers, names), so that nothing compresses or groups better than life.
"""

import gzip
import random
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import sentry_sdk
from sentry_sdk.transport import Transport

DSN = "http://{key}@127.0.0.1:8969/1"
KEY = "b" * 32


class _Keeping(Transport):
    """A transport that keeps envelopes instead of sending them."""

    kept: list[bytes] = []  # noqa: RUF012 - the SDK makes the instance, the class is where we can reach

    def capture_envelope(self, envelope: Any) -> None:
        _Keeping.kept.append(envelope.serialize())


def _client(**options: Any) -> None:
    _Keeping.kept.clear()
    sentry_sdk.init(
        DSN.format(key=KEY),
        transport=_Keeping,
        release="shop@1.4.2",
        environment="bench",
        max_breadcrumbs=40,
        default_integrations=False,
        **options,
    )


def errors() -> list[bytes]:
    """Return two dozen error envelopes of different failures and depths."""
    _client()
    for depth in (6, 14, 22):
        for name, failure in _FAILURES.items():
            with sentry_sdk.isolation_scope() as scope:
                _furnish(scope, name, depth)
                try:
                    _descend(
                        depth, failure, {"order": f"A-{depth}17", "lines": list(range(12)), "name": name}
                    )
                except Exception:
                    sentry_sdk.capture_exception()
    sentry_sdk.flush()
    return list(_Keeping.kept)


def transactions(spans: int, count: int = 8) -> list[bytes]:
    """Return *count* transaction envelopes with *spans* child spans each."""
    _client(traces_sample_rate=1.0)
    for n in range(count):
        with sentry_sdk.start_transaction(op="http.server", name=f"GET /orders/{{id}}/{n}") as transaction:
            for i in range(spans):
                kind = ("db", "http.client", "cache.get", "function")[i % 4]
                with transaction.start_child(op=kind, name=_DESCRIPTIONS[i % len(_DESCRIPTIONS)]) as span:
                    span.set_data("db.system", "postgresql")
                    span.set_data("row", i)
    sentry_sdk.flush()
    return list(_Keeping.kept)


_DESCRIPTIONS = [
    *(f"SELECT id, sku, price FROM line_{n} WHERE order_id = %s AND state = %s" for n in range(12)),
    *(f"GET http://stock.local/items/{n}" for n in range(6)),
    "order:lines",
    "serialize",
]


def _furnish(scope: Any, name: str, depth: int) -> None:
    scope.set_user({"id": str(depth * 131), "email": f"qa{depth}@example.org"})
    for key, value in (("tenant", name), ("region", "eu-1"), ("build", str(depth)), ("order", f"o{depth}9")):
        scope.set_tag(key, value)
    scope.set_context("basket", {"lines": [{"sku": f"T-{n}", "n": n, "price": n * 3.5} for n in range(14)]})
    scope.set_extra("payload", {"name": name, "history": [f"step {n}" for n in range(30)]})
    for n in range(20):
        scope.add_breadcrumb(
            category=("http", "query", "ui.click")[n % 3],
            message=f"GET http://stock.local/items/{n}?tenant={name}",
            data={"status_code": 200, "duration": n * 1.5, "request_id": f"{n:08x}"},
        )


def _descend(depth: int, failure: Callable[[dict[str, Any]], None], basket: dict[str, Any]) -> None:
    quantity, price, label = depth * 3, depth * 1.25, f"line {depth} of {basket['order']}"
    history = [f"{label} was {state}" for state in ("made", "priced", "checked")]
    if depth == 0:
        failure(basket)
    else:
        _descend(depth - 1, failure, {**basket, "quantity": quantity, "price": price, "history": history})


def _divide(basket: dict[str, Any]) -> None:
    _ = basket["price"] / (basket["quantity"] - basket["quantity"])


def _look_up(basket: dict[str, Any]) -> None:
    _ = basket["currency"]


def _call_nothing(basket: dict[str, Any]) -> None:
    basket["customer"] = None
    basket["customer"].greet()


def _parse(basket: dict[str, Any]) -> None:
    int(basket["order"])


def _refuse(basket: dict[str, Any]) -> None:
    raise PermissionError(f"basket {basket['order']} belongs to tenant {basket['name']}")


def _chain(basket: dict[str, Any]) -> None:
    try:
        _look_up(basket)
    except KeyError as error:
        raise RuntimeError("the basket has no currency") from error


def _wait(basket: dict[str, Any]) -> None:
    raise TimeoutError(f"warehouse {basket['quantity']} did not answer in 30 s")


_FAILURES = {
    "divide": _divide,
    "lookup": _look_up,
    "none": _call_nothing,
    "parse": _parse,
    "refuse": _refuse,
    "chain": _chain,
    "wait": _wait,
}

_IDS = re.compile(rb"\b[0-9a-f]{32}\b")
_NUMBERS = re.compile(rb"(?<=line )\d+|(?<=items/)\d+|(?<=qa)\d+(?=@)")


def varied(envelopes: list[bytes], count: int, seed: int = 7, groups: int = 40) -> Iterator[bytes]:
    """Yield *count* envelopes made from *envelopes*: fresh ids and numbers, *groups* times the issues."""
    chance = random.Random(seed)
    for n in range(count):
        body = envelopes[n % len(envelopes)]
        for old in set(_IDS.findall(body)):
            if old != KEY.encode():
                body = body.replace(old, b"%032x" % chance.getrandbits(128))
        # Every replacement is as long as what it replaces: an item's header states its length.
        body = _NUMBERS.sub(
            lambda found: b"%0*d" % (len(found[0]), chance.randrange(10 ** len(found[0]))), body
        )
        group = (n // len(envelopes)) % groups
        yield body.replace(b"_descend", b"_desc%03d" % group)


def compressed(bodies: Iterable[bytes]) -> list[bytes]:
    """Return the bodies as an SDK sends them."""
    return [gzip.compress(body, 6, mtime=0) for body in bodies]
