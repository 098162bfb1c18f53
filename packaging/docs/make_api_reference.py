"""Writes docs/using/api.md from the OpenAPI document of the operations a station serves.

    python packaging/docs/make_api_reference.py

A test compares the page with what this makes, so run it after a change to the API (`make api-reference`).
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from vedette.api.app import OPERATIONS
from vedette.api.openapi import document
from vedette.station.control import OPERATIONS as STATION_OPERATIONS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "using" / "api.md"

_INTRODUCTION = """\
# The API

<!-- Made by packaging/docs/make_api_reference.py (`make api-reference`); changes here are overwritten. -->

A station answers below `/api/0/` the way Sentry does: `snake_case` URL parameters, `camelCase` bodies,
numeric ids as strings. Every request needs a token, `Authorization: Bearer TOKEN`; the local user's lies in
the file `token` of the workspace folder and may do everything. [Connecting](connecting.md) says where that is
and who may ask from where.

```sh
curl -H "Authorization: Bearer $(cat ~/.local/share/Vedette/token)" \\
  "http://127.0.0.1:8969/api/0/organizations/desk/issues/?query=is:unresolved"
```

A workspace has one organization, `desk`. `{project}` is a project's slug or id, `{issue}` an issue's id or
short id. Lists come in pages: the `Link` header names the cursor of the next one. Errors are JSON with
`detail`, a sentence, or with the member's name where a body does not fit. Paths answer with and without the
slash at the end. Of the scopes named one is enough; one that writes may read, and `admin` may both.

`GET /api/0/openapi.json` is the whole of this for programs, with the shape of every answer (OpenAPI 3.1).
"""


def page() -> str:
    """Return the page's text for the operations as they are now."""
    paths = document((*OPERATIONS, *STATION_OPERATIONS), "")["paths"]
    rooms: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    for path, methods in paths.items():
        for method, described in methods.items():
            rooms.setdefault(described["tags"][0], []).append((method.upper(), path, described))
    lines = [_INTRODUCTION]
    for room, operations in rooms.items():
        lines += [f"## {_TITLES.get(room, room.replace('_', ' ').capitalize())}", ""]
        for operation in operations:
            lines += [*_section(*operation), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


_TITLES = {"system": "The station, its user and the live feed", "control": "The station's state and switches"}


def _section(method: str, path: str, described: dict[str, Any]) -> Iterator[str]:
    yield f"### `{method} {path}`"
    yield ""
    yield described["summary"].rstrip(".") + "."
    if text := described.get("description"):
        yield ""
        yield from (line.strip() for line in text.splitlines())
    scopes = described["security"][0]["token"]
    if scopes:
        yield ""
        yield f"Scope: {' or '.join(f'`{scope}`' for scope in _least(scopes))}."
    asked = [each for each in described["parameters"] if each["in"] == "query"]
    if asked:
        yield ""
        yield "| parameter | value | meaning |"
        yield "|---|---|---|"
        for parameter in asked:
            yield _row(parameter["name"], parameter["schema"], parameter.get("description", ""))
    body = described.get("requestBody")
    if body:
        schema = body["content"]["application/json"]["schema"]
        members = _members(schema)
        yield ""
        yield f"Body: {', '.join(f'`{member}`' for member in members)}." if members else "Body: JSON."


def _least(scopes: Iterable[str]) -> list[str]:
    """Return of each kind of scope the one that may least, in the order they are named."""
    kinds = dict.fromkeys(scope.partition(":")[0] for scope in scopes)
    ranks = {"read": 0, "write": 1, "admin": 2}
    return [
        min((s for s in scopes if s.startswith(f"{kind}:")), key=lambda s: ranks.get(s.partition(":")[2], 3))
        for kind in kinds
    ]


def _row(name: str, schema: dict[str, Any], text: str) -> str:
    cells = (f"`{name}`", _value(schema), text)
    return "| " + " | ".join(re.sub(r"\s+", " ", cell).replace("|", "\\|") for cell in cells) + " |"


def _value(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        words = ", ".join(f"`{choice}`" if choice else "nothing" for choice in schema["enum"])
    elif schema.get("type") == "array":
        words = f"{_value(schema.get('items', {}))}, any number of times"
    else:
        words = str(schema.get("type", "text")).replace("string", "text")
    if "minimum" in schema and "maximum" in schema:
        words += f" from {schema['minimum']} to {schema['maximum']}"
    if schema.get("default") not in (None, "", [], ()):
        words += f" (default `{_said(schema['default'])}`)"
    return words


def _said(value: Any) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _members(schema: dict[str, Any]) -> list[str]:
    if "$ref" not in schema:
        return list(schema.get("properties", {}))
    components = document((*OPERATIONS, *STATION_OPERATIONS), "")["components"]["schemas"]
    return list(components[schema["$ref"].rpartition("/")[2]].get("properties", {}))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    print(f"{PAGE} written")
    sys.exit(0)
