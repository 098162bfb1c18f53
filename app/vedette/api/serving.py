"""One request through an operation: admit, read, call, answer. Every error comes out as JSON."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any, get_origin

import orjson
from aiohttp import web

from vedette.api.context import ApiContext, CommandError
from vedette.api.errors import NOT_FOUND, ApiError
from vedette.api.limits import MAX_BODY, MAX_QUERY_STRING
from vedette.api.paging import Page, link_header
from vedette.api.parameters import read_parameters
from vedette.api.readers import ClosedError
from vedette.api.routing import Call, Operation
from vedette.api.schema import faults
from vedette.domain.json import JsonValue
from vedette.domain.times import to_iso
from vedette.store.engine import QueryTimeoutError
from vedette.store.errors import StoreError

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def answer_json(value: JsonValue, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Return *value* as a response whose type is exactly ``application/json``; sentry-cli takes no other."""
    return web.Response(
        body=orjson.dumps(value), status=status, content_type="application/json", headers=headers
    )


def serve(operation: Operation, context: ApiContext) -> Handler:
    """Return the aiohttp handler of *operation*."""

    async def handle(request: web.Request) -> web.StreamResponse:
        token = context.tokens.admit(request.headers.get("Authorization"), operation.scopes)
        is_list = get_origin(operation.answer) is Page
        if is_list and len(request.rel_url.raw_query_string) > MAX_QUERY_STRING:
            raise ApiError(414, f"The parameters of a list may have {MAX_QUERY_STRING:,} characters in all.")
        given = {name: request.query.getall(name) for name in request.query}
        query: Any = read_parameters(operation.query, given)
        body = await _body(request, operation)
        answer = await operation.handler(Call(request, context, token, query, body))
        return _response(request, operation, answer)

    return handle


def guard(context: ApiContext) -> Any:
    """Return the middleware in front of all operations: who may reach them, and what errors look like."""

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            if (refusal := context.check_access(request)) is not None:
                return answer_json({"detail": refusal}, 403)
            return await handler(request)
        except ApiError as error:
            return answer_json(error.body, error.status, error.headers)
        except CommandError as error:
            return answer_json({"detail": error.detail}, error.status)
        except web.HTTPException as error:
            return _http_error(request, error)
        except (QueryTimeoutError, StoreError, ClosedError, TimeoutError) as error:
            return _unavailable(error)
        except Exception:
            # The outer guard: our bug, told as JSON like everything else, and logged with its context.
            log.exception("%s %s failed", request.method, request.rel_url.raw_path)
            return answer_json({"detail": "Internal error. The station's log says more."}, 500)

    return guarded


def _http_error(request: web.Request, error: web.HTTPException) -> web.Response:
    if isinstance(error, web.HTTPMethodNotAllowed):
        headers = {"Allow": error.headers["Allow"]}
        return answer_json({"detail": f'Method "{request.method}" not allowed.'}, 405, headers)
    return answer_json({"detail": NOT_FOUND if error.status == 404 else error.reason}, error.status)


def _unavailable(error: Exception) -> web.Response:
    match error:
        case QueryTimeoutError():
            detail = f"Query timeout: {error}. Narrow the search or the time range."
        case StoreError():
            detail = str(error)
        case ClosedError():
            detail = "The station is stopping."
        case _:
            detail = "The change was not confirmed in time. It may still be made; ask again."
    return answer_json({"detail": detail}, 503, {"Retry-After": "1"})


async def _body(request: web.Request, operation: Operation) -> Any:
    """Return the JSON body, checked against the operation's shape; None where it takes none."""
    if operation.body is type(None) or operation.body is None:
        return None
    text = bytearray()
    async for chunk in request.content.iter_chunked(64 * 1024):
        text += chunk
        if len(text) > MAX_BODY:
            raise ApiError(413, f"The body may have {MAX_BODY} bytes.")
    try:
        value = orjson.loads(text) if text else {}
    except orjson.JSONDecodeError as error:
        raise ApiError(400, f"JSON parse error - {error}") from error
    members: dict[str, list[str]] = {}
    for fault in faults(value, operation.body):
        members.setdefault(fault.member or "nonFieldErrors", []).append(fault.text)
    if members:
        raise ApiError(400, "The body does not fit.", members=members)
    return value


def _response(request: web.Request, operation: Operation, answer: Any) -> web.StreamResponse:
    if isinstance(answer, web.StreamResponse):
        return answer
    if answer is None:
        return web.Response(status=204)
    if isinstance(answer, Page):
        headers = {"Link": link_header(request.url, answer)}
        if answer.hits is not None:
            headers["X-Hits"] = str(answer.hits)
        if answer.back_to is not None:
            headers["X-Searched-Back-To"] = to_iso(answer.back_to)
        return answer_json(answer.rows, operation.status, headers)
    return answer_json(answer, operation.status)
