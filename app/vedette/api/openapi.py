"""The OpenAPI document, made from the operations that are served."""

import types
from collections.abc import Iterable
from typing import Any, Union, get_args, get_origin

from aiohttp import web

from vedette.api.paging import Page
from vedette.api.parameters import describe_parameters
from vedette.api.routing import Operation
from vedette.api.schema import describe
from vedette.domain.json import JsonObject

_PLACES = {
    "org": "Slug or id of the organization; a workspace has one, `desk`.",
    "project": "Slug or id of the project.",
    "issue": "Id or short id of the issue.",
    "event": "Event id, 32 hex with or without dashes.",
    "trace": "Trace id, 32 hex.",
}
_ERRORS = {
    "400": "A parameter or the body does not fit; `detail` or the member's name says how.",
    "401": "No token, or an unknown one.",
    "403": "The token lacks the scope, or Host or Origin are foreign.",
    "404": "There is no such thing.",
    "503": "The question took too long, or the station is stopping.",
}


def document(operations: Iterable[Operation], version: str) -> JsonObject:
    """Return the document of *operations*, OpenAPI 3.1."""
    components: JsonObject = {
        "Error": {"type": "object", "properties": {"detail": {"type": "string"}}},
    }
    paths: JsonObject = {}
    for operation in operations:
        paths.setdefault(f"/api/0{operation.path}", {})[operation.method.lower()] = _described(
            operation, components
        )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Vedette",
            "version": version or "0",
            "summary": "Errors, traces and what came in, of one workspace.",
        },
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _described(operation: Operation, components: JsonObject) -> JsonObject:
    places = [
        {
            "name": place,
            "in": "path",
            "required": True,
            "schema": {"type": "string"},
            "description": _PLACES.get(place, f"Id of the {place}."),
        }
        for place in operation.places
    ]
    described: JsonObject = {
        "operationId": operation.name,
        "summary": operation.summary,
        "tags": [operation.handler.__module__.rpartition(".")[2]],
        "parameters": places + describe_parameters(operation.query, components),
        "responses": _responses(operation, components),
        "security": [{"token": list(operation.scopes)}],
    }
    if operation.description:
        described["description"] = operation.description
    if operation.body not in (None, type(None)):
        described["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": describe(operation.body, components)}},
        }
    return described


def _responses(operation: Operation, components: JsonObject) -> JsonObject:
    responses: JsonObject = {}
    for kind in _alternatives(operation.answer):
        if kind in (None, type(None)):
            responses["204"] = {"description": "Done, nothing to say."}
            continue
        schema, headers = _schema(kind, components)
        responses[str(operation.status)] = {
            "description": operation.summary,
            "content": {operation.content_type: {"schema": schema}},
        } | ({"headers": headers} if headers else {})
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    for status, text in _ERRORS.items():
        responses[status] = {"description": text, "content": error}
    return responses


def _alternatives(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in (Union, types.UnionType) else (kind,)


def _schema(kind: Any, components: JsonObject) -> tuple[JsonObject, JsonObject]:
    if get_origin(kind) is Page:
        headers = {
            "Link": {"description": "Cursor of the next page.", "schema": {"type": "string"}},
            "X-Hits": {"description": "How many there are, where cheap.", "schema": {"type": "integer"}},
        }
        return {"type": "array", "items": describe(get_args(kind)[0], components)}, headers
    if isinstance(kind, type) and issubclass(kind, web.StreamResponse):
        return {}, {}
    return describe(kind, components), {}
